/**
 * What makes two records the same account, as SQL of VARCHAR: its number, else its handle, in which case does not
 * matter.
 */
export const ACCOUNT_KEY = `coalesce('id ' || ltrim(id, '0'), 'handle ' || lower(account_id))`;

/**
 * The rows to leave out so that each account is left once, as SQL with the column `row`: of the good records of an account
 * the one with the latest snapshot stays, among equals (or where none is known) the first of the file.
 *
 * @param records name of a table made by `recordsSql`
 */
export function duplicateRowsSql(records: string): string {
  return [
    `WITH good AS (SELECT "row", observed_at, ${ACCOUNT_KEY} AS account FROM ${records} WHERE _reason IS NULL),`,
    // Nearly all accounts stand alone; only the others are worth sorting.
    "repeated AS (SELECT account FROM good GROUP BY account HAVING count(*) > 1),",
    `places AS (SELECT "row", row_number() OVER (PARTITION BY account ORDER BY observed_at DESC NULLS LAST, "row") AS place`,
    "FROM good SEMI JOIN repeated USING (account))",
    `SELECT "row" FROM places WHERE place > 1`,
  ].join(" ");
}
