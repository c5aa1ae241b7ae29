import { useRef } from "react";
import { useNarrow, useWidth } from "../display.ts";
import { useArriving } from "../files/arriving.ts";
import { wholeCount } from "../format.ts";
import type { JobFacts } from "../types.ts";
import { type Column, fitting, leastWidth, tracksOf } from "./columns.tsx";
import { Card, Who } from "./Line.tsx";
import type { PersonRow } from "./types.ts";

/** What is known of the first people of a file. */
type First = NonNullable<JobFacts["first"]>;

/** What is known of a person only once they are in the workspace. */
const NOT_YET: Omit<PersonRow, keyof First["people"][number]> = {
  ...{ person: 0, read_at: null, imports: [], news: null, growth: null, lists: [] },
  ...{ status: "new", note: null, owner: null, tags: [], version: 0, changed_at: null },
};

/** Columns that have nothing to show of them. */
const EMPTY = ["growth", "status", "tags", "owner", "note"];

/**
 * The best of the first records of a large file, while the rest is read: to look at, until the list is there.
 *
 * @param columns those that were chosen
 */
export function FirstPeople({ columns }: { columns: readonly Column[] }) {
  const coming = useArriving();
  const reading = coming.find(({ state, first }) => state === "reading" && first !== null);
  const shown = useRef(reading);
  // Once all are in, the first stay until the list is there. A file that was added before brings no list.
  const now = coming.find(({ key }) => key === shown.current?.key);
  if (now?.arrived?.already !== false) shown.current = reading;
  const first = shown.current?.first ?? null;
  return first && <FirstList first={first} columns={columns} reading={reading !== undefined} />;
}

interface FirstListProps {
  readonly first: First;
  readonly columns: readonly Column[];
  /** Whether the rest of the file is still being read. */
  readonly reading: boolean;
}

function FirstList({ first, columns: chosen, reading }: FirstListProps) {
  const { among, about, people } = first;
  const narrow = useNarrow();
  const [room, section] = useWidth();
  const told = chosen.filter(({ id }) => !EMPTY.includes(id));
  const columns = narrow ? [] : fitting(told, room);
  const tracks = {
    ["--tracks" as string]: tracksOf(columns),
    ["--least" as string]: `${leastWidth(columns)}rem`,
  };
  return (
    <section className="list" aria-label="First people" ref={section}>
      <p className="first-words" role="status">
        The best of the first {wholeCount(among)}
        {about !== null && ` of about ${wholeCount(about)}`}
        {reading ? "; the rest is being read." : "."}
      </p>
      <div
        role="table"
        className={narrow ? "people first narrow" : "people first"}
        // biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls is scrolled by key too
        tabIndex={0}
        aria-label="First people"
        style={narrow ? undefined : tracks}
      >
        <div role="rowgroup" className={narrow ? "unseen" : "heads"}>
          <div role="row" className="row">
            <span role="columnheader" className="person">
              Person
            </span>
            {columns.map(({ id, title, number }) => (
              <span key={id} role="columnheader" className={number ? "number" : undefined}>
                {title}
              </span>
            ))}
          </div>
        </div>
        <div role="rowgroup" className="rows">
          {people.map((one, i) => {
            const row = { ...one, ...NOT_YET };
            return (
              <div key={i} role="row" className="row">
                <span role="cell" className="person">
                  <Who row={row} />
                  {narrow && <Card row={row} />}
                </span>
                {columns.map(({ id, number, cell }) => (
                  <span key={id} role="cell" className={number ? "number" : `of-${id}`}>
                    {cell(row)}
                  </span>
                ))}
              </div>
            );
          })}
        </div>
      </div>
    </section>
  );
}
