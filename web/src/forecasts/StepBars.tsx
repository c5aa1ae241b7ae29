import { shareInWords } from "../../../src/base/words.ts";
import type { QuestionCard } from "../../../src/workspace/reportCard.ts";
import { useNarrow } from "../display.ts";
import { wholeCount } from "../format.ts";

/** Units of the drawing: fewer on a phone, where its letters would be too small. */
const WIDTH = { wide: 560, narrow: 320 };
const STEP = 26;
const EDGE = { left: 76, right: 84, top: 22, bottom: 4 };

/**
 * Each step of forecasts as a bar: how many of it did, with the interval, over the range that was forecast. Where a bar ends in the range, the
 * forecast was right.
 *
 * @param did what those did of whom it came true: `posted`
 */
export function StepBars({ groups, did }: { groups: QuestionCard["groups"]; did: string }) {
  const width = useNarrow() ? WIDTH.narrow : WIDTH.wide;
  const height = EDGE.top + STEP * groups.length + EDGE.bottom;
  const x = (share: number) => EDGE.left + share * (width - EDGE.left - EDGE.right);
  const label = groups
    .map(
      ({ from, to, share }) => `forecast ${100 * from} to ${shareInWords(to)}: ${shareInWords(share)} ${did}`,
    )
    .join("; ");
  return (
    <figure className="steps">
      <svg viewBox={`0 0 ${width} ${height}`} role="img" aria-label={label}>
        <text x={0} y={12}>
          forecast
        </text>
        {[0, 0.5, 1].map((share) => (
          <g key={share}>
            <line x1={x(share)} x2={x(share)} y1={EDGE.top} y2={height} className="rule" />
            <text x={x(share)} y={12} textAnchor="middle">
              {100 * share} %
            </text>
          </g>
        ))}
        {groups.map(({ from, to, forecasts, came_true, share, low, high }, i) => {
          const y = EDGE.top + STEP * i;
          const middle = y + STEP / 2;
          return (
            <g key={from}>
              <title>{`${shareInWords(share)} ${did}, ${wholeCount(came_true)} of ${wholeCount(forecasts)}`}</title>
              <rect x={x(from)} width={x(to) - x(from)} y={y + 1} height={STEP - 2} className="forecast" />
              <rect x={x(0)} width={x(share) - x(0)} y={middle - 5} height={10} rx={2} className="did" />
              <line x1={x(low)} x2={x(high)} y1={middle} y2={middle} className="interval" />
              <text x={EDGE.left - 10} y={middle + 4} textAnchor="end">
                {Math.round(100 * from)}–{Math.round(100 * to)} %
              </text>
              <text x={width} y={middle + 4} textAnchor="end" className="count">
                {wholeCount(came_true)} of {wholeCount(forecasts)}
              </text>
            </g>
          );
        })}
      </svg>
      <figcaption>
        <span>
          <i className="did" /> {did}
        </span>
        <span>
          <i className="interval" /> how sure that is
        </span>
        <span>
          <i className="forecast" /> what was forecast
        </span>
      </figcaption>
    </figure>
  );
}
