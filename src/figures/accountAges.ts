import type { AccountAges } from "../analysis/accountAges.ts";
import { percentile } from "../base/statistics.ts";
import { compactNumber, countOf } from "../base/words.ts";
import type { Figure, FigureOptions } from "./figure.ts";
import { histogramFigure } from "./histogram.ts";

/** Years; no account is older than the service, so a handful of bins does. */
const ENDS = [1, 2, 3, 4, 5, 6, 8];

/** Accounts by their age at the snapshot. */
export function accountAgesFigure({ years, undated }: AccountAges, options: FigureOptions = {}): Figure {
  const total = years.length;
  const rest = undated > 0 ? ` ${countOf(undated, "account")} without a date left out.` : "";
  const summary =
    total === 0
      ? "No account has a date, so there is no age to draw."
      : `${countOf(total, "account")} with a date, half of them older than ${compactNumber(percentile(years.slice().sort(), 0.5))} years.${rest}`;
  return histogramFigure(
    {
      name: "account-ages",
      title: total === 0 ? "No account's age is known" : "How old the accounts are",
      subtitle: summary,
      description: `Share of accounts by years from their making to the snapshot. ${summary}`,
      values: years,
      ends: ENDS,
      axis: "Years since the account was made",
      what: "Years",
    },
    options,
  );
}
