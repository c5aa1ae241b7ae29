import type { Step } from "../../../src/features/feature.ts";
import { step } from "../../../src/features/feature.ts";
import { ln1p, logs } from "../../../src/features/kinds/logs.ts";
import type { CanonicalProfile } from "../../../src/features/profile.ts";

type Profile = Partial<CanonicalProfile>;

/** One case of the contract suite: a step, and what it must give. */
export interface Case {
  readonly step: Step;
  /** Profiles to fit to; the nasty ones where not said. */
  readonly fitOn?: readonly Profile[];
  /** What some profiles must give. */
  readonly expected: readonly (readonly [Profile, readonly number[]])[];
}

/** Followers e^0 - 1 to e^10 - 1 in eleven steps, as near as counts come. */
const steps: Profile[] = Array.from({ length: 11 }, (_, i) => ({
  followers: BigInt(Math.round(Math.exp(i) - 1)),
}));
const log = (count: number) => Math.log(Math.round(Math.exp(count) - 1) + 1);
/** From the 10th to the 90th percentile of a normal distribution. */
const scale = (log(9) - log(1)) / 2.563103131089201;
const snapshot = new Date("2023-08-01T00:00:00Z");
const made = (days: number) => new Date(snapshot.getTime() - days * 86_400_000);

/** The cases of the kinds that the preset `profile` is made of. */
export const PROFILE_CASES: readonly Case[] = [
  {
    step: step(logs, { terms: [ln1p("followers")], output: "size" }),
    fitOn: steps,
    expected: [
      [{ followers: 147n }, [0]],
      [{}, [0]],
      [{ followers: 402n }, [(Math.log(403) - Math.log(148)) / scale]],
      [{ followers: 9_000_000_000_000_000_000n }, [3]],
      [{ followers: 0n }, [-Math.log(148) / scale]],
    ],
  },
  {
    step: step(logs, {
      terms: [ln1p("likes"), ln1p("videos_count", -1), ln1p("followers", -1)],
      output: "response",
    }),
    expected: [[{ likes: 5n, videos_count: 3n }, [0]]],
  },
  {
    step: step(logs, { terms: [{ of: "like_engagement_rate", weight: 1, offset: 1e-4 }], output: "rate" }),
    fitOn: [{}],
    expected: [
      [{ like_engagement_rate: 0.5 }, [Math.log(0.5001)]],
      [{ like_engagement_rate: -0.5 }, [0]],
      [{ like_engagement_rate: Number.POSITIVE_INFINITY }, [0]],
    ],
  },
  {
    step: step(logs, { terms: [{ ...ln1p("videos_count"), atMost: 35 }], output: "recent" }),
    fitOn: [{ videos_count: 0n }],
    expected: [
      [{ videos_count: 2n }, [Math.log(3)]],
      [{ videos_count: 12n }, [Math.log(13)]],
      [{ videos_count: 35n }, [3]],
      [{}, [0]],
    ],
  },
  {
    step: step(logs, { terms: [ln1p("account_age"), ln1p("videos_count", -1)], output: "pace" }),
    fitOn: [{ created_at: snapshot, observed_at: snapshot, videos_count: 0n }],
    expected: [
      [{ created_at: made(9), observed_at: snapshot, videos_count: 0n }, [Math.log(10)]],
      [{ created_at: made(9), observed_at: snapshot, videos_count: 9n }, [0]],
      // A snapshot known to the day only may lie before the account was made.
      [{ created_at: made(-0.5), observed_at: snapshot, videos_count: 1n }, [-Math.log(2)]],
      [{ created_at: made(9), videos_count: 0n }, [0]],
      [{ observed_at: snapshot, videos_count: 0n }, [0]],
    ],
  },
];
