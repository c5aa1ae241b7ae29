import type { DatabaseOptions } from "../profiles/database.ts";

/** How far a run is. */
export interface ScoringProgress {
  /** Rows scored in this run. */
  readonly rows: number;
  /** Share of all bytes that were read, those of earlier runs included, 0 to 1. */
  readonly share: number;
  /** Share that was done before this run. */
  readonly before: number;
}

/** How to score files. */
export interface ScoreFilesOptions
  extends Pick<DatabaseOptions, "memoryLimit" | "threads" | "temporaryDirectory"> {
  /** File to write: CSV, NDJSON or Parquet by its ending. */
  readonly out: string;
  /** Write every source column, not just the id. */
  readonly allColumns?: boolean | undefined;
  readonly map?: Readonly<Record<string, string>> | undefined;
  readonly now?: Date | undefined;
  /** Replace the output, and throw away the parts of an unfinished run. */
  readonly force?: boolean | undefined;
  /** Go on with an unfinished run. */
  readonly resume?: boolean | undefined;
  /** Bytes of input that a part has, about: what a run that is killed may lose. */
  readonly partBytes?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly onProgress?: ((progress: ScoringProgress) => void) | undefined;
}

/** What came of a run. */
export interface ScoredFiles {
  /** `records` = `written` + `rejected` + `merged`. */
  readonly records: number;
  readonly written: number;
  /** Of those written, with at least the threshold's probability. */
  readonly active: number;
  readonly rejected: number;
  /** Records of files with a record a video that went into an author's row beside another. */
  readonly merged: number;
  readonly rejectedByReason: Readonly<Record<string, number>>;
  /** Where rejected records are listed; null where there are none. */
  readonly rejectedFile: string | null;
  /** Parts that an earlier run had finished. */
  readonly resumed: number;
  /** Columns that the features read and a file lacks, by file. */
  readonly unknown: Readonly<Record<string, readonly string[]>>;
  /** Why the fast reader was not trusted, by file. */
  readonly distrust: Readonly<Record<string, string>>;
  /** Sentences on how the rows of this run differ from those the model was trained on, where it knows them. */
  readonly drift: readonly string[];
}

/** What a part has unless said otherwise. */
const PART_BYTES = 2 ** 31;

/** Bytes of input that a part of a run has. */
export function partBytesOf({ partBytes = PART_BYTES }: ScoreFilesOptions): number {
  return partBytes;
}
