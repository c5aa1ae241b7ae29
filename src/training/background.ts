import type { DuckDBConnection } from "@duckdb/node-api";
import type { Background } from "../bundle/background.ts";
import type { FittedPipeline } from "../features/pipeline.ts";
import { transform } from "../features/transform.ts";
import { viewOfSample } from "./rows.ts";

/** Rows of a background at most: what an explanation costs grows with them. */
const MOST_ROWS = 128;

/**
 * Draws the rows that explanations of a model are measured against. Their scaled features are kept, without ids, names or
 * texts; drawn from all training rows alike, so that their mean score is that of somebody about whom nothing is known.
 *
 * @param relation name of a table or view with `row` and the canonical columns: all training rows
 */
export async function backgroundOf(
  connection: DuckDBConnection,
  pipeline: FittedPipeline,
  relation: string,
  seed: number,
): Promise<Background> {
  const drawn = await viewOfSample(connection, "background_profiles", relation, MOST_ROWS, seed);
  const { rows, values } = await transform(connection, pipeline, drawn);
  return { rows: rows.length, values };
}
