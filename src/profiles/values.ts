import { falseWords, missingCodes, missingWords, trueWords } from "./words.ts";

/**
 * What a count, a rate, a flag, an id and a moment are, defined once: as SQL for files, and as TypeScript for single values. A text
 * is what a file or a request holds; a value that is missing is the empty text or one of a few words.
 */

// Patterns that RE2 and JavaScript read alike.
const WHOLE = "[0-9]+([.]0*)?";
/** At most 15 digits, so that the double is an integer only if the text is one. */
const POWER = "[0-9]{1,15}([.][0-9]{1,14})?[eE][+]?[0-9]{1,2}";
const LONGEST_POWER = 18;
const ID = "0*[1-9][0-9]*";
/** An id behind what keeps spreadsheets from rounding it: an apostrophe, or `="..."` around it. */
const ID_AS_TEXT = `(?:''|=")?(${ID})"?`;
const UNIX = "[0-9]{1,15}([.][0-9]*)?";
const DAY = "[0-9]{4}[-/ ][0-9]{1,2}[-/ ][0-9]{1,2}";
const DATE_TIME = `${DAY}([ T][0-9]{1,2}:[0-9]{2}(:[0-9]{2}([.][0-9]+)?)?)?`;

/** RE2 pattern of a date by itself, which leaves open when on that day. */
export const DATE_ONLY = `${DAY}([ T]00:00(:00([.]0+)?)?Z?)?`;

/** From here on a Unix time is in milliseconds. */
const MILLISECONDS_FROM = 1e11;

/** A kind of value as SQL. What a cast gives is checked in the cheapest way there is, and only what fails is read by pattern. */
export interface ValueKind {
  /** The value that the text most likely is; NULL where the cast fails. Takes the text as it stands in the file. */
  readonly cast: (text: string) => string;
  /** Condition that the cast is right. Where it is true, `exact` gives the same value. */
  readonly sure: (cast: string, text: string) => string;
  /** The value of a cast that is right. */
  readonly value: (cast: string, text: string) => string;
  /** The value however it is written, of text from {@link presentSql}; NULL where it is none. */
  readonly exact: (text: string) => string;
  /** The first two for a column that a file stores in a type of its own; undefined where its text has to be read. */
  readonly stored?: (type: string) => Pick<ValueKind, "cast" | "sure"> | undefined;
}

const SQL_INTEGER = /^U?(TINY|SMALL|BIG)INT$|^U?INTEGER$/;

/** Texts that begin with a digit. A cast that fails takes longer than one that does not, so that words are not tried. */
function numberSql(text: string, type: string): string {
  return `CASE WHEN ${text} BETWEEN '0' AND ':' THEN TRY_CAST(${text} AS ${type}) END`;
}

/**
 * A count: BIGINT >= 0. Takes `1755`, `1755.0` and, when it is exactly an integer, `1.2e6`. No signs, no separators, no
 * rounding: DuckDB's own cast would make 2 of `1.5`, 16 of `0x10` and 1000 of `1_000`.
 */
export const COUNT: ValueKind = {
  cast: (text) => numberSql(text, "BIGINT"),
  sure: (cast, text) => `CAST(${cast} AS VARCHAR) = ${text}`,
  value: (cast) => cast,
  exact(text) {
    const float = `TRY_CAST(${text} AS DOUBLE)`;
    return [
      `CASE WHEN regexp_full_match(${text}, '${WHOLE}') THEN TRY_CAST(split_part(${text}, '.', 1) AS BIGINT)`,
      `WHEN regexp_full_match(${text}, '${POWER}') AND length(${text}) <= ${LONGEST_POWER}`,
      `AND ${float} <= 9007199254740992 AND floor(${float}) = ${float} THEN TRY_CAST(${float} AS BIGINT) END`,
    ].join(" ");
  },
  stored(type) {
    if (SQL_INTEGER.test(type)) {
      return { cast: (column) => `TRY_CAST(${column} AS BIGINT)`, sure: (cast) => `${cast} >= 0` };
    }
    if (type !== "DOUBLE") return undefined;
    // Tables with gaps store counts so. What is larger is written with an exponent.
    const whole = (x: string) =>
      `${x} BETWEEN 0 AND 999999999999999 AND floor(${x}) = ${x} AND NOT signbit(${x})`;
    return {
      cast: (column) => `CASE WHEN ${whole(column)} THEN CAST(${column} AS BIGINT) END`,
      sure: (cast) => `${cast} IS NOT NULL`,
    };
  },
};

/** What no rate reaches: an account has at least one follower, and no video a million likes for each. */
export const LARGEST_RATE = 1_000_000;

// As a function, of which no statistics of a file can tell DuckDB that the check is not needed: those of Parquet leave NaN out.
const finite = (x: string) => `isfinite(${x}) AND ${x} BETWEEN 0 AND ${LARGEST_RATE}`;

/** A rate: DOUBLE, from 0 to a million. */
export const RATE: ValueKind = {
  cast: (text) => numberSql(text, "DOUBLE"),
  sure: (cast, text) => `${finite(cast)} AND NOT contains(${text}, '_')`,
  value: (cast) => cast,
  exact(text) {
    const rate = `TRY_CAST(${text} AS DOUBLE)`;
    return `CASE WHEN ${finite(rate)} AND NOT contains(${text}, '_') THEN ${rate} END`;
  },
  // A FLOAT of 0.1 is another number than its text.
  stored: (type) =>
    type === "DOUBLE"
      ? {
          cast: (column) => `CASE WHEN ${finite(column)} THEN ${column} END`,
          sure: (cast) => `${cast} IS NOT NULL`,
        }
      : undefined,
};

/** A flag: true, yes, 1 or false, no, 0, or what other languages say for it, in any case. */
export const FLAG: ValueKind = {
  cast: (text) => `CASE WHEN ${text} = 'false' THEN false WHEN ${text} = 'true' THEN true END`,
  sure: (cast) => `${cast} IS NOT NULL`,
  value: (cast) => cast,
  exact(text) {
    const among = (words: string) => `list_contains(${words}, lower(${text}))`;
    return `CASE WHEN ${among(trueWords().sql)} THEN true WHEN ${among(falseWords().sql)} THEN false END`;
  },
  stored: (type) =>
    type === "BOOLEAN" ? { cast: (column) => column, sure: (cast) => `${cast} IS NOT NULL` } : undefined,
};

/**
 * TikTok's number of an account: VARCHAR, its digits as they stand, however many. Zero is how the web writes "none".
 * Anything else, such as the `6.79E+18` that spreadsheets leave, has lost digits and is no number to know anyone by.
 * The cast is the number: UBIGINT.
 */
export const ACCOUNT_ID: ValueKind = {
  cast: (text) => numberSql(text, "UBIGINT"),
  sure: (cast, text) => `${cast} > 0 AND CAST(${cast} AS VARCHAR) = ${text}`,
  value: (cast, text) => `CASE WHEN ${cast} IS NOT NULL THEN ${text} END`,
  exact: (text) => `NULLIF(regexp_extract(${text}, '^${ID_AS_TEXT}$', 1), '')`,
};

/**
 * A moment: TIMESTAMP in UTC. Takes Unix seconds (or milliseconds, when 12 digits or more), ISO dates and times, with
 * `Z`, `UTC` or an offset. Without one the time is taken for UTC. The cast is a DATE.
 */
export const MOMENT: ValueKind = {
  cast: (text) =>
    `CASE WHEN strlen(${text}) = 10 AND contains(${text}, '-') THEN TRY_CAST(${text} AS DATE) END`,
  sure: (cast, text) => `CAST(${cast} AS VARCHAR) = ${text}`,
  value: (cast) => `CAST(${cast} AS TIMESTAMP)`,
  exact(text) {
    const number = `TRY_CAST(${text} AS DOUBLE)`;
    const offset = "([+-])([0-9]{2}):?([0-9]{2})?$";
    const part = (i: number) => `regexp_extract(${text}, '${offset}', ${i})`;
    const minutes = `CAST(${part(1)} || '1' AS BIGINT) * (CAST(${part(2)} AS BIGINT) * 60 + coalesce(TRY_CAST(${part(3)} AS BIGINT), 0))`;
    return [
      `CASE WHEN regexp_full_match(${text}, '${UNIX}') THEN`,
      `make_timestamp(CAST(trunc(${number} * CASE WHEN ${number} >= ${MILLISECONDS_FROM} THEN 1 ELSE 1000 END) AS BIGINT) * 1000)`,
      `WHEN regexp_full_match(${text}, '${DATE_TIME}( ?(Z|UTC|GMT))?')`,
      `THEN TRY_CAST(regexp_replace(${text}, ' ?(Z|UTC|GMT)$', '') AS TIMESTAMP)`,
      `WHEN regexp_full_match(${text}, '${DATE_TIME} ?[+-][0-9]{2}(:?[0-9]{2})?')`,
      // A TIMESTAMP cast ignores the offset, and a TIMESTAMPTZ cast wants seconds.
      `THEN make_timestamp(epoch_us(TRY_CAST(regexp_replace(${text}, ' ?${offset}', '') AS TIMESTAMP)) - ${minutes} * 60000000) END`,
    ].join(" ");
  },
};

/** The text of a number, flag or date without surrounding spaces; NULL where it is missing. */
export function presentSql(column: string): string {
  // Of spaces only: a list of characters to trim makes it eight times slower.
  return presentTextSql(`trim(${column})`);
}

/** As {@link presentSql} for free text, whose spaces are kept. */
export function presentTextSql(column: string): string {
  return unlessAmong(column, missingWords());
}

/** As {@link presentTextSql} for the code of a country. */
export function presentCodeSql(column: string): string {
  return unlessAmong(column, missingCodes());
}

/** A NULLIF of each word would be evaluated twice for the next one. */
function unlessAmong(text: string, { sql, bytes }: { readonly sql: string; readonly bytes: number }): string {
  return `CASE WHEN strlen(${text}) > ${bytes} THEN ${text} WHEN NOT list_contains(${sql}, ${text}) THEN ${text} END`;
}

/** A column of a relation in a type of its own. */
export interface StoredColumn {
  /** What the relation calls it. */
  readonly name: string;
  /** DuckDB's name of its type. */
  readonly type: string;
  /** A value of it as the text that the relation has of it, as SQL. */
  readonly text: (value: string) => string;
}

/** By the name of the column that has the same as text. */
export type StoredColumns = ReadonlyMap<string, StoredColumn>;

/**
 * What {@link presentSql} gives, of one text.
 */
export function presentOf(text: string): string | null {
  const trimmed = text.replace(/^\p{Zs}+|\p{Zs}+$/gu, "");
  return missingWords().has(trimmed) ? null : trimmed;
}

const whole = new RegExp(`^${WHOLE}$`);
const power = new RegExp(`^${POWER}$`);

/**
 * A count, of text from {@link presentOf}; null where it is none, or one above 2^53 - 1.
 */
export function countOf(text: string): number | null {
  const written = whole.test(text) || (power.test(text) && text.length <= LONGEST_POWER);
  const count = written ? Number(text) : Number.NaN;
  return Number.isSafeInteger(count) ? count : null;
}

/**
 * A rate, of text from {@link presentOf}; null where it is none.
 */
export function rateOf(text: string): number | null {
  // The white space is what DuckDB's cast allows.
  const written = /^[ \t\n\v\f\r]*[+-]?(\d+[.]?\d*|[.]\d+)([eE][+-]?\d+)?[ \t\n\v\f\r]*$/.test(text);
  const rate = written ? Number(text) : Number.NaN;
  return rate >= 0 && rate <= LARGEST_RATE ? rate : null;
}

/**
 * A flag, of text from {@link presentOf}; null where it is none.
 */
export function flagOf(text: string): boolean | null {
  const word = text.toLowerCase();
  if (trueWords().has(word)) return true;
  return falseWords().has(word) ? false : null;
}

/** What an account's number looks like in TypeScript. */
export const ACCOUNT_ID_PATTERN: RegExp = new RegExp(`^${ID}$`);

/**
 * The number of an account, of text from {@link presentOf}; null where it is none.
 */
export function accountIdOf(text: string): string | null {
  return ACCOUNT_ID_PATTERN.test(text) ? text : null;
}

const unix = new RegExp(`^${UNIX}$`);
const dateTime = new RegExp(`^(${DATE_TIME})(?: ?(Z|UTC|GMT|[+-][0-9]{2}(?::?[0-9]{2})?))?$`);

/**
 * A moment to the millisecond, of text from {@link presentOf}; null where it is none.
 */
export function momentOf(text: string): Date | null {
  if (unix.test(text)) {
    const number = Number(text);
    return validDate(new Date(number >= MILLISECONDS_FROM ? number : number * 1000));
  }
  const found = dateTime.exec(text);
  if (found === null) return null;
  const [year, month, day, hour = 0, minute = 0, second = 0] = found[1].split(/[-/ T:]/).map(Number);
  const date = new Date(Date.UTC(year, month - 1, day, hour, minute, 0, 1000 * second));
  const oneSeparator = /^\d+(\D)\d+\1/.test(text);
  // JavaScript makes the 2nd of March of the 30th of February.
  if (
    !oneSeparator ||
    date.getUTCMonth() !== month - 1 ||
    date.getUTCDate() !== day ||
    hour > 23 ||
    minute > 59 ||
    second >= 60
  )
    return null;
  const [, sign, hours, minutes] = /^([+-])(..):?(..)?$/.exec(found.at(-1) ?? "") ?? [];
  const offset =
    sign === undefined ? 0 : (Number(hours) * 60 + Number(minutes ?? 0)) * (sign === "-" ? -1 : 1);
  return validDate(new Date(date.getTime() - offset * 60_000));
}

function validDate(date: Date): Date | null {
  return Number.isNaN(date.getTime()) ? null : date;
}
