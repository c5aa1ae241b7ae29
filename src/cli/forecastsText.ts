import { countInWords, countOfThings, shareInWords } from "../base/words.ts";
import type { QuestionCard, ReportCard } from "../workspace/reportCard.ts";
import { formatTable } from "./terminal.ts";

/** A question as a heading, and what those did of whom it came true. */
const QUESTIONS: Readonly<Record<QuestionCard["question"], readonly [asked: string, did: string]>> = {
  still_posting: ["Will they go on posting?", "posted"],
  well_answered: ["Are they answered above the norm for their size?", "were answered above it"],
};

/** Why forecasts could not be held to anything, in the order in which it is said. */
const REASONS: Readonly<Record<keyof QuestionCard["not_judged"], string>> = {
  too_early: "are too young: nothing was read so many days later",
  not_seen_again: "are of accounts that later files do not show",
  undated: "are of profiles of which no file says when they were read",
  without_posts: "are of accounts that came again without a dated post",
  out_of_reach: "are of accounts whose listed posts begin after these days",
  without_rate: "are of accounts that came again without an engagement rate or followers",
  nothing_new: "are of accounts without a new post since: the rate is the one of then",
};

/**
 * What `insights workspace forecasts` prints: how the forecasts of each model did, in words and by steps of 10 %.
 *
 * @param cards as `reportCards` gives them
 */
export function forecastsText(cards: readonly ReportCard[]): string {
  const asked = cards.filter(({ questions }) => questions.length > 0);
  if (asked.length === 0)
    return "No forecasts: insights workspace add FILE adds a file, and forecasts what its people will do.\n";
  return `${asked.map(cardText).join("\n\n")}\n`;
}

function cardText({ shipped, model, horizon, questions }: ReportCard): string {
  const name = shipped ? "The model that ships" : `Your model ${model.slice(0, 8)}`;
  return [`${name}, ${countOfThings(horizon, "day")} ahead`, ...questions.map(questionText)].join("\n\n");
}

function questionText({ question, forecasts, judged, not_judged, likely, groups }: QuestionCard): string {
  const [asked, did] = QUESTIONS[question];
  const lines = [asked];
  if (likely !== null) {
    const of =
      likely.people === likely.forecasts
        ? `${countOfThings(likely.people, "person", "people")} forecast above 80 %`
        : `${countInWords(likely.forecasts)} forecasts above 80 % for ${countOfThings(likely.people, "person", "people")}`;
    lines.push(
      `Of ${of}, ${countInWords(likely.came_true)} ${did} (${shareInWords(likely.share)}, ${range(likely)}).`,
    );
  }
  if (groups.length > 0) {
    const rows = groups.map(({ from, to, forecasts: said, came_true, share, ...interval }) => [
      range({ low: from, high: to }),
      ...[said, came_true].map(countInWords),
      shareInWords(share),
      range(interval),
    ]);
    lines.push(formatTable([["forecast", "how many", did, "share", "95 % interval"], ...rows], [0, 1, 2, 3]));
  }
  const untold = (Object.keys(REASONS) as (keyof typeof REASONS)[])
    .filter((reason) => not_judged[reason] > 0)
    .map((reason) => `  ${countInWords(not_judged[reason])} ${REASONS[reason]}`);
  const held = `${countInWords(judged)} of ${countOfThings(forecasts, "forecast")} could be held to what happened`;
  return [...lines, untold.length === 0 ? `${held}.` : [`${held}. Of the others`, ...untold].join("\n")].join(
    "\n",
  );
}

/** An interval of shares: `82.7 to 90.2 %`. */
function range({ low, high }: { readonly low: number; readonly high: number }): string {
  return `${shareInWords(low).replace(/ %$/, "")} to ${shareInWords(high)}`;
}
