import type { ReactElement } from "react";
import type { Metrics } from "../metrics.ts";
import { NOTHING, score } from "../numbers.ts";
import { Table } from "../shared/Table.tsx";
import { spaced } from "../words.ts";

type Correlation = Metrics["summary"]["spearman"];

/** Correlations between the columns: by ranks, which long tails do not disturb, and below it the ordinary ones. */
export function CorrelationMatrix({
  spearman,
  pearson,
  label,
}: {
  readonly spearman: Correlation;
  readonly pearson: Correlation;
  /** Columns that the label is read from; that its parts go with it is no news. */
  readonly label: readonly string[];
}): ReactElement {
  const strongest = strongestPair(spearman, label);
  return (
    <>
      <h3>What goes with what</h3>
      <p>
        Correlation of ranks (Spearman): 1 where two columns put the accounts in the same order, −1 where in
        the opposite order, 0 where one order tells nothing of the other.
        {strongest !== null &&
          ` Of two columns, ${label.some((name) => spearman.columns.includes(name)) ? "the label’s own aside, " : ""}${spaced(strongest.a)} and ${spaced(strongest.b)} hang together most: ${score(strongest.value, 2)}.`}
      </p>
      <Matrix caption="Spearman correlations" correlation={spearman} />
      {pearson.columns.length > 1 && (
        <details>
          <summary>Pearson correlations</summary>
          <p>Of the values themselves. A few very large accounts decide most of them.</p>
          <Matrix caption="Pearson correlations" correlation={pearson} />
        </details>
      )}
    </>
  );
}

/**
 * The two different columns with the largest correlation, whatever its sign; null where there is none.
 *
 * @param except columns to pass over
 */
export function strongestPair(
  { columns, values }: Correlation,
  except: readonly string[] = [],
): { a: string; b: string; value: number } | null {
  let best: { a: string; b: string; value: number } | null = null;
  for (const [i, row] of values.entries()) {
    for (const [j, value] of row.entries()) {
      if (except.includes(columns[i]) || except.includes(columns[j])) continue;
      if (j <= i || value === null || (best !== null && Math.abs(value) <= Math.abs(best.value))) continue;
      best = { a: columns[i], b: columns[j], value };
    }
  }
  return best;
}

function Matrix({
  caption,
  correlation,
}: {
  readonly caption: string;
  readonly correlation: Correlation;
}): ReactElement {
  const { columns, values } = correlation;
  return (
    <Table
      caption={caption}
      fit
      className="matrix"
      columns={[
        { label: <span className="unseen">column</span> },
        ...columns.map((name) => ({ label: <span className="upright">{spaced(name)}</span>, numeric: true })),
      ]}
      rows={values.map((row, i) => ({
        key: columns[i],
        cells: [
          spaced(columns[i]),
          ...row.map((value, j) => (
            <span
              key={j}
              className={i === j ? "cell self" : value !== null && value < 0 ? "cell below" : "cell above"}
              style={{ "--strength": i === j ? 0 : Math.abs(value ?? 0) } as object}
            >
              {value === null ? NOTHING : score(value, 2)}
            </span>
          )),
        ],
      }))}
    />
  );
}
