import type { DuckDBConnection } from "@duckdb/node-api";
import { comparedColumns } from "../analysis/comparedColumns.ts";
import { type DataProfile, profileColumn, profileWords } from "../evaluation/dataProfile.ts";
import { PREDICTION } from "../evaluation/scoredDrift.ts";
import type { FittedPipeline } from "../features/pipeline.ts";
import { transform } from "../features/transform.ts";
import { viewOfSample } from "./rows.ts";

/** Rows that are described at most. */
const MOST_ROWS = 20_000;

/**
 * Describes the rows a model was trained on, for what it will be used on to be compared with.
 *
 * @param relation name of a table or view with `row` and the canonical columns: all training rows
 * @param probabilities out of fold
 */
export async function referenceOf(
  connection: DuckDBConnection,
  relation: string,
  pipeline: FittedPipeline,
  probabilities: Float64Array,
  seed: number,
): Promise<DataProfile> {
  const described = await viewOfSample(connection, "described_profiles", relation, MOST_ROWS, seed);
  const { numbers, words } = await comparedColumns(connection, described);
  const { names, rows, values } = await transform(connection, pipeline, described);
  return {
    rows: rows.length,
    columns: Object.entries(numbers).map(([name, column]) => profileColumn(name, column)),
    words: Object.entries(words).map(([name, column]) => profileWords(name, column)),
    features: names.map((name, at) =>
      profileColumn(
        name,
        Float64Array.from(rows, (_, row) => values[row * names.length + at]),
      ),
    ),
    prediction: profileColumn(PREDICTION, probabilities),
  };
}
