import { accountNamed, isMarked } from "../profiles/source/handles/account.ts";

/** A record of a list of people. */
export interface ListRecord {
  /** What stands in each column that may name the account; null where nothing does. */
  readonly cells: readonly (string | null)[];
  /** How often it stands in the list. */
  readonly times: number;
  /** Whether the other columns of the list are empty in it. */
  readonly bare: boolean;
}

/** Share of the other records from which on they count as written alike. */
const MOST = 0.9;

const isSure = (cell: string) => isMarked(cell.trim()) || "id" in accountNamed(cell);
/** TikTok writes handles in small letters and without blanks. */
const isLikeTitle = (cell: string) => /\p{Lu}|\s/u.test(cell.trim());

/**
 * Finds the titles of groups in a list: `Fashion,,` above the people of fashion. A title stands alone in its record, and is written unlike the accounts
 * of its column: those have an @, an address or a number and it has none, or those are in small letters and it is not. What could as well be an
 * account of which nothing else is known counts as one: somebody who is left out of a list by mistake may get a letter.
 */
export function groupTitles(records: readonly ListRecord[]): (record: ListRecord) => boolean {
  const told = records.filter(({ bare }) => !bare);
  const count = (some: readonly ListRecord[]) => some.reduce((sum, { times }) => sum + times, 0);
  // Where most records say nothing else, it is usual to say nothing else.
  if (count(told) * 2 <= count(records)) return () => false;
  const shares = new Map<number, { readonly sure: number; readonly small: number }>();
  const shareIn = (column: number) => {
    const known = shares.get(column);
    if (known !== undefined) return known;
    const cells = told.map(({ cells }) => cells[column]).filter((cell) => cell !== null);
    const share = (test: (cell: string) => boolean) =>
      cells.length === 0 ? 0 : cells.filter(test).length / cells.length;
    const found = { sure: share(isSure), small: share((cell) => !isLikeTitle(cell)) };
    shares.set(column, found);
    return found;
  };
  return ({ cells, bare }) => {
    const filled = cells.flatMap((cell, column) => (cell === null ? [] : [{ cell, column }]));
    if (!bare || filled.length !== 1) return false;
    const [{ cell, column }] = filled;
    if (isSure(cell)) return false;
    const { sure, small } = shareIn(column);
    return sure >= MOST || (small >= MOST && isLikeTitle(cell));
  };
}
