import { countInWords, countOfThings, listed, numberInWords, shareInWords } from "../base/words.ts";
import type { Alert, AlertLevel } from "../profiles/alerts.ts";
import { CANONICAL_COLUMNS, type CanonicalName } from "../profiles/canonical.ts";
import { isNumeric } from "./columnSummary.ts";
import type { Duplicates, LinearSum } from "./columnSums.ts";
import type { ColumnSummary, Summary } from "./summarySchema.ts";

/** What {@link dataAlerts} looks at. */
export interface AlertFacts {
  readonly summary: Summary;
  readonly sums: readonly LinearSum[];
  readonly duplicates: readonly Duplicates[];
  /** Accounts without followers and without videos. */
  readonly zeros: Readonly<Record<"followers" | "videos_count", number>>;
}

/** Fewer rows than this say little about anyone else. */
const FEW_ROWS = 100;
/** A skewness from here on is a heavy tail: an exponential has 2, counts of followers 10 and more. */
const HEAVY_SKEWNESS = 5;
/** Two columns that correlate so far say the same. */
const SAME = 0.95;
/** A flag that fewer than this share have tells about few. */
const RARE = 0.05;
/** Link texts that are so often different are names, not categories. */
const NAMES_SHARE = 0.9;

/**
 * What a colleague would say on seeing the table: plain sentences with the numbers in them. No value of a text column is
 * ever quoted. Rates over 1 are reported when the file is read. The codes are stable: `no_rows`, `few_rows`, `all_missing`, `mostly_missing`, `constant`,
 * `imbalanced_flag`, `high_cardinality`, `heavy_tail`, `outliers`, `zero_followers`, `zero_videos`,
 * `linear_sum`, `near_linear_sum`, `high_correlation`, `duplicate_accounts`, `shared_biographies`.
 *
 * @returns warnings before the rest, otherwise in the order of the columns
 */
export function dataAlerts(facts: AlertFacts): Alert[] {
  const { columns } = facts.summary;
  const rows = columns.length > 0 ? columns[0].count + columns[0].missing : 0;
  if (rows === 0) return [alert("warning", "no_rows", null, "There are no profiles in the table.")];
  const alerts = [...alertsOf(facts, rows)];
  return [
    ...alerts.filter(({ level }) => level !== "info"),
    ...alerts.filter(({ level }) => level === "info"),
  ];
}

function* alertsOf(facts: AlertFacts, rows: number): Generator<Alert> {
  const { columns } = facts.summary;
  if (rows < FEW_ROWS)
    yield alert(
      "warning",
      "few_rows",
      null,
      `There ${rows === 1 ? "is" : "are"} only ${countOfThings(rows, "profile")}: whatever is found here may not hold for others.`,
    );
  yield* facts.sums.map(sumAlert);
  yield* outlierAlerts(facts);
  yield* emptyAlert(columns);
  for (const column of columns) yield* columnAlerts(column, rows, facts);
  yield* correlationAlerts(facts);
  for (const duplicates of facts.duplicates) yield* duplicateAlert(duplicates);
}

function alert(level: AlertLevel, code: string, column: CanonicalName | null, message: string): Alert {
  return { level, code, column, message };
}

function sumAlert({ sum, parts, exact, agreeing, largest_difference: largest }: LinearSum): Alert {
  const where = exact
    ? ` in every row (largest difference ${numberInWords(largest)})`
    : `, or nearly so, in ${shareInWords(agreeing)} of the rows`;
  return alert(
    "warning",
    exact ? "linear_sum" : "near_linear_sum",
    sum,
    `${sum} is ${parts.join(" + ")}${where}. A label made from ${sum} can be read off the other two.`,
  );
}

function* outlierAlerts({ summary }: AlertFacts): Generator<Alert> {
  const { rows, rule } = summary.outliers;
  if (rows === 0) return;
  const largest = summary.columns.find(({ name }) => name === "awg_engagement_rate")?.max ?? 0;
  yield alert(
    "warning",
    "outliers",
    "awg_engagement_rate",
    `${countOfThings(rows, "row has", "rows have")} ${rule} (largest ${numberInWords(largest)}). Scaled to 0..1 by smallest and largest, they press all others into a corner.`,
  );
}

/** One sentence for all of them: a provider that does not tell something often does not tell a lot. */
function* emptyAlert(columns: readonly ColumnSummary[]): Generator<Alert> {
  const empty = columns.filter(({ count }) => count === 0).map(({ name }) => name);
  if (empty.length === 0) return;
  const [name, verb] = empty.length === 1 ? [empty[0], "is"] : [null, "are"];
  yield alert("info", "all_missing", name, `${listed(empty, empty.length)} ${verb} empty in every row.`);
}

function* columnAlerts(column: ColumnSummary, rows: number, facts: AlertFacts): Generator<Alert> {
  const { name, count, missing, distinct } = column;
  if (count === 0) return;
  if (missing > rows / 2)
    yield alert(
      "info",
      "mostly_missing",
      name,
      `${name} is missing in ${countInWords(missing)} of ${countOfThings(rows, "row")} (${shareInWords(missing / rows)}).`,
    );
  if (distinct === 1 && count > 1 && (missing === 0 || isNumeric(name)))
    return yield alert(
      name === "observed_at" ? "info" : "warning",
      "constant",
      name,
      `${name} is the same in every row that has it: it tells no account from another.`,
    );
  if (CANONICAL_COLUMNS[name].type === "BOOLEAN") yield* flagAlert(column);
  if (name === "bio_link" && count >= 20 && distinct >= NAMES_SHARE * count)
    yield alert(
      "info",
      "high_cardinality",
      name,
      `${countInWords(distinct)} of ${countOfThings(count, "link is", "links are")} different. As categories they would name accounts, not describe them.`,
    );
  if (isNumeric(name)) yield* numberAlerts(column, facts);
}

function* flagAlert({ name, count, mean }: ColumnSummary): Generator<Alert> {
  const share = mean ?? 0;
  const fewer = Math.min(share, 1 - share);
  if (fewer === 0 || fewer >= RARE) return;
  const rare = countInWords(Math.round(fewer * count));
  yield alert(
    "info",
    "imbalanced_flag",
    name,
    `${name} is ${share < 0.5 ? "true" : "false"} for only ${rare} of ${countOfThings(count, "account")} (${shareInWords(fewer)}).`,
  );
}

function* numberAlerts(column: ColumnSummary, { zeros }: AlertFacts): Generator<Alert> {
  const { name, skewness, mean, median } = column;
  if (name === "followers" && zeros.followers > 0)
    yield alert(
      "warning",
      "zero_followers",
      name,
      `${countOfThings(zeros.followers, "account has", "accounts have")} no followers: a rate per follower means nothing there.`,
    );
  if (name === "videos_count" && zeros.videos_count > 0)
    yield alert(
      "info",
      "zero_videos",
      name,
      `${countOfThings(zeros.videos_count, "account has", "accounts have")} no videos: likes per video mean nothing there.`,
    );
  if (skewness !== null && skewness >= HEAVY_SKEWNESS && mean !== null && median !== null) {
    const times = median > 0 ? `, ${numberInWords(mean / median)} times the median` : "";
    yield alert(
      "info",
      "heavy_tail",
      name,
      `${name} has a heavy tail: the mean is ${numberInWords(mean)}${times} (${numberInWords(median)}), skewness ${numberInWords(skewness)}. Draw it on a log axis.`,
    );
  }
}

function* correlationAlerts({ summary: { pearson, spearman } }: AlertFacts): Generator<Alert> {
  for (const [i, first] of pearson.columns.entries()) {
    for (let j = i + 1; j < pearson.columns.length; j++) {
      const byRank = spearman.values[i][j] ?? 0;
      const byValue = pearson.values[i][j] ?? 0;
      const [size, how] = Math.abs(byRank) >= Math.abs(byValue) ? [byRank, "rank"] : [byValue, "linear"];
      if (Math.abs(size) < SAME) continue;
      const second = pearson.columns[j];
      yield alert(
        "info",
        "high_correlation",
        second,
        `${first} and ${second} say nearly the same: their ${how} correlation is ${size.toFixed(3)}.`,
      );
    }
  }
}

function* duplicateAlert({ column, rows, values }: Duplicates): Generator<Alert> {
  if (rows === 0) return;
  if (column === "biography")
    yield alert(
      "info",
      "shared_biographies",
      column,
      `${countOfThings(rows, "account shares", "accounts share")} ${countOfThings(values, "biography", "biographies")} word for word.`,
    );
  else
    yield alert(
      "warning",
      "duplicate_accounts",
      column,
      `${countOfThings(values, `${column} occurs`, `values of ${column} occur`)} more than once, in ${countOfThings(rows, "row")}.`,
    );
}
