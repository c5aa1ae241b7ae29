import type { ReactNode } from "react";
import { Fact } from "../../../src/report/shared/Fact.tsx";
import { AlertList } from "../../../src/report/shared/Findings.tsx";
import { Table } from "../../../src/report/shared/Table.tsx";
import { cut, wholeCount } from "../format.ts";
import { Section } from "../parts/Section.tsx";
import { FIELDS, inFieldWords } from "./fields.ts";
import { withoutMap } from "./refusal.ts";
import type { FoundFacts, ImportFacts } from "./types.ts";

const reasonInWords = (reason: string) => reason.replaceAll("_", " ");

/** What a file was recognised as, and how much of it could be used. */
export function Recognised({
  counts: { provider, format, records, rows, rejected, duplicates },
  found: { rejected_by_reason },
  children,
}: {
  counts: Pick<ImportFacts, "provider" | "format" | "records" | "rows" | "rejected" | "duplicates">;
  found: Pick<FoundFacts, "rejected_by_reason">;
  /** Other facts, which come first. */
  children?: ReactNode;
}) {
  const reasons = Object.entries(rejected_by_reason).map(
    ([reason, count]) => `${reasonInWords(reason)}: ${wholeCount(count)}`,
  );
  return (
    <dl className="facts">
      {children}
      <Fact name="Recognised as" value={provider} note={format.toUpperCase()} />
      <Fact name="Profiles" value={wholeCount(rows)} note={`of ${wholeCount(records)} records`} />
      <Fact name="Rejected" value={wholeCount(rejected)} note={reasons.join(", ") || "nothing was wrong"} />
      <Fact name="Duplicates" value={wholeCount(duplicates)} note="the first of each is kept" />
    </dl>
  );
}

/** What was decided about a file, and what stands out in it. */
export function Alerts({ found: { alerts, decided } }: { found: Pick<FoundFacts, "alerts" | "decided"> }) {
  if (alerts.length === 0) return null;
  // Columns have names of code in the words of a terminal.
  const others = alerts
    .filter(({ message }) => !decided.includes(message))
    .map((alert) => ({ ...alert, message: inFieldWords(withoutMap(alert.message)), column: null }));
  return (
    <Section id="alerts" title="What to know about this file">
      {decided.map((sentence) => (
        <p key={sentence}>{inFieldWords(withoutMap(sentence))}</p>
      ))}
      <AlertList alerts={others} />
    </Section>
  );
}

/** The first records that were left out, and why each was. */
export function Rejected({ rejects, rejected }: Pick<FoundFacts, "rejects"> & { rejected: number }) {
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

/** Characters of a value that are shown. */
const LONGEST_VALUE = 60;

/** Values that count as missing because nobody could read them, by their columns. */
export function Blanked({ blanks }: Pick<FoundFacts, "blanks">) {
  if (blanks.length === 0) return null;
  return (
    <Section id="blanked" title="Values that could not be used">
      <p>They count as missing; the rest of each record is kept.</p>
      <Table
        caption="By columns"
        fit
        columns={["column", "values", "why", "the first", "line"]}
        words={["why", "the first"]}
        rows={blanks.map(({ column, impossible, count, value, line }) => ({
          key: `${column} ${impossible}`,
          cells: [
            fieldInWords(column),
            wholeCount(count),
            impossible ? "no account can have it" : "cannot be read",
            <bdi key="value">{cut(value, LONGEST_VALUE)}</bdi>,
            wholeCount(line),
          ],
        }))}
      />
    </Section>
  );
}

/** From which columns of a file was read what. */
export function Mapped({ mapped, unmapped, missing }: Pick<FoundFacts, "mapped" | "unmapped" | "missing">) {
  return (
    <Section id="columns" title="Columns">
      <Table
        caption="What was read from which column"
        fit
        columns={["what", "from"]}
        words={["from"]}
        rows={Object.entries(mapped).map(([field, from]) => ({
          key: field,
          cells: [fieldInWords(field), <bdi key="from">{from}</bdi>],
        }))}
      />
      <Lacking missing={missing} unmapped={unmapped} />
    </Section>
  );
}

/** What a file does not tell, and which of its columns nobody reads. */
export function Lacking({ missing, unmapped }: Pick<FoundFacts, "missing" | "unmapped">) {
  return (
    <>
      {missing.length > 0 && (
        <details>
          <summary>What the file does not tell ({wholeCount(missing.length)})</summary>
          <p>{missing.map(fieldInWords).join("; ")}</p>
        </details>
      )}
      {unmapped.length > 0 && (
        <details>
          <summary>Columns that are not read ({wholeCount(unmapped.length)})</summary>
          <p className="unmapped">{unmapped.join(", ")}</p>
        </details>
      )}
    </>
  );
}

function fieldInWords(field: string): string {
  return field in FIELDS ? FIELDS[field as keyof typeof FIELDS] : field.replaceAll("_", " ");
}
