import { ACCOUNT_ID, type ValueKind } from "./values.ts";

/** Digits of a number that programs round: those of the latest twelve years have nineteen. */
const LONG = /^\d{17,20}$/;
/** Zeros at the end of a number that is made up, not rounded. */
const MADE_UP = "0000000";
/** What numbers end in that a spreadsheet rounded, which keeps 15 digits; of true ones a thousandth ends so. */
const SPREADSHEET = "000";

/** Whether a spreadsheet may have rounded the column `id`, as SQL condition of its text. */
export const PERHAPS_ROUNDED = `strlen(id) >= 17 AND ends_with(id, '${SPREADSHEET}') AND NOT ends_with(id, '${MADE_UP}')`;

/** How many of a column's numbers show that it was rounded: at least so many, and so much of those long enough. */
const ROUNDED: readonly {
  readonly shows: (id: string) => boolean;
  readonly least: number;
  readonly share: number;
}[] = [
  { shows: (id) => id.endsWith(SPREADSHEET), least: 2, share: 0.5 },
  // JavaScript writes 17 digits at most.
  { shows: (id) => id.endsWith("00"), least: 4, share: 0.9 },
  // Tables of floating point numbers write all digits of the nearest one, which 7 in 100 true numbers are already.
  { shows: (id) => BigInt(id) === BigInt(Number(id)), least: 8, share: 0.95 },
];

/**
 * Whether the numbers of accounts have been rounded on their way, though they are still written as digits: far more of them end in zeros,
 * or are floating point numbers, than chance has it.
 *
 * @param ids the first values of a column
 * @param handles those of the column of handles; a number counts once for each of its handles
 */
export function areRounded(ids: readonly string[], handles: readonly string[] = []): boolean {
  // Values that a record lacks are left out, so that only columns of one length are of the same records.
  const handleOf = (i: number) => (handles.length === ids.length ? handles[i].trim().toLowerCase() : "");
  const accounts = new Map(ids.map((id, i) => [`${id.trim()} ${handleOf(i)}`, id.trim()]));
  const long = [...accounts.values()].filter((id) => LONG.test(id) && !id.endsWith(MADE_UP));
  return ROUNDED.some(({ shows, least, share }) => {
    const count = long.filter(shows).length;
    return count >= least && count >= share * long.length;
  });
}

/** As `ACCOUNT_ID`, for a column in which numbers are rounded: those that look so are none. */
export const ID_AMONG_ROUNDED: ValueKind = {
  ...ACCOUNT_ID,
  sure: (cast, text) => `${ACCOUNT_ID.sure(cast, text)} AND NOT (${roundedSql(cast)})`,
  exact: (text) =>
    `CASE WHEN NOT coalesce(${roundedSql(`TRY_CAST(${text} AS UBIGINT)`)}, false) THEN ${ACCOUNT_ID.exact(text)} END`,
};

function roundedSql(number: string): string {
  return `${number} >= 10000000000000000 AND (${number} % 100 = 0 OR CAST(CAST(${number} AS DOUBLE) AS HUGEINT) = ${number})`;
}
