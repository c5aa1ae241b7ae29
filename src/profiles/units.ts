import { countInWords } from "../base/words.ts";
import type { Alert } from "./alerts.ts";
import { CANONICAL_COLUMNS, CANONICAL_NAMES, type CanonicalName } from "./canonical.ts";
import { readColumnName } from "./columns/names.ts";
import type { SourceColumns } from "./providers/layouts.ts";
import type { Samples } from "./readingOptions.ts";

/** Median of the first rates of a column from which it is one of percent: fractions have medians of 0.02 to 0.2, percent 2 to 20. */
const PERCENT_MEDIAN = 1;
/** Rates below which a median tells nothing. */
const FEWEST_RATES = 10;

const SIGN = /\s*[%٪％]$/;

/**
 * The rates that a file gives in percent, whether or not a sign stands at each: most have one, the column's name says so, or they are too
 * large for fractions.
 *
 * @param samples the first values of each column; without them only names tell
 */
export function percentColumns(
  columns: Readonly<Partial<Record<CanonicalName, SourceColumns>>>,
  samples: Samples | undefined,
): CanonicalName[] {
  return CANONICAL_NAMES.filter((name) => {
    const [source] = columns[name] ?? [];
    if (CANONICAL_COLUMNS[name].type !== "DOUBLE" || source === undefined) return false;
    const texts = (samples?.get(source) ?? []).map((text) => text.trim());
    const signed = texts.filter((text) => SIGN.test(text)).length;
    const rates = texts
      .map((text) => Number(text.replace(SIGN, "").replace(",", ".")))
      .filter((rate) => rate > 0)
      .sort((a, b) => a - b);
    if (signed > 0) return signed > rates.length / 2;
    const median = rates[Math.floor(rates.length / 2)] ?? 0;
    const named = /%|percent|prozent|pourcent|porcent|процент/i.test(source);
    return (
      (named && median > PERCENT_MEDIAN / 2) || (rates.length >= FEWEST_RATES && median > PERCENT_MEDIAN)
    );
  });
}

/** Says which columns are read as percent. */
export function percentAlerts(percent: readonly CanonicalName[]): Alert[] {
  return percent.map((column) => ({
    level: "info",
    code: "percent",
    column,
    message: `${column} is read as percent: 2.9 is 0.029.`,
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
