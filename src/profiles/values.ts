import { presentSql, presentTextSql } from "./parsing.ts";
import type { SourceColumns } from "./providers/provider.ts";
import { quoteIdentifier } from "./sql.ts";
import type { OwnColumns, Usual } from "./usual.ts";

/** A value that is read from text. */
export interface Value {
  /** Its canonical name; of a video's, ours. */
  readonly name: string;
  /** Name of the column with the value. */
  readonly as: string;
  /** The way in which it is nearly always written. */
  readonly usual: Usual;
  /** What a column of a type of its own gives, if it can. */
  readonly own?: (type: string) => Usual | undefined;
  /** Every way, of trimmed text. */
  readonly sql: (text: string) => string;
  /** Name of a value before it: where that one is written as usual, this one is NULL. */
  readonly unless?: string;
}

/** Where values are read from. */
interface Places {
  /** The columns of each value, by its name. */
  readonly sources: Readonly<Record<string, SourceColumns | undefined>>;
  readonly own: OwnColumns | undefined;
  /** The relation. */
  readonly from: string;
  /** What else to select from it. */
  readonly beside: string;
}

/**
 * Reads values: a SELECT with, for each, its column, `_usual_NAME`: the value where it is written as usual, `_raw_NAME`: the
 * trimmed text where it is not, and `_read_NAME`. So what is dear is worked out for the few that need it.
 */
export function readValues(values: readonly Value[], { sources, own, from, beside }: Places): string {
  const plans = values.map((value) => plan(value, sources[value.name] ?? [], own));
  const inputs = plans.flatMap(({ inputs }) => inputs);
  let sql = `SELECT ${[beside, ...inputs].join(", ")} FROM ${from}`;
  for (const step of ["read", "usual", "raw", "value"] as const) {
    sql = `SELECT *, ${plans.map((plan) => plan[step]).join(", ")} FROM (${sql})`;
  }
  return sql;
}

/** The steps to a value, each a column over those before. */
function plan({ name, as, unless, ...value }: Value, sources: SourceColumns, own: OwnColumns | undefined) {
  const column = sources.length > 0 ? own?.get(sources[0]) : undefined;
  const typed = column && value.own?.(column.type);
  const usual = typed ?? value.usual;
  const texts = sources.map((_, i) => `_text_${name}_${i}`);
  const inputs = sources.map(
    (source, i) => `${presentTextSql(quoteIdentifier(source))} AS _text_${name}_${i}`,
  );
  let first = texts[0] ?? NOTHING;
  if (column !== undefined && typed !== undefined) {
    first = `_own_${name}`;
    inputs[0] = `${quoteIdentifier(column.name)} AS ${first}`;
    if (column.partial) inputs.push(`${presentTextSql(quoteIdentifier(sources[0]))} AS ${texts[0]}`);
    else texts[0] = `CAST(${first} AS VARCHAR)`;
  }
  const [read, some, raw] = [`_read_${name}`, `_usual_${name}`, `_raw_${name}`];
  return {
    inputs,
    read: `${usual.read(first)} AS ${read}`,
    usual: `${usual.value(read, first)} AS ${some}`,
    raw: `CASE WHEN ${unless === undefined ? some : `_usual_${unless}`} IS NULL THEN ${coalesced(texts.map(presentSql))} END AS ${raw}`,
    value: `CASE WHEN ${some} IS NOT NULL THEN ${some} WHEN ${raw} IS NOT NULL THEN ${value.sql(raw)} END AS ${as}`,
  };
}

const NOTHING = "CAST(NULL AS VARCHAR)";

/** The first of the texts that is not NULL, as SQL. */
export function coalesced(texts: readonly string[]): string {
  if (texts.length === 0) return NOTHING;
  return texts.length === 1 ? texts[0] : `coalesce(${texts.join(", ")})`;
}
