import type { ReactElement } from "react";
import type { ReportInput } from "../input.ts";
import { countOf, exact, percent } from "../numbers.ts";
import { Audit } from "./Audit.tsx";
import { Leak } from "./Leak.tsx";

/** What the label is, how many accounts carry it, how much of it the network is told, and what the audit says. */
export function Label({ metrics }: Pick<ReportInput, "metrics">): ReactElement {
  const { target } = metrics;
  return (
    <>
      <p>
        {target.name === "engagement"
          ? "The original study called an account active where its engagement, the likes and comments of a typical recent video by the number of followers, is above a fixed mark:"
          : "An account counts as active where this holds:"}
      </p>
      <p className="formula">
        <code>{target.expression}</code>
      </p>
      <p>
        {countOf(target.positives, "account")} ({percent(target.positive_rate)}){" "}
        {target.positives === 1 ? "is" : "are"} active by it, {exact(target.negatives)}{" "}
        {target.negatives === 1 ? "is" : "are"} not.
        {target.unknown > 0 &&
          ` Of ${countOf(target.unknown, "account")} it is not known; ${target.unknown === 1 ? "it is" : "they are"} left out of training and judging.`}
      </p>
      <Leak metrics={metrics} />
      <Audit metrics={metrics} />
    </>
  );
}
