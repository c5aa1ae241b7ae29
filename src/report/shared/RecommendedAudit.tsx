import type { ReactElement } from "react";
import type { TrainingResults } from "../../training/results.ts";
import { Findings } from "./Findings.tsx";

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
