import { Table } from "../../../src/report/shared/Table.tsx";
import { chance } from "../format.ts";
import type { Explanation } from "../types.ts";
import "./profile.css";
import { stepsOf } from "./waterfall.ts";

const signed = (value: number) => `${value < 0 ? "−" : "+"}${Math.abs(value).toFixed(2)}`;

/** Why an account gets its probability: a waterfall, and the same as a table. */
export function Why({ explanation }: { explanation: Explanation }) {
  const steps = stepsOf(explanation);
  const ends = steps.flatMap(({ from, to }) => [from, to]);
  const low = Math.min(...ends);
  const range = Math.max(...ends) - low || 1;
  const place = (value: number) => (100 * (value - low)) / range;
  const { base, logit, base_probability: usual, probability, contributions } = explanation;
  return (
    <>
      <p>
        A usual account gets {chance(usual)}; this one gets <strong>{chance(probability)}</strong>.
      </p>
      <ol className="waterfall">
        <li className="end">
          <span className="words">A usual account</span>
          <span className="way" aria-hidden="true">
            <span className="mark" style={{ insetInlineStart: `${place(base)}%` }} />
          </span>
          <span className="number">{chance(usual)}</span>
        </li>
        {steps.map(({ words, value, from, to }) => (
          <li key={words} className={value < 0 ? "against" : "for"}>
            <span className="words">{words}</span>
            <span className="way" aria-hidden="true">
              <span
                className="step"
                style={{
                  insetInlineStart: `${place(Math.min(from, to))}%`,
                  inlineSize: `${Math.max(0.4, place(Math.max(from, to)) - place(Math.min(from, to)))}%`,
                }}
              />
            </span>
            <span className="number">
              <span className="unseen">speaks {value < 0 ? "against" : "for"} it: </span>
              {signed(value)}
            </span>
          </li>
        ))}
        <li className="end">
          <span className="words">This account</span>
          <span className="way" aria-hidden="true">
            <span className="mark" style={{ insetInlineStart: `${place(logit)}%` }} />
          </span>
          <span className="number">{chance(probability)}</span>
        </li>
      </ol>
      <p className="note">
        Blue speaks for the account, orange against. The steps add up: together they lead from the usual
        account to this one.
      </p>
      <details>
        <summary>All {contributions.length} as a table</summary>
        <Table
          caption="All contributions"
          columns={["what", "in words", "log-odds"]}
          words={["in words"]}
          rows={contributions.map(({ group, words, value }) => ({
            key: group,
            cells: [group, words, signed(value)],
          }))}
        />
      </details>
    </>
  );
}
