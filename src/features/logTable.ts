import { type LogTerms, measureOf } from "./logTerms.ts";
import type { CanonicalProfile } from "./profile.ts";

/** Sums of logarithms of one profile after another, where features share terms: each logarithm is taken once a profile. */
export interface LogTable {
  /** The sums of the profile that was read last, as `logSumOf` gives them; NaN where one is unknown. Filled anew by each `read`. */
  readonly sums: () => Float64Array;
  /** The place of a sum. The same terms have the same place. */
  placeOf(terms: LogTerms): number;
  read(profile: Partial<CanonicalProfile>): void;
}

type Term = LogTerms[number];

/** Makes a table without sums. */
export function createLogTable(): LogTable {
  const logarithms: { readonly term: Term; readonly same: string }[] = [];
  const chosen: {
    readonly places: readonly number[];
    readonly weights: readonly number[];
    readonly same: string;
  }[] = [];
  let values = new Float64Array(0);
  let sums = new Float64Array(0);

  function logarithmPlace(term: Term): number {
    const same = `${term.of} ${term.offset} ${term.atMost ?? ""}`;
    const place = logarithms.findIndex((one) => one.same === same);
    return place === -1 ? logarithms.push({ term, same }) - 1 : place;
  }

  return {
    sums: () => sums,
    placeOf(terms) {
      const places = terms.map(logarithmPlace);
      const weights = terms.map(({ weight }) => weight);
      const same = `${places.join()} ${weights.join()}`;
      const known = chosen.findIndex((one) => one.same === same);
      if (known !== -1) return known;
      values = new Float64Array(logarithms.length);
      sums = new Float64Array(chosen.push({ places, weights, same }));
      return sums.length - 1;
    },
    read(profile) {
      for (let i = 0; i < logarithms.length; i++) values[i] = logarithmOf(logarithms[i].term, profile);
      for (let i = 0; i < chosen.length; i++) {
        const { places, weights } = chosen[i];
        let sum = 0;
        for (let j = 0; j < places.length; j++) sum += weights[j] * values[places[j]];
        sums[i] = sum;
      }
    },
  };
}

function logarithmOf({ of, offset, atMost }: Term, profile: Partial<CanonicalProfile>): number {
  const value = measureOf(of, profile);
  if (value === null || value < 0) return Number.NaN;
  return Math.log((atMost === undefined ? value : Math.min(value, atMost)) + offset);
}
