import type { ReactElement, ReactNode } from "react";
import { range, score } from "../numbers.ts";

/** A row: its cells in the order of the columns, the first being its heading. */
export interface TableRow {
  readonly key: string;
  readonly cells: readonly ReactNode[];
  /** Set off from the others. */
  readonly strong?: boolean;
}

/**
 * A table with a caption. Where it is wider than the page it scrolls inside its box, by pointer or keyboard; the page's
 * script takes the box out of the tab order where nothing is cut.
 */
export function Table({
  caption,
  columns,
  words = [],
  rows,
  className,
  fit = false,
}: {
  readonly caption: string;
  /** Labels. The first column names the rows; the others hold numbers, to the right, with digits of one width. */
  readonly columns: readonly ReactNode[];
  /** Those of the other columns that hold words. */
  readonly words?: readonly string[];
  readonly rows: readonly TableRow[];
  readonly className?: string;
  /** As wide as what is in it, not as the page. */
  readonly fit?: boolean;
}): ReactElement {
  const numeric = columns.map((label, i) =>
    i === 0 || words.some((other) => other === label) ? undefined : "numeric",
  );
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a box that scrolls must be reachable by keyboard
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for forms
    <div className={fit ? "scroll fit" : "scroll"} role="group" aria-label={caption} tabIndex={0}>
      <table className={className}>
        <caption>
          <span>{caption}</span>
        </caption>
        <thead>
          <tr>
            {columns.map((label, index) => (
              <th key={index} scope="col" className={numeric[index]}>
                {label}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map(({ key, cells, strong }) => (
            <tr key={key} className={strong ? "strong" : undefined}>
              {cells.map((cell, index) =>
                index === 0 ? (
                  <th key={index} scope="row">
                    {cell}
                  </th>
                ) : (
                  <td key={index} className={numeric[index]}>
                    {cell}
                  </td>
                ),
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** A number with its interval under it. */
export function Estimate({
  value,
  interval,
}: {
  readonly value: number;
  readonly interval: { readonly low: number; readonly high: number };
}): ReactElement {
  return (
    <>
      {score(value)}
      <span className="under">{range(interval)}</span>
    </>
  );
}
