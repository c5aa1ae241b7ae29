import type { ReactElement } from "react";
import type { InformationScore } from "../../analysis/summarySchema.ts";
import type { ReportInput } from "../input.ts";
import type { Metrics } from "../metrics.ts";
import { percent, score } from "../numbers.ts";
import { FigureGroup } from "../page/FigureGroup.tsx";
import { Table } from "../shared/Table.tsx";
import { listed } from "../words.ts";

/** Below this many nats above chance a column tells next to nothing. */
const FAINT = 0.02;

/** What each column tells about the label, beside what chance gives; and the published variant, for the record. */
export function Information({ metrics, figures, files }: ReportInput): ReactElement {
  const rows = informationRows(metrics);
  const all = entropy(metrics.target.positive_rate);
  const [most] = rows;
  const faint = rows.filter((row) => beyondChance(row) < FAINT);
  return (
    <>
      <p>
        Mutual information: how much knowing one column tells about the label, in nats. 0 is nothing,{" "}
        {score(all, 2)} would be everything there is to know. A limited number of accounts gives any column a
        little by chance; shuffled labels show how much.
      </p>
      {most !== undefined && (
        <p>
          <code>{most.column}</code> tells most: {score(most.score, 2)}, where shuffled labels give{" "}
          {score(most.shuffled, 2)}.
          {faint.length > 0 && faint.length < rows.length && (
            <>
              {" "}
              Next to nothing beyond chance {faint.length === 1 ? "comes" : "come"} from{" "}
              {listed(faint.map(({ column }) => <code key={column}>{column}</code>))}.
            </>
          )}
          {faint.length === rows.length &&
            " But none of the columns tells more than chance would, or hardly."}
        </p>
      )}
      <FigureGroup names={["mi-scores"]} figures={figures} files={files} />
      <details>
        <summary>The numbers</summary>
        <InformationTable rows={rows} />
      </details>
      <Published rows={rows} />
    </>
  );
}

function InformationTable({ rows }: { readonly rows: readonly InformationRow[] }): ReactElement {
  return (
    <Table
      caption="Mutual information with the label, in nats"
      columns={["column", "score", "by chance", "as published", "of that by chance"]}
      rows={rows.map(({ column, score: value, shuffled, published }) => ({
        key: column,
        cells: [
          <code key="column">{column}</code>,
          score(value),
          score(shuffled),
          score(published?.score ?? null),
          score(published?.shuffled ?? null),
        ],
      }))}
    />
  );
}

/** Why the published picture looked richer. */
function Published({ rows }: { readonly rows: readonly InformationRow[] }): ReactElement | null {
  const worst = mostlyChance(rows);
  if (worst === undefined) return null;
  const { published } = worst;
  return (
    <p>
      The published study took counts for categories. Where almost every account has a value of its own, such
      a column “knows” any label by heart: taken that way, <code>{worst.column}</code> scores{" "}
      {score(published.score, 2)}, and still {score(published.shuffled, 2)} when the labels are shuffled. So{" "}
      {percent(Math.min(1, published.shuffled / published.score))} of it is chance. Measured by nearest
      neighbours it is {score(worst.score, 2)}.
    </p>
  );
}

/** A column's mutual information with the label, in nats; `published` the published variant, where it was computed. */
interface InformationRow extends InformationScore {
  readonly column: string;
  readonly published: InformationScore | undefined;
}

/** The columns by what they tell beyond chance, most first. */
export function informationRows(metrics: Metrics): InformationRow[] {
  return Object.entries(metrics.mutual_information)
    .map(([column, found]) => ({
      ...found,
      column,
      published: metrics.mutual_information_as_published[column],
    }))
    .sort((a, b) => beyondChance(b) - beyondChance(a));
}

/** Nats above what shuffled labels give. */
export function beyondChance(row: Pick<InformationRow, "score" | "shuffled">): number {
  return row.score - row.shuffled;
}

/** All there is to know about a yes or no with this share of yes, in nats: its entropy. */
export function entropy(share: number): number {
  return [share, 1 - share].reduce((sum, p) => (p > 0 ? sum - p * Math.log(p) : sum), 0);
}

/** The column whose published score owes most to chance, in nats; undefined where nothing was taken as a category. */
export function mostlyChance(rows: readonly InformationRow[]) {
  return rows
    .flatMap(({ published, ...row }) => (published === undefined ? [] : [{ ...row, published }]))
    .filter(({ published }) => published.kind === "category" && published.score > 0)
    .sort((a, b) => b.published.shuffled - a.published.shuffled)
    .at(0);
}
