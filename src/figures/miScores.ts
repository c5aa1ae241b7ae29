import type { InformationTable } from "../analysis/information.ts";
import type { InformationScore } from "../analysis/summarySchema.ts";
import { scoreInWords, spaced } from "../base/words.ts";
import { type Properties, quantity, rowAxis } from "./axes.ts";
import { composeFigure, type Figure, REPORT_WIDTH } from "./figure.ts";
import { layer, tooltip } from "./layers.ts";
import { rectangleLegend } from "./legend.ts";
import { score } from "./numberFormat.ts";
import { INK } from "./palette.ts";
import { textWidth } from "./textWidth.ts";
import { LABEL_SIZE, PADDING } from "./theme.ts";

/** What `miScoresFigure` draws. */
export interface MiScores {
  readonly table: InformationTable;
  /** The target's name: "engagement". */
  readonly target: string;
}

const ROW = 24;
const PANEL_TITLE = 18;
const GAP = 22;
const LABEL_GAP = 10;
const CHANCE = "What shuffled labels score";
const SIGNAL = "Above chance";

/** A row for the part of a column's score that shuffled labels reach too, and one for what is above it; none below zero. */
function parts(order: readonly string[], scores: Readonly<Record<string, InformationScore>>): object[] {
  return order
    .filter((column) => scores[column] !== undefined)
    .flatMap((column) => {
      const { score: value, shuffled } = scores[column];
      const end = Math.max(0, value);
      const chance = Math.max(0, Math.min(value, shuffled));
      const label = Math.abs(value) < 0.0995 ? scoreInWords(value) : score(value);
      const bar = { column: spaced(column), score: value, shuffled, label };
      return [
        { ...bar, part: CHANCE, from: 0, to: chance },
        { ...bar, part: SIGNAL, from: chance, to: end },
      ];
    });
}

/**
 * Mutual information of each column with the target, highest first, the part that shuffled labels score too in grey.
 * Beside it the published variant, in the same order and on the same scale.
 */
export function miScoresFigure(data: MiScores, width = REPORT_WIDTH): Figure {
  const { corrected, published } = data.table;
  const columns = [...new Set([...Object.keys(corrected), ...Object.keys(published)])];
  const order = columns.sort((a, b) => (corrected[b]?.score ?? -1) - (corrected[a]?.score ?? -1));
  const all = [...Object.values(corrected), ...Object.values(published)];
  const most = Math.max(0.1, ...all.map((entry) => Math.max(entry.score, entry.shuffled)));
  const widest = Math.ceil(Math.max(0, ...order.map((name) => textWidth(spaced(name), LABEL_SIZE))));
  const beside = width >= 560;
  const labels = widest + LABEL_GAP;
  const plot = Math.floor((width - 2 * PADDING - labels - (beside ? GAP : 0) - 4) / (beside ? 2 : 1));
  const legend = rectangleLegend(
    [
      { name: SIGNAL, color: INK.blue },
      { name: CHANCE, color: INK.grey },
    ],
    width,
  );
  const panel = (title: string, scores: typeof corrected, names: number): Properties => {
    const y = {
      ...rowAxis("column", 0.28, order.map(spaced)),
      axis:
        names === 0
          ? null
          : { title: null, grid: false, labelColor: INK.text, minExtent: names, maxExtent: names },
    };
    const x = (field: string) => quantity(field, { domain: [0, most * (1 + 34 / plot)], nice: false }, null);
    return {
      title: { text: title, fontSize: LABEL_SIZE + 0.5, lineHeight: 16, offset: 6, frame: "group" },
      width: plot,
      height: Math.max(1, order.length) * ROW,
      data: { values: parts(order, scores) },
      layer: [
        {
          mark: { type: "bar" },
          encoding: {
            x: x("from"),
            x2: { field: "to" },
            y,
            color: { field: "part", type: "nominal", ...legend.scale },
            tooltip: tooltip({
              column: "Column",
              score: ["Score", ".3f"],
              shuffled: ["Shuffled labels", ".3f"],
            }),
          },
        },
        layer([{ at: 0 }], { type: "rule", color: INK.axis, strokeWidth: 1 }, { x: x("at") }),
        {
          transform: [{ filter: { field: "part", equal: SIGNAL } }],
          mark: { type: "text", align: "left", dx: 5 },
          encoding: { x: x("to"), y, text: { field: "label" } },
        },
      ],
    };
  };
  const panels = [
    panel("By nearest neighbours", corrected, labels),
    panel("As published", published, beside ? 0 : labels),
  ];
  const rows = beside ? 1 : 2;
  const top = order[0];
  return composeFigure({
    name: "mi-scores",
    title: "Which columns tell something about the target",
    subtitle: `Mutual information with “${data.target}” in nats. Grey is what shuffled labels score too: chance. As published, counts were taken for categories.`,
    description:
      `Mutual information of each column with the target “${data.target}”, highest first, estimated by nearest neighbours, and beside it the published variant that takes counts for categories.` +
      (top === undefined || corrected[top] === undefined
        ? " No column could be measured."
        : ` ${spaced(top)} tells most (${score(corrected[top].score)} nats, ${score(corrected[top].shuffled)} with shuffled labels).${publishedSentence(published)}`),
    width,
    bodyHeight: legend.height + rows * (Math.max(1, order.length) * ROW + PANEL_TITLE) + (rows - 1) * 14 - 12,
    fit: false,
    body: { [beside ? "hconcat" : "vconcat"]: panels, spacing: beside ? GAP : 14 },
  });
}

function publishedSentence(published: Readonly<Record<string, InformationScore>>): string {
  const chance = Object.entries(published)
    .filter(([, entry]) => entry.score > 0.1 && entry.shuffled > entry.score / 2)
    .map(([column]) => spaced(column));
  if (chance.length === 0) return "";
  return ` In the published variant more than half of the score of ${chance.join(", ")} is chance.`;
}
