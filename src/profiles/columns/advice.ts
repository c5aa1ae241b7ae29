import { shellWord } from "../../base/quote.ts";
import type { Alert } from "../alerts.ts";
import type { Proposal, Refuted } from "./propose.ts";

/** How many names a message lists before it says how many more there are. */
const LISTED_NAMES = 40;
/** Characters of a name that a message quotes. */
const LONGEST_NAME = 60;
/** Characters of a value that a message quotes. */
const LONGEST_EXAMPLE = 30;

/** A column's name in a message: what is no header at all may be long. */
export function brief(name: string, longest = LONGEST_NAME): string {
  return name.length <= longest ? name : `${name.slice(0, longest)}...`;
}

/** Names in a message: not more than a reader can take in. */
export function shortened(names: readonly string[]): string[] {
  const listed = names.slice(0, LISTED_NAMES).map((name) => brief(name));
  return names.length <= LISTED_NAMES ? listed : [...listed, `and ${names.length - LISTED_NAMES} more`];
}

/** What to add to a command line so that a canonical column is read from a column: `--map followers="Fans on 1 May"`. */
export function mapOption(canonical: string, column: string): string {
  return `--map ${canonical}=${column === "" ? "" : shellWord(column)}`;
}

/** A value in a message. */
function quoted(example: string): string {
  return JSON.stringify(brief(example, LONGEST_EXAMPLE));
}

/** A column's name with a value of it: `Creator ("@ana.lima")`. */
function withExample({ column, examples: [example] }: Proposal): string {
  const value = example === undefined ? "no value" : quoted(example);
  return `${brief(column)} (${value})`;
}

/** What a file has, each column with a value, and the options that make the best of it. */
export function describeColumns(proposals: readonly Proposal[]): string {
  const found = proposals.slice(0, LISTED_NAMES).map(withExample);
  if (proposals.length > LISTED_NAMES) found.push(`and ${proposals.length - LISTED_NAMES} more`);
  return `found ${found.join(", ")}`;
}

/** The options that take the likely columns for what they are, for the end of a message; empty where there are none. */
export function likelyOptions(proposals: readonly Proposal[]): string[] {
  return proposals.flatMap(({ canonical, column, sureness }) =>
    canonical !== null && sureness === "likely" ? [mapOption(canonical, column)] : [],
  );
}

/** Says which columns were taken for what they seem to be, and which were not but may be. */
export function alertsOnProposals(
  taken: readonly Proposal[],
  proposals: readonly Proposal[],
  refuted: readonly Refuted[],
): Alert[] {
  const alerts: Alert[] = [];
  const say = (level: Alert["level"], code: string, column: string | null, message: string) =>
    alerts.push({ level, code, column, message });
  const [first] = taken;
  if (first !== undefined && taken.length === 1) {
    const message = `Column "${brief(first.column)}" was taken as ${first.canonical} (by ${first.why}). If not: --map ${first.canonical}=`;
    say("info", "guessed_columns", first.column, message);
  } else if (first !== undefined) {
    const each = taken.map(
      ({ column, canonical, why }) =>
        `"${brief(column)}" as ${canonical}${why === "its values" ? " (by its values alone)" : ""}`,
    );
    const message = `${taken.length} columns were taken by their names and values: ${each.join(", ")}. If one is wrong, leave it out like this: --map ${first.canonical}=`;
    say("info", "guessed_columns", null, message);
  }
  for (const { column, canonical, by } of refuted) {
    const [example = ""] = proposals.find((proposal) => proposal.column === column)?.examples ?? [];
    const why =
      by === "posts"
        ? "beside the followers they are so few that they must be those of a post"
        : `its values, such as ${quoted(example)}, cannot be that`;
    const message = `Column "${brief(column)}" was not read as ${canonical}: ${why}. If it is: ${mapOption(canonical, column)}`;
    say("warning", "refuted_column", column, message);
  }
  const others = proposals.filter((proposal) => !refuted.some(({ column }) => column === proposal.column));
  const likely = likelyOptions(others);
  if (likely.length > 0) {
    say("info", "likely_columns", null, `Not read, but likely what you want to read: ${likely.join(" ")}`);
  }
  return alerts;
}
