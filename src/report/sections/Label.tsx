import type { ReactElement } from "react";
import { capitalised, countInWords, countOf, numberWord } from "../../base/words.ts";
import type { ReportInput } from "../input.ts";
import type { Metrics } from "../metrics.ts";
import { percent, quantity, score } from "../numbers.ts";
import { MeterRows } from "../page/parts.tsx";
import { OriginalAudit } from "../shared/Audits.tsx";
import { compareRule, givesAway, leakingFeatures, ruleColumns } from "../verdict.tsx";

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
        {target.positives === 1 ? "is" : "are"} active by it, {countInWords(target.negatives)}{" "}
        {target.negatives === 1 ? "is" : "are"} not.
        {target.unknown > 0 &&
          ` Of ${countOf(target.unknown, "account")} it is not known; ${target.unknown === 1 ? "it is" : "they are"} left out of training and judging.`}
      </p>
      <Leak metrics={metrics} />
      <Audit metrics={metrics} />
    </>
  );
}

/** How the label gives itself away, with the rule that needs no network beside the network. */
export function Leak({ metrics }: Pick<ReportInput, "metrics">): ReactElement {
  const { rule, split, test_at_threshold: network } = metrics;
  if (rule === null) {
    return (
      <p>
        This file does not have the rates that the study’s label is made of, so the network cannot be set
        beside the rule that adds them up.
      </p>
    );
  }
  const columns = ruleColumns(metrics);
  const given = givesAway(metrics);
  return (
    <>
      <h3>{given ? "The label gives itself away" : "Beside a rule of one line"}</h3>
      <p>
        {rule.f1 === 1
          ? `Add up ${numberWord(columns.length)} columns of the file, and you have the label. The line below is right about every one of the ${countOf(split.test.rows, "test account")}:`
          : `${given ? `The label is close to a sum of ${numberWord(columns.length)} columns of the file. On` : "On"} the ${countOf(split.test.rows, "test account")} the line below reaches F1 ${score(rule.f1)}, with precision ${score(rule.precision)} and recall ${score(rule.recall)}:`}
      </p>
      <p className="formula">
        <code>{rule.expression}</code>
      </p>
      <MeterRows
        caption="F1 on the same test accounts"
        rows={[
          { name: "the line above", value: rule.f1, label: score(rule.f1), tone: "grey" },
          {
            name: "the network, at its threshold",
            value: network.f1,
            label: score(network.f1),
            tone: "blue",
          },
        ]}
      />
      {given && <Told metrics={metrics} columns={columns.length} />}
    </>
  );
}

/** How much of the answer is among the inputs. */
function Told({ metrics, columns }: { readonly metrics: Metrics; readonly columns: number }): ReactElement {
  const leaking = leakingFeatures(metrics);
  const inputs = countOf(metrics.features.length, "input");
  if (leaking.length === 0) return <p>None of these columns is among the {inputs} of the network.</p>;
  const comparison = compareRule(metrics);
  return (
    <p>
      {leakWords(leaking.length, columns)} also among the {inputs} of the network. It was shown the answer, in
      pieces, and asked for the answer. A high score here shows that a network can add; it does not show that
      it can tell creators from others.
      {(comparison === "perfect" || comparison === "better") && (
        <Corner metrics={metrics} leaking={leaking} />
      )}
    </p>
  );
}

function leakWords(leaking: number, columns: number): string {
  if (leaking < columns)
    return `${capitalised(numberWord(leaking))} of these columns ${leaking === 1 ? "is" : "are"}`;
  if (columns === 1) return "This column is";
  return `${columns === 2 ? "Both" : "All"} of these columns are`;
}

/** Why a network that is told the parts of a sum does not get it right: scaling. Says nothing where no tail is to blame. */
function Corner({
  metrics,
  leaking,
}: {
  readonly metrics: Metrics;
  readonly leaking: readonly string[];
}): ReactElement | null {
  const tails = metrics.summary.columns
    .filter(({ name }) => leaking.includes(name))
    .flatMap(({ name, min, median, max }) =>
      min !== null && median !== null && max !== null && max > min
        ? [{ name, median, max, place: (median - min) / (max - min) }]
        : [],
    )
    // The one that counts most in the sum.
    .sort((a, b) => b.median - a.median);
  const [squeezed] = tails;
  if (squeezed === undefined || squeezed.place > 0.05) return null;
  return (
    <>
      {" "}
      One reason that it does not get everything right is the scaling. Inputs are scaled from smallest to
      largest, and the largest <code>{squeezed.name}</code> is {quantity(squeezed.max)} while half of the
      accounts are at or below {quantity(squeezed.median)}: they share {percent(squeezed.place)} of the scale,
      at its low end.
    </>
  );
}

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
