import type { ReactElement } from "react";
import type { ReportInput } from "../input.ts";
import { countOf, exact, percent } from "../numbers.ts";
import { FileLink } from "../page/FileLink.tsx";
import { columnsIn } from "../rule.ts";
import { ColumnsTable } from "../shared/ColumnsTable.tsx";
import { Table } from "../shared/Table.tsx";
import { fileWords, plural, spaced } from "../words.ts";
import { CorrelationMatrix } from "./CorrelationMatrix.tsx";
import { VerifiedTable } from "./VerifiedTable.tsx";

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
        columns={[{ label: "reason" }, { label: "records", numeric: true }]}
        rows={reasons.map(([reason, count]) => ({ key: reason, cells: [spaced(reason), exact(count)] }))}
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
  return (
    <details>
      <summary>
        {countOf(mapped.length, "column")} recognised
        {unmapped.length > 0 && `, ${exact(unmapped.length)} not used`}
        {missing.length > 0 && `, ${exact(missing.length)} not there`}
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
      {unmapped.length > 0 && (
        <p>
          Not used: <Names names={unmapped} />.
        </p>
      )}
      {missing.length > 0 && (
        <p>
          Not in the file: <Names names={missing} />.
        </p>
      )}
    </details>
  );
}

function Names({ names }: { readonly names: readonly string[] }): ReactElement {
  return (
    <>
      {names.map((name, index) => (
        <span key={index}>
          {index > 0 && ", "}
          <code>{name}</code>
        </span>
      ))}
    </>
  );
}
