import type { PostingPace } from "../analysis/postingPace.ts";
import { percentile } from "../base/statistics.ts";
import { compactNumber, countOf } from "../base/words.ts";
import type { Figure, FigureOptions } from "./figure.ts";
import { histogramFigure } from "./histogram.ts";
import { percent } from "./numberFormat.ts";

/** From a post in ten weeks to more than one a day; every bin about twice as far as the one before. */
const ENDS = [0.1, 0.25, 0.5, 1, 2, 4, 7];

/** Accounts by posts a week over their listed posts, in bins that widen. */
export function postsPerWeekFigure(
  { postsPerWeek: values }: Pick<PostingPace, "postsPerWeek">,
  options: FigureOptions = {},
): Figure {
  const total = values.length;
  const median = percentile(values.slice().sort(), 0.5);
  const often = values.filter((pace) => pace > 1).length;
  const summary = `half of them post more than ${compactNumber(median)} times a week, ${percent(often / total)} more than once`;
  const none = "No account has two dated posts, so there is no pace to draw.";
  return histogramFigure(
    {
      name: "posts-per-week",
      title: total === 0 ? "No posting pace is known" : "How often they post",
      subtitle:
        total === 0
          ? none
          : `${countOf(total, "account")} with two dated posts or more, from the oldest to the newest listed one: ${summary}.`,
      description:
        total === 0
          ? none
          : `Share of ${countOf(total, "account")} by posts a week between the oldest and the newest listed post, in bins that widen: ${summary}.`,
      values,
      ends: ENDS,
      axis: "Posts a week",
      what: "Posts a week",
    },
    options,
  );
}
