import { useState } from "react";
import { columns } from "./columns.tsx";
import { Drop } from "./Drop.tsx";

const KEPT = "insights-columns";
/** Without these no row says who it is. */
const ALWAYS = new Set(["account_id"]);

/** Which columns are shown, kept in the browser. */
export interface Columns {
  readonly visible: Readonly<Record<string, boolean>>;
  readonly show: (id: string, shown: boolean) => void;
  readonly reset: () => void;
}

const usual = (): Record<string, boolean> =>
  Object.fromEntries(columns.map(({ id = "", meta }) => [id, meta?.hidden !== true]));

function kept(): Record<string, boolean> {
  try {
    const said: unknown = JSON.parse(localStorage.getItem(KEPT) ?? "{}");
    const own = Object.entries(said ?? {}).filter(([, shown]) => typeof shown === "boolean");
    return { ...usual(), ...Object.fromEntries(own) };
  } catch {
    return usual();
  }
}

/** See {@link Columns}. */
export function useColumns(): Columns {
  const [visible, setVisible] = useState(kept);
  return {
    visible,
    show: (id, shown) => {
      const next = { ...visible, [id]: shown };
      localStorage.setItem(KEPT, JSON.stringify(next));
      setVisible(next);
    },
    reset: () => {
      localStorage.removeItem(KEPT);
      setVisible(usual());
    },
  };
}

/** Chooses the columns. */
export function ColumnChooser({ columns: { visible, show, reset } }: { columns: Columns }) {
  return (
    <Drop label="Columns">
      <fieldset className="checks">
        <legend className="unseen">Columns that are shown</legend>
        {columns.map(({ id = "", meta }) => (
          <label key={id}>
            <input
              type="checkbox"
              checked={visible[id] ?? true}
              disabled={ALWAYS.has(id)}
              onChange={(event) => show(id, event.target.checked)}
            />{" "}
            {meta?.title}
          </label>
        ))}
      </fieldset>
      <button type="button" className="button" onClick={reset}>
        As usual
      </button>
    </Drop>
  );
}
