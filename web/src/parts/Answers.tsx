import type { Question } from "../../../src/bundle/answers.ts";
import { standsOn } from "../../../src/report/shared/answers.ts";
import { chance } from "../format.ts";
import type { ListedRow } from "../types.ts";

/** A probability as a bar and a number. */
export function Meter({ value, title }: { value: number | null; title?: string }) {
  if (value === null) return <span className="note inline">–</span>;
  return (
    <span className="sure" title={title}>
      <span className="track" aria-hidden="true">
        <span style={{ inlineSize: `${100 * value}%` }} />
      </span>
      {chance(value)}
    </span>
  );
}

/** The answer to a question; what it stands on is told to whoever points at it, and to whoever does not see it. */
export function Answer({ row, question }: { row: ListedRow; question: Question }) {
  const words = standsOn(row, question);
  return (
    <>
      <Meter value={row[question]} title={words} />
      {words !== "" && <span className="unseen"> {words}</span>}
    </>
  );
}

/** What to look at twice, as small labels; why is told to whoever points at one. */
export function Flags({ flags }: Pick<ListedRow, "flags">) {
  return flags.map(({ name, words }) => (
    <span key={name} className="flag" title={words}>
      {name.replaceAll("-", " ")}
    </span>
  ));
}
