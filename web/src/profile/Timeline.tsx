import { wholeCount } from "../parts/numbers.ts";
import { bucketPosts } from "./bucketPosts.ts";

const WIDTH = 640;
const HEIGHT = 120;
const EDGE = { left: 28, bottom: 20, top: 6 };

const day = (time: number) =>
  new Date(time).toLocaleDateString("en-GB", {
    day: "numeric",
    month: "short",
    year: "numeric",
    timeZone: "UTC",
  });

/** When an account posted: a bar a week or a month, up to the day on which it was looked at. */
export function Timeline({ posts, until }: { posts: readonly string[]; until: string | null }) {
  const timeline = bucketPosts(posts, until);
  if (timeline === null) return <p className="note">The file lists no dated posts of this account.</p>;
  const { unit, buckets } = timeline;
  const most = Math.max(...buckets.map(({ count }) => count));
  const best = buckets.find(({ count }) => count === most) ?? buckets[0];
  const step = (WIDTH - EDGE.left) / buckets.length;
  const high = HEIGHT - EDGE.bottom - EDGE.top;
  const total = buckets.reduce((sum, { count }) => sum + count, 0);
  const words =
    `${wholeCount(total)} ${total === 1 ? "post is" : "posts are"} listed, a bar a ${unit}, from ${day(buckets[0].from)} on; ` +
    `the most in the ${unit} of ${day(best.from)}: ${best.count}.`;
  return (
    <figure className="timeline">
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={words}>
        {[0, most].map((value) => {
          const y = EDGE.top + high * (1 - value / most);
          return (
            <g key={value}>
              <line x1={EDGE.left} x2={WIDTH} y1={y} y2={y} />
              <text x={EDGE.left - 6} y={y + 4} textAnchor="end">
                {value}
              </text>
            </g>
          );
        })}
        {buckets.map(({ from, count }, i) =>
          count === 0 ? null : (
            <rect
              key={from}
              x={EDGE.left + i * step + step * 0.1}
              y={EDGE.top + high * (1 - count / most)}
              width={Math.max(1, step * 0.8)}
              height={(high * count) / most}
            >
              <title>{`${day(from)}: ${count}`}</title>
            </rect>
          ),
        )}
        <text x={EDGE.left} y={HEIGHT - 4}>
          {day(buckets[0].from)}
        </text>
        <text x={WIDTH} y={HEIGHT - 4} textAnchor="end">
          {until === null ? day(buckets[buckets.length - 1].from) : `looked at ${day(Date.parse(until))}`}
        </text>
      </svg>
      <figcaption className="note">{words}</figcaption>
    </figure>
  );
}
