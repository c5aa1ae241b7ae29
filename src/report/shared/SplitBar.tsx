import type { ReactElement } from "react";

/** A piece of a bar. */
export interface Piece {
  readonly name: string;
  /** Its size, in the unit of the whole bar. */
  readonly value: number;
  /** How its size is told. */
  readonly label: string;
  readonly tone: "right" | "wrong" | "missed" | "quiet";
}

/** A bar split in pieces, with a list that says the same in words. Pieces of nothing are only in the list. */
export function SplitBar({
  label,
  pieces,
}: {
  readonly label: string;
  readonly pieces: readonly Piece[];
}): ReactElement {
  const whole = pieces.reduce((sum, { value }) => sum + value, 0);
  return (
    <div className="split">
      <div className="split-bar" aria-hidden="true">
        {pieces
          .filter(({ value }) => value > 0)
          .map(({ name, value, tone }) => (
            <span key={name} className={`tone-${tone}`} style={{ flexGrow: value / whole }} />
          ))}
      </div>
      <ul aria-label={label}>
        {pieces.map(({ name, label: size, tone }) => (
          <li key={name}>
            <span className={`dot tone-${tone}`} aria-hidden="true" />
            <strong>{size}</strong> {name}
          </li>
        ))}
      </ul>
    </div>
  );
}
