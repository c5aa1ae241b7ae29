import type { DuckDBConnection } from "@duckdb/node-api";
import type { Model } from "../bundle/model.ts";
import { transform } from "../features/transform.ts";

/**
 * Finds accounts like one: the `most` nearest of a row, nearest first, with their distance; none for a row that is not there.
 */
export type Neighbours = (row: number, most: number) => { readonly row: number; readonly distance: number }[];

/**
 * Makes a search for accounts like one. The features are those of the model, scaled as it sees them, each divided by its
 * deviation over the accounts, so that none counts more than another; the distance is Euclidean, found by looking at all.
 */
export async function createNeighbours(
  connection: DuckDBConnection,
  { pipeline }: Pick<Model, "pipeline">,
  relation: string,
): Promise<Neighbours> {
  const { rows, columns, values } = await transform(connection, pipeline, relation);
  standardise(values, columns);
  const places = new Map(Array.from(rows, (row, i) => [row, i]));
  return (row, most) => {
    const at = places.get(row);
    if (at === undefined) return [];
    const distances = new Float64Array(rows.length);
    for (let i = 0; i < rows.length; i++) {
      let sum = 0;
      for (let column = 0; column < columns; column++) {
        const difference = values[i * columns + column] - values[at * columns + column];
        sum += difference * difference;
      }
      distances[i] = Math.sqrt(sum);
    }
    return nearestOf(distances, at, most).map((i) => ({ row: rows[i], distance: distances[i] }));
  };
}

/** Places of the smallest distances but one's own, the smallest first, without sorting them all. */
function nearestOf(distances: Float64Array, at: number, most: number): number[] {
  const nearest: number[] = [];
  for (let i = 0; i < distances.length; i++) {
    if (i === at) continue;
    if (nearest.length === most && distances[i] >= distances[nearest[most - 1]]) continue;
    const place = nearest.findIndex((other) => distances[i] < distances[other]);
    nearest.splice(place === -1 ? nearest.length : place, 0, i);
    if (nearest.length > most) nearest.pop();
  }
  return nearest;
}

/** Divides each column by its deviation, in place; a column of one value stays. */
function standardise(values: Float32Array, columns: number): void {
  const rows = values.length / columns;
  for (let column = 0; column < columns; column++) {
    let sum = 0;
    let squares = 0;
    for (let i = column; i < values.length; i += columns) {
      sum += values[i];
      squares += values[i] ** 2;
    }
    const deviation = Math.sqrt(Math.max(0, squares / rows - (sum / rows) ** 2));
    if (deviation < 1e-9) continue;
    for (let i = column; i < values.length; i += columns) values[i] /= deviation;
  }
}
