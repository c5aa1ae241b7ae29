import { countInWords, scoreInWords } from "../base/words.ts";
import { table, withInterval } from "./modelCardNumbers.ts";
import type { QuestionResults } from "./questionResults.ts";
import type { TrainingResults } from "./results.ts";

/** Kinds of evidence in words. */
const FROM = {
  posts: "dates of posts",
  rate: "the engagement rate",
  profile: "the profile page",
} as const;

/** What a model of creators is, in a paragraph. */
export function creatorInWords(
  { horizon, kinds }: QuestionResults,
  { options: { repeats, networks } }: TrainingResults,
): string {
  const [best] = kinds;
  const first = best.precision_of_first.find((one) => one.first === 100);
  const hundred =
    first === undefined
      ? ""
      : ` Of the 100 accounts that it put first, ${Math.round(100 * first.precision)} went on posting and are answered well.`;
  const count = repeats * networks;
  const ensemble = count === 1 ? "a small neural network" : `the average of ${count} small neural networks`;
  return `A model of TikTok accounts that answers two questions: whether a post comes within ${horizon} days after the snapshot
(\`still_posting\`), and whether the account is answered better than is usual for its size (\`well_answered\`). Each is answered from the
best evidence that a row has. Still posting: from dates of posts by logistic regression on the newest ten, else from the profile page
by ${ensemble}. Answered well: from the engagement rate against the norm for the
size, drawn towards the middle where it stands on few posts, else from the profile page by other networks of the same kind.
\`probability\` is that of both.${hundred} A row may lack posts, rate or counts: it is answered from what it has, and \`evidence\` says from what.`;
}

/** How good each answer is, and both together, for each kind of evidence. */
export function questionsSection({ horizon, backtest, answers, kinds }: QuestionResults): string {
  const number = (value: number, interval: { low: number; high: number } | undefined) =>
    interval === undefined ? scoreInWords(value) : withInterval(value, interval);
  const columns = ["accounts", "true", "ROC AUC", "log loss", "Brier score", "slope", "intercept"];
  const cells = ({ rows, positives, intervals, ...judged }: QuestionResults["kinds"][number]["judged"]) => [
    countInWords(rows),
    countInWords(positives),
    ...(["roc_auc", "log_loss", "brier", "slope", "intercept"] as const).map((name) =>
      number(judged[name], intervals[name]),
    ),
  ];
  const words = { still_posting: "still posting", well_answered: "answered well" };
  const single = answers.map(({ question, evidence, judged }) => [
    `${words[question]}, from ${FROM[evidence]}`,
    ...cells(judged),
  ]);
  const both = kinds.map(({ still_posting, well_answered, judged, precision_of_first }) => [
    `${FROM[still_posting]} and ${FROM[well_answered]}`,
    ...cells(judged),
    ...[100, 200].map((wanted) => {
      const found = precision_of_first.find(({ first }) => first === wanted);
      return found === undefined ? "" : `${Math.round(wanted * found.precision)}`;
    }),
  ]);
  return `The forecast learnt from ${countInWords(backtest.examples)} moments of ${countInWords(backtest.accounts)} accounts, up to ${backtest.cuts} an account: at each, what came later was hidden, and
it was asked whether a post came within ${horizon} days. It is judged at the latest moment, ${horizon} days before the snapshot, on accounts that it did
not learn from. With 95 % intervals; slope 1 and intercept 0 mean that probabilities are right.

${table([["answer", ...columns], ...single])}

Both questions together, by what they are answered from:

${table([["from", ...columns, "right of the first 100", "of the first 200"], ...both])}

The engagement rate is not forecast. An account counts as answered well where its observed rate is above the norm, so that an answer
from the rate is judged by the very rate that it reads: what is uncertain there is the posting.`;
}

/** Where the numbers of a model of creators end. */
export function creatorLimits({ horizon }: QuestionResults): string[] {
  return [
    `The forecast is for the ${horizon} days after a profile was read. Of profiles that were read long ago it says who went on then.`,
    "A file lists the posts that are there: who deletes old posts seems to post less often than they did.",
    "Counts of the profile page are those of the snapshot also where an account is judged as of a moment before it.",
  ];
}
