import { quoteLiteral } from "../base/quote.ts";

/** A value that a record may lack, while it is read: the steps before have made `_raw_NAME` of it and the column `as`. */
interface OptionalValue {
  readonly name: string;
  /** Name of the column that it becomes, NULL where the text cannot be read. */
  readonly as: string;
  readonly type: string;
  /** The condition that a number can be one; then `_written_NAME` is the number that the text says. Without it any can. */
  readonly possible?: ((number: string) => string) | undefined;
}

/** Stands behind the name of a value that is a number, but one that its account cannot have. */
const IMPOSSIBLE = "!";

/** The condition that it is one; undefined where it cannot be. What likes can be depends on the other counts. */
function impossibleSql({ name, as, possible }: OptionalValue): string | undefined {
  if (name === "likes") return "_impossible_likes";
  return possible && `${as} IS NULL AND _written_${name} IS NOT NULL`;
}

/** What stands between the texts of `_value`. In a text it becomes a space. */
const BETWEEN = "\u001f";

/** Characters of a text that are kept of it. */
const LONGEST_TEXT = 400;

// The web writes 0 for a moment it does not know. It is never what is wrong with a count, a rate or a flag.
const unreadable = ({ name, as }: OptionalValue) => `_raw_${name} <> '0' AND ${as} IS NULL`;

/**
 * The names of the values of a good record that are there and cannot be read, or cannot be, as SQL of VARCHAR with commas between; NULL where
 * there are none. To be asked where `_impossible_likes` is known. {@link blankedCells} takes it apart.
 *
 * @param optional those that the file may have
 */
export function blanksSql(optional: readonly OptionalValue[]): string {
  if (optional.length === 0) return "CAST(NULL AS VARCHAR)";
  const isMoment = ({ type }: OptionalValue) => type === "TIMESTAMP";
  const raws = optional.filter((value) => !isMoment(value)).map(({ name }) => `_raw_${name}`);
  // Nearly every record has no raw text left, but of its moments.
  const possible = [
    ...(raws.length === 0 ? [] : [`coalesce(${raws.join(", ")}) IS NOT NULL`]),
    ...optional.filter(isMoment).map(unreadable),
    "_impossible_likes",
  ];
  const names = joined(
    optional,
    ({ name }) => quoteLiteral(name),
    ({ name }) => quoteLiteral(name + IMPOSSIBLE),
    ",",
  );
  return `CASE WHEN _reason IS NULL AND (${possible.join(" OR ")}) THEN NULLIF(${names}, '') END`;
}

/** The texts that go with {@link blanksSql}, as SQL of VARCHAR. To be asked where that is not NULL; {@link blankedCells} takes them apart. */
export function blankValuesSql(optional: readonly OptionalValue[]): string {
  if (optional.length === 0) return "CAST(NULL AS VARCHAR)";
  // Of likes only the number may be left.
  const textOf = ({ name }: OptionalValue) =>
    name === "likes" ? "coalesce(_raw_likes, CAST(likes AS VARCHAR))" : `_raw_${name}`;
  const shortOf = (value: OptionalValue) =>
    `replace(left(${textOf(value)}, ${LONGEST_TEXT}), ${quoteLiteral(BETWEEN)}, ' ')`;
  return joined(optional, shortOf, shortOf, BETWEEN);
}

function joined(
  optional: readonly OptionalValue[],
  said: (value: OptionalValue) => string,
  saidImpossible: (value: OptionalValue) => string,
  between: string,
): string {
  const each = optional.map((value) => {
    const impossible = impossibleSql(value);
    const first = impossible === undefined ? "" : `WHEN ${impossible} THEN ${saidImpossible(value)}`;
    return `CASE ${first} WHEN ${unreadable(value)} THEN ${said(value)} END`;
  });
  return `concat_ws(${quoteLiteral(between)}, ${each.join(", ")})`;
}

/** A cell of a record that counts as missing though something stands in it. */
export interface BlankedCell {
  /** Canonical name of its column; `video_likes` or `video_comments` of a video. */
  readonly column: string;
  /** Whether it is a number, but one that its account cannot have; else it cannot be read. */
  readonly impossible: boolean;
  /** What stands in it, its first 400 characters. */
  readonly value: string;
}

/** The cells of a record, of its `_blanks` and `_value`. */
export function blankedCells(blanks: string, value: string): BlankedCell[] {
  const values = value.split(BETWEEN);
  return blanks === ""
    ? []
    : blanks.split(",").map((name, i) => ({ ...kindOf(name), value: values[i] ?? "" }));
}

/** What one of the names of `_blanks` says of a cell. */
export function kindOf(name: string): Pick<BlankedCell, "column" | "impossible"> {
  const impossible = name.endsWith(IMPOSSIBLE);
  return { column: impossible ? name.slice(0, -IMPOSSIBLE.length) : name, impossible };
}

/** The cells of a column that cannot be read, or those that cannot be. `value` is that of the first. */
export interface BlankedColumn extends BlankedCell {
  readonly count: number;
  /** On which line of the file the first stands, null where that is unknown. */
  readonly line: number | null;
}

/** Puts the blanked columns of parts of a run together, those with the most cells first. */
export function sumBlanks(parts: readonly (readonly BlankedColumn[])[]): BlankedColumn[] {
  const sums = new Map<string, BlankedColumn>();
  for (const blank of parts.flat()) {
    const key = `${blank.column} ${blank.impossible}`;
    const sum = sums.get(key);
    sums.set(key, sum === undefined ? blank : { ...sum, count: sum.count + blank.count });
  }
  return [...sums.values()].sort((a, b) => b.count - a.count || (a.column < b.column ? -1 : 1));
}
