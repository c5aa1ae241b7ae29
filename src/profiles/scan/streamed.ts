import type { SourceFormat } from "../source/reading.ts";
import type { OwnColumns } from "../usual.ts";
import type { Check } from "./check.ts";

/** A file as DuckDB's own parallel reader takes it. */
export interface Streamed {
  readonly format: SourceFormat;
  readonly columns: readonly string[];
  /** SELECT with `__row` and the columns as VARCHAR. */
  readonly select: string;
  /** Columns that `select` has in their own type too. */
  readonly own?: OwnColumns;
  /** Records that must come out, where that is known. */
  readonly records: number | null;
  /** Counts them beside the scan. */
  readonly check: Check | undefined;
}
