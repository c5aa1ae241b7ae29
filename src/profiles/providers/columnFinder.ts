import type { SourceColumns } from "./provider.ts";

/**
 * Finds a file's columns by name. An exact name wins; else case, blanks (for underscores) and slashes (for dots, as in
 * CSV exports of nested records) do not matter.
 */
export class ColumnFinder {
  readonly columns: readonly string[];
  private readonly exact: ReadonlySet<string>;
  private readonly loose = new Map<string, string>();

  constructor(columns: readonly string[]) {
    this.columns = columns;
    this.exact = new Set(columns);
    for (const column of columns) {
      const key = looseName(column);
      if (!this.loose.has(key)) this.loose.set(key, column);
    }
  }

  /** The column of that name, if there is one. */
  find(name: string): string | undefined {
    return this.exact.has(name) ? name : this.loose.get(looseName(name));
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

function looseName(name: string): string {
  return name
    .trim()
    .toLowerCase()
    .replace(/[\s_-]+/g, "_")
    .replaceAll("/", ".");
}
