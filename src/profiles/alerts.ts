import type { DuckDBConnection } from "@duckdb/node-api";
import { countInWords } from "../base/words.ts";
import type { BlankedColumn } from "./blanks.ts";
import { CANONICAL_NAMES, type CanonicalName } from "./canonical.ts";

/** How much an alert matters: `info` is for the record, `warning` may change results, `error` makes some unusable. */
export type AlertLevel = "info" | "warning" | "error";

/** Something worth telling about the data, in plain language. An alert never stops the work. */
export interface Alert {
  readonly level: AlertLevel;
  /** Stable name of the kind of alert, in snake case: "encoding_converted", "duplicate_column". */
  readonly code: string;
  /** The column it is about, null when it is about the whole file. */
  readonly column: string | null;
  /** One or two sentences with the numbers in it. */
  readonly message: string;
}

const LEVELS: readonly AlertLevel[] = ["error", "warning", "info"];

/** Alerts in the order of their weight, and among those of one weight as they came. */
export function mostSeriousFirst(alerts: readonly Alert[]): Alert[] {
  return LEVELS.flatMap((level) => alerts.filter((alert) => alert.level === level));
}

/** Kinds of alerts that tell what was decided about a file, which may be wrong: nothing surely tells it. */
const DECISIONS: readonly string[] = [
  "refuted_column",
  "guessed_columns",
  "likely_columns",
  "decimal_mark",
  "percent",
  "unit",
  "dialect",
  "encoding_converted",
  "other_sheets",
];

/** What was decided about a file, in the sentences of its alerts. */
export function decisionsOf(alerts: readonly Alert[]): string[] {
  return alerts.filter(({ code }) => DECISIONS.includes(code)).map(({ message }) => message);
}

/** Characters of a cell that an alert quotes. */
const LONGEST_EXAMPLE = 60;

/** Largest difference between a sum of rates and its parts that is rounding. */
const ROUNDING = 1e-6;

const RATES = ["like_engagement_rate", "comment_engagement_rate", "awg_engagement_rate"] as const;

/** What was counted while reading. */
export interface ReadingFacts {
  /** Name of a table made by `recordsSql`. */
  readonly records: string;
  /** Name of the canonical table. */
  readonly table: string;
  /** What each canonical column was read from, in words. */
  readonly mapped: Readonly<Partial<Record<CanonicalName, string>>>;
  readonly duplicates: number;
  /** Whether a record is a video. */
  readonly perVideo: boolean;
  readonly rejectedCount: number;
  readonly rejectedByReason: Readonly<Record<string, number>>;
  readonly blanks: readonly BlankedColumn[];
}

/** What reading has to say about a file: rejects, duplicates, dates that are unknown, rates that look odd. */
export async function readingAlerts(connection: DuckDBConnection, facts: ReadingFacts): Promise<Alert[]> {
  const alerts: Alert[] = [];
  const say = (level: Alert["level"], code: string, column: string | null, message: string) =>
    alerts.push({ level, code, column, message });
  const { mapped } = facts;
  const each = facts.perVideo ? ", by record" : "";

  if (facts.rejectedCount > 0) {
    const reasons = Object.entries(facts.rejectedByReason).map(
      ([reason, n]) => `${countInWords(n)} ${reason}`,
    );
    const records =
      facts.rejectedCount === 1 ? "1 record was" : `${countInWords(facts.rejectedCount)} records were`;
    say("warning", "rejected_records", null, `${records} rejected: ${reasons.join(", ")}.`);
  }
  for (const { column, impossible, count, value, line } of facts.blanks) {
    const cells = count === 1 ? "1 cell" : `${countInWords(count)} cells`;
    const where = line === null ? "" : ` (line ${line})`;
    const wrong = !impossible
      ? "cannot be read"
      : count === 1
        ? "holds a number that its account cannot have"
        : "hold numbers that their accounts cannot have";
    const message = `${cells} of ${column.replace(/^video_/, "video ")} ${wrong}, such as ${JSON.stringify(value.slice(0, LONGEST_EXAMPLE))}${where}; ${count === 1 ? "it counts" : "they count"} as missing.`;
    say("warning", impossible ? "impossible_counts" : "blanked_cells", column, message);
  }
  if (facts.duplicates > 0) {
    const repeats =
      facts.duplicates === 1 ? "1 record repeats" : `${countInWords(facts.duplicates)} records repeat`;
    const message = facts.perVideo
      ? `${repeats} a video that is there already; each counts once, as it was last read.`
      : `${repeats} an account that is there already; the latest snapshot of each is kept, else the first.`;
    say("warning", "duplicates", null, message);
  }

  const read = await firstRow(
    connection,
    `SELECT count(*) AS records, sum(_listed) AS listed, sum(_unbelieved) AS unbelieved,
       count(*) FILTER (_inexact_id) AS inexact,
       ${["stated", "narrowed", "avatar"].map((from) => `count(*) FILTER (_observed_from = '${from}') AS observed_${from}`)},
       count(*) FILTER (_observed_from IS NULL) AS observed_unknown,
       count(*) FILTER (_created_from = 'stated') AS created_stated,
       count(*) FILTER (_created_from = 'id') AS created_id,
       count(*) FILTER (_created_from IS NULL) AS created_unknown,
       ${facts.perVideo ? "count(_video_posted_at)" : "sum(len(posted_at))"} AS dated
     FROM ${facts.records} WHERE _reason IS NULL`,
  );
  if (read.inexact > 0) {
    const message = `${countInWords(read.inexact)} of the ids have lost digits or are no numbers (spreadsheets round them); they are left out and the accounts known by account_id.`;
    say("warning", "inexact_ids", "id", message);
  }
  if (mapped.observed_at === undefined || read.observed_unknown === read.records) {
    const message =
      "When the profiles were read is not known: no record has a time or an avatar address that tells it.";
    say("warning", "unknown_snapshot", "observed_at", message);
  } else {
    const parts = [
      [read.observed_stated, "at the stated time"],
      [read.observed_narrowed, "on the stated day, at the hour that the address of the picture tells"],
      [read.observed_avatar, "at the hour that the address of the picture tells"],
      [read.observed_unknown, "unknown"],
    ] as const;
    const message = `When the profiles were read${each}: ${listed(parts)} (from ${mapped.observed_at}).`;
    say(read.observed_unknown > 0 ? "warning" : "info", "snapshot_source", "observed_at", message);
  }
  if (mapped.created_at !== undefined) {
    const parts = [
      [read.created_stated, "as stated"],
      [read.created_id, "as the id tells"],
      [read.created_unknown, "unknown"],
    ] as const;
    say("info", "created_source", "created_at", `When the accounts were made${each}: ${listed(parts)}.`);
  }
  if (read.listed > read.dated) {
    const message = `${countInWords(read.listed - read.dated)} of ${countInWords(read.listed)} listed posts have no date, or one that cannot be.`;
    say("info", "undated_posts", "posted_at", message);
  }
  if (read.unbelieved > 0) {
    const message = `${countInWords(read.unbelieved)} dates cannot be (before 2014, or after the snapshot) and count as unknown.`;
    say("warning", "impossible_dates", null, message);
  }
  alerts.push(...(await valueAlerts(connection, facts)));
  return alerts;
}

/** Columns without any value, and rates that look odd. */
async function valueAlerts(connection: DuckDBConnection, facts: ReadingFacts): Promise<Alert[]> {
  const alerts: Alert[] = [];
  const sum = "like_engagement_rate + comment_engagement_rate";
  const off = `abs(awg_engagement_rate - (${sum}))`;
  const values = await firstRow(
    connection,
    `SELECT count(*) AS profiles,
       ${CANONICAL_NAMES.map((name) => `count(${name}) AS n_${name}`)},
       ${RATES.map((name) => `count(*) FILTER (${name} > 1) AS high_${name}, max(${name}) AS max_${name}`)},
       count(*) FILTER (${off} > ${ROUNDING} * greatest(1, awg_engagement_rate)) AS off, max(${off}) AS most_off
     FROM ${facts.table}`,
  );
  for (const name of CANONICAL_NAMES) {
    // Dates have alerts of their own.
    if (name.endsWith("_at") || facts.mapped[name] === undefined || values[`n_${name}`] > 0) continue;
    const message = `${name} has no value in any profile, although ${facts.mapped[name]} is there.`;
    alerts.push({ level: "warning", code: "empty_column", column: name, message });
  }
  for (const name of RATES) {
    const high = values[`high_${name}`];
    if (high === 0) continue;
    const message = `${countInWords(high)} of ${countInWords(values.profiles)} profiles ${high === 1 ? "has" : "have"} ${name} over 1 (the largest is ${round(values[`max_${name}`])}); ${high === 1 ? "it is" : "they are"} kept.`;
    alerts.push({ level: "warning", code: "high_rate", column: name, message });
  }
  if (values.off > 0) {
    const message = `In ${countInWords(values.off)} ${values.off === 1 ? "profile" : "profiles"} awg_engagement_rate is not the sum of like and comment rate (by up to ${round(values.most_off)}).`;
    alerts.push({ level: "warning", code: "rate_sum", column: "awg_engagement_rate", message });
  }
  return alerts;
}

/** The one row of an aggregate, as numbers; NULL (of no rows) becomes 0. */
async function firstRow(connection: DuckDBConnection, sql: string): Promise<Record<string, number>> {
  const reader = await connection.runAndReadAll(sql);
  const [row] = reader.getRowObjects();
  return Object.fromEntries(Object.entries(row).map(([name, value]) => [name, Number(value ?? 0)]));
}

function round(value: number): string {
  return String(Number(value.toPrecision(3)));
}

function listed(parts: readonly (readonly [number, string])[]): string {
  return parts
    .filter(([n]) => n > 0)
    .map(([n, how]) => `${countInWords(n)} ${how}`)
    .join(", ");
}
