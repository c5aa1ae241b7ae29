import { chanceInWords, countInWords, countOfThings, numberInWords, shareInWords } from "../base/words.ts";
import { type Contribution, directionOf, type Explanation, isNegligible } from "../explain/explanation.ts";
import type { ProfileFound } from "../explain/findProfiles.ts";
import { FLAGS, type FlagName } from "../shortlist/flags.ts";
import type { RankedRow } from "../shortlist/ranked.ts";
import { questionsInWords } from "../shortlist/reasons.ts";
import { formatTable } from "./terminal.ts";

/** An account, where it stands in its file, and why. */
export interface Explained extends ProfileFound {
  readonly ranked: RankedRow;
  readonly explanation: Explanation;
}

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

/** What is told beside an account: of how many it is one, what the model was asked, days that its forecast reaches. */
interface Told {
  readonly accounts: number;
  readonly target: string;
  readonly horizon?: number | undefined;
}

/** What is answered to the two questions, from what, and which facts stand behind it. */
function answersText(row: RankedRow, horizon: number | undefined): string {
  const { still_posting: still, well_answered: well, evidence, expected_posts: posts } = row;
  if (still === null || well === null || evidence === null) return "";
  const words = questionsInWords(row);
  const [from, answeredFrom] = evidence.split("+").map((source) => FROM[source] ?? source);
  const lines = [
    formatTable(
      [
        ["  goes on posting", chanceInWords(still), from, words.still],
        ["  answered well", chanceInWords(well), answeredFrom, words.well ?? ""],
      ],
      [1],
    ),
  ];
  if (posts !== null && horizon !== undefined)
    lines.push(
      `  ${row.expected_low} to ${countOfThings(row.expected_high ?? 0, "post")} to expect within the ${horizon} days after, in 8 of 10 such cases`,
    );
  if (row.flags.length > 0) {
    const flags = row.flags.map((name) => FLAGS[name as FlagName] ?? name);
    lines.push(`  look twice: ${flags.join("; ")}`);
  }
  return `${lines.join("\n")}\n`;
}

/** Evidence in words. */
const FROM: Readonly<Record<string, string>> = {
  posts: "by its posts",
  rate: "by its rate",
  profile: "by its page",
  none: "nothing known",
};

/**
 * An explanation for people: what the model says, by which facts, what of the profile speaks for and against it, and what the numbers
 * mean.
 */
export function explanationText({ wanted: who, ranked, explanation }: Explained, told: Told): string {
  const { probability, threshold, base, baseProbability, logit, contributions, method } = explanation;
  const weighty = contributions.filter((one) => !isNegligible(one));
  const rest = contributions.filter(isNegligible);
  const largest = Math.max(0, ...weighty.map(({ value }) => Math.abs(value)));
  const rows = weighty.map((one) => rowOf(one, largest));
  if (rest.length > 0) {
    const together = rest.reduce((sum, { value }) => sum + value, 0);
    rows.push([
      signed(together),
      barOf(together, largest),
      "",
      `${countOfThings(rest.length, "other thing")} that ${rest.length === 1 ? "counts" : "count"} little`,
    ]);
  }
  const how =
    method === "exact" ? "exact" : `from sampled orders, each right to about ${largestError(contributions)}`;
  const at = ranked.active ? "at or above" : "below";
  const seen = ranked.out_of_fold
    ? `The model learnt from this account: the above is of networks that did not. Its own number is explained here.\n`
    : "";
  return `${who}: ${chanceInWords(ranked.probability)} ${told.target}, number ${countInWords(ranked.rank)} of ${countOfThings(told.accounts, "account")}; ${at} the threshold of ${shareInWords(threshold)}
${answersText(ranked, told.horizon)}
${seen}${formatTable(rows, [0])}

From ${signed(base)} (${chanceInWords(baseProbability)}), the mean of the accounts it is compared with, to ${signed(logit)} (${chanceInWords(probability)}), on the logit before calibration.
Each number is a Shapley value (${how}): what the model makes of it, beside all the rest.
They are reasons of the model, not causes: changing one of these would not make an account another.
`;
}

/** Two standard errors of the least certain number. */
function largestError(contributions: readonly Contribution[]): string {
  return numberInWords(Number(Math.max(0, ...contributions.map(({ error }) => 2 * error)).toPrecision(1)));
}
