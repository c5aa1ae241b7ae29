import { ColumnsTable } from "../../../src/report/shared/ColumnsTable.tsx";
import { AlertList } from "../../../src/report/shared/Findings.tsx";
import { age, share, shortCount, wholeCount } from "../format.ts";
import { Chart } from "../parts/Chart.tsx";
import { Fact } from "../parts/Fact.tsx";
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
      <Recognised summary={summary} />
      <Alerts summary={summary} />
      <ReadAgain dataset={dataset.id} title="Is something of that wrong? Read the file otherwise" />
      <Rejected summary={summary} />
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
      </Section>
    </>
  );
}

function Recognised({ summary }: { summary: DatasetSummary }) {
  const { provider, format, records, rows, rejected, rejected_by_reason, duplicates, missing, unmapped } =
    summary;
  const reasons = Object.entries(rejected_by_reason).map(
    ([reason, count]) => `${reasonInWords(reason)}: ${wholeCount(count)}`,
  );
  return (
    <dl className="facts">
      <Fact name="Recognised as" value={provider} note={format.toUpperCase()} />
      <Fact name="Profiles" value={wholeCount(rows)} note={`of ${wholeCount(records)} records`} />
      <Fact name="Rejected" value={wholeCount(rejected)} note={reasons.join(", ") || "nothing was wrong"} />
      <Fact name="Duplicates" value={wholeCount(duplicates)} note="the first of each is kept" />
      <Fact
        name="Columns not there"
        value={wholeCount(missing.length)}
        note={missing.length === 0 ? "all that are known" : missing.join(", ")}
      />
      <Fact
        name="Columns not read"
        value={wholeCount(unmapped.length)}
        note={unmapped.slice(0, 8).join(", ") || "none"}
      />
    </dl>
  );
}

const reasonInWords = (reason: string) => reason.replaceAll("_", " ");

/** The first records that were left out, and why each was. */
function Rejected({ summary: { rejects, rejected } }: { summary: DatasetSummary }) {
  if (rejects.length === 0) return null;
  return (
    <Section id="rejected" title="Rejected records">
      <ul className="rejected">
        {rejects.map(({ line, row, reason, detail }, index) => (
          <li key={index}>
            <strong>
              {line === null ? `Record ${wholeCount((row ?? 0) + 1)}` : `Line ${wholeCount(line)}`}
            </strong>
            : {reasonInWords(reason)}
            {detail === "" ? "" : ` (${detail})`}
          </li>
        ))}
      </ul>
      {rejected > rejects.length && (
        <p className="note">
          The first {wholeCount(rejects.length)} of {wholeCount(rejected)}.
        </p>
      )}
    </Section>
  );
}

function Alerts({ summary }: { summary: DatasetSummary }) {
  const { alerts, decided } = summary;
  if (alerts.length === 0) return null;
  return (
    <Section id="alerts" title="What to know about this file">
      {decided.map((sentence) => (
        <p key={sentence}>{sentence}</p>
      ))}
      <AlertList alerts={alerts.filter(({ message }) => !decided.includes(message))} />
    </Section>
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
