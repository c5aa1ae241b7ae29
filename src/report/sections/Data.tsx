import type { ReactElement } from "react";
import { countInWords, countOf, NOTHING, spaced } from "../../base/words.ts";
import type { ReportInput } from "../input.ts";
import type { Metrics } from "../metrics.ts";
import { percent, quantity, score } from "../numbers.ts";
import { FileLink } from "../page/parts.tsx";
import { Table } from "../shared/Table.tsx";
import { columnsIn } from "../verdict.tsx";
import { fileWords, listed, plural } from "../words.ts";
import { ColumnsTable } from "./ColumnsTable.tsx";

/** What was read: the file, what was recognised in it, what was rejected, and what its columns hold. */
export function Data({ metrics, files }: ReportInput): ReactElement {
  const { dataset, summary } = metrics;
  const { rejected, duplicates } = dataset;
  return (
    <>
      <p>
        <code>{dataset.file}</code> is {fileWords(dataset.format)}.{" "}
        {dataset.provider === "mapped" ? (
          <>Its columns were named by hand. </>
        ) : (
          <>
            Its columns are those of <strong>{dataset.provider}</strong>.{" "}
          </>
        )}
        {countOf(dataset.rows, "account")} {plural(dataset.rows, "was", "were")} taken from it.{" "}
        {rejected === 0
          ? "No record was rejected. "
          : `${countOf(rejected, "record")} ${plural(rejected, "was", "were")} rejected. `}
        {duplicates === 0
          ? "None was there twice."
          : `${countOf(duplicates, "record")} repeated one that was there already and ${plural(duplicates, "was", "were")} counted once.`}
      </p>
      {rejected > 0 && <Rejects metrics={metrics} files={files} />}
      <Mapping metrics={metrics} />
      <h3>The columns</h3>
      <ColumnsTable columns={summary.columns} rows={dataset.rows} />
      {summary.outliers.rows > 0 && (
        <p>
          {countOf(summary.outliers.rows, "account")} (
          {percent(dataset.rows === 0 ? 0 : summary.outliers.rows / dataset.rows)}){" "}
          {plural(summary.outliers.rows, "is what", "are what")} the original study called outliers:{" "}
          <code>{summary.outliers.rule}</code>. They stay in.
        </p>
      )}
      {summary.verified.length > 0 && <VerifiedTable verified={summary.verified} />}
      {summary.spearman.columns.length > 1 && (
        <CorrelationMatrix
          spearman={summary.spearman}
          pearson={summary.pearson}
          label={columnsIn(metrics.target.expression)}
        />
      )}
    </>
  );
}

function Rejects({ metrics: { dataset }, files }: Pick<ReportInput, "metrics" | "files">): ReactElement {
  const reasons = Object.entries(dataset.rejected_by_reason).sort((a, b) => b[1] - a[1]);
  return (
    <>
      <Table
        caption="Rejected records by reason"
        fit
        columns={["reason", "records"]}
        rows={reasons.map(([reason, count]) => ({
          key: reason,
          cells: [spaced(reason), countInWords(count)],
        }))}
      />
      {files.includes("rejected.csv") && (
        <p className="aside">
          Each of them, with its line in the file and what was wrong: <FileLink path="rejected.csv" />.
        </p>
      )}
    </>
  );
}

function Mapping({ metrics: { dataset } }: Pick<ReportInput, "metrics">): ReactElement {
  const mapped = Object.entries(dataset.columns.mapped);
  const { unmapped, missing } = dataset.columns;
  const names = (columns: readonly string[]) => listed(columns.map((name) => <code key={name}>{name}</code>));
  return (
    <details>
      <summary>
        {countOf(mapped.length, "column")} recognised
        {unmapped.length > 0 && `, ${countInWords(unmapped.length)} not used`}
        {missing.length > 0 && `, ${countInWords(missing.length)} not there`}
      </summary>
      <dl className="pairs">
        {mapped.map(([name, source]) => (
          <div key={name}>
            <dt>
              <code>{name}</code>
            </dt>
            <dd>{source === name ? "under that name" : <code>{source}</code>}</dd>
          </div>
        ))}
      </dl>
      {unmapped.length > 0 && <p>Not used: {names(unmapped)}.</p>}
      {missing.length > 0 && <p>Not in the file: {names(missing)}.</p>}
    </details>
  );
}

/** Verified accounts beside the others, by followers. */
export function VerifiedTable({
  verified,
}: {
  readonly verified: Metrics["summary"]["verified"];
}): ReactElement {
  const total = verified.reduce((sum, { accounts }) => sum + accounts, 0);
  const ticked = verified.find(({ is_verified }) => is_verified);
  const others = verified.find(({ is_verified }) => !is_verified);
  const times =
    ticked?.followers_median && others?.followers_median
      ? ticked.followers_median / others.followers_median
      : null;
  return (
    <>
      <h3>Verified accounts</h3>
      <p>
        {ticked === undefined || ticked.accounts === 0
          ? `None of the ${countOf(total, "account")} is verified.`
          : `${countOf(ticked.accounts, "account")} of ${countInWords(total)} (${percent(ticked.accounts / total)}) ${plural(ticked.accounts, "is", "are")} verified.`}
        {times !== null &&
          times >= 1.05 &&
          ` By the median they have ${quantity(times)} times the followers of the others.`}
      </p>
      <Table
        caption="Followers of verified accounts and of the others"
        fit
        columns={["accounts", "number", "fewest followers", "median", "most"]}
        rows={verified.map((row) => ({
          key: String(row.is_verified),
          cells: [
            row.is_verified ? "verified" : "others",
            countInWords(row.accounts),
            quantity(row.followers_min),
            quantity(row.followers_median),
            quantity(row.followers_max),
          ],
        }))}
      />
    </>
  );
}

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
        <span key="head" className="unseen">
          column
        </span>,
        ...columns.map((name) => (
          <span key={name} className="upright">
            {spaced(name)}
          </span>
        )),
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
