import { wholeCount } from "../parts/numbers.ts";
import { changeQuery } from "../route.ts";
import type { ListedRow } from "../types.ts";
import { MOST_COMPARED } from "./Compare.tsx";

/** What can be done with the accounts that are selected. */
export function SelectionBar({
  selected,
  clear,
}: {
  selected: ReadonlyMap<number, ListedRow>;
  clear: () => void;
}) {
  const count = selected.size;
  return (
    <div className="selection" role="status" hidden={count === 0}>
      {count > 0 && (
        <>
          <strong>{wholeCount(count)} selected</strong>
          <button
            type="button"
            className="button"
            disabled={count < 2 || count > MOST_COMPARED}
            onClick={() => changeQuery({ compare: [...selected.keys()].join(",") })}
          >
            Compare
          </button>
          <button type="button" className="button quiet" onClick={clear}>
            Select none
          </button>
          {(count < 2 || count > MOST_COMPARED) && (
            <span className="note">Two to {MOST_COMPARED} can be compared side by side.</span>
          )}
        </>
      )}
    </div>
  );
}
