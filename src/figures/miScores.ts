import type { InformationTable } from "../analysis/information.ts";
import type { InformationScore } from "../analysis/summarySchema.ts";
import { spaced } from "../base/words.ts";
import { quantity } from "./axes.ts";
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

interface Bar {
  readonly column: string;
  readonly score: number;
  readonly shuffled: number;
  /** The part of the bar that chance explains. */
  readonly chance: number;
  /** Where the bar ends: an estimate can be a little below zero. */
  readonly end: number;
  readonly label: string;
}

function bars(scores: Readonly<Record<string, InformationScore>>, order: readonly string[]): Bar[] {
  return order
    .filter((column) => scores[column] !== undefined)
    .map((column) => {
      const { score: value, shuffled } = scores[column];
      return {
        column: spaced(column),
        score: value,
        shuffled,
        chance: Math.max(0, Math.min(value, shuffled)),
        end: Math.max(0, value),
        label: Math.abs(value) < 0.0995 ? value.toFixed(3).replace("-", "−") : score(value),
      };
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
  const names = Math.ceil(Math.max(0, ...order.map((name) => textWidth(spaced(name), LABEL_SIZE))));
  const beside = width >= 560;
  const labels = names + LABEL_GAP;
  const plot = Math.floor((width - 2 * PADDING - labels - (beside ? GAP : 0) - 4) / (beside ? 2 : 1));
  const shared = { most, plot, order: order.map(spaced) };
  const legend = rectangleLegend(
    [
      { name: SIGNAL, color: INK.blue },
      { name: CHANCE, color: INK.grey },
    ],
    width,
  );
  const panels = [
    panel(bars(corrected, order), "By nearest neighbours", { ...shared, labels, legend: legend.scale }),
    panel(bars(published, order), "As published", {
      ...shared,
      labels: beside ? 0 : labels,
      legend: legend.scale,
    }),
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

interface PanelOptions {
  readonly most: number;
  readonly plot: number;
  readonly order: readonly string[];
  readonly labels: number;
  readonly legend: Record<string, unknown>;
}

function panel(values: Bar[], title: string, options: PanelOptions): Record<string, unknown> {
  const { most, plot, order, labels } = options;
  const scale = { domain: [0, most * (1 + 34 / plot)], nice: false };
  const y = {
    field: "column",
    type: "nominal",
    sort: null,
    scale: { domain: order, padding: 0.28 },
    axis:
      labels === 0
        ? null
        : { title: null, grid: false, labelColor: INK.text, minExtent: labels, maxExtent: labels },
  };
  const x = (field: string) => quantity(field, scale, null);
  const hint = tooltip({ column: "Column", score: ["Score", ".3f"], shuffled: ["Shuffled labels", ".3f"] });
  const bar = (part: string, from: string, to: string) => ({
    transform: [{ calculate: JSON.stringify(part), as: "part" }],
    mark: { type: "bar" },
    encoding: {
      x: x(from),
      x2: { field: to },
      y,
      color: { field: "part", type: "nominal", ...options.legend },
      tooltip: hint,
    },
  });
  return {
    title: { text: title, fontSize: LABEL_SIZE + 0.5, lineHeight: 16, offset: 6, frame: "group" },
    width: plot,
    height: Math.max(1, order.length) * ROW,
    data: { values },
    layer: [
      bar(CHANCE, "zero", "chance"),
      bar(SIGNAL, "chance", "end"),
      layer([{ at: 0 }], { type: "rule", color: INK.axis, strokeWidth: 1 }, { x: { ...x("at") } }),
      {
        mark: { type: "text", align: "left", dx: 5 },
        encoding: { x: x("end"), y, text: { field: "label" } },
      },
    ].map((layer, i) =>
      i === 0
        ? {
            ...layer,
            transform: [{ calculate: "0", as: "zero" }, ...(layer as { transform: object[] }).transform],
          }
        : layer,
    ),
  };
}
