import type { ReactElement } from "react";
import type { Metrics } from "../metrics.ts";
import { verdict } from "../verdict.ts";

/** Which of the two models to use, and why. */
export function VerdictWords({ metrics }: { readonly metrics: Metrics }): ReactElement {
  const { short, why } = verdict(metrics);
  return (
    <p className="verdict">
      <strong>{short}.</strong> {why}
    </p>
  );
}
