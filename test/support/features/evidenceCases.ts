import { step } from "../../../src/features/feature.ts";
import { known } from "../../../src/features/kinds/known.ts";
import { posting } from "../../../src/features/kinds/posting.ts";
import { rate } from "../../../src/features/kinds/rate.ts";
import type { CanonicalProfile } from "../../../src/features/profile.ts";
import type { Case } from "./profileCases.ts";

type Profile = Partial<CanonicalProfile>;

const observed_at = new Date("2023-08-01T00:00:00Z");
const before = (days: number) => new Date(observed_at.getTime() - days * 86_400_000);
const posts = (...days: number[]): Profile => ({ observed_at, posted_at: days.map(before) });
const ln = (x: number) => Math.log(1 + x);
const NOTHING = Array<number>(10).fill(0);
/** Posts 1, 2, 4 and 7 days ago: silent for a day, gaps of 1, 2 and 3 days. */
const FOUR = [1, ln(1), ln(2), ln(1), ln(3), ln(1), Math.log(1.5 / 2.5), 0, ln(3), 0];
/** A post 5 days ago. */
const ONE = [1, ln(5), 0, 0, 0, 0, 0, 0, 0, 0];

/** Rates of e^-1 to e^1 in 21 steps at one size: residuals of -1 to 1. */
const rates: Profile[] = Array.from({ length: 21 }, (_, i) => ({
  followers: 1000n,
  videos_count: 35n,
  awg_engagement_rate: Math.exp(i / 10 - 1) - 1e-4,
}));
/** From their 10th to their 90th percentile; a tenth of the variance is taken for noise where the number of posts tells nothing. */
const deviation = 1.6 / 2.563103131089201;
const [between, noise] = [deviation ** 2 * (1 - 0.1 / 35), deviation ** 2 * 0.1];
/** Posterior mean by posterior deviation of a residual that stands on so many posts. */
function z(residual: number, n: number): number {
  const mean = (residual * between) / (between + noise / n);
  return mean / Math.sqrt(1 / (1 / between + n / noise));
}
const rated = (residual: number, more: Profile): Profile => ({
  followers: 1000n,
  awg_engagement_rate: Math.exp(residual) - 1e-4,
  ...more,
});

/** The cases of the kinds that tell what evidence a profile has, and what it says. */
export const EVIDENCE_CASES: readonly Case[] = [
  {
    step: step(known, { columns: ["followers", "likes", "like_engagement_rate"], output: "some_known" }),
    expected: [
      [{}, [0]],
      [{ followers: 0n }, [1]],
      [{ likes: 3n }, [1]],
      [{ like_engagement_rate: Number.NaN }, [0]],
      [{ like_engagement_rate: 1e300, videos_count: 3n }, [0]],
      [{ like_engagement_rate: 0, likes: 5n }, [1]],
    ],
  },
  {
    step: step(posting, {}),
    // Nothing is learnt from nobody: centres of 0, deviations of 1.
    fitOn: [{}],
    expected: [
      [{}, NOTHING],
      [{ observed_at }, NOTHING],
      [{ observed_at, posted_at: [] }, NOTHING],
      [{ posted_at: [before(1)], created_at: before(9) }, NOTHING],
      [posts(1, 2, 4, 7), FOUR],
      [{ ...posts(1, 2, 4, 7), created_at: before(9) }, [...FOUR.slice(0, 9), ln(9)]],
      [posts(7, 1, 4, 2), FOUR],
      [posts(7, 7, 1, 4, 4, 4, 2, 1), FOUR],
      // After the snapshot by more than two days, and before there was TikTok.
      [posts(-2.01, 1, 2, 4, 7, 4000), FOUR],
      [posts(5), ONE],
      [posts(5, 5, 5), ONE],
      [posts(-400, 9000), NOTHING],
      // Up to two days after the snapshot, which may be known to the day only.
      [posts(-2, 0), [1, 0, ln(2), ln(2), ln(2), ln(2), Math.log(0.5 / 2.5), 0, ln(1), 0]],
      // The newest ten tell: gaps of a day, whatever came before.
      [
        posts(...Array.from({ length: 10 }, (_, i) => i + 2), 30, 300),
        [1, ln(2), ln(1), ln(1), ln(1), ln(1), Math.log(2.5 / 1.5), 1, ln(9), 0],
      ],
      // A silence beyond three deviations.
      [posts(300), [1, 3, 0, 0, 0, 0, 0, 0, 0, 0]],
    ],
  },
  {
    step: step(posting, {}),
    // Logarithms of silences of 1 to 21 days: from the 10th to the 90th percentile, from 3 to 19 days.
    fitOn: Array.from({ length: 21 }, (_, i) => posts(i + 1)),
    expected: [
      [posts(11), [1, 0, 0, 0, 0, 0, 0, 0, 0, 0]],
      [posts(14), [1, (ln(14) - ln(11)) / ((ln(19) - ln(3)) / 2.563103131089201), 0, 0, 0, 0, 0, 0, 0, 0]],
    ],
  },
  {
    step: step(rate, {}),
    fitOn: rates,
    expected: [
      [{}, [0, 0]],
      [{ followers: 1000n }, [0, 0]],
      [{ awg_engagement_rate: 0.5 }, [0, 0]],
      [{ followers: 1000n, awg_engagement_rate: -0.5 }, [0, 0]],
      [{ followers: 1000n, awg_engagement_rate: Number.NaN }, [0, 0]],
      [rated(0, {}), [1, 0]],
      [rated(0.5, { videos_count: 1n }), [1, z(0.5, 1)]],
      [rated(-0.1, { videos_count: 9n }), [1, z(-0.1, 9)]],
      // Listed posts are what a rate stands on; an account may have many more videos.
      [rated(0.1, { videos_count: 300n, ...posts(1, 2, 2, 9) }), [1, z(0.1, 4)]],
      [rated(0.1, { videos_count: 3n, posted_at: [] }), [1, z(0.1, 3)]],
      // At most 35, at least 1; where nothing tells, as many as most.
      [rated(0.1, { videos_count: 300n }), [1, z(0.1, 35)]],
      [rated(0.1, posts(...Array.from({ length: 50 }, (_, i) => i))), [1, z(0.1, 35)]],
      [rated(0.1, { videos_count: 0n }), [1, z(0.1, 1)]],
      [rated(0.1, {}), [1, z(0.1, 35)]],
      [rated(9, {}), [1, 4]],
      [rated(-9, {}), [1, -4]],
    ],
  },
  {
    step: step(rate, {}),
    // No training row has a rate: it says nothing of anybody.
    fitOn: [{ followers: 5n }],
    expected: [[{ followers: 5n, awg_engagement_rate: 0.3 }, [0, 0]]],
  },
];
