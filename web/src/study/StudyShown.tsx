import { OriginalAudit, RecommendedAudit } from "../../../src/report/shared/Audits.tsx";
import { calibrationWords, Leaderboard, MeasuredTable } from "../../../src/report/shared/Models.tsx";
import { Questions } from "../../../src/report/shared/Questions.tsx";
import { ResultsTable } from "../../../src/report/shared/ResultsTable.tsx";
import { VerdictWords } from "../../../src/report/verdict.tsx";
import type { ImportFacts } from "../files/types.ts";
import { share, wholeCount } from "../format.ts";
import { Chart } from "../parts/Chart.tsx";
import { Section } from "../parts/Section.tsx";
import type { StudyView as Study } from "../types.ts";
import "./study.css";
import { Against } from "./Against.tsx";
import { ThresholdSlider } from "./ThresholdSlider.tsx";

/** Figures of the report that are about the recommended model: they stand among its own here. */
const ABOUT_RECOMMENDED = new Set([
  "reliability",
  "thresholds",
  "threshold-choices",
  "leaderboard",
  "recommended-permutation-importance",
  "partial-dependence",
]);

/** The original study against the recommended model, and what each threshold does. @param file that was studied */
export function StudyShown({
  study,
  query,
  file,
}: {
  study: Study;
  query: URLSearchParams;
  file: ImportFacts;
}) {
  const { metrics, figures, recommended_figures } = study;
  const { results } = metrics.recommended;
  return (
    <>
      <h1 className="page-title">Can the numbers be trusted?</h1>
      <VerdictWords metrics={metrics} />
      {results !== null && (
        <Section id="threshold" title="How many, and how sure?">
          <p>
            The model gives each account a probability; you say from which one on you would write to it.
            Numbers are measured on {wholeCount(results.target.positives + results.target.negatives)} accounts
            that it had not seen.
          </p>
          <ThresholdSlider file={file} results={results} query={query} />
        </Section>
      )}
      <Section id="against" title="The original study and the recommended model">
        <Against metrics={metrics} />
        <div className="pair-of">
          <div>
            <h3>The original study, in numbers</h3>
            <ResultsTable metrics={metrics} />
          </div>
          {results !== null && (
            <div>
              <h3>The recommended model, in numbers</h3>
              <MeasuredTable measured={results.out_of_fold} />
              <p className="note">{calibrationWords(results.calibration)}</p>
            </div>
          )}
        </div>
      </Section>
      {results?.leaderboard != null && (
        <Section id="leaderboard" title="Leaderboard">
          <Leaderboard
            board={results.leaderboard}
            ours={results.questions === null ? "ensemble" : "both questions"}
          />
        </Section>
      )}
      {results?.questions != null && (
        <Section id="questions" title="The two questions">
          <Questions questions={results.questions} />
        </Section>
      )}
      <Section id="leakage" title="What gives the answer away">
        <h3>The original study</h3>
        <OriginalAudit metrics={metrics} />
        {results !== null && (
          <>
            <h3>The recommended model</h3>
            <RecommendedAudit leakage={results.leakage} />
          </>
        )}
      </Section>
      <Section id="figures" title="Figures">
        {recommended_figures.length > 0 && <h3>The recommended model</h3>}
        <Gallery figures={recommended_figures} among="recommended-" />
        <h3>The original study</h3>
        <Gallery figures={figures.filter(({ name }) => !ABOUT_RECOMMENDED.has(name))} among="original-" />
      </Section>
      <p className="note">
        Positive rate of the original label: {share(metrics.target.positive_rate)}. Every random choice is
        seeded ({metrics.options.seed}).
      </p>
    </>
  );
}

function Gallery({ figures, among }: { figures: Study["figures"]; among: string }) {
  return (
    <div className="charts">
      {figures.map((figure) => (
        <Chart key={figure.name} figure={figure} among={among} />
      ))}
    </div>
  );
}
