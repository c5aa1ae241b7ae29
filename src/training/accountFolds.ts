import { type Fold, type FoldOptions, repeatedStratifiedFolds } from "../evaluation/split.ts";

/** Accounts dealt to folds once, for parts that each know some of them. */
export interface AccountFolds {
  /** `row` of the accounts, rising. */
  readonly rows: Float64Array;
  /** Repeat by repeat; positions in `rows`. */
  readonly folds: readonly Fold[];
  /** The same folds of some of the accounts: positions in the rows given. */
  of(rows: Float64Array): Fold[];
  /** Position of an account in `rows`. */
  at(row: number): number;
}

/**
 * Deals accounts to folds, all parts and moments of an account to one.
 *
 * @param rows `row` of the accounts, rising
 * @param strata 0 or 1, one an account: every fold has nearly as many of each
 * @throws as `repeatedStratifiedFolds`
 */
export function dealAccounts(rows: Float64Array, strata: Uint8Array, options: FoldOptions): AccountFolds {
  const folds = repeatedStratifiedFolds(strata, options);
  const place = new Map(Array.from(rows, (row, at) => [row, at]));
  const at = (row: number) => {
    const found = place.get(row);
    if (found === undefined) throw new RangeError(`row ${row} was not dealt`);
    return found;
  };
  return {
    rows,
    folds,
    at,
    of(some) {
      const places = Int32Array.from(some, at);
      const all = Int32Array.from(places.keys());
      return folds.map(({ repeat, fold, test }) => {
        const held = new Uint8Array(rows.length);
        for (const row of test) held[row] = 1;
        return {
          repeat,
          fold,
          train: all.filter((i) => held[places[i]] === 0),
          test: all.filter((i) => held[places[i]] === 1),
        };
      });
    },
  };
}
