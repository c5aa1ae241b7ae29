import type { ReactElement } from "react";
import type { ReportInput } from "../input.ts";
import { OriginalAudit } from "../shared/OriginalAudit.tsx";

/** What the leakage audit found among the network's inputs, and what would be left without those that give the label away. */
export function Audit({ metrics }: Pick<ReportInput, "metrics">): ReactElement {
  const { findings } = metrics.leakage;
  return (
    <>
      <h3>What the audit found</h3>
      <p>
        Before training, the inputs were held against the label: what they are made of, what they add up to,
        and what each one, each two and all of them tell of it; and the accounts to learn from against those
        to judge on.{findings.length === 0 && " Nothing was found, which is no proof that nothing is there."}
      </p>
      <OriginalAudit metrics={metrics} />
    </>
  );
}
