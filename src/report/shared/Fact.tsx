import type { ReactElement, ReactNode } from "react";

/** A fact in a list of facts (`<dl className="facts">`): its name, its value, and a note under it. */
export function Fact({
  name,
  value,
  note = "",
}: {
  readonly name: string;
  readonly value: ReactNode;
  readonly note?: ReactNode;
}): ReactElement {
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        <span className="value">{value}</span>
        <span className="note">{note}</span>
      </dd>
    </div>
  );
}
