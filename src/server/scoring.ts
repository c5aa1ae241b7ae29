import type { ProfileScorer } from "../bundle/score.ts";
import type { CanonicalProfile } from "../features/profile.ts";

interface Waiting {
  readonly profile: Partial<CanonicalProfile>;
  readonly resolve: (probability: number) => void;
  readonly reject: (error: unknown) => void;
}

/** Most profiles of one pass. */
const MOST_TOGETHER = 256;

/**
 * Scores single profiles together: what arrives in the same turn of the event loop goes through features and network in one pass.
 *
 * @param score what gives probabilities to many
 */
export function createScoreQueue(
  score: ProfileScorer,
): (profile: Partial<CanonicalProfile>) => Promise<number> {
  let waiting: Waiting[] = [];

  function flush(): void {
    const now = waiting;
    waiting = [];
    for (let from = 0; from < now.length; from += MOST_TOGETHER) {
      const together = now.slice(from, from + MOST_TOGETHER);
      try {
        const probabilities = score(together.map(({ profile }) => profile));
        together.forEach(({ resolve }, i) => {
          resolve(probabilities[i]);
        });
      } catch (error) {
        for (const { reject } of together) reject(error);
      }
    }
  }

  return (profile) =>
    new Promise((resolve, reject) => {
      if (waiting.length === 0) setImmediate(flush);
      waiting.push({ profile, resolve, reject });
    });
}
