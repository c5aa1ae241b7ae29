import type { ReactElement, ReactNode } from "react";

/** A section of the report: a heading that the contents link to, and what stands under it. */
export function Section({
  id,
  title,
  children,
}: {
  /** Anchor, unique in the page. */
  readonly id: string;
  readonly title: string;
  readonly children: ReactNode;
}): ReactElement {
  return (
    <section id={id} aria-labelledby={`${id}-title`}>
      <h2 id={`${id}-title`}>
        <a className="anchor" href={`#${id}`}>
          {title}
        </a>
      </h2>
      {children}
    </section>
  );
}
