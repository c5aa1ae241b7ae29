import type { ReactNode } from "react";

/** A part of a view under a heading. @param id of the heading, unique in the page */
export function Section({ id, title, children }: { id: string; title: ReactNode; children: ReactNode }) {
  return (
    <section aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      {children}
    </section>
  );
}
