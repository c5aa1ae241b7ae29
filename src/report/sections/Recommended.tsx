import type { ReactElement } from "react";
import type { TrainingResults } from "../../training/results.ts";
import { featureMeaning } from "../features.ts";
import type { ReportInput } from "../input.ts";
import { countOf, exact, percent, range, score } from "../numbers.ts";
import { FigureGroup } from "../page/FigureGroup.tsx";
import { Table } from "../page/Table.tsx";
import { verdict } from "../verdict.ts";
import { capital, listed, numberWord } from "../words.ts";
import { Findings } from "./Findings.tsx";
import { Leaderboard } from "./Leaderboard.tsx";

/** The recommended model beside the original study's: what it looks for, how well, and which to use. */
export function Recommended(input: ReportInput): ReactElement {
  const { metrics } = input;
  const { results } = metrics.recommended;
  const { short, why } = verdict(metrics);
  return (
    <>
      <p className="verdict">
        <strong>{short}.</strong> {why}
      </p>
      {results !== null && <Trained {...input} results={results} />}
    </>
  );
}

/** Options that say what a threshold is for. */
const WISHES = ["--min-precision", "--min-recall", "--cost", "--queue"];

/** Numbers of the table, and what each is. */
const SHOWN = [
  ["roc_auc", "area under the ROC curve"],
  ["average_precision", "average precision"],
  ["precision", "precision"],
  ["recall", "recall"],
  ["f1", "F1"],
  ["brier", "Brier score"],
] as const;

function Trained({
  results,
  figures,
  files,
}: ReportInput & { readonly results: TrainingResults }): ReactElement {
  const { target, options, out_of_fold: measured, calibration, leaderboard, threshold, leakage } = results;
  const group = (...names: string[]) => <FigureGroup names={names} figures={figures} files={files} />;
  return (
    <>
      <h3>What it looks for</h3>
      <p>
        A creator, as the target <code>{target.name}</code> has it: {target.about}. Of{" "}
        {countOf(target.positives + target.negatives, "account")} that can be judged,{" "}
        {exact(target.positives)} are ({percent(target.positive_rate)})
        {target.unknown > 0 && `; of ${countOf(target.unknown, "other")} it is not known`}. Posts and rates
        say who is one, but the model is not told them: it has to tell from the profile page.
      </p>
      <p>
        {capital(numberWord(options.folds))} folds, dealt {often(options.repeats)}: every account is judged by
        networks that have not seen it, {numberWord(options.networks)} a fold, and what is fitted is fitted
        without it. A study keeps this short; <code>insights train</code> deals three times and trains eight
        networks a fold.
      </p>
      <h3>How good it is</h3>
      <Table
        caption={`On accounts it had not seen; picked from a probability of ${score(measured.threshold)}`}
        fit
        columns={[
          { label: "measure" },
          { label: "value", numeric: true },
          { label: "95 % interval", numeric: true },
        ]}
        rows={SHOWN.map(([name, words]) => ({
          key: name,
          cells: [words, score(measured[name]), range(measured.intervals[name])],
        }))}
      />
      <p>{calibrationWords(calibration)}</p>
      {group("reliability")}
      {leaderboard !== null && (
        <>
          <h3>Against others on the same folds</h3>
          <Leaderboard board={leaderboard} ours="ensemble" />
          {group("leaderboard")}
        </>
      )}
      <h3>Which threshold, for whom</h3>
      <p>
        {threshold.explanation} Who can contact a hundred accounts, who must not miss any, and who pays for
        each mistake want other thresholds; <code>insights train</code> takes the wish as{" "}
        {listed(
          WISHES.map((wish) => (
            <code key={wish} className="whole">
              {wish}
            </code>
          )),
        )}
        .
      </p>
      {group("threshold-bands", "threshold-choices")}
      <h3>What it relies on</h3>
      <p>{reliesOn(results.importance)}</p>
      {group("recommended-permutation-importance", "partial-dependence")}
      <h3>What its audit found</h3>
      <p>
        {leakage.findings.length === 0
          ? "Nothing gives the target away, as far as the audit can see."
          : leakage.taken_out.length === 0
            ? "No input had to be taken out."
            : "What gives the target away was taken out before training."}
      </p>
      {leakage.taken_out.length > 0 && (
        <ul>
          {leakage.sentences.map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
      )}
      <Findings findings={leakage.findings} limits={leakage.limits} />
      <details>
        <summary>The {countOf(results.features.length, "number")} it is told of each account</summary>
        <ol className="features">
          {results.features.map((feature) => (
            <li key={feature}>
              <code>{feature}</code> <span>{featureMeaning(feature)}</span>
            </li>
          ))}
        </ol>
      </details>
      <h3>How to use it</h3>
      <p className="formula">
        <code>insights score recommended/model NEW.csv --out scores.csv</code>
      </p>
      <p>
        The file to score needs neither posts nor rates. For a model of your own with all folds and networks:{" "}
        <code>insights train FILE --out DIR</code>.
      </p>
    </>
  );
}

function often(repeats: number): string {
  return repeats === 1 ? "once" : repeats === 2 ? "twice" : `${numberWord(repeats)} times`;
}

/** What matters most, in words: shuffled groups of inputs whose loss can be told from none. */
function reliesOn({ groups }: TrainingResults["importance"]): string {
  const told = groups.filter(({ low }) => low > 0);
  const falling = groups.filter(({ mean }) => mean > 0);
  if (falling.length === 0) return "No group of inputs alone makes a difference that can be told from none.";
  const named = falling.slice(0, 3).map(({ group, mean }) => `${group} (${score(mean)})`);
  const list = named.length === 1 ? named[0] : `${named.slice(0, -1).join(", ")} and ${named.at(-1)}`;
  const rest = groups.length - told.length;
  const nothing =
    rest === 0
      ? ""
      : ` For ${numberWord(rest)} of ${numberWord(groups.length)} groups the loss cannot be told from none.`;
  return `Shuffled among accounts it had not seen, these cost most of the area under the ROC curve: ${list}.${nothing}`;
}

/** Whether its probabilities mean what they say. */
export function calibrationWords({ slope, intercept, intervals }: TrainingResults["calibration"]): string {
  const right = ({ low, high }: { low: number; high: number }, value: number) =>
    low <= value && high >= value;
  const numbers = `a line through them has a slope of ${score(slope, 2)} (95 % interval ${range(intervals.slope, 2)}; 1 is right) and an intercept of ${score(intercept, 2)} (${range(intervals.intercept, 2)}; 0 is right)`;
  if (right(intervals.slope, 1) && right(intervals.intercept, 0))
    return `Its probabilities can be taken at their word: ${numbers}.`;
  if (!right(intervals.slope, 1))
    return `Its probabilities are too ${slope < 1 ? "extreme" : "timid"}: ${numbers}.`;
  return `Its probabilities are too ${intercept < 0 ? "high" : "low"} on the whole: ${numbers}.`;
}
