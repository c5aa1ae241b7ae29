import type { ReactElement } from "react";

/** The address of a file beside the report, its name's letters kept from meaning anything in an address. */
export function fileAddress(path: string): string {
  return `./${path.split("/").map(encodeURIComponent).join("/")}`;
}

/** A link to a file beside the report. */
export function FileLink({
  path,
  label,
  about,
}: {
  /** Relative to the report, with `/`. */
  readonly path: string;
  /** What the link says; the path unless given. */
  readonly label?: string;
  /** What the file shows, where the label alone does not tell. */
  readonly about?: string;
}): ReactElement {
  return (
    <a href={fileAddress(path)}>
      {label ?? <code>{path}</code>}
      {about !== undefined && <span className="unseen"> of {about}</span>}
    </a>
  );
}

/** A bar with its name and number. */
export interface MeterRow {
  readonly name: string;
  /** Length as a fraction of the full width, 0 to 1. */
  readonly value: number;
  readonly label: string;
  readonly tone: "blue" | "grey";
}

/** A few shares as bars under each other, each with its number. */
export function MeterRows({
  caption,
  rows,
}: {
  readonly caption: string;
  readonly rows: readonly MeterRow[];
}): ReactElement {
  return (
    <div className="meters">
      <p className="meters-caption">{caption}</p>
      <dl>
        {rows.map(({ name, value, label, tone }) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>
              <span className="track" aria-hidden="true">
                <span
                  className={`tone-${tone}`}
                  style={{ width: `${Math.max(0, Math.min(1, value)) * 100}%` }}
                />
              </span>
              <span className="value">{label}</span>
            </dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
