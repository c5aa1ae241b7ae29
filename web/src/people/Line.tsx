import { type MouseEvent, memo, useRef } from "react";
import { cut, dayOf, handleOf, nameOf, shortCount } from "../format.ts";
import { Link } from "../parts/Header.tsx";
import { placeAddress } from "../route.ts";
import { type Column, FlagMark, Meter, Reach, whyInWords } from "./columns.tsx";
import { STATUS_WORDS, StatusDot } from "./Status.tsx";
import type { PersonRow } from "./types.ts";

/** What a row can ask of the list. */
export interface RowDeeds {
  readonly activate: (index: number) => void;
  readonly select: (row: PersonRow, index: number, range: boolean) => void;
  /** Asks for the menu of statuses beside an element. */
  readonly askStatus: (row: PersonRow, beside: Element) => void;
  /** Ticks or clears everybody who is listed. */
  readonly selectAll: () => void;
}

interface LineProps {
  readonly index: number;
  readonly start: number;
  /** Undefined until its page is there. */
  readonly row: PersonRow | undefined;
  readonly columns: readonly Column[];
  readonly narrow: boolean;
  readonly active: boolean;
  readonly chosen: boolean;
  readonly open: boolean;
  /** The words of the list's address, which the person's keeps. */
  readonly query: string;
  readonly deeds: RowDeeds;
}

/** Who it is on one line: the name as they call themselves, and the handle. */
export function Who({ row }: { row: PersonRow }) {
  const handle = handleOf(row);
  const name = nameOf(row);
  return (
    <span className="who-line" title={name === handle ? name : `${name} ${handle}`}>
      <bdi className="name">{cut(name, 60)}</bdi>
      {name !== handle && <bdi className="handle">{cut(handle, 60)}</bdi>}
    </span>
  );
}

/** A row of the list, drawn anew only where what it shows is another. */
export const Line = memo(function Line(props: LineProps) {
  const { index, start, columns, narrow, active, chosen, open, query, deeds } = props;
  // What was shown stays, unseen, until there is another to be written over it.
  const kept = useRef(props.row);
  if (props.row !== undefined) kept.current = props.row;
  const row = kept.current;
  const waiting = props.row === undefined && (
    <span role="gridcell" className="waiting">
      …
    </span>
  );
  const place = { id: `row-${index}`, "aria-rowindex": index + (narrow ? 1 : 2) };
  const look = `row${waiting ? " coming" : ""}${active ? " active" : ""}${chosen ? " chosen" : ""}${open ? " open" : ""}`;
  const style = { transform: `translateY(${start}px)` };
  if (row === undefined) {
    return (
      <div role="row" {...place} className={look} style={style} aria-busy="true">
        {waiting}
      </div>
    );
  }
  const tick = (event: MouseEvent) => {
    event.stopPropagation();
    deeds.select(row, index, event.shiftKey);
  };
  return (
    <div
      role="row"
      {...place}
      aria-selected={chosen}
      aria-busy={waiting ? true : undefined}
      className={`${look} ${row.status}`}
      style={style}
      onClick={() => deeds.activate(index)}
    >
      <span role="gridcell" className="tick">
        <input
          type="checkbox"
          tabIndex={-1}
          checked={chosen}
          aria-label={`Select ${handleOf(row)}`}
          onClick={tick}
          onChange={() => {}}
        />
      </span>
      <span role="gridcell" className="status">
        <button
          type="button"
          tabIndex={-1}
          title={STATUS_WORDS[row.status]}
          aria-label={`Status: ${STATUS_WORDS[row.status]}`}
          onClick={(event) => {
            event.stopPropagation();
            deeds.activate(index);
            deeds.askStatus(row, event.currentTarget);
          }}
        >
          <StatusDot status={row.status} />
        </button>
      </span>
      <span role="gridcell" className="person">
        <Link to={placeAddress("people", row.person, query)} tabIndex={-1}>
          <Who row={row} />
          {narrow && <Card row={row} />}
        </Link>
      </span>
      {!narrow &&
        columns.map(({ id, number, cell }) => (
          <span key={id} role="gridcell" className={number ? "number" : `of-${id}`}>
            {cell(row)}
          </span>
        ))}
      {waiting}
    </div>
  );
});

/** What a card of a phone shows under the name. */
export function Card({ row }: { row: PersonRow }) {
  return (
    <>
      <span className="ends">
        <Reach row={row} none="" />
        <FlagMark row={row} />
      </span>
      <span className="because">{whyInWords(row.why)}</span>
      <span className="beneath">
        <Meter value={row.still_posting ?? row.probability} words="goes on posting" />
        {row.well_answered !== null && <Meter value={row.well_answered} words="answered well" />}
      </span>
      <span className="beneath">
        <span>{shortCount(row.followers)} followers</span>
        {row.last_post !== null && <span>posted {dayOf(row.last_post)}</span>}
      </span>
    </>
  );
}
