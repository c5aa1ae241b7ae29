import { capitalised, compactNumber, countInWords, countOf } from "../base/words.ts";
import { PROBABILITY, quantity, topTitle } from "./axes.ts";
import { ACTIVE, type ClassWords } from "./classWords.ts";
import { composeFigure, type Figure, REPORT_WIDTH } from "./figure.ts";
import { layer, markerLayers, tooltip } from "./layers.ts";
import { COMPACT_LABEL, percent, score } from "./numberFormat.ts";
import { INK } from "./palette.ts";
import { textWidth } from "./textWidth.ts";
import { LABEL_SIZE, PADDING } from "./theme.ts";

/** What `scoreDistributionFigure` draws. */
export interface ScoreDistribution {
  /** Probabilities, 0 to 1. */
  readonly scores: Float64Array;
  /** As many, 1 for active and 0 for others. */
  readonly labels: Uint8Array;
  /** The threshold in use. */
  readonly threshold: number;
  /** What the rows are: "test rows". */
  readonly rows: string;
  /** What the two classes are called; those of the original study unless given. */
  readonly words?: ClassWords;
}

const BINS = 25;

/** Space between bars, in bars. */
const BAR_GAP = 0.06;

const PANEL = 120;
const AXIS = 44;

/** The accounts of one kind: how many, how many of them are chosen, and how many are in each bin. */
function kindOf({ scores, labels, threshold }: ScoreDistribution, label: number) {
  const kind = scores.filter((_, i) => labels[i] === label);
  const total = kind.length;
  const chosen = kind.filter((value) => value >= threshold).length;
  const share = (count: number) => (total === 0 ? "none" : percent(count / total));
  const bins = Array.from({ length: BINS }, (_, i) => {
    const accounts = kind.filter((value) => Math.min(BINS - 1, Math.floor(value * BINS)) === i).length;
    return {
      from: (i + BAR_GAP / 2) / BINS,
      to: (i + 1 - BAR_GAP / 2) / BINS,
      accounts,
      range: `${(i / BINS).toFixed(2)} to ${((i + 1) / BINS).toFixed(2)}`,
      of: share(accounts),
    };
  });
  return { total, chosen, share: share(chosen), bins };
}

/** How many accounts of each kind got which probability, the threshold marked. */
export function scoreDistributionFigure(data: ScoreDistribution, width = REPORT_WIDTH): Figure {
  const { words = ACTIVE } = data;
  const found = kindOf(data, 1);
  const mistaken = kindOf(data, 0);
  const most = Math.max(1, ...[...found.bins, ...mistaken.bins].map((bin) => bin.accounts));
  const extent = Math.ceil(textWidth(compactNumber(most), LABEL_SIZE)) + 12;
  const plot = width - 2 * PADDING - extent - 10;
  const panel = (values: object[], color: string, title: string, last: boolean): Record<string, unknown> => ({
    width: plot,
    height: PANEL,
    layer: [
      layer(
        values,
        { type: "rect", color },
        {
          x: quantity(
            "from",
            PROBABILITY.scale,
            last
              ? { ...PROBABILITY.axis, title: `Probability of ${words.being}` }
              : { ...PROBABILITY.axis, labels: false, ticks: false, title: null },
          ),
          x2: { field: "to" },
          y: quantity(
            "accounts",
            { domain: [0, most], nice: 4 },
            {
              ...topTitle(title, last ? 0 : 1),
              titleColor: color,
              titleFontWeight: 600,
              labelExpr: COMPACT_LABEL,
              tickCount: 4,
              tickMinStep: 1,
              minExtent: extent,
              maxExtent: extent,
            },
          ),
          y2: { datum: 0 },
          tooltip: tooltip({ range: "Probability", accounts: ["Accounts", ",d"], of: "Share of its kind" }),
        },
      ),
      ...markerLayers(
        {
          at: data.threshold,
          share: Math.max(0, Math.min(1, data.threshold)),
          label: last ? "" : `threshold ${score(data.threshold)}`,
        },
        plot,
      ),
    ],
  });
  return composeFigure({
    name: "score-distribution",
    title: "Where the network puts the two kinds",
    subtitle: `Accounts by their probability of ${words.being}, ${data.rows}. Those right of the line are chosen: ${found.share} of the ${words.positives}, ${mistaken.share} of the others.`,
    description: `Histograms of the probabilities on the ${data.rows}, for ${countOf(found.total, words.one)} and ${countOf(mistaken.total, "other")}. At or above the threshold ${score(data.threshold)} are ${countInWords(found.chosen)} of the ${words.positives} (${found.share}) and ${countInWords(mistaken.chosen)} of the others (${mistaken.share}).`,
    width,
    bodyHeight: 2 * PANEL + AXIS + 68,
    fit: false,
    body: {
      vconcat: [
        panel(found.bins, INK.blue, `${capitalised(words.one)}s`, false),
        panel(mistaken.bins, INK.orange, "Others", true),
      ],
      spacing: 8,
    },
  });
}
