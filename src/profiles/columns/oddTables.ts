import { z } from "zod";
import { dataFile } from "../../base/data.ts";
import { InsightsError } from "../../base/error.ts";
import type { Alert } from "../alerts.ts";
import type { Samples } from "../readingOptions.ts";
import { accountNamed, isMarked } from "../source/handles/account.ts";
import { brief } from "./advice.ts";
import { readColumnName, wordsOf } from "./names.ts";

const isKnown = (name: string) => readColumnName(name).candidates.some(({ rank }) => rank > 1);
/** A handle with its @, an address of a profile, a number of an account. */
const isAccount = (name: string) =>
  (isMarked(name) || /^\d{15,}$/.test(name)) && !("wrong" in accountNamed(name));
const isNumber = (name: string) => /^[\d.,\s]*\d[\d.,\s]*[kmb%]?$/i.test(name);

/**
 * Refuses tables of which no column could be said to be what: without names above the columns, turned on their side, or with each line in
 * quotes as a whole.
 *
 * @throws InsightsError that says what to do
 */
export function refuseOddTable(columns: readonly string[], samples: Samples | undefined, file: string): void {
  const place = { file };
  const [first = ""] = columns;
  if (columns.length === 1) {
    const names = first.split(/[,;\t|]/);
    if (names.length < 2 || names.filter(isKnown).length < 2) return;
    throw new InsightsError(
      `one column: each line stands in quotes as a whole, ${JSON.stringify(brief(first))} (take the quotes around the lines away, or part the column in a spreadsheet: Data, Text to Columns)`,
      { place },
    );
  }
  if (columns.some(isKnown)) {
    const values = (samples?.get(first) ?? []).filter((value) => value.trim() !== "");
    const known = values.filter(isKnown).length;
    if (!isKnown(first) || columns.slice(1).some(isKnown) || known < 2 || known * 2 < values.length) return;
    throw new InsightsError(
      `table on its side: ${values
        .slice(0, 3)
        .map((value) => JSON.stringify(brief(value)))
        .join(
          ", ",
        )} stand below each other, and accounts beside each other (turn it: copy it in a spreadsheet, then Paste Special, Transpose)`,
      { place },
    );
  }
  if (columns.some(isAccount) || columns.filter(isNumber).length * 2 >= columns.length) {
    throw new InsightsError(
      `no names of columns: the first line is a record, ${columns
        .slice(0, 4)
        .map((name) => JSON.stringify(brief(name)))
        .join(", ")} (write a line with names above it, such as username,followers,likes)`,
      { place },
    );
  }
}

const words = z.array(z.string()).nonempty();
const readPlatforms = dataFile(
  "columns/platforms.json",
  z.strictObject({ about: z.string(), columns: words, tiktok: words, others: words }),
);
/** Share of the values of a column that name platforms, from which on it is one of these. */
const MOST = 0.9;

/** Warns of records of other platforms, which are read as if they were of TikTok. */
export function platformAlerts(columns: readonly string[], samples: Samples | undefined): Alert[] {
  const platforms = readPlatforms();
  return columns.flatMap((column) => {
    const name = wordsOf(column)
      .join(" ")
      .replace(/^social | name$/g, "");
    if (!platforms.columns.includes(name)) return [];
    const values = (samples?.get(column) ?? []).map((value) => value.trim()).filter((value) => value !== "");
    const among = (list: readonly string[]) => values.filter((value) => list.includes(value.toLowerCase()));
    const others = among(platforms.others);
    const named = others.length + among(platforms.tiktok).length;
    if (others.length === 0 || named < MOST * values.length) return [];
    const names = [...new Set(others)].slice(0, 3).join(", ");
    const message = `Column "${brief(column)}" names other platforms too (${names}): their records are read as if they were of TikTok. Leave them out of the file.`;
    return [{ level: "warning", code: "other_platforms", column, message }];
  });
}
