import type { ReactElement } from "react";
import type { Metrics } from "../metrics.ts";

type Finding = Pick<Metrics["leakage"]["findings"][number], "severity" | "message">;

const NAMES: Readonly<Record<Finding["severity"], string>> = {
  severe: "gives it away",
  warn: "look at this",
  info: "good to know",
};

/** The colours of the alerts, for findings. */
const LEVELS: Readonly<Record<Finding["severity"], string>> = {
  severe: "error",
  warn: "warning",
  info: "info",
};

/** What a leakage audit found, and what it did not look at. */
export function Findings({
  findings,
  limits,
}: {
  readonly findings: readonly Finding[];
  readonly limits: readonly string[];
}): ReactElement {
  return (
    <>
      {findings.length > 0 && (
        <ul className="alerts">
          {findings.map(({ severity, message }, index) => (
            <li key={index} className={`alert-${LEVELS[severity]}`}>
              <span className="tag">{NAMES[severity]}</span>
              <span>{message}</span>
            </li>
          ))}
        </ul>
      )}
      {limits.length > 0 && (
        <details>
          <summary>What the audit did not look at</summary>
          <ul>
            {limits.map((limit) => (
              <li key={limit}>{limit}</li>
            ))}
          </ul>
        </details>
      )}
    </>
  );
}
