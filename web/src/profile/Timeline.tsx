import { dayOf, monthOf, wholeCount } from "../format.ts";
import { bucketPosts } from "./bucketPosts.ts";
import "./profile.css";

const WIDTH = 640;
const HEIGHT = 120;

/** When an account posted: a bar a week or a month, up to the day on which it was looked at. */
export function Timeline({ posts, until }: { posts: readonly string[]; until: string | null }) {
  const timeline = bucketPosts(posts, until);
  if (timeline === null) return <p className="note">The file lists no dated posts of this account.</p>;
  const { unit, buckets } = timeline;
  const most = Math.max(...buckets.map(({ count }) => count));
  const best = buckets.find(({ count }) => count === most) ?? buckets[0];
  const step = WIDTH / buckets.length;
  const total = buckets.reduce((sum, { count }) => sum + count, 0);
  const name = (time: number) => (unit === "month" ? monthOf(time) : `the week of ${dayOf(time)}`);
  const words =
    `${wholeCount(total)} ${total === 1 ? "post is" : "posts are"} listed, a bar a ${unit}, from ${name(buckets[0].from)} on; ` +
    `the most in ${name(best.from)}: ${wholeCount(best.count)}.`;
  return (
    <figure className="timeline">
      <svg viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" role="img" aria-label={words}>
        {buckets.map(({ from, count }, i) =>
          count === 0 ? null : (
            <rect
              key={from}
              x={(i + 0.1) * step}
              y={HEIGHT * (1 - count / most)}
              width={0.8 * step}
              height={(HEIGHT * count) / most}
            >
              <title>{`${name(from)}: ${count}`}</title>
            </rect>
          ),
        )}
      </svg>
      <p className="ends note" aria-hidden="true">
        <span>{unit === "month" ? monthOf(buckets[0].from) : dayOf(buckets[0].from)}</span>
        <span>
          {until === null ? dayOf(buckets[buckets.length - 1].from) : `looked at ${dayOf(Date.parse(until))}`}
        </span>
      </p>
      <figcaption className="note">{words}</figcaption>
    </figure>
  );
}
