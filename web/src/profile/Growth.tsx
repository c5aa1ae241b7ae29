import { dayOf, shortCount, signedShare } from "../format.ts";
import type { Growth as Change, SeriesPoint } from "../people/types.ts";

const WIDTH = 96;
const HEIGHT = 24;

/** A value at a time. */
interface Point {
  readonly at: number;
  readonly value: number;
}

/** The places of points in a drawing, from left to right, the least at the bottom; a line in the middle where all are the same. */
export function placesOf(points: readonly Point[], width: number, height: number): [number, number][] {
  const times = points.map(({ at }) => at);
  const values = points.map(({ value }) => value);
  const [first, span] = [Math.min(...times), Math.max(...times) - Math.min(...times)];
  const [low, range] = [Math.min(...values), Math.max(...values) - Math.min(...values)];
  return points.map(({ at, value }) => [
    span === 0 ? 0 : (width * (at - first)) / span,
    range === 0 ? height / 2 : height * (1 - (value - low) / range),
  ]);
}

const COUNTS = [
  ["followers", "Followers"],
  ["likes", "Likes"],
  ["videos", "Videos"],
] as const;

/** How an account has grown, where it was read more than once: a small line each, and what changed in 30 days. */
export function Growth({ series, growth }: { series: readonly SeriesPoint[]; growth: Change | null }) {
  const lines = COUNTS.flatMap(([name, title]) => {
    const points = series.flatMap(({ read_at, [name]: value }) =>
      read_at === null || value === null ? [] : [{ at: Date.parse(read_at), value }],
    );
    return points.length < 2 ? [] : [{ name, title, points, change: growth?.[name] ?? null }];
  });
  if (lines.length === 0) return null;
  return (
    <section className="part">
      <h3>
        Growth
        {growth !== null && <span className="note inline"> in 30 days, since {dayOf(growth.since)}</span>}
      </h3>
      <dl className="properties growth">
        {lines.map(({ name, title, points, change }) => {
          const places = placesOf(points, WIDTH, HEIGHT);
          const [first, last] = [points[0].value, points[points.length - 1].value];
          return (
            <div key={name}>
              <dt>{title}</dt>
              <dd>
                <svg
                  viewBox={`-3 -3 ${WIDTH + 6} ${HEIGHT + 6}`}
                  width={WIDTH + 6}
                  height={HEIGHT + 6}
                  role="img"
                  aria-label={`${title} from ${shortCount(first)} to ${shortCount(last)}`}
                >
                  <polyline points={places.map((place) => place.join(",")).join(" ")} />
                  <circle cx={places[places.length - 1][0]} cy={places[places.length - 1][1]} r="2.5" />
                </svg>
                <span>
                  {change === null ? "–" : `${change < 0 ? "−" : "+"}${shortCount(Math.abs(change))}`}
                  {name === "followers" &&
                    growth?.followers_rate != null &&
                    ` (${signedShare(growth.followers_rate)})`}
                </span>
              </dd>
            </div>
          );
        })}
      </dl>
    </section>
  );
}
