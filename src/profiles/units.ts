import { countInWords } from "../base/words.ts";
import type { Alert } from "./alerts.ts";
import { CANONICAL_COLUMNS, CANONICAL_NAMES, type CanonicalName } from "./canonical.ts";
import { valuesOf } from "./columns/evidence.ts";
import { readColumnName } from "./columns/names.ts";
import type { SourceColumns } from "./providers/layouts.ts";
import type { Samples } from "./readingOptions.ts";

/** Median of the first rates of a column from which it is one of percent: fractions have medians of 0.02 to 0.2, percent 2 to 20. */
const PERCENT_MEDIAN = 1;
/** Rates below which a median tells nothing. */
const FEWEST_RATES = 10;
/** The same where the accounts have many followers: hardly one of these has a rate over 1. */
const FEWEST_OF_LARGE = 3;
const LARGE = 1000;
/** How many times what is without a sign must be smaller than the others to be a fraction. */
const FRACTION_OF_PERCENT = 20;
/** The largest median at which the cells of a column named as percent are fractions all the same: those of a workbook that shows percent. */
const FRACTION_MEDIAN: Partial<Record<CanonicalName, number>> = {
  like_engagement_rate: 0.2,
  comment_engagement_rate: 0.01,
  awg_engagement_rate: 0.2,
};

const SIGN = /\s*[%٪％]$/;

/** Whether the rates of a file are in percent, and whether the name of their column says so. */
export interface PercentColumn {
  readonly name: CanonicalName;
  readonly percent: boolean;
  readonly named: boolean;
}

/**
 * The rates that a file gives or seems to give in percent, whether or not a sign stands at each: most have one, the column's name says so
 * (unless its values are fractions), or they are too large for fractions.
 *
 * @param samples the first values of each column; without them only names tell
 */
export function percentColumns(
  columns: Readonly<Partial<Record<CanonicalName, SourceColumns>>>,
  samples: Samples | undefined,
): PercentColumn[] {
  const followers = columns.followers?.[0] ?? "";
  const areLarge =
    valuesOf(samples?.get(followers) ?? []).median * (readColumnName(followers).unit ?? 1) >= LARGE;
  return CANONICAL_NAMES.flatMap((name) => {
    const [source] = columns[name] ?? [];
    if (CANONICAL_COLUMNS[name].type !== "DOUBLE" || source === undefined) return [];
    const texts = (samples?.get(source) ?? []).map((text) => text.trim());
    const signed = texts.filter((text) => SIGN.test(text)).length;
    const numbers = (list: readonly string[]) =>
      list
        .map((text) => Number(text.replace(SIGN, "").replace(",", ".")))
        .filter((rate) => rate > 0)
        .sort((a, b) => a - b);
    const rates = numbers(texts);
    const median = medianOf(rates) ?? Number.POSITIVE_INFINITY;
    // Beside 3.2% a 0.032 is no percent.
    const bare = medianOf(numbers(texts.filter((text) => !SIGN.test(text))));
    const areFractions = bare !== undefined && bare * FRACTION_OF_PERCENT < median;
    const { unit } = readColumnName(source);
    const named = unit !== null && unit < 1;
    const large = named
      ? median > (FRACTION_MEDIAN[name] ?? 0)
      : signed === 0 &&
        rates.length >= (areLarge ? FEWEST_OF_LARGE : FEWEST_RATES) &&
        median > PERCENT_MEDIAN;
    const percent = (signed > rates.length / 2 && !areFractions) || large;
    return named || percent ? [{ name, percent, named }] : [];
  });
}

function medianOf(sorted: readonly number[]): number | undefined {
  return sorted[Math.floor(sorted.length / 2)];
}

/** Says which columns are read as percent, and which are not though they are called so. */
export function percentAlerts(found: readonly PercentColumn[]): Alert[] {
  return found.map(({ name, percent }) => ({
    level: "info",
    code: "percent",
    column: name,
    message: percent
      ? `${name} is read as percent: 2.9 is 0.029.`
      : `${name} is read as fractions, although its column is named as percent: its values are too small for that.`,
  }));
}

/** By canonical name, what one in a column of counts stands for: 1000 in `Followers (K)`. */
export type Units = Readonly<Partial<Record<CanonicalName, number>>>;

/** The counts that a file gives in thousands or the like, as the names of their columns say. */
export function unitsOf(columns: Readonly<Partial<Record<CanonicalName, SourceColumns>>>): Units {
  const counts = CANONICAL_NAMES.filter((name) => CANONICAL_COLUMNS[name].type === "BIGINT");
  return Object.fromEntries(
    counts.flatMap((name) => {
      const unit = readColumnName(columns[name]?.[0] ?? "").unit;
      return unit !== null && unit > 1 ? [[name, unit]] : [];
    }),
  );
}

/** Says which columns hold thousands or the like. */
export function unitAlerts(units: Units): Alert[] {
  return Object.entries(units).map(([column, unit]) => ({
    level: "info",
    code: "unit",
    column,
    message: `${column} is read in units of ${countInWords(unit)}: 12.5 is ${countInWords(12.5 * unit)}.`,
  }));
}
