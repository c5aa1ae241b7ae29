import { countOfThings, numberInWords, shareInWords } from "../base/words.ts";
import type { Contribution, Explanation } from "../explain/explanation.ts";
import { directionOf, isNegligible } from "../explain/explanation.ts";
import { formatTable } from "./table.ts";

/** Cells of the longest bar. */
const BAR = 16;

/** A bar to the left or the right of a line: `    ███│        `. */
function barOf(value: number, largest: number): string {
  const half = BAR / 2;
  const length = largest === 0 ? 0 : Math.round((Math.abs(value) / largest) * half);
  const drawn = "█".repeat(length);
  return value < 0
    ? `${drawn.padStart(half)}│${" ".repeat(half)}`
    : `${" ".repeat(half)}│${drawn.padEnd(half)}`;
}

/** A share of a logit with its sign: `+0.36`. */
function signed(value: number): string {
  return `${value < 0 ? "-" : "+"}${Math.abs(value).toFixed(2)}`;
}

function rowOf(one: Contribution, largest: number): string[] {
  return [signed(one.value), barOf(one.value, largest), `speaks ${directionOf(one)}`, one.words];
}

/**
 * An explanation for people: what the model says, what of the profile speaks for and against it, and what the numbers mean.
 *
 * @param who the account, as the user asked for it
 */
export function explanationText(who: string, explanation: Explanation): string {
  const { probability, threshold, active, base, baseProbability, logit, contributions, method } = explanation;
  const told = contributions.filter((one) => !isNegligible(one));
  const rest = contributions.filter(isNegligible);
  const largest = Math.max(0, ...told.map(({ value }) => Math.abs(value)));
  const rows = told.map((one) => rowOf(one, largest));
  if (rest.length > 0) {
    const together = rest.reduce((sum, { value }) => sum + value, 0);
    rows.push([
      signed(together),
      barOf(together, largest),
      "",
      `${countOfThings(rest.length, "other thing")} that ${rest.length === 1 ? "counts" : "count"} little`,
    ]);
  }
  const decision = active ? "at or above" : "below";
  const how =
    method === "exact" ? "exact" : `from sampled orders, each right to about ${largestError(contributions)}`;
  return `${who}: ${shareInWords(probability)} active, ${decision} the threshold of ${shareInWords(threshold)}: ${active ? "called active" : "not called active"}

${formatTable(rows, [0])}

From ${signed(base)} (${shareInWords(baseProbability)}), the mean of the accounts it is compared with, to ${signed(logit)} (${shareInWords(probability)}), on the logit before calibration.
Each number is a Shapley value (${how}): what the model makes of it, beside all the rest.
They are reasons of the model, not causes: changing one of these would not make an account active.
`;
}

/** Two standard errors of the least certain number. */
function largestError(contributions: readonly Contribution[]): string {
  return numberInWords(Number(Math.max(0, ...contributions.map(({ error }) => 2 * error)).toPrecision(1)));
}
