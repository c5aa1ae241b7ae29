import type { PostingTimes } from "../analysis/posting.ts";
import { countOf } from "../base/words.ts";
import { quantity } from "./axes.ts";
import { composeFigure, type Figure, REPORT_WIDTH } from "./figure.ts";
import { layer, tooltip } from "./layers.ts";
import { percent } from "./numberFormat.ts";
import { INK } from "./palette.ts";

const WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

const ROW_HEIGHT = 26;

/** Strength of the emptiest and of the fullest cell. */
const FAINT = 0.05;
const FULL = 0.95;

function hours(hour: number): string {
  const two = (value: number) => String(value).padStart(2, "0");
  return `${two(hour)}:00–${two(hour)}:59`;
}

/** Posts by weekday and hour (UTC), stronger where there are more. */
export function postingTimesFigure(
  { counts, posts }: Pick<PostingTimes, "counts" | "posts">,
  width = REPORT_WIDTH,
): Figure {
  const most = Math.max(...counts.flat());
  const values = counts.flatMap((row, day) =>
    row.map((count, hour) => ({
      hour,
      next: hour + 1,
      day: WEEKDAYS[day],
      when: hours(hour),
      posts: count,
      share: posts === 0 ? "none" : percent(count / posts),
      strength: FAINT + (most === 0 ? 0 : ((FULL - FAINT) * count) / most),
    })),
  );
  const days = width < 480 ? WEEKDAYS.map((day) => day.slice(0, 3)) : WEEKDAYS;
  const fullest = values.reduce((best, cell) => (cell.posts > best.posts ? cell : best));
  const emptiest = values.reduce((least, cell) => (cell.posts < least.posts ? cell : least));
  const named = (cell: (typeof values)[number]) => `${cell.day} ${cell.when} (${cell.share})`;
  const summary =
    posts === 0
      ? "No post has a date, so there is nothing to draw."
      : `${countOf(posts, "post")} by weekday and hour in UTC, not in the accounts' own time. Most: ${named(fullest)}; fewest: ${named(emptiest)}.`;
  return composeFigure({
    name: "posting-times",
    title: posts === 0 ? "No posting times are known" : "When they post",
    subtitle: summary,
    description: `Grid of seven weekdays and 24 hours. ${summary}`,
    width,
    bodyHeight: 7 * ROW_HEIGHT + 46,
    body: layer(
      values,
      { type: "rect", color: INK.blue, cornerRadius: 2, stroke: INK.surface, strokeWidth: 1 },
      {
        x: quantity(
          "hour",
          { domain: [0, 24], nice: false },
          {
            title: "Hour of the day (UTC)",
            values: [0, 3, 6, 9, 12, 15, 18, 21, 24],
            domain: false,
            format: "d",
          },
        ),
        x2: { field: "next" },
        y: {
          field: "day",
          type: "nominal",
          sort: WEEKDAYS,
          axis: {
            title: null,
            grid: false,
            labelExpr: `${JSON.stringify(Object.fromEntries(WEEKDAYS.map((day, i) => [day, days[i]])))}[datum.value]`,
          },
        },
        fillOpacity: { field: "strength", type: "quantitative", scale: null, legend: null },
        tooltip: tooltip({
          day: "Weekday",
          when: "Time (UTC)",
          posts: ["Posts", ",d"],
          share: "Share of all",
        }),
      },
    ),
  });
}
