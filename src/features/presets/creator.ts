import { type Preset, step } from "../feature.ts";
import { known } from "../kinds/known.ts";
import { posting, USUAL_HORIZON } from "../kinds/posting.ts";
import { rate } from "../kinds/rate.ts";
import { profile } from "./profile.ts";

/**
 * What the newest posts say as of a moment. It asks nothing of the profile page, whose counts are of the snapshot alone.
 *
 * @param horizon days ahead that are asked about, 1 to 3650
 */
export function postingPreset(horizon = USUAL_HORIZON): Preset {
  return {
    name: "posting",
    about: "how an account posts: silence and gaps of the newest ten posts",
    scaling: "none",
    steps: [step(posting, { horizon })],
  };
}

/**
 * All the evidence there may be for the two questions about a creator: the profile page, the newest posts, the engagement rate
 * against the size norm; each with a number that says whether a profile has it.
 *
 * @param horizon as for {@link postingPreset}
 */
export function creatorPreset(horizon = USUAL_HORIZON): Preset {
  return {
    name: "creator",
    about: "profile page, newest posts, and the engagement rate against the norm for the size",
    scaling: "none",
    steps: [
      ...profile.steps,
      step(known, { columns: ["followers", "likes", "videos_count"], output: "profile_known" }),
      ...postingPreset(horizon).steps,
      step(rate, {}),
    ],
  };
}
