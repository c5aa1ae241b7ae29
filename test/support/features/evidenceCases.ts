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
const NOTHING = Array<number>(9).fill(0);

/** The logit of 1 - S(silence + horizon) / S(silence), S being a smoothed share of gaps that last longer, and 1.5 usual ones. */
function goesOn(horizon: number, silence: number, ...gaps: number[]): number {
  const longer = (x: number) =>
    gaps.reduce((sum, gap) => sum + 1 / (1 + ((1 + x) / (1 + gap)) ** 2), 1.5 / Math.sqrt(1 + x / 10));
  const chance = 1 - longer(silence + horizon) / longer(silence);
  return Math.log(chance / (1 - chance));
}

/** Posts 1, 2, 4 and 7 days ago: gaps of 1, 2 and 3 days, none shorter than the silence. */
const FOUR = [1, goesOn(30, 1, 1, 2, 3), ln(2), ln(7), 0, (ln(1) + ln(2) + ln(3)) / 3, 0, 0, 1];
/** A post 5 days ago. */
const ONE = [1, goesOn(30, 5), 0, 0, 0, 0, 0, 0, 1];

/** Rates of e^-1 to e^1 in 21 steps at one size: residuals of -1 to 1. */
const rates: Profile[] = Array.from({ length: 21 }, (_, i) => ({
  followers: 1000n,
  videos_count: 35n,
  awg_engagement_rate: Math.exp(i / 10 - 1) - 1e-4,
}));
/** Their median absolute deviation; 0.15 times the variance is taken for noise where the number of posts tells nothing. */
const between = (0.5 * 1.482602218505602) ** 2;
const noise = 0.15 * between;
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
    step: step(posting, { horizon: 30 }),
    // Nothing is learnt from nobody: centres of 0, deviations of 1.
    fitOn: [{}],
    expected: [
      [{}, NOTHING],
      [{ observed_at }, NOTHING],
      [{ observed_at, posted_at: [], created_at: before(9) }, NOTHING],
      [{ posted_at: [before(1)], created_at: before(9) }, NOTHING],
      [posts(1, 2, 4, 7), FOUR],
      [{ ...posts(1, 2, 4, 7), created_at: before(9) }, [...FOUR.slice(0, 7), ln(2), 1]],
      // An account younger than its posts, by a snapshot known to the day only.
      [{ ...posts(1, 2, 4, 7), created_at: before(6) }, FOUR],
      [posts(7, 1, 4, 2), FOUR],
      [posts(7, 7, 1, 4, 4, 4, 2, 1), FOUR],
      // After the snapshot by more than two days, and before there was TikTok.
      [posts(-2.01, 1, 2, 4, 7, 4000), FOUR],
      [posts(5), ONE],
      [posts(5, 5, 5), ONE],
      [posts(-400, 9000), NOTHING],
      // Up to two days after the snapshot, which may be known to the day only.
      [posts(-2, 0), [1, Math.min(goesOn(30, 0, 2), 3), 0, 0, 0, ln(2), 0, 0, 1]],
      // The newest ten tell: gaps of a day, all shorter than the silence, whatever came before.
      [
        posts(...Array.from({ length: 10 }, (_, i) => i + 2), 30, 300),
        [1, goesOn(30, 2, ...Array<number>(9).fill(1)), ln(3), ln(5), ln(11), ln(1), 1, 0, 0],
      ],
      // Two of three gaps are shorter than the silence; nothing is beyond three deviations.
      [
        posts(3, 4, 6, 1006),
        [1, goesOn(30, 3, 1, 2, 1000), ln(4), 3, 0, (ln(1) + ln(2) + ln(1000)) / 3, 2 / 3, 0, 1],
      ],
    ],
  },
  {
    step: step(posting, { horizon: 90 }),
    // Silences of 1 to 21 days after a single post: from the 10th to the 90th percentile, from 3 to 19 days.
    fitOn: Array.from({ length: 21 }, (_, i) => posts(i + 1)),
    expected: [
      [posts(11), [1, ...NOTHING.slice(1)]],
      [
        posts(14),
        [
          1,
          (2.563103131089201 * (goesOn(90, 14) - goesOn(90, 11))) / (goesOn(90, 3) - goesOn(90, 19)),
          ...NOTHING.slice(2),
        ],
      ],
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
    // Rates of one post are ten times as far off: one post's noise is held to the variance between accounts.
    fitOn: [
      ...Array.from({ length: 30 }, (_, i) => rated(i % 2 === 0 ? 1 : -1, { videos_count: 35n })),
      ...Array.from({ length: 10 }, (_, i) => rated(i % 2 === 0 ? 9 : -9, { videos_count: 1n })),
    ],
    // Mean and deviation of what is left: a half, and the root of a half, of those between accounts.
    expected: [[rated(1, { videos_count: 1n }), [1, 0.5 / (1.482602218505602 * Math.SQRT1_2)]]],
  },
  {
    step: step(rate, {}),
    // No training row has a rate: it says nothing of anybody.
    fitOn: [{ followers: 5n }],
    expected: [[{ followers: 5n, awg_engagement_rate: 0.3 }, [0, 0]]],
  },
];
