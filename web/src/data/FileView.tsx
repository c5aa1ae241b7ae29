import { ColumnsTable } from "../../../src/report/shared/ColumnsTable.tsx";
import { Alerts, Lacking, Recognised, Rejected } from "../files/Found.tsx";
import { age, share, shortCount } from "../format.ts";
import { Chart } from "../parts/Chart.tsx";
import { Section } from "../parts/Section.tsx";
import { NotThere } from "../parts/States.tsx";
import { ReadAgain } from "../start/ReadAgain.tsx";
import type { DatasetFacts, DatasetSummary } from "../types.ts";
import "./data.css";
import { Tiers } from "./Tiers.tsx";

/** What a file holds: what it was recognised as, what to look out for, its columns, sizes, posting. */
export function FileView({ dataset }: { dataset: DatasetFacts }) {
  const { summary } = dataset;
  if (summary === null) {
    return (
      <NotThere
        dataset={dataset}
        coming="Loading the data…"
        title="There is nothing to look at"
        words="The file was not read. Open it again, or another one, from the start."
      />
    );
  }
  return (
    <>
      <h1 className="page-title">{dataset.name}</h1>
      <Recognised counts={summary} found={summary} />
      <Alerts found={summary} />
      <ReadAgain dataset={dataset.id} title="Is something of that wrong? Read the file otherwise" />
      <Rejected rejects={summary.rejects} rejected={summary.rejected} />
      <Tiers dataset={dataset.id} ready={dataset.ready.shortlist} />
      <Section id="posting" title="Activity">
        <LastPost summary={summary} />
        {summary.figures.length === 0 ? (
          <p className="note">
            The file lists no dated posts, so nobody can tell from it who is still posting.
          </p>
        ) : (
          <div className="charts">
            {summary.figures.map((figure) => (
              <Chart key={figure.name} figure={figure} />
            ))}
          </div>
        )}
      </Section>
      <Section id="columns" title="Columns">
        <ColumnsTable columns={summary.columns} rows={summary.rows} />
        <Lacking missing={summary.missing} unmapped={summary.unmapped} />
      </Section>
    </>
  );
}

function LastPost({ summary }: { summary: DatasetSummary }) {
  const last = (summary.activity as { last_post?: Record<string, number | string> | null }).last_post;
  if (last === null || last === undefined || typeof last.median_days_since_last_post !== "number")
    return null;
  return (
    <p>
      The last post of a middling account is {age(last.median_days_since_last_post)} old;{" "}
      {share(Number(last.posted_within_30_days))} posted within 30 days,{" "}
      {share(Number(last.posted_within_90_days))} within 90 (of {shortCount(Number(last.accounts))} accounts
      with dated posts).
    </p>
  );
}
