import type { DuckDBConnection } from "@duckdb/node-api";
import { DOUBLE, DuckDBScalarFunction, VARCHAR } from "../base/duckdb.ts";

/** A record that a scan gave and that is no profile. */
export interface RejectedRow {
  /** Ordinal of the record, null where the scan cannot tell. */
  readonly row: number | null;
  readonly reason: string;
  /** The text that was wrong. */
  readonly value: string | null;
}

/** Records left out so far. */
export interface RejectedRows {
  count: number;
  /** Some of them, in the file's order where that is known. */
  rows: RejectedRow[];
  readonly byReason: Map<string, number>;
}

const NAME = "insights_note_rejected";
/** Stands for NULL, whose rows would show leftover bytes. No text of a file holds it. */
const NOTHING = "\u0000";

/**
 * Makes an expression over a scan that takes notes of the row, and is -1. To be asked of rejected rows only.
 *
 * @param most how many rows are kept; all are counted
 */
export function registerRejected(
  connection: DuckDBConnection,
  most: number,
): { readonly noted: string; readonly found: RejectedRows } {
  const found: RejectedRows = { count: 0, rows: [], byReason: new Map() };
  connection.registerScalarFunction(
    DuckDBScalarFunction.create({
      name: NAME,
      parameterTypes: [DOUBLE, VARCHAR, VARCHAR],
      returnType: DOUBLE,
      volatile: true,
      mainFunction: (_info, chunk, output) => {
        const rows = chunk.getColumnValues(0);
        const reasons = chunk.getColumnValues(1);
        const values = chunk.getColumnValues(2);
        for (let i = 0; i < chunk.rowCount; i++) {
          const reason = String(reasons[i]);
          found.count++;
          found.byReason.set(reason, (found.byReason.get(reason) ?? 0) + 1);
          if (found.rows.length < most) {
            const row = Number(rows[i]);
            const value = String(values[i]);
            found.rows.push({ row: row < 0 ? null : row, reason, value: value === NOTHING ? null : value });
          }
          output.setItem(i, -1);
        }
        output.flush();
      },
    }),
  );
  const noted = `${NAME}(coalesce(CAST("row" AS DOUBLE), -1e0), _reason, coalesce(left(_value, 400), chr(0)))`;
  return { noted, found };
}
