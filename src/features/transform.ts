import type { DuckDBConnection, DuckDBDataChunk } from "@duckdb/node-api";
import { quoteIdentifier } from "../base/quote.ts";
import { type FittedPipeline, pipelineInputs, pipelineSql } from "./pipeline.ts";
import { requireColumns } from "./requireColumns.ts";

/** Scaled features of some profiles, as the network takes them. */
export interface FeatureMatrix {
  /** Feature names, one a column. */
  readonly names: string[];
  /** `profiles.row` of each row, rising. */
  readonly rows: Float64Array;
  readonly columns: number;
  /** Row-major, rows x columns. */
  readonly values: Float32Array;
}

/**
 * The features of every profile of a relation, by one query, ordered by `row`. DuckDB computes in 64 bits; the result is
 * rounded to 32, which is what the network reads.
 *
 * @param relation name of a table or view with `row` and the canonical columns that the pipeline reads
 * @throws InsightsError for a missing column
 */
export async function transform(
  connection: DuckDBConnection,
  pipeline: FittedPipeline,
  relation: string,
): Promise<FeatureMatrix> {
  await requireColumns(connection, relation, pipelineInputs(pipeline));
  const features = pipelineSql(pipeline);
  const list = features.map(({ name, expression }) => `${expression} AS ${quoteIdentifier(name)}`);
  const result = await connection.run(
    `SELECT "row", ${list.join(", ")} FROM ${quoteIdentifier(relation)} ORDER BY "row"`,
  );
  const chunks = await result.fetchAllChunks();
  const total = chunks.reduce((sum, chunk) => sum + chunk.rowCount, 0);
  const columns = features.length;
  const rows = new Float64Array(total);
  const values = new Float32Array(total * columns);
  let from = 0;
  for (const chunk of chunks) {
    const numbers = itemsOf(chunk, 0);
    for (let i = 0; i < chunk.rowCount; i++) rows[from + i] = Number(numbers[i]);
    for (let column = 0; column < columns; column++) {
      const items = itemsOf(chunk, column + 1);
      for (let i = 0; i < chunk.rowCount; i++) values[(from + i) * columns + column] = Number(items[i]);
    }
    from += chunk.rowCount;
  }
  return { names: features.map(({ name }) => name), rows, columns, values };
}

/**
 * A column of a chunk as one typed array, without an object a value. NULLs would show as leftover numbers: for columns
 * that hold none.
 */
function itemsOf(chunk: DuckDBDataChunk, column: number): Float64Array | BigInt64Array {
  return (chunk.getColumnVector(column) as unknown as { items: Float64Array | BigInt64Array }).items;
}

/** Some rows of a row-major matrix of so many columns, in the order of their places. */
export function rowsAt(values: Float32Array, columns: number, places: Int32Array): Float32Array {
  const chosen = new Float32Array(places.length * columns);
  places.forEach((place, i) => {
    chosen.set(values.subarray(place * columns, (place + 1) * columns), i * columns);
  });
  return chosen;
}

/** The columns of a matrix of features, by their names. */
export function columnsByName({ names, rows, columns, values }: FeatureMatrix): Record<string, Float64Array> {
  const column = (at: number) => Float64Array.from(rows, (_, row) => values[row * columns + at]);
  return Object.fromEntries(names.map((name, at) => [name, column(at)]));
}
