import { InsightsError } from "../../../base/error.ts";
import { ARCHIVE_ENDINGS, endingIn, PACKING_ENDINGS, TABLE_ENDINGS } from "../content.ts";
import type { SourceFile } from "../file.ts";

/** A file in an archive. */
export interface Member {
  /** Path inside the archive, parted by `/`. */
  readonly name: string;
}

/** What systems add to archives by themselves. */
const JUNK = /(^|\/)(__MACOSX\/|\.DS_Store$|\._|Thumbs\.db$|desktop\.ini$)/i;
/** Files that hold a table by their names. */
const TABLE = endingIn(TABLE_ENDINGS);
/** Files that may hold one. */
const PERHAPS = endingIn(["txt", ...ARCHIVE_ENDINGS, ...PACKING_ENDINGS]);

/** Names of an archive's members that an error tells at most. */
const MOST_NAMED = 10;

/** Names of members for a message. */
export function listNames(members: readonly Member[]): string {
  const names = members.slice(0, MOST_NAMED).map(({ name }) => name);
  return names.join(", ") + (members.length > MOST_NAMED ? ", ..." : "");
}

/**
 * The one table in an archive: by their names the only table, else the only file that may be one, else the only file.
 *
 * @throws InsightsError when there is none, or more than one
 */
export function chooseTable<T extends Member>(members: readonly T[], file: Pick<SourceFile, "name">): T {
  const files = members.filter(({ name }) => !name.endsWith("/") && !JUNK.test(name));
  if (files.length === 0) throw new InsightsError(`empty archive: ${file.name} holds no file`);
  const tables = files.filter(({ name }) => TABLE.test(name));
  const perhaps = files.filter(({ name }) => PERHAPS.test(name));
  const candidates = tables.length > 0 ? tables : perhaps.length > 0 ? perhaps : files;
  if (candidates.length > 1) {
    const what = tables.length > 0 ? "tables" : "files";
    throw new InsightsError(
      `more than one table: ${file.name} holds ${candidates.length} ${what}: ${listNames(candidates)} (unpack it and name one of them)`,
    );
  }
  return candidates[0];
}
