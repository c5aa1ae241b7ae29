import type { DuckDBConnection } from "@duckdb/node-api";
import { InsightsError } from "../base/error.ts";
import { quoteIdentifier } from "../base/quote.ts";
import { countInWords } from "../base/words.ts";
import type { Alert } from "./alerts.ts";
import { CANONICAL_COLUMNS, CANONICAL_NAMES, type CanonicalName, type CanonicalType } from "./canonical.ts";
import type { Mapping } from "./mapping.ts";
import type { ReadingOptions } from "./readingOptions.ts";
import { COUNT, presentSql, RATE, type ValueKind } from "./values.ts";
import {
  type ColumnSurvey,
  type DecimalMark,
  plainKind,
  surveyedSql,
  surveySql,
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
    const unit = mapping.units[name as CanonicalName];
    if (unit !== undefined) return countIn(unit);
    if (conventions === undefined) return plainKind(COUNT, true);
    return {
      ...COUNT,
      exact: (text) => writtenCountSql(text, conventions.decimal[name] ?? ".", COUNT.exact(text)),
    };
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

/** A count in units: `12.5` of thousands is 12500. What has a word of its own, such as `12.5K`, cannot be read. */
function countIn(unit: number): ValueKind {
  return {
    cast: () => "CAST(NULL AS BIGINT)",
    sure: (cast) => `${cast} IS NOT NULL`,
    value: (cast) => cast,
    exact: (text) =>
      `CASE WHEN regexp_full_match(${text}, '[0-9]{1,9}([.,][0-9]{1,9})?') THEN CAST(round(CAST(replace(${text}, ',', '.') AS DOUBLE) * ${unit}) AS BIGINT) END`,
  };
}

/**
 * Looks over the counts and rates of a file, all of them, and decides how they are written.
 *
 * @param relation of raw texts, with `__row`
 * @returns the mapping with what was decided
 * @throws InsightsError where a column can be read in two ways and nothing in the file tells
 */
export async function withConventions(
  connection: DuckDBConnection,
  relation: string,
  mapping: Mapping,
  file: string,
  reading: Pick<ReadingOptions, "decimal"> = {},
): Promise<Mapping> {
  const numbers = sourcesOf(mapping);
  if (numbers.length === 0) return { ...mapping, conventions: { decimal: {}, alerts: [] } };
  const surveys = await survey(connection, relation, numbers);
  const alerts: Alert[] = [];
  const decimal: Record<string, DecimalMark> = {};
  const all = [...surveys.values()];
  const total = { comma: sum(all, "comma"), point: sum(all, "point") };
  const said = reading.decimal === undefined ? undefined : reading.decimal === "comma" ? "," : ".";
  for (const { name, isCount } of numbers) {
    const found = surveys.get(name);
    if (!isCount || found === undefined) continue;
    const either = found.eitherComma + found.eitherPoint;
    const mark = said ?? markOf(found) ?? markOf(total) ?? markOfWhole(found);
    if (either > 0 && mark === undefined) throw ambiguous(name, found.either ?? "", file);
    if (mark !== undefined) decimal[name] = mark;
    if (found.rounded > 0) {
      const message = `${name} of ${countInWords(found.rounded)} of ${countInWords(found.present)} are rounded, such as ${found.roundedExample}.`;
      alerts.push({ level: "info", code: "rounded_counts", column: name, message });
    }
  }
  const [first] = numbers.filter(({ name, isCount }) => isCount && surveys.get(name)?.either != null);
  if (first !== undefined) {
    const example = surveys.get(first.name)?.either ?? "";
    const words = decimal[first.name] === "," ? "a comma" : "a point";
    const message = `Counts are read with ${words} as the decimal mark${said === undefined ? "" : ", as told"}: ${JSON.stringify(example)} in ${first.name} is ${readings(example)[decimal[first.name]]}.`;
    alerts.push({ level: "info", code: "decimal_mark", column: null, message });
  }
  return { ...mapping, conventions: { decimal, alerts } };
}

interface Numbers {
  readonly name: string;
  readonly isCount: boolean;
  readonly source: string;
}

function sourcesOf({ columns, video, units }: Mapping): Numbers[] {
  const named = CANONICAL_NAMES.flatMap((name): Numbers[] => {
    const { type } = CANONICAL_COLUMNS[name];
    const isNumber = (type === "BIGINT" && units[name] === undefined) || type === "DOUBLE";
    return isNumber
      ? (columns[name] ?? []).slice(0, 1).map((source) => ({ name, isCount: type === "BIGINT", source }))
      : [];
  });
  const ofVideo =
    video === null
      ? []
      : ([
          ["video_likes", video.likes],
          ["video_comments", video.comments],
        ] as const);
  return [
    ...named,
    ...ofVideo.flatMap(([name, sources]) =>
      sources.slice(0, 1).map((source) => ({ name, isCount: true, source })),
    ),
  ];
}

async function survey(
  connection: DuckDBConnection,
  relation: string,
  numbers: readonly Numbers[],
): Promise<Map<string, ColumnSurvey>> {
  const each = numbers.map(({ source }, i) => {
    const texts = `(SELECT ${presentSql(quoteIdentifier(source))} AS c${i} FROM ${quoteIdentifier(relation)})`;
    return `(SELECT ${surveySql()} FROM (SELECT ${surveyedSql(`c${i}`)} FROM ${texts})) AS s${i}`;
  });
  const reader = await connection.runAndReadAll(`SELECT ${each.join(", ")}`);
  const [row] = reader.getRowObjectsJson();
  return new Map(
    numbers.map(({ name }, i) => {
      const fields = Object.entries(row[`s${i}`] as Record<string, unknown>);
      const read = fields.map(([field, value]) => [
        field,
        field === "either" || field === "roundedExample" ? value : Number(value),
      ]);
      return [name, Object.fromEntries(read) as ColumnSurvey];
    }),
  );
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

function readings(text: string): Record<DecimalMark, string> {
  const number = /[0-9]+[.,][0-9]+/.exec(text)?.[0] ?? text;
  const word = text.slice(text.indexOf(number) + number.length);
  const thousands = `${number.replace(/[.,]/, "")}${word}`;
  const decimals = `${Number(number.replace(",", "."))}${word}`;
  return number.includes(",") ? { ",": decimals, ".": thousands } : { ".": decimals, ",": thousands };
}

function ambiguous(column: string, text: string, file: string): InsightsError {
  const read = readings(text);
  return new InsightsError(
    `ambiguous ${column}: ${JSON.stringify(text)} is ${read["."]} with --decimal point and ${read[","]} with --decimal comma; nothing in the file tells which`,
    { place: { file } },
  );
}
