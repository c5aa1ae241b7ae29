import type { ReactElement } from "react";

/** A part of the report, as the contents list it. */
export interface ContentsEntry {
  readonly id: string;
  readonly title: string;
}

/** Links to the sections, in order. The page's script marks the one in view. */
export function Contents({ entries }: { readonly entries: readonly ContentsEntry[] }): ReactElement {
  return (
    <nav className="contents" aria-labelledby="contents-title">
      <p id="contents-title">Contents</p>
      <ol>
        {entries.map(({ id, title }) => (
          <li key={id}>
            <a href={`#${id}`}>{title}</a>
          </li>
        ))}
      </ol>
    </nav>
  );
}
