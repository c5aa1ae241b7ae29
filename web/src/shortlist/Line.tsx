import type { Row } from "@tanstack/react-table";
import { memo } from "react";
import { answersInWords } from "../../../src/report/shared/answers.ts";
import { chance, daysAgo, handleOf, shortCount } from "../format.ts";
import { Account } from "../parts/Account.tsx";
import { Meter } from "../parts/Answers.tsx";
import { Link } from "../parts/Header.tsx";
import { addressOf } from "../route.ts";
import type { ListedRow } from "../types.ts";
import type { features } from "./columns.tsx";

/** What the table of accounts can do. */
export type Features = typeof features;

interface LineProps {
  readonly index: number;
  readonly start: number;
  /** Undefined until its page is there. */
  readonly row: Row<Features, ListedRow> | undefined;
  readonly dataset: string;
  /** The columns: another text when others are shown. */
  readonly tracks: string;
  readonly narrow: boolean;
  readonly active: boolean;
  readonly chosen: boolean;
  readonly toggle: (row: ListedRow) => void;
  readonly activate: (index: number) => void;
}

/** A row of the list, drawn anew only where what it shows is another. */
export const Line = memo(
  function Line({ index, start, row, dataset, narrow, active, chosen, toggle, activate }: LineProps) {
    const style = { transform: `translateY(${start}px)` };
    const place = { id: `row-${index}`, "aria-rowindex": index + (narrow ? 1 : 2) };
    const look = `line${active ? " active" : ""}${chosen ? " chosen" : ""}`;
    if (row === undefined) {
      return (
        <div role="row" {...place} className={look} style={style} aria-busy="true">
          <span role="gridcell" className="waiting">
            …
          </span>
        </div>
      );
    }
    const { original } = row;
    const to = addressOf(dataset, { row: original.row });
    return (
      <div
        role="row"
        {...place}
        aria-selected={chosen}
        className={look}
        style={style}
        onClick={() => activate(index)}
      >
        <span role="gridcell" className="tick">
          <input
            type="checkbox"
            tabIndex={-1}
            checked={chosen}
            aria-label={`Select ${handleOf(original)}`}
            onChange={() => toggle(original)}
          />
        </span>
        {narrow ? (
          <span role="gridcell" className="brief">
            <Link to={to} tabIndex={-1}>
              <Account row={original} />
            </Link>
            <span className="beside">
              <Meter value={original.probability} />
              {original.has_email && <span className="handle">e-mail</span>}
              {original.flags.length > 0 && <span className="flag">look twice</span>}
            </span>
            <span className="note">{answersInWords(original, chance)}</span>
            <span className="note">
              {shortCount(original.followers)} followers
              {original.days_since_last_post !== null &&
                `, last post ${daysAgo(original.days_since_last_post)}`}
            </span>
          </span>
        ) : (
          row.getVisibleCells().map((cell) => {
            const { columnDef, id } = cell.column;
            const show = columnDef.cell;
            const content = typeof show === "function" ? show(cell.getContext()) : null;
            return (
              <span key={cell.id} role="gridcell" className={columnDef.meta?.number ? "number" : undefined}>
                {id === "account_id" ? (
                  <Link to={to} tabIndex={-1}>
                    {content}
                  </Link>
                ) : (
                  content
                )}
              </span>
            );
          })
        )}
      </div>
    );
  },
  // `toggle` and `activate` are others at each drawing, but do the same.
  (before, after) =>
    before.start === after.start &&
    before.row?.original === after.row?.original &&
    before.tracks === after.tracks &&
    before.narrow === after.narrow &&
    before.active === after.active &&
    before.chosen === after.chosen,
);
