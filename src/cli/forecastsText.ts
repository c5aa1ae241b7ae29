import { countInWords, countOfThings, shareInWords } from "../base/words.ts";
import type { QuestionCard, ReportCard } from "../workspace/reportCard.ts";
import { judgedInWords, likelyInWords, QUESTIONS, rangeInWords } from "../workspace/reportCardWords.ts";
import { formatTable } from "./terminal.ts";

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

function questionText(card: QuestionCard): string {
  const [asked, did] = QUESTIONS[card.question];
  const lines = [asked];
  const likely = likelyInWords(card);
  if (likely !== null) lines.push(likely);
  if (card.groups.length > 0) {
    const rows = card.groups.map(({ from, to, forecasts, came_true, share, ...interval }) => [
      rangeInWords({ low: from, high: to }),
      ...[forecasts, came_true].map(countInWords),
      shareInWords(share),
      rangeInWords(interval),
    ]);
    lines.push(formatTable([["forecast", "how many", did, "share", "95 % interval"], ...rows], [0, 1, 2, 3]));
  }
  const { held, others } = judgedInWords(card);
  return [...lines, held, ...others.map((line) => `  ${line}`)].join("\n");
}
