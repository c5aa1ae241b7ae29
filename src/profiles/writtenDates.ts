import { z } from "zod";
import { dataFile, once } from "../base/data.ts";
import { listSql } from "../base/quote.ts";
import { countInWords } from "../base/words.ts";
import type { Alert } from "./alerts.ts";
import { DATE_ONLY, MOMENT, type ValueKind } from "./values.ts";
import {
  type Conventions,
  type DateOrder,
  full,
  given,
  type SurveySteps,
  UNPLAIN,
} from "./writtenNumbers.ts";

/**
 * Dates as people and programs write them, beside ISO: `13.05.2021`, `12/31/2020 11:59 PM`, `1 May 2021`, `May 1, 2021`,
 * `12 de mayo de 2021`, `2021年5月1日`, `Sat, 01 May 2021 10:00:00 +0200` (RFC 2822). Between dots the day comes first; between slashes or dashes the whole column tells.
 */

const readMonths = dataFile("profiles/months.json", z.array(z.array(z.string()).nonempty()).length(12));
/** Names of months in small letters without accents, in many languages, and their numbers, as two SQL lists. */
const months = once(() => {
  const each = readMonths().flatMap((names, i) => names.map((name) => [name, String(i + 1)]));
  return { names: listSql(each.map(([name]) => name)), numbers: listSql(each.map(([, number]) => number)) };
});

// Words have no upper bound: to RE2 each letter up to one is another copy of all letters, and most of the time of a small file went into that.
const WEEKDAY = "(?:\\p{L}{2,}[.,]? +)?";
const DAY = "([0-9]{1,2})(?:st|nd|rd|th|er|º|ª)?";
const MONTH = "(\\p{L}{3,})";
const YEAR = "([0-9]{4})(?: ?г[.]?)?";
const TIME = "((?: .*)?)";
const DOTTED_DAY = `([0-9]{1,2})[.] ?([0-9]{1,2})[.] ?${YEAR}`;
const SLASHED_DAY = `([0-9]{1,2})[/-]([0-9]{1,2})[/-]${YEAR}`;
const NUMBERED_DAY = "([0-9]{4}) ?[年년] ?([0-9]{1,2}) ?[月월] ?([0-9]{1,2}) ?[日일]?";
const DAY_OF_MONTH = `${WEEKDAY}${DAY}[. -]+(?:de )?${MONTH}[., -]+(?:del? )?${YEAR}`;
const MONTH_AND_DAY = `${WEEKDAY}${MONTH}[. ]+${DAY}[, ]+${YEAR}`;
const DOTTED = `${DOTTED_DAY},?${TIME}`;
const SLASHED = `${SLASHED_DAY},?${TIME}`;
const YEAR_FIRST = `${NUMBERED_DAY}${TIME}`;
const DAY_NAMED = `${DAY_OF_MONTH},?${TIME}`;
const MONTH_NAMED = `${MONTH_AND_DAY},?${TIME}`;
const TWELVE_HOURS = "( *)([0-9]{1,2})(:[0-9]{2}(?::[0-9]{2})?) ?([AaPp])[.]?[Mm][.]?";

const CLOCK =
  "(?:,? +[0-9]{1,2}:[0-9]{2}(?::[0-9]{2})?(?: ?[AaPp][.]?[Mm][.]?)?(?: ?(?:Z|UTC|GMT|[+-][0-9]{2}:?[0-9]{2}))?)?";

/** RE2 pattern of a written date among others in a text, its time with it. */
export const LISTED_DATE = `(?:\\b(?:${DOTTED_DAY}|${SLASHED_DAY}|${NUMBERED_DAY})|${DAY_OF_MONTH}|${MONTH_AND_DAY})${CLOCK}`;

/** The kind of a moment of a file: without conventions a query fails at one of which the column has to tell the order. */
export function momentKind(
  name: string,
  { conventions }: { readonly conventions?: Conventions | undefined },
): ValueKind {
  const order = conventions?.dates[name];
  const slashed = (text: string) => {
    if (conventions === undefined)
      return `CASE WHEN ${full(text, SLASHED)} THEN error('${UNPLAIN} ' || ${text}) END`;
    return order === undefined ? "NULL" : isoSql(text, SLASHED, order === "day" ? [3, 2, 1] : [3, 1, 2]);
  };
  const iso = (text: string) =>
    [
      `CASE WHEN ${full(text, DOTTED)} THEN ${isoSql(text, DOTTED, [3, 2, 1])}`,
      `WHEN ${full(text, SLASHED)} THEN ${slashed(text)}`,
      `WHEN ${full(text, YEAR_FIRST)} THEN ${isoSql(text, YEAR_FIRST, [1, 2, 3])}`,
      `WHEN ${full(text, DAY_NAMED)} THEN ${isoSql(text, DAY_NAMED, [3, 2, 1])}`,
      `WHEN ${full(text, MONTH_NAMED)} THEN ${isoSql(text, MONTH_NAMED, [3, 1, 2])} END`,
    ].join(" ");
  const exact = (text: string) =>
    given("moment", MOMENT.exact(text), `coalesce(moment, ${given("iso", iso(text), MOMENT.exact("iso"))})`);
  return { ...MOMENT, exact };
}

/** A date as ISO text, of groups of a pattern: year, month and day, in this order. The fourth group is the time behind it. */
function isoSql(
  text: string,
  pattern: string,
  [year, month, day]: readonly [number, number, number],
): string {
  const part = (group: number) => `regexp_extract(${text}, '^${pattern}$', ${group})`;
  const position = `list_position(${months().names}, strip_accents(lower(${part(month)})))`;
  const named = `${months().numbers}[${position}]`;
  const number = pattern === DAY_NAMED || pattern === MONTH_NAMED ? named : part(month);
  const clock = (group: number) => `regexp_extract(clock, '^${TWELVE_HOURS}$', ${group})`;
  const hour = `CAST(${clock(2)} AS INTEGER) % 12 + CASE WHEN lower(${clock(4)}) = 'p' THEN 12 ELSE 0 END`;
  const time = given(
    "clock",
    part(4),
    `CASE WHEN ${full("clock", TWELVE_HOURS)} THEN ' ' || (${hour}) || ${clock(3)} ELSE clock END`,
  );
  return `${part(year)} || '-' || ${number} || '-' || ${part(day)} || ${time}`;
}

/** The kind of a date in a list of them that is not of ISO: without conventions a query fails at any, as these take long to be planned. */
export function listedMomentKind({
  conventions,
}: {
  readonly conventions?: Conventions | undefined;
}): Pick<ValueKind, "exact"> {
  if (conventions !== undefined) return momentKind("posted_at", { conventions });
  return { exact: (text) => `CAST(error('${UNPLAIN} ' || ${text}) AS TIMESTAMP)` };
}

/** RE2 pattern of a written date that leaves open when on that day, or of an ISO one. */
export const WRITTEN_DAY = `${DATE_ONLY}|[0-9]{1,2}[./-][^:]*|[^:]*(?:\\p{L}{3}|[年년])[^:]*`;

/** What the dates of a column tell: how many are between slashes, and of them those whose first or second number is no month, and one. */
export interface DateSurvey {
  readonly slashed: number;
  readonly dayFirst: number;
  readonly monthFirst: number;
  readonly slashedExample: string | null;
}

/** Looks over the dates of a column, see `surveySteps`. */
export function dateSurveySteps(text: string, id: number): SurveySteps {
  const [written, slashed] = [`_text_${id}`, `_slashed_${id}`];
  const over = (group: number) =>
    `TRY_CAST(regexp_extract(${slashed}, '^${SLASHED}$', ${group}) AS INTEGER) > 12`;
  return {
    steps: [
      [`trim(${text}) AS ${written}`],
      // Nearly all are of ISO, and no pattern is as quick.
      [
        `CASE WHEN (${[2, 3].map((place) => `substr(${written}, ${place}, 1) IN ('/', '-')`).join(" OR ")}) AND ${full(written, SLASHED)} THEN ${written} END AS ${slashed}`,
      ],
    ],
    aggregate: `struct_pack(slashed := count(${slashed}), dayFirst := count(*) FILTER (${over(1)}), monthFirst := count(*) FILTER (${over(2)}), slashedExample := min(${slashed}))`,
  };
}

/** As {@link dateSurveySteps}, of a column with a list of dates in a cell. */
export function dateListSurveySteps(text: string, id: number): SurveySteps {
  const dates = `_dates_${id}`;
  const number = (group: number) => `CAST(regexp_extract(date, '${SLASHED_DAY}', ${group}) AS INTEGER)`;
  const count = (list: string) => `coalesce(sum(len(${list})), 0)`;
  const over = (group: number) => count(`list_filter(${dates}, lambda date: ${number(group)} > 12)`);
  // Lists of addresses are long, and are told by how they begin.
  const listed = `CASE WHEN regexp_matches(${text}, '^[^0-9]{0,20}[0-9]{1,2}[/-]') THEN regexp_extract_all(${text}, '\\b${SLASHED_DAY}') END`;
  return {
    steps: [[`${listed} AS ${dates}`]],
    aggregate: `struct_pack(slashed := ${count(dates)}, dayFirst := ${over(1)}, monthFirst := ${over(2)}, slashedExample := min(${dates}[1]))`,
  };
}

/** Decides by all columns of dates in which order each is written, and says so. */
export function dateOrders(surveys: readonly (DateSurvey & { readonly name: string })[]): {
  readonly dates: Readonly<Record<string, DateOrder>>;
  readonly alerts: readonly Alert[];
} {
  const sum = (field: "dayFirst" | "monthFirst") => surveys.reduce((total, found) => total + found[field], 0);
  const total = { dayFirst: sum("dayFirst"), monthFirst: sum("monthFirst") };
  const dates: Record<string, DateOrder> = {};
  const alerts: Alert[] = [];
  for (const { name, slashed, slashedExample, ...found } of surveys) {
    if (slashed === 0) continue;
    const order = orderOf(found) ?? orderOf(total);
    if (order !== undefined) dates[name] = order;
    const example = JSON.stringify(slashedExample);
    alerts.push(
      order === undefined
        ? {
            level: "warning",
            code: "date_order",
            column: name,
            message: `${countInWords(slashed)} of ${name} can be read with the day or the month first, such as ${example}, and nothing tells which; they are unknown. Write them as 2021-12-31 to have them read.`,
          }
        : {
            level: "info",
            code: "date_order",
            column: name,
            message: `${name} is read with the ${order} first, such as ${example}.`,
          },
    );
  }
  return { dates, alerts };
}

function orderOf({
  dayFirst,
  monthFirst,
}: Pick<DateSurvey, "dayFirst" | "monthFirst">): DateOrder | undefined {
  if (dayFirst === monthFirst) return undefined;
  return dayFirst > monthFirst ? "day" : "month";
}
