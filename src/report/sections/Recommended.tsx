import type { ReactElement } from "react";
import { capitalised, countInWords, countOf, listed, numberWord } from "../../base/words.ts";
import type { TrainingResults } from "../../training/results.ts";
import type { ReportInput } from "../input.ts";
import { percent, score } from "../numbers.ts";
import { FigureGroup } from "../page/FigureGroup.tsx";
import { RecommendedAudit } from "../shared/Audits.tsx";
import { calibrationWords, Leaderboard, MeasuredTable } from "../shared/Models.tsx";
import { Questions } from "../shared/Questions.tsx";
import { VerdictWords } from "../verdict.tsx";
import { featureMeaning, listed as listedNodes } from "../words.ts";

/** The recommended model beside the original study's: what it looks for, how well, and which to use. */
export function Recommended(input: ReportInput): ReactElement {
  const { metrics } = input;
  const { results } = metrics.recommended;
  return (
    <>
      <VerdictWords metrics={metrics} />
      {results !== null && <Trained {...input} results={results} />}
    </>
  );
}

/** Options that say what a threshold is for. */
const WISHES = ["--min-precision", "--min-recall", "--cost", "--queue"];

function Trained({
  results,
  figures,
  files,
}: ReportInput & { readonly results: TrainingResults }): ReactElement {
  const { target, options, questions, out_of_fold: measured, calibration } = results;
  const { leaderboard, threshold, leakage } = results;
  const group = (...names: string[]) => <FigureGroup names={names} figures={figures} files={files} />;
  return (
    <>
      <h3>What it looks for</h3>
      <p>
        A creator, as the target <code>{target.name}</code> has it: {target.about}. Of{" "}
        {countOf(target.positives + target.negatives, "account")} that can be judged,{" "}
        {countInWords(target.positives)} are ({percent(target.positive_rate)})
        {target.unknown > 0 && `; of ${countOf(target.unknown, "other")} it is not known`}.
        {questions === null &&
          " Posts and rates say who is one, but the model is not told them: it has to tell from the profile page."}
      </p>
      {questions !== null && <Questions questions={questions} />}
      {questions !== null && (
        <p>
          How long a silence means nothing depends on how often somebody posts:{" "}
          <a href="#figure-silences">the curves of silences</a> show it.
        </p>
      )}
      <p>
        {capitalised(numberWord(options.folds))} folds, dealt {often(options.repeats)}: every account is
        judged by networks that have not seen it, {numberWord(options.networks)} a fold, and what is fitted is
        fitted without it. A study keeps this short; <code>insights train</code> deals three times.
      </p>
      <h3>How good it is</h3>
      <MeasuredTable measured={measured} />
      <p>{calibrationWords(calibration)}</p>
      {group("reliability")}
      {leaderboard !== null && (
        <>
          <h3>Against others on the same folds</h3>
          <Leaderboard
            board={leaderboard}
            ours={results.questions === null ? "ensemble" : "both questions"}
          />
          {group("leaderboard")}
        </>
      )}
      <h3>Which threshold, for whom</h3>
      <p>
        {threshold.explanation} Who can contact a hundred accounts, who must not miss any, and who pays for
        each mistake want other thresholds; <code>insights train</code> takes the wish as{" "}
        {listedNodes(
          WISHES.map((wish) => (
            <code key={wish} className="whole">
              {wish}
            </code>
          )),
        )}
        .
      </p>
      {group("thresholds", "threshold-choices")}
      <h3>What it relies on</h3>
      <p>{reliesOn(results.importance)}</p>
      {group("recommended-permutation-importance", "partial-dependence")}
      <h3>What its audit found</h3>
      <RecommendedAudit leakage={leakage} />
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
        The file to score needs neither posts nor rates: each account is answered from what there is. For a
        model of your own with all folds and networks: <code>insights train FILE --out DIR</code>.
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
  const rest = groups.length - told.length;
  const nothing =
    rest === 0
      ? ""
      : ` For ${numberWord(rest)} of ${numberWord(groups.length)} groups the loss cannot be told from none.`;
  return `Shuffled among accounts it had not seen, these cost most of the area under the ROC curve: ${listed(named)}.${nothing}`;
}
