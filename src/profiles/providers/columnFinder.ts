import { writtenName } from "../source/oddities.ts";
import type { SourceColumns } from "./layouts.ts";

/**
 * Finds a file's columns by name. An exact name wins; else case, and what stands between words (blanks, hyphens, underscores; slashes
 * and dots, as in exports of nested records) do not matter.
 */
export class ColumnFinder {
  readonly columns: readonly string[];
  private readonly exact: ReadonlyMap<string, string>;
  private readonly loose = new Map<string, string>();

  /** @param keyOf what two names have in common that are one to it */
  constructor(
    columns: readonly string[],
    private readonly keyOf: (name: string) => string = looseName,
  ) {
    this.columns = columns;
    // What a column had to be called still is its exact name.
    const written = columns.map((column) => [writtenName(column) ?? column, column] as const);
    this.exact = new Map([...written, ...columns.map((column) => [column, column] as const)]);
    for (const column of columns) {
      const key = keyOf(column);
      if (!this.loose.has(key)) this.loose.set(key, column);
    }
  }

  /** The column of that name, if there is one. */
  find(name: string): string | undefined {
    return this.exact.get(name) ?? this.loose.get(this.keyOf(name));
  }

  /**
   * The columns that bear any of the names, in the names' order, each once.
   *
   * @param wrappers what a name may begin with beside nothing: `userInfo.`
   */
  all(names: SourceColumns, wrappers: readonly string[] = []): string[] {
    const found = names.flatMap((name) => ["", ...wrappers].map((wrapper) => this.find(`${wrapper}${name}`)));
    return [...new Set(found.filter((column) => column !== undefined))];
  }
}

/** A name without capitals, and with one mark between its words. */
export function looseName(name: string): string {
  return name
    .trim()
    .toLowerCase()
    .replace(/[\s_./-]+/g, "_");
}
