import { formatCsvLine } from "../profiles/csvLine.ts";
import type { Profiles } from "../profiles/read.ts";
import { quoteIdentifier } from "../profiles/sql.ts";
import type { Judged } from "./groupSlices.ts";

/**
 * The contents of `predictions.csv`: `id,probability,active,target,part`, part by part.
 *
 * @param parts probabilities of the rows of each part, by its name
 */
export async function formatPredictions(
  { connection, table }: Profiles,
  threshold: number,
  parts: Readonly<Record<string, Judged | undefined>>,
): Promise<string> {
  const reader = await connection.runAndReadAll(
    `SELECT "row", coalesce(id, account_id) FROM ${quoteIdentifier(table)}`,
  );
  const [at, ids] = reader.getColumnsJS();
  const idOf = new Map(at.map((row, i) => [Number(row), ids[i] as string | null]));
  const lines = Object.entries(parts).flatMap(([part, judged]) =>
    judged === undefined
      ? []
      : Array.from(judged.rows, (row, i) => {
          const probability = judged.probabilities[i];
          return formatCsvLine([
            idOf.get(row),
            probability,
            probability >= threshold ? 1 : 0,
            judged.labels[i],
            part,
          ]);
        }),
  );
  return `${["id,probability,active,target,part", ...lines].join("\n")}\n`;
}
