import type { ReactElement, ReactNode } from "react";
import { countOf } from "../../base/words.ts";
import type { ReportInput } from "../input.ts";
import { percent, range } from "../numbers.ts";
import { leakingFeatures } from "../verdict.tsx";

/** What this model is not, and what its numbers do not say. */
export function Caveats({ metrics }: Pick<ReportInput, "metrics">): ReactElement {
  const { dataset, features, summary, test, test_at_threshold: chosen, split } = metrics;
  const { positive = null, negative = null } = summary.activity?.posted_within_30_days_by_target ?? {};
  return (
    <ul className="caveats">
      {dataset.synthetic === true && (
        <Caveat name="These accounts are made up.">
          The sample that ships with the program imitates the shape of real data; it says nothing about
          anybody.
        </Caveat>
      )}
      <Caveat name="It does not find creators; it finds the label.">
        {leakingFeatures(metrics).length > 0 ? (
          <>
            And <a href="#label">the label is given away</a> by what the network is told.
          </>
        ) : (
          "How well the label stands for what you want is a question no score here answers."
        )}
      </Caveat>
      {positive !== null && negative !== null && positive < negative && (
        <Caveat name="The label is not about posting.">
          Accounts it calls active <a href="#activity">post less often</a> than the others.
        </Caveat>
      )}
      <Caveat name="Few accounts, wide intervals.">
        {countOf(split.test.rows, "test account")} put F1 anywhere in {range(chosen.intervals.f1, 2)}.
        Differences smaller than that are not worth a decision.
      </Caveat>
      <Caveat name="One file, one moment.">
        How the accounts were picked is not known here. On others, read at another time or by another
        provider, the model may do worse; it was not tested on any.
      </Caveat>
      <Caveat name="Probabilities are not promises.">
        They were not calibrated. Always saying{" "}
        {percent(split.test.rows === 0 ? 0 : split.test.positives / split.test.rows)} would be off by a Brier
        score of {brierOfBase(split.test)}; the network’s is {test.brier.toFixed(3)}.
      </Caveat>
      {features.includes("biography_keyword") && (
        <Caveat name="Biographies are read in English only.">
          The keyword flag knows a few English words. Creators who write in other languages are passed over by
          it.
        </Caveat>
      )}
      <Caveat name="Going together is not causing.">
        Correlation, mutual information and importance say what goes with the label in this file, not what
        would make an account grow.
      </Caveat>
      <Caveat name="These are people.">
        The predictions name accounts. Check before you act on one, and keep the file as you would any
        personal data.
      </Caveat>
    </ul>
  );
}

function Caveat({ name, children }: { readonly name: string; readonly children: ReactNode }): ReactElement {
  return (
    <li>
      <strong>{name}</strong> {children}
    </li>
  );
}

/** The Brier score of always giving the share of positives: p (1 − p). */
function brierOfBase({ rows, positives }: { readonly rows: number; readonly positives: number }): string {
  const share = rows === 0 ? 0 : positives / rows;
  return (share * (1 - share)).toFixed(3);
}
