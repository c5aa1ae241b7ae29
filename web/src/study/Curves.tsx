import { useNarrow } from "../display.ts";
import type { Table } from "./policies.ts";

/** Units of the drawing: fewer on a phone, where its letters would be too small. */
const WIDTH = { wide: 640, narrow: 330 };
const HEIGHT = 200;
const EDGE = { left: 44, right: 8, top: 8, bottom: 24 };

const LINES = [
  { name: "precision", color: "var(--figure-blue)", dash: "" },
  { name: "recall", color: "var(--figure-orange)", dash: "7 3" },
  { name: "f1", color: "var(--figure-green)", dash: "2 3" },
] as const;

/** Precision, recall and F1 against the threshold, and where the slider is. Drawn by hand: it follows the finger. */
export function Curves({ table, at }: { table: Table; at: number }) {
  const width = useNarrow() ? WIDTH.narrow : WIDTH.wide;
  const x = (threshold: number) => EDGE.left + threshold * (width - EDGE.left - EDGE.right);
  const y = (value: number) => HEIGHT - EDGE.bottom - value * (HEIGHT - EDGE.top - EDGE.bottom);
  const points = (values: readonly (number | null)[]) =>
    table.threshold.flatMap((threshold, i) => {
      const value = values[i];
      return value === null || value === undefined
        ? []
        : [`${x(threshold).toFixed(1)},${y(value).toFixed(1)}`];
    });
  return (
    <figure className="curves">
      <svg
        viewBox={`0 0 ${width} ${HEIGHT}`}
        role="img"
        aria-label="Precision, recall and F1 against the threshold"
      >
        {[0, 0.5, 1].map((value) => (
          <g key={value}>
            <line x1={EDGE.left} x2={width - EDGE.right} y1={y(value)} y2={y(value)} className="rule" />
            <text x={EDGE.left - 6} y={y(value) + 4} textAnchor="end">
              {100 * value} %
            </text>
            <text
              x={x(value)}
              y={HEIGHT - 6}
              textAnchor={value === 0 ? "start" : value === 1 ? "end" : "middle"}
            >
              {100 * value} %
            </text>
          </g>
        ))}
        {LINES.map(({ name, color, dash }) => (
          <g key={name}>
            <polyline
              points={points(table[name]).join(" ")}
              fill="none"
              stroke={color}
              strokeWidth={2.25}
              strokeDasharray={dash}
            />
          </g>
        ))}
        <line
          x1={x(table.threshold[at])}
          x2={x(table.threshold[at])}
          y1={EDGE.top}
          y2={HEIGHT - EDGE.bottom}
          className="here"
        />
      </svg>
      <figcaption>
        {LINES.map(({ name, color, dash }) => (
          <span key={name}>
            <svg width="28" height="8" aria-hidden="true">
              <line x1="0" x2="28" y1="4" y2="4" stroke={color} strokeWidth={2.5} strokeDasharray={dash} />
            </svg>{" "}
            {name === "f1" ? "F1" : name}
          </span>
        ))}
      </figcaption>
    </figure>
  );
}
