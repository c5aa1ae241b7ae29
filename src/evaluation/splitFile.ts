import { InsightsError } from "../base/error.ts";
import type { Split } from "./split.ts";

const PARTS = ["train", "valid", "test"] as const;
type Part = (typeof PARTS)[number];

/** A split as a file gives it: row numbers of the data file, 0 being its first data row. */
export interface RowSplit {
  readonly train: number[];
  readonly valid: number[];
  readonly test: number[];
}

/**
 * Reads a split file: `{"train": [220, ...], "valid": [...], "test": [...]}`, other keys passed over. The order in a part
 * is kept, because training batches follow it.
 *
 * @param json the file's text, or what parsing it gave
 * @param file its name, for messages
 * @throws InsightsError where it is not JSON, lacks a part, has an empty one, a row that is no integer >= 0, or a row
 *   twice: `row 12 is in both train and test (split.json)`
 */
export function parseSplit(json: unknown, file: string): RowSplit {
  const content = typeof json === "string" ? parseJson(json, file) : json;
  if (content === null || typeof content !== "object" || Array.isArray(content))
    throw invalid("invalid split: not an object with train, valid and test", file);
  const seen = new Map<number, Part>();
  const read = (part: Part): number[] => {
    const rows: unknown = Object.hasOwn(content, part) ? (content as Record<Part, unknown>)[part] : undefined;
    if (rows === undefined) throw invalid(`missing part: ${part}`, file);
    if (!Array.isArray(rows)) throw invalid(`invalid ${part}: not a list of row numbers`, file);
    if (rows.length === 0) throw invalid(`invalid ${part}: no rows`, file);
    for (const row of rows) {
      if (!Number.isSafeInteger(row) || row < 0)
        throw invalid(`invalid row in ${part}: ${excerpt(row)} (expected an integer from 0)`, file);
      const other = seen.get(row);
      if (other !== undefined)
        throw invalid(
          other === part ? `row ${row} is twice in ${part}` : `row ${row} is in both ${other} and ${part}`,
          file,
        );
      seen.set(row, part);
    }
    return rows;
  };
  return { train: read("train"), valid: read("valid"), test: read("test") };
}

/** Where the rows of a split file stand among the rows at hand. */
export interface LocatedSplit extends Split {
  /** Row numbers that are not at hand: rejected, duplicate, without a known target, or past the end of the file. */
  readonly absent: number[];
}

/**
 * Turns the row numbers of a split file into positions, keeping the order of each part.
 *
 * @param split from `parseSplit`
 * @param rows the row number of each position (`FeatureMatrix.rows`), each once
 * @param file the split's name, for messages
 * @throws InsightsError where a part has none of the rows at hand
 */
export function locateSplit(split: RowSplit, rows: Float64Array, file: string): LocatedSplit {
  const positionOf = new Map<number, number>();
  for (let i = 0; i < rows.length; i++) positionOf.set(rows[i], i);
  const absent: number[] = [];
  const locate = (part: Part): Int32Array => {
    const positions: number[] = [];
    for (const row of split[part]) {
      const position = positionOf.get(row);
      if (position === undefined) absent.push(row);
      else positions.push(position);
    }
    if (positions.length === 0) throw invalid(`invalid ${part}: none of its rows is in the data`, file);
    return Int32Array.from(positions);
  };
  return { train: locate("train"), valid: locate("valid"), test: locate("test"), absent };
}

function parseJson(text: string, file: string): unknown {
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ""));
  } catch (cause) {
    throw new InsightsError("invalid split: not JSON", { place: { file }, cause });
  }
}

function invalid(message: string, file: string): InsightsError {
  return new InsightsError(message, { place: { file } });
}

function excerpt(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 40 ? `${text.slice(0, 40)}...` : text;
}
