/** What a user may say about how a file is read. It is the same for every command, and for the server. */
export interface ReadingOptions {
  /** Canonical column -> source column, before what the provider says; an empty source takes a column away. */
  readonly map?: Readonly<Record<string, string>> | undefined;
  /** How the characters of a text are written, by any usual name; without it, told by the bytes. */
  readonly encoding?: string | undefined;
  /** The sheet to read of a workbook, by its name or its number from 1; without it, the first that holds a table. */
  readonly sheet?: string | undefined;
  /** What stands before decimals, where a count like `1.234` can be read in two ways and nothing in the file tells. */
  readonly decimal?: "comma" | "point" | undefined;
}

/** The first values of each raw column of a file, by its name: texts as they stand, NULL left out. */
export type Samples = ReadonlyMap<string, readonly string[]>;
