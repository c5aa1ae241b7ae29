import type { ReactElement } from "react";
import { countInWords, countOf, numberWord } from "../../base/words.ts";
import type { Found, ReportInput } from "../input.ts";
import { percent, range, score } from "../numbers.ts";
import { Fact } from "../shared/Fact.tsx";
import { compareRule, headline, leakingFeatures, ruleColumns, verdict } from "../verdict.tsx";
import { HowOld } from "./HowOld.tsx";

/** The head of the report: what this is, who was found or else the result, and how old it is. */
export function Masthead({ metrics, found }: Pick<ReportInput, "metrics" | "found">): ReactElement {
  const { dataset, created_at } = metrics;
  return (
    <header className="masthead">
      <div className="topline">
        <p>Influencer Insights · a study of {dataset.file}</p>
        <button type="button" className="theme" aria-pressed="false" hidden>
          Dark theme
        </button>
      </div>
      <h1>{found === undefined ? headline(metrics) : foundInWords(found)}.</h1>
      <p className="lede">
        Who goes on posting, and is answered better than is usual for their size?{" "}
        {found === undefined ? "" : "First the people, then how far the numbers can be trusted."} We read{" "}
        {countOf(dataset.rows, "account")}.
      </p>
      <HowOld read={dataset.read} now={new Date(created_at)} horizon={found?.horizon ?? null} />
    </header>
  );
}

/** How many there are to write to. */
function foundInWords({ list: { preferred, considered } }: Found): string {
  if (preferred === 0) return `None of ${countOf(considered, "account")} is likely to go on posting`;
  return `${countOf(preferred, "account")} of ${countInWords(considered)} ${preferred === 1 ? "is" : "are"} worth a look`;
}

/** The study in short: what was done, its result, which model to use, the few numbers to remember. */
export function InShort({ metrics, found }: Pick<ReportInput, "metrics" | "found">): ReactElement {
  const { dataset, target, split, test_at_threshold: network, published, rule } = metrics;
  const leaking = leakingFeatures(metrics);
  return (
    <>
      {found !== undefined && (
        <p>
          <strong>{headline(metrics)}.</strong>
        </p>
      )}
      <p>
        The study trained a small network on {countInWords(split.train.rows)} of the accounts, chose its
        threshold on {countInWords(split.valid.rows)} others, and judged it on {countInWords(split.test.rows)}{" "}
        it had never seen. Its label, “active”, means <code>{target.expression}</code>
        {target.name === "engagement" ? ", as in the original study" : ""}.
      </p>
      {metrics.recommended.results !== null && (
        <p className="verdict">
          <strong>Which model to use.</strong> {verdict(metrics).why}{" "}
          <a href="#recommended">The recommended model</a>
        </p>
      )}
      {metrics.recommended.results === null && rule !== null && leaking.length > 0 && (
        <p>
          {compareRule(metrics) === "worse" ? "Mind" : "But mind"} what that proves:{" "}
          {numberWord(leaking.length)} of the {numberWord(metrics.features.length)} things the network is told{" "}
          {leaking.length === 1 ? "is a part" : "are parts"} of the answer.{" "}
          <a href="#label">The label gives itself away</a>, so the score says little about finding creators.
        </p>
      )}
      <dl className="facts">
        <Fact
          name="accounts"
          value={countInWords(dataset.rows)}
          note={`${percent(target.positive_rate)} of them labelled active`}
        />
        <Fact
          name="F1, our network"
          value={score(network.f1, 2)}
          note={`at its threshold; 95 % interval ${range(network.intervals.f1, 2)}`}
        />
        <Fact
          name="F1, as published"
          value={score(published.f1, 2)}
          note="threshold picked on the test rows"
        />
        {metrics.recommended.results !== null && (
          <Fact
            name="ROC AUC, recommended"
            value={score(metrics.recommended.results.out_of_fold.roc_auc, 2)}
            note={`out of fold; 95 % interval ${range(metrics.recommended.results.out_of_fold.intervals.roc_auc, 2)}`}
          />
        )}
        {rule !== null && (
          <Fact
            name="F1, one-line rule"
            value={score(rule.f1, 2)}
            note={`${numberWord(ruleColumns(metrics).length)} columns added up`}
          />
        )}
      </dl>
    </>
  );
}
