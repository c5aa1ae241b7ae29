import type { ReactElement, ReactNode } from "react";

/** A figure and its caption around whatever draws it. */
export function FigureFrame({
  name,
  title,
  description,
  className = "plot",
  scrolls = false,
  more,
  children,
}: {
  /** Unique in the page. */
  readonly name: string;
  readonly title: string;
  /** What is drawn and what to see in it: the caption, and the words for who does not see it. */
  readonly description: string;
  readonly className?: string;
  /** Whether the drawing is wider than its box, which then must be reachable by keyboard. */
  readonly scrolls?: boolean;
  /** Stands below the caption. */
  readonly more?: ReactNode;
  readonly children: ReactNode;
}): ReactElement {
  return (
    <figure id={`figure-${name}`} className={className}>
      {/* Not an <img>, which cannot hold an inline drawing that takes the page's colours */}
      <div
        className="canvas"
        role="img"
        aria-label={title}
        aria-describedby={`caption-${name}`}
        data-figure={name}
        tabIndex={scrolls ? 0 : undefined}
      >
        {children}
      </div>
      <figcaption>
        <span id={`caption-${name}`}>{description}</span>
        {more}
      </figcaption>
    </figure>
  );
}
