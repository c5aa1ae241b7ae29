import type { ReactElement, ReactNode } from "react";
import { studyCommand } from "../command.ts";
import type { ReportInput } from "../input.ts";
import { duration } from "../numbers.ts";
import { Table } from "../shared/Table.tsx";
import { spaced } from "../words.ts";

/** How the report was made, so that it can be made again: command, seed, versions, fingerprint, time. */
export function Making({ metrics }: Pick<ReportInput, "metrics">): ReactElement {
  const { options, versions, dataset, created_at, timing } = metrics;
  const steps = Object.entries(timing).filter(([name]) => name.endsWith("_ms"));
  const total = steps.reduce((sum, [, milliseconds]) => sum + milliseconds, 0);
  return (
    <>
      <p>Same file, same seed, same versions: same numbers. To make it again:</p>
      <p className="formula">
        <code>
          {studyCommand(metrics).map((piece) => (
            <span key={piece} className="piece">{`${piece} `}</span>
          ))}
        </code>
      </p>
      <dl className="pairs">
        <Pair name="made">
          <time dateTime={created_at}>{created_at.slice(0, 16).replace("T", " ")} UTC</time>
        </Pair>
        <Pair name="file">
          <code>{dataset.file}</code>
        </Pair>
        <Pair name="its SHA-256">
          <code className="long">{dataset.fingerprint}</code>
        </Pair>
        <Pair name="preset">
          <code>{options.preset}</code>
        </Pair>
        <Pair name="seed">{options.seed}</Pair>
        <Pair name="split">
          {options.split === "seeded" ? "our own, stratified, from the seed" : <code>{options.split}</code>}
        </Pair>
        <Pair name="versions">
          influencer-insights {versions.influencer_insights}, Node {versions.node}, DuckDB {versions.duckdb}
        </Pair>
      </dl>
      {steps.length > 0 && (
        <Table
          caption={`Time taken: ${duration(total)}`}
          fit
          columns={[{ label: "step" }, { label: "time", numeric: true }]}
          rows={steps.map(([name, milliseconds]) => ({
            key: name,
            cells: [spaced(name.slice(0, -3)), duration(milliseconds)],
          }))}
        />
      )}
    </>
  );
}

function Pair({ name, children }: { readonly name: string; readonly children: ReactNode }): ReactElement {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}
