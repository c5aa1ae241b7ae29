import type { DuckDBConnection } from "@duckdb/node-api";
import { InsightsError } from "../base/error.ts";
import { quoteIdentifier } from "../base/quote.ts";
import { countInWords } from "../base/words.ts";
import type { Alert } from "./alerts.ts";
import { CANONICAL_COLUMNS, CANONICAL_NAMES, type CanonicalName, type CanonicalType } from "./canonical.ts";
import type { Mapping } from "./mapping.ts";
import type { SourceColumns } from "./providers/layouts.ts";
import type { ReadingOptions } from "./readingOptions.ts";
import { COUNT, presentSql, RATE, type ValueKind } from "./values.ts";
import { type DateSurvey, dateListSurveySteps, dateOrders, dateSurveySteps } from "./writtenDates.ts";
import {
  type ColumnSurvey,
  type DecimalMark,
  plainKind,
  type SurveySteps,
  surveySteps,
  timesSql,
  withoutCounted,
  writtenCountSql,
  writtenRateSql,
} from "./writtenNumbers.ts";

/**
 * The kind of a count or rate of a file.
 *
 * @param name canonical name; `video_likes` or `video_comments` of a video
 * @returns undefined for other types
 */
export function numberKind(name: string, type: CanonicalType, mapping: Mapping): ValueKind | undefined {
  const { conventions } = mapping;
  if (type === "BIGINT") {
    const unit = unitOf(name, mapping);
    const plain = (text: string) => timesSql(COUNT.exact(text), unit);
    const kind = unit === 1 ? COUNT : { ...UNSURE, exact: plain };
    if (conventions === undefined) return plainKind(kind, true);
    const written = { ...conventions, decimal: conventions.decimal[name] ?? "." } as const;
    return { ...kind, exact: (text) => writtenCountSql(text, written, COUNT.exact(text), unit) };
  }
  if (type !== "DOUBLE") return undefined;
  const percent = mapping.percent.includes(name as CanonicalName);
  const value = percent ? (cast: string) => `${cast} / 100` : RATE.value;
  const exact =
    conventions === undefined
      ? plainKind(RATE, false).exact
      : (text: string) => writtenRateSql(text, percent);
  const scaled = conventions === undefined && percent ? (text: string) => `${exact(text)} / 100` : exact;
  return { ...RATE, value, exact: scaled };
}

/** A kind whose text is always read: no cast gives a count in units. */
const UNSURE = {
  cast: () => "CAST(NULL AS BIGINT)",
  sure: (cast: string) => `${cast} IS NOT NULL`,
  value: (cast: string) => cast,
};

function unitOf(name: string, { units }: Pick<Mapping, "units">): number {
  return units[name as CanonicalName] ?? 1;
}

/**
 * Looks over the counts, rates and dates of a file, all of them, and decides how they are written.
 *
 * @param relation of raw texts, with `__row`
 * @returns the mapping with what was decided, and what is to be said of it
 * @throws InsightsError where a column can be read in two ways and nothing in the file tells
 */
export async function withConventions(
  connection: DuckDBConnection,
  relation: string,
  mapping: Mapping,
  file: string,
  reading: Pick<ReadingOptions, "decimal"> = {},
): Promise<Mapping> {
  const [numbers, moments] = [numbersOf(mapping), momentsOf(mapping)];
  const found = await survey(connection, relation, [
    ...numbers.map(({ sources, isCount }) => ({
      sources,
      steps: (text: string, i: number) => surveySteps(text, isCount, i),
    })),
    ...moments.map(({ name, sources }) => ({
      sources,
      steps: name === "posted_at" && mapping.video === null ? dateListSurveySteps : dateSurveySteps,
    })),
  ]);
  const surveys = numbers.map((column, i) => ({ ...column, ...(found[i] as unknown as ColumnSurvey) }));
  const dated = moments.map((column, i) => ({
    ...column,
    ...(found[numbers.length + i] as unknown as DateSurvey),
  }));
  const alerts: Alert[] = [];
  const decimal: Record<string, DecimalMark> = {};
  const total = { comma: sum(surveys, "comma"), point: sum(surveys, "point") };
  const said = reading.decimal === undefined ? undefined : reading.decimal === "comma" ? "," : ".";
  const unclear = new Map<DecimalMark, { readonly names: string[]; readonly example: string }>();
  for (const { name, isCount, ...found } of surveys) {
    if (!isCount) continue;
    const unit = unitOf(name, mapping);
    const mark = said ?? markOf(found) ?? (unit === 1 ? markOfWhole(found) : undefined) ?? markOf(total);
    if (mark !== undefined) decimal[name] = mark;
    if (found.either !== null) {
      const read = readings(found.either, unit);
      if (mark === undefined) throw ambiguous(name, found.either, read, file);
      const example = `${JSON.stringify(found.either)} in ${name} is read as ${read[mark]}`;
      const others = unclear.get(mark);
      if (others === undefined) unclear.set(mark, { names: [name], example });
      else others.names.push(name);
    }
    if (found.rounded > 0) {
      const message = `${name} of ${countInWords(found.rounded)} of ${countInWords(found.present)} are rounded, such as ${found.roundedExample}.`;
      alerts.push({ level: "info", code: "rounded_counts", column: name, message });
    }
  }
  for (const [mark, { names, example }] of unclear) {
    const which = unclear.size === 1 ? "In counts" : `In ${names.join(" and ")}`;
    const marks = mark === "," ? ["point", "comma"] : ["comma", "point"];
    const told = said === undefined ? "" : `, as --decimal ${marks[1]} says`;
    const message = `${which} a ${marks[0]} parts thousands and a ${marks[1]} stands before decimals${told}: ${example}.`;
    alerts.push({ level: "info", code: "decimal_mark", column: null, message });
  }
  // No account has a billion followers, and nobody else writes B and a decimal comma.
  const turkish = surveys.find(
    ({ name, bs, ks }) => name === "followers" && bs > 0 && ks === 0 && decimal.followers === ",",
  );
  if (turkish !== undefined) {
    const message = `B behind counts is read as a thousand, the Turkish bin, as nobody has a billion followers, such as ${turkish.bExample}.`;
    alerts.push({ level: "info", code: "unit", column: "followers", message });
  }
  const { dates, alerts: ofDates } = dateOrders(dated);
  alerts.push(...ofDates);
  const conventions = { decimal, isBThousand: turkish !== undefined, dates };
  return { ...mapping, conventions, alerts: [...mapping.alerts, ...alerts] };
}

interface Numbers {
  readonly name: string;
  readonly isCount: boolean;
  readonly sources: SourceColumns;
}

function numbersOf({ columns, video }: Mapping): Numbers[] {
  const named = CANONICAL_NAMES.map((name) => ({
    name,
    type: CANONICAL_COLUMNS[name].type,
    sources: columns[name] ?? [],
  })).filter(({ type }) => type === "BIGINT" || type === "DOUBLE");
  return [
    ...named.map(({ type, ...numbers }) => ({ ...numbers, isCount: type === "BIGINT" })),
    { name: "video_likes", isCount: true, sources: video?.likes ?? [] },
    { name: "video_comments", isCount: true, sources: video?.comments ?? [] },
  ].filter(({ sources }) => sources.length > 0);
}

/** Columns that hold dates. */
function momentsOf({ columns }: Mapping): { readonly name: string; readonly sources: SourceColumns }[] {
  return (["created_at", "observed_at", "posted_at"] as const)
    .map((name) => ({ name, sources: columns[name] ?? [] }))
    .filter(({ sources }) => sources.length > 0);
}

interface Surveyed {
  readonly sources: SourceColumns;
  readonly steps: (text: string, id: number) => SurveySteps;
}

/** Looks all columns over while the relation is read once. */
async function survey(
  connection: DuckDBConnection,
  relation: string,
  columns: readonly Surveyed[],
): Promise<Record<string, string | number | null>[]> {
  if (columns.length === 0) return [];
  const each = columns.map(({ sources, steps }, i) => {
    const texts = sources.map(quoteIdentifier);
    // The first that is there is read.
    const text = texts.length === 1 ? texts[0] : `coalesce(${texts.map(presentSql).join(", ")})`;
    return steps(text, i);
  });
  const depth = Math.max(...each.map(({ steps }) => steps.length));
  const steps = Array.from({ length: depth }, (_, i) => each.flatMap((column) => column.steps[i] ?? []));
  const from = steps.reduce(
    (inner, columns, i) => `(SELECT ${[...(i === 0 ? [] : ["*"]), ...columns].join(", ")} FROM ${inner})`,
    quoteIdentifier(relation),
  );
  const aggregates = each.map(({ aggregate }) => aggregate).join(", ");
  const reader = await connection.runAndReadAll(`SELECT ${aggregates} FROM ${from}`);
  const [row] = reader.getRowsJson();
  return columns.map((_, i) => {
    const fields = Object.entries(row[i] as Record<string, string | null>);
    const examples = ["either", "roundedExample", "bExample", "slashedExample"];
    const read = fields.map(([field, value]) => [field, examples.includes(field) ? value : Number(value)]);
    return Object.fromEntries(read);
  });
}

function sum(surveys: readonly ColumnSurvey[], field: "comma" | "point"): number {
  return surveys.reduce((total, found) => total + found[field], 0);
}

function markOf({ comma, point }: Pick<ColumnSurvey, "comma" | "point">): DecimalMark | undefined {
  if (comma === point) return undefined;
  return comma > point ? "," : ".";
}

/** Counts are whole: what stands before three digits that are not all zeros parts thousands. */
function markOfWhole({ wholeComma, wholePoint }: ColumnSurvey): DecimalMark | undefined {
  if (wholeComma === wholePoint) return undefined;
  return wholeComma > wholePoint ? "." : ",";
}

/** What a text with one mark before three digits is with either mark; in units where no word stands behind it. */
function readings(text: string, unit: number): Record<DecimalMark, string> {
  const number = /[0-9]+[.,][0-9]+/.exec(text)?.[0] ?? text;
  const word = withoutCounted(text.slice(text.indexOf(number) + number.length));
  const read = (digits: string) => `${Number(digits) * (word === "" ? unit : 1)}${word}`;
  const thousands = read(number.replace(/[.,]/, ""));
  const decimals = read(number.replace(",", "."));
  return number.includes(",") ? { ",": decimals, ".": thousands } : { ".": decimals, ",": thousands };
}

function ambiguous(
  column: string,
  text: string,
  read: Readonly<Record<DecimalMark, string>>,
  file: string,
): InsightsError {
  return new InsightsError(
    `ambiguous ${column}: ${JSON.stringify(text)} is ${read["."]} with --decimal point and ${read[","]} with --decimal comma; nothing in the file tells which`,
    { place: { file } },
  );
}
