import type { ReactElement, ReactNode } from "react";
import { spaced } from "../../base/words.ts";
import type { ReportInput } from "../input.ts";
import type { Metrics } from "../metrics.ts";
import { duration } from "../numbers.ts";
import { FileLink } from "../page/parts.tsx";
import { Table } from "../shared/Table.tsx";
import { listed } from "../words.ts";

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
          columns={["step", "time"]}
          rows={steps.map(([name, milliseconds]) => ({
            key: name,
            cells: [spaced(name.slice(0, -3)), duration(milliseconds)],
          }))}
        />
      )}
    </>
  );
}

function Pair({ name, children }: { readonly name: ReactNode; readonly children: ReactNode }): ReactElement {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** A word for a POSIX shell, quoted where it has to be. */
function quoted(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) && !word.startsWith("-") ? word : `'${word.replaceAll("'", "'\\''")}'`;
}

/**
 * The command that makes the report again, in pieces that belong together: an option and its value. Of the file only the
 * name is known, not where it was.
 */
export function studyCommand({ options, dataset }: Pick<Metrics, "options" | "dataset">): string[] {
  return [
    "insights study",
    quoted(dataset.file.startsWith("-") ? `./${dataset.file}` : dataset.file),
    `--preset ${quoted(options.preset)}`,
    `--seed ${options.seed}`,
    `--seeds ${options.seeds}`,
    `--min-precision ${options.min_precision}`,
    ...(options.split === "seeded" ? [] : [`--split ${quoted(options.split)}`]),
  ];
}

const ABOUT: readonly (readonly [string, string])[] = [
  ["metrics.json", "every number of this report"],
  ["predictions.csv", "each account with its part, probability, decision and label"],
  ["rejected.csv", "each rejected record and each cell that could not be read, with its line and the reason"],
];

/** The files beside the report. */
export function Files({ metrics, files }: Pick<ReportInput, "metrics" | "files">): ReactElement {
  const model = files.filter((path) => path.startsWith("model/"));
  const recommended = files.filter((path) => /^recommended\/[^/]+$/.test(path));
  const known = ABOUT.filter(([path]) => files.includes(path));
  const figures = metrics.figures.filter(({ name }) => files.includes(`figures/${name}.svg`));
  return (
    <dl className="pairs">
      {known.map(([path, about]) => (
        <Pair key={path} name={<FileLink path={path} />}>
          {about}
        </Pair>
      ))}
      {model.length > 0 && (
        <Pair name={<code>model/</code>}>
          the original study’s network with everything it needs to be used again:{" "}
          {listed(
            model.map((path) => <FileLink key={path} path={path} label={path.slice("model/".length)} />),
          )}
        </Pair>
      )}
      {recommended.length > 0 && (
        <Pair name={<code>recommended/</code>}>
          the recommended model in <code>model/</code>, its figures in <code>figures/</code>; beside them{" "}
          {listed(
            recommended.map((path) => (
              <FileLink
                key={path}
                path={path}
                label={path.slice("recommended/".length)}
                about="the recommended model"
              />
            )),
          )}
        </Pair>
      )}
      {figures.length > 0 && (
        <Pair name={<code>figures/</code>}>
          the figures as SVG, PNG and Vega-Lite; each links to its own above
        </Pair>
      )}
    </dl>
  );
}
