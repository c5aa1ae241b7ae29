import type { DuckDBConnection } from "@duckdb/node-api";
import type { Model } from "../bundle/model.ts";
import { dependences } from "./dependence.ts";
import { foldVoices } from "./foldVoices.ts";
import { groupImportance } from "./groupImportance.ts";
import type { Dependence, GroupImportance } from "./inside.ts";
import type { TrainedEnsemble } from "./trainEnsemble.ts";

/** What a model relies on, and how. */
export interface Inside {
  readonly importance: GroupImportance;
  readonly partial_dependence: readonly Dependence[];
}

/** Measures what a trained model relies on: permutation importance by its folds' networks, partial dependence by itself. */
export async function lookInside(
  connection: DuckDBConnection,
  trained: TrainedEnsemble,
  model: Model,
  options: { readonly seed: number; readonly signal?: AbortSignal | undefined },
): Promise<Inside> {
  const voices = foldVoices(trained);
  return {
    importance: await groupImportance(connection, trained, voices, options),
    partial_dependence: await dependences(connection, model, trained.relation, voices, options),
  };
}
