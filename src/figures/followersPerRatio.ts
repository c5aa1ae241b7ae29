import type { FollowersPerRatio } from "../analysis/followersPerRatio.ts";
import { countOf } from "../base/words.ts";
import { tailScale, topOffset, topTitle } from "./axes.ts";
import { composeFigure, type Figure, type FigureOptions, REPORT_WIDTH } from "./figure.ts";
import { axesSentence, scatterLayer, shownSentence } from "./scatter.ts";
import { significant } from "./thinning.ts";

/** Likes per video against followers, a point an account, on logarithmic axes that keep zero where there are zeros. */
export function followersPerRatioFigure(data: FollowersPerRatio, options: FigureOptions = {}): Figure {
  const width = options.width ?? REPORT_WIDTH;
  const points = data.points.map(({ followers, likes_per_video }) => ({
    followers,
    likes_per_video: significant(likes_per_video),
  }));
  const across = tailScale(points.map((point) => point.followers));
  const up = tailScale(points.map((point) => point.likes_per_video));
  const left =
    (data.withoutVideos > 0 ? ` ${countOf(data.withoutVideos, "account")} without videos left out.` : "") +
    (data.missing > 0 ? ` ${countOf(data.missing, "row")} without these numbers left out.` : "");
  const axes = axesSentence(across, up);
  const shown = `${shownSentence(points.length, data.rows)}${left}`;
  return composeFigure({
    name: "followers-per-ratio",
    title: "How many likes a video brings, by followers",
    subtitle: `${shown}${axes}`,
    description: `Scatter plot of likes per video against followers. ${shown}${axes}`,
    width,
    bodyHeight: 390 + topOffset(),
    body: {
      layer: [
        scatterLayer(
          points,
          {
            field: "followers",
            type: "quantitative",
            scale: across.scale,
            axis: { ...across.axis, title: "Followers", grid: true },
          },
          {
            field: "likes_per_video",
            type: "quantitative",
            scale: up.scale,
            axis: { ...up.axis, ...topTitle("↑ Likes per video") },
          },
          [
            { field: "followers", title: "Followers", format: "," },
            { field: "likes_per_video", title: "Likes per video", format: ",.1f" },
          ],
        ),
      ],
    },
  });
}
