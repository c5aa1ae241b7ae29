import type { ImportanceRow } from "../analysis/permutationImportance.ts";
import { spaced } from "../base/words.ts";
import { estimateAxis, quantity, rowAxis } from "./axes.ts";
import { composeFigure, type Figure, REPORT_WIDTH } from "./figure.ts";
import { layer, tooltip } from "./layers.ts";
import { score } from "./numberFormat.ts";
import { INK } from "./palette.ts";

/** What `permutationImportanceFigure` draws. */
export interface PermutationImportanceData {
  /** One row a feature: mean loss of the metric when its column is shuffled, and the interval of the repeats. */
  readonly features: readonly Pick<ImportanceRow, "feature" | "mean" | "low" | "high">[];
  /** The metric that was measured: "F1". */
  readonly metric: string;
  /** What the rows are: "test rows". */
  readonly rows: string;
}

const ROW = 26;

/** How much the metric falls when a feature's column is shuffled, highest first, with intervals. */
export function permutationImportanceFigure(data: PermutationImportanceData, width = REPORT_WIDTH): Figure {
  const values = [...data.features]
    .sort((a, b) => b.mean - a.mean)
    .map((row) => ({ ...row, feature: spaced(row.feature) }));
  const ends = values.flatMap((row) => [row.low, row.mean, row.high]);
  // Where nothing falls, the axis has to have a width all the same.
  const range = Math.max(0, ...ends) - Math.min(0, ...ends) || 0.5;
  const least = Math.min(0, ...ends) - range * 0.02;
  const most = Math.max(0, ...ends) + range * 0.02;
  const decimals = Math.max(1, Math.ceil(-Math.log10(range / 6)));
  const axis = estimateAxis(`Fall of ${data.metric}`, `.${decimals}f`, width);
  const x = (field: string) => quantity(field, { domain: [least, most], nice: false }, axis);
  const y = rowAxis("feature", 0.4);
  const first = values[0];
  const useless = values.filter((row) => row.low <= 0).length;
  return composeFigure({
    name: "permutation-importance",
    title: "What the network relies on",
    subtitle: `Fall of ${data.metric} on the ${data.rows} when one column is shuffled: mean and 95 % interval of the repeats. A feature at zero is not missed.`,
    description:
      `Permutation importance on the ${data.rows}: the fall of ${data.metric} when one feature's values are shuffled among the rows.` +
      (first === undefined
        ? " There are no features."
        : ` ${first.feature} matters most (${score(first.mean)}, 95 % interval ${score(first.low)} to ${score(first.high)}); for ${useless} of ${values.length} the interval reaches zero.`),
    width,
    bodyHeight: Math.max(1, values.length) * ROW + 44,
    body: {
      data: { values },
      layer: [
        layer([{ at: 0 }], { type: "rule", color: INK.grey, strokeWidth: 1 }, { x: quantity("at") }),
        {
          mark: { type: "rule", color: INK.blue, strokeWidth: 2.5, strokeOpacity: 0.55, strokeCap: "round" },
          encoding: { x: x("low"), x2: { field: "high" }, y },
        },
        {
          mark: { type: "point", color: INK.blue, size: 70, stroke: INK.surface, strokeWidth: 1, opacity: 1 },
          encoding: {
            x: x("mean"),
            y,
            tooltip: tooltip({
              feature: "Feature",
              mean: ["Mean fall", ".4f"],
              low: ["Interval from", ".4f"],
              high: ["to", ".4f"],
            }),
          },
        },
      ],
    },
  });
}
