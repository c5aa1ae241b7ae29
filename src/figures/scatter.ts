import { countInWords, countOf } from "../base/words.ts";
import type { Properties, TailScale } from "./axes.ts";
import { type TooltipField, tooltip } from "./hover.ts";
import { INK } from "./palette.ts";

/**
 * A layer of accounts as points. The more there are, the smaller and fainter, so that density shows as darkness.
 *
 * @param points rows with the fields of both axes and of the tooltip
 */
export function scatterLayer(
  points: readonly object[],
  x: Properties,
  y: Properties,
  fields: readonly TooltipField[],
): Record<string, unknown> {
  const n = points.length;
  return {
    data: { values: points },
    mark: {
      type: "circle",
      color: INK.blue,
      size: n > 2000 ? 12 : n > 300 ? 18 : 32,
      opacity: 1,
      fillOpacity: n > 2000 ? 0.3 : n > 300 ? 0.45 : 0.65,
    },
    encoding: { x, y, tooltip: tooltip(fields) },
  };
}

/** How many accounts are drawn: "1,000 accounts." or "A random 5,000 of 90,000 accounts." */
export function shownSentence(points: number, rows: number): string {
  if (points >= rows) return `${countOf(rows, "account")}.`;
  return `A random ${countInWords(points)} of ${countOf(rows, "account")}.`;
}

/** How the axes of a scatter plot are scaled, as a sentence to follow others; nothing for plain axes. */
export function axesSentence(across: TailScale, up: TailScale): string {
  if (across.kind === "linear" && up.kind === "linear") return "";
  const which =
    across.kind !== "linear" && up.kind !== "linear"
      ? "Both axes are"
      : `The ${across.kind === "linear" ? "vertical" : "horizontal"} axis is`;
  const zero = across.kind === "symlog" || up.kind === "symlog" ? ", with a place for zero" : "";
  return ` ${which} logarithmic${zero}.`;
}
