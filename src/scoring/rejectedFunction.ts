import type { DuckDBConnection } from "@duckdb/node-api";
import { DOUBLE, DuckDBScalarFunction, VARCHAR } from "../base/duckdb.ts";
import { type BlankedColumn, blankedCells } from "../profiles/blanks.ts";
import { blankedReject, rejectDetail } from "../profiles/rejected.ts";
import type { Reject } from "../profiles/source/reading.ts";

/** Records that are no profile and cells that were blanked, so far. */
export interface RejectedRows {
  /** Records that are no profile. */
  count: number;
  readonly byReason: Map<string, number>;
  /** By column and kind. */
  readonly blanks: Map<string, BlankedColumn>;
  /** Some of both, in the file's order where that is known; the row is null where the scan cannot tell. */
  rows: Reject[];
}

/** What a scan says of a record with something wrong: its ordinal and its columns `_reason`, `_blanks` and `_value`. */
export interface WrongRow {
  readonly row: number | null;
  readonly reason: string | null;
  readonly blanks: string | null;
  readonly value: string | null;
}

/** Lines of `rejected.csv` about a record. */
export function rejectsOfRow({ row, reason, blanks, value }: WrongRow): Reject[] {
  if (reason !== null) return [{ line: null, row, reason, detail: rejectDetail(reason, value) }];
  return blankedCells(blanks ?? "", value ?? "").map((cell) => blankedReject(null, row, cell));
}

/** The condition that there is something wrong with a row of a scan, as SQL. */
export const WRONG = "(_reason IS NOT NULL OR _blanks IS NOT NULL)";

/** What is asked of a wrong row, as SQL of `_value`. */
export const WRONG_VALUE = "left(_value, 4000)";

const NAME = "insights_note_rejected";
/** Stands for NULL, whose rows would show leftover bytes. No text of a file holds it. */
const NOTHING = "\u0000";

/**
 * Makes an expression over a scan that takes notes of the row, and is -1. To be asked of {@link WRONG} rows only.
 *
 * @param most how many lines are kept; all are counted
 */
export function registerRejected(
  connection: DuckDBConnection,
  most: number,
): { readonly noted: string; readonly found: RejectedRows } {
  const found: RejectedRows = { count: 0, rows: [], byReason: new Map(), blanks: new Map() };
  connection.registerScalarFunction(
    DuckDBScalarFunction.create({
      name: NAME,
      parameterTypes: [DOUBLE, VARCHAR, VARCHAR, VARCHAR],
      returnType: DOUBLE,
      volatile: true,
      mainFunction: (_info, chunk, output) => {
        const rows = chunk.getColumnValues(0);
        const [reasons, blanks, values] = [1, 2, 3].map((i) =>
          chunk.getColumnValues(i).map((text) => (text === NOTHING ? null : String(text))),
        );
        for (let i = 0; i < chunk.rowCount; i++) {
          const row = Number(rows[i]);
          note(
            found,
            { row: row < 0 ? null : row, reason: reasons[i], blanks: blanks[i], value: values[i] },
            most,
          );
          output.setItem(i, -1);
        }
        output.flush();
      },
    }),
  );
  const texts = ["_reason", "_blanks", WRONG_VALUE].map((text) => `coalesce(${text}, chr(0))`);
  const noted = `${NAME}(coalesce(CAST("row" AS DOUBLE), -1e0), ${texts.join(", ")})`;
  return { noted, found };
}

function note(found: RejectedRows, wrong: WrongRow, most: number): void {
  const { reason, blanks, value } = wrong;
  if (reason !== null) {
    found.count++;
    found.byReason.set(reason, (found.byReason.get(reason) ?? 0) + 1);
  }
  for (const cell of reason === null ? blankedCells(blanks ?? "", value ?? "") : []) {
    const key = `${cell.column} ${cell.impossible}`;
    const known = found.blanks.get(key) ?? { ...cell, line: null, count: 0 };
    found.blanks.set(key, { ...known, count: known.count + 1 });
  }
  if (found.rows.length < most) found.rows.push(...rejectsOfRow(wrong));
}
