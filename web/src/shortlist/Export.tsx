import { useState } from "react";
import { askFile } from "../api.ts";
import { wholeCount } from "../format.ts";
import type { ListedRow } from "../types.ts";
import { Drop } from "./Drop.tsx";
import { type Choice, exportQuery } from "./query.ts";

const FORMATS = [
  ["excel", "For spreadsheets"],
  ["csv", "CSV"],
  ["ndjson", "NDJSON"],
  ["markdown", "Markdown"],
] as const;
const SIZES = ["20", "50", "200", "1000", "5000"];

/** Takes the selected accounts along, or the first of the list as it is filtered. */
export function Export({
  dataset,
  choice,
  selected,
}: {
  dataset: string;
  choice: Choice;
  selected: ReadonlyMap<number, ListedRow>;
}) {
  const [top, setTop] = useState(choice.top ?? "200");
  const [contacts, setContacts] = useState(true);
  const [error, setError] = useState<string | null>(null);
  const chosen = selected.size > 0;
  // The short list is short by itself; a number asked for is filled up with others.
  const shown = choice.short && choice.top === undefined && top === "200" ? undefined : top;
  const query = (format: string) => exportQuery(format, contacts, [...selected.keys()], choice, shown);
  return (
    <Drop label="Export">
      {chosen ? (
        <p>
          <strong>{wholeCount(selected.size)} selected</strong>, the surest first.
        </p>
      ) : (
        <label>
          The first{" "}
          <select value={top} onChange={(event) => setTop(event.target.value)}>
            {(SIZES.includes(top) ? SIZES : [top, ...SIZES]).map((size) => (
              <option key={size} value={size}>
                {wholeCount(Number(size))}
              </option>
            ))}
          </select>{" "}
          of the list, the surest first
        </label>
      )}
      <label className="check">
        <input type="checkbox" checked={contacts} onChange={(event) => setContacts(event.target.checked)} />{" "}
        with contacts (e-mail, other platforms)
      </label>
      <ul className="formats">
        {FORMATS.map(([format, name]) => {
          const address = `/v1/datasets/${encodeURIComponent(dataset)}/shortlist?${query(format)}`;
          return (
            <li key={format}>
              <a
                className="button"
                href={address}
                download
                onClick={(event) => {
                  setError(null);
                  askFile(event, address).catch((problem: Error) => setError(problem.message));
                }}
              >
                {name}
              </a>
            </li>
          );
        })}
      </ul>
      {error !== null && (
        <p className="problem" role="alert">
          {error}
        </p>
      )}
    </Drop>
  );
}
