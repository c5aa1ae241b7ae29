import type { ReactElement } from "react";
import { numberWord } from "../../base/words.ts";
import type { TrainingResults } from "../../training/results.ts";
import type { Metrics } from "../metrics.ts";
import { score } from "../numbers.ts";
import { listed } from "../words.ts";
import { Findings } from "./Findings.tsx";

/** What the leakage audit found among the original network's inputs, what would be left without them, and what it did not look at. */
export function OriginalAudit({ metrics }: { readonly metrics: Metrics }): ReactElement {
  const { findings, limits } = metrics.leakage;
  return (
    <>
      <Findings findings={findings} limits={[]} />
      <TakenOut metrics={metrics} />
      <Findings findings={[]} limits={limits} />
    </>
  );
}

/** Which inputs an honest model would go without, what the others could do, and why these stay. */
function TakenOut({ metrics }: { readonly metrics: Metrics }): ReactElement | null {
  const { findings, remaining_roc_auc: remaining } = metrics.leakage;
  const out = [
    ...new Set(findings.flatMap(({ severity, features }) => (severity === "severe" ? features : []))),
  ];
  if (out.length === 0) return null;
  const kept =
    out.length === 1 ? "What gives it away was" : `The ${numberWord(out.length)} that give it away were`;
  const left = metrics.features.length - out.length;
  return (
    <p>
      A model that is to find new accounts would go without{" "}
      {listed(out.map((feature) => <code key={feature}>{feature}</code>))}.{" "}
      {left === 0 ? "No input would be left." : remaining !== null && rest(left, remaining)}{" "}
      {metrics.options.preset === "original"
        ? `${kept} kept, because this run reproduces the original study.`
        : `${kept} kept, as a study trains on all inputs of its preset: its scores say nothing of new accounts.`}
    </p>
  );
}

/** Area under the ROC curve below which what is left is called next to nothing. */
const NEXT_TO_NOTHING = 0.6;

function rest(left: number, remaining: number): string {
  const other = left === 1 ? "The one other input, in" : `The other ${numberWord(left)} inputs, together in`;
  const well = remaining < NEXT_TO_NOTHING ? " That is next to nothing." : "";
  return `${other} a plain linear model, tell active accounts from others with an area under the ROC curve of ${score(remaining, 2)} on accounts it was not fitted on, where 0.50 is guessing and 1.00 is certain.${well}`;
}

/** What the leakage audit of the recommended model found, and what was taken out for it. */
export function RecommendedAudit({
  leakage,
}: {
  readonly leakage: TrainingResults["leakage"];
}): ReactElement {
  return (
    <>
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
    </>
  );
}
