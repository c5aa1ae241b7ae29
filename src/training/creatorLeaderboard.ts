import type { DuckDBConnection } from "@duckdb/node-api";
import type { Preset } from "../features/presets.ts";
import type { TargetDefinition } from "../targets/target.ts";
import { type HeadOptions, learntByAll } from "./creatorHeads.ts";
import { calibrateOutOfFold, crossValidate } from "./crossValidate.ts";
import { type Leaderboard, type RankedModel, rankModels } from "./leaderboard.ts";
import { CREATOR_NAME, type Recipe } from "./recipe.ts";

/** A model of creators, judged, and what it is to be held against. */
export interface CreatorContest extends Omit<HeadOptions, "recipe"> {
  readonly preset: Preset;
  /** The target `creator`. */
  readonly definition: TargetDefinition;
  /** `row` of the judged accounts, rising. */
  readonly rows: Float64Array;
  readonly labels: Uint8Array;
  /** Of each repeat, out of fold. */
  readonly probabilities: readonly Float64Array[];
  readonly milliseconds: number;
  /** Trained on the profile page to tell creators at once, as it was done before there were two questions. */
  readonly opponents: readonly Recipe[];
  readonly elapsed: () => number;
}

/**
 * Holds a model of creators against others that see the profile page alone, on the same folds and accounts.
 *
 * @param contest.repeats of the first so many
 * @throws as `crossValidate`
 */
export async function creatorLeaderboard(
  connection: DuckDBConnection,
  contest: CreatorContest,
): Promise<Leaderboard> {
  const { definition, accounts, rows, labels, opponents, repeats, seed, folds, elapsed, onProgress } =
    contest;
  const total = repeats * folds * opponents.reduce((sum, { networks }) => sum + networks, 0);
  let done = 0;
  const models: RankedModel[] = [];
  for (const recipe of opponents) {
    const started = elapsed();
    const found = await crossValidate(connection, {
      ...contest,
      ...learntByAll(accounts),
      definition,
      recipe,
      deal: (known) => accounts.of(known).filter(({ repeat }) => repeat < repeats),
      onProgress: () => onProgress?.(++done, total),
    });
    const placeOf = new Map(Array.from(found.rows, (row, i) => [row, i]));
    const places = Int32Array.from(rows, (row) => placeOf.get(row) ?? -1);
    const probabilities = calibrateOutOfFold(found, seed).probabilities.map((one) =>
      Float64Array.from(places, (place) => one[place]),
    );
    const { name, networks } = recipe;
    models.push({ name, networks, labels, probabilities, folds, milliseconds: elapsed() - started });
  }
  const { probabilities, milliseconds } = contest;
  const ours = { name: CREATOR_NAME, networks: 2, labels, folds, milliseconds };
  return rankModels([...models, { ...ours, probabilities: probabilities.slice(0, repeats) }], seed);
}
