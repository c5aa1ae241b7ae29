import type { DuckDBConnection } from "@duckdb/node-api";
import type { Preset } from "../features/presets.ts";
import type { SnapshotFacts } from "../targets/snapshot.ts";
import type { TargetDefinition } from "../targets/target.ts";
import type { AccountFolds } from "./accountFolds.ts";
import type { CrossValidateOptions } from "./crossValidate.ts";
import { prepareFold } from "./foldData.ts";
import type { Recipe } from "./recipe.ts";
import { type TrainedEnsemble, trainEnsemble } from "./trainEnsemble.ts";

/** What the networks over the profile page share. */
export interface HeadOptions
  extends Pick<CrossValidateOptions, "relation" | "seed" | "workers" | "signal" | "onProgress"> {
  readonly preset: Preset;
  readonly recipe: Recipe;
  readonly snapshot: SnapshotFacts;
  readonly folds: number;
  readonly repeats: number;
  readonly accounts: AccountFolds;
}

/**
 * Trains the networks that answer one question from the profile page: out of fold on the folds of the accounts, and on all of
 * them. Target and features are fitted to all accounts of the other folds, labelled for this question or not, so that both
 * questions read the same features.
 */
export async function trainHead(
  connection: DuckDBConnection,
  definition: TargetDefinition,
  { accounts, ...options }: HeadOptions,
): Promise<TrainedEnsemble> {
  return trainEnsemble(connection, {
    ...options,
    ...learntByAll(accounts),
    definition,
    deal: (rows) => accounts.of(rows),
  });
}

/** Folds whose target and features are fitted to all accounts of the other folds; to all accounts, where no fold is left out. */
export function learntByAll({ folds, rows }: AccountFolds): Required<Pick<CrossValidateOptions, "prepare">> {
  return {
    prepare(source, fold, place) {
      const learnt = place < folds.length ? Float64Array.from(folds[place].train, (i) => rows[i]) : rows;
      return prepareFold({ ...source, learnt }, fold);
    },
  };
}

/** Out-of-fold logits of each repeat, one an account; NaN where the account has no label for the question. */
export function headLogits({ validation }: TrainedEnsemble, accounts: AccountFolds): Float64Array[] {
  return validation.logits.map((logits) => {
    const all = new Float64Array(accounts.rows.length).fill(Number.NaN);
    validation.rows.forEach((row, i) => {
      all[accounts.at(row)] = logits[i];
    });
    return all;
  });
}
