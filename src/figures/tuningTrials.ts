import { countOf } from "../base/words.ts";
import { quantity, topOffset, topTitle } from "./axes.ts";
import { composeFigure, type Figure, REPORT_WIDTH } from "./figure.ts";
import { tooltip } from "./layers.ts";
import { lineLegend } from "./legend.ts";
import { INK } from "./palette.ts";

/** What `tuningTrialsFigure` draws. */
export interface TuningTrials {
  /** Budgets of successive halving, the smallest first. */
  readonly rungs: readonly { readonly networks: number; readonly repeats: number }[];
  /** A row a trial and rung; a loss of null could not be measured. */
  readonly evaluations: readonly {
    readonly rung: number;
    readonly trial: number;
    readonly log_loss: number | null;
  }[];
  /** Each trial's recipe in words, by its number. */
  readonly words: readonly string[];
  /** The trial that was chosen; 0 is the usual recipe. */
  readonly chosen: number;
}

const TRIED = "Tried out";
const USUAL = "Usual recipe";
const CHOSEN = "Chosen";

/** Trials stand beside each other within this much of a rung. */
const SPREAD = 0.36;

/** Losses that differ by less than this need more digits on the axis. */
const NARROW = 0.005;

/** Log loss of every trial on each rung it reached: a line a trial, the chosen and the usual one marked. */
export function tuningTrialsFigure(data: TuningTrials, width = REPORT_WIDTH): Figure {
  const { rungs, chosen } = data;
  const group = (trial: number) => (trial === chosen ? CHOSEN : trial === 0 ? USUAL : TRIED);
  const values = data.evaluations
    .filter((one): one is typeof one & { log_loss: number } => one.log_loss !== null)
    .map(({ rung, trial, log_loss }) => ({
      // The golden ratio's multiples fill an interval evenly, however many there are.
      place: rung + (trial === chosen || trial === 0 ? 0 : (((trial * 0.618_034) % 1) - 0.5) * SPREAD),
      rung: `${rung + 1} of ${rungs.length}`,
      trial,
      group: group(trial),
      log_loss,
      recipe: data.words[trial],
    }));
  const trials = new Set(values.map(({ trial }) => trial)).size;
  const last = values.filter(({ rung }) => rung === `${rungs.length} of ${rungs.length}`);
  const lossOf = (trial: number) => last.find((one) => one.trial === trial)?.log_loss;
  const entries = [
    ...(values.some((one) => one.group === TRIED) ? [{ name: TRIED, color: INK.grey }] : []),
    ...(chosen === 0 ? [] : [{ name: USUAL, color: INK.orange, dash: [5, 3] }]),
    { name: CHOSEN, color: INK.blue },
  ];
  const legend = lineLegend(entries, width, topOffset());
  const labels = rungs.map(({ networks, repeats }) => `${networks} × ${repeats}`);
  const x = quantity(
    "place",
    { domain: [-0.3, rungs.length - 0.7], nice: false },
    {
      title: "Networks a fold × deals of the folds, at most",
      values: rungs.map((_, i) => i),
      labelExpr: `${JSON.stringify(labels)}[datum.value]`,
      grid: false,
    },
  );
  const losses = values.map((one) => one.log_loss);
  const narrow = Math.max(...losses) - Math.min(...losses) < NARROW;
  const y = quantity("log_loss", values.length === 0 ? { domain: [0, 1] } : { zero: false }, {
    ...topTitle("↓ Log loss out of fold"),
    format: narrow ? ".5f" : ".3f",
    tickCount: 6,
  });
  const hover = tooltip({ trial: "Trial", rung: "Rung", log_loss: ["Log loss", ".4f"], recipe: "Recipe" });
  const layers = entries.flatMap(({ name }) => {
    const rows = { values: values.filter((one) => one.group === name) };
    const quiet = name === TRIED;
    const colour = legend.encoding("group");
    return [
      {
        data: rows,
        mark: { type: "line", strokeWidth: quiet ? 0.75 : 2 },
        encoding: { x, y, detail: { field: "trial" }, ...colour },
      },
      {
        data: rows,
        mark: {
          type: "point",
          filled: true,
          size: quiet ? 18 : 48,
          opacity: quiet ? 0.7 : 1,
          strokeDash: [1, 0],
        },
        encoding: { x, y, color: colour.color, tooltip: hover },
      },
    ];
  });
  const [best, usual] = [lossOf(chosen), lossOf(0)];
  const outcome =
    best === undefined || usual === undefined
      ? "None could be measured"
      : chosen === 0
        ? `The usual recipe did best, with ${best.toFixed(4)}`
        : `Trial ${chosen} did best, with ${best.toFixed(4)}; the usual recipe had ${usual.toFixed(4)}`;
  return composeFigure({
    name: "tuning-trials",
    title: "Which recipes held up, rung by rung",
    subtitle: `${outcome}. The best third goes on to the next budget.`,
    description:
      `Log loss out of fold (nats, lower is better) of ${countOf(trials, "trial")} on the rungs of successive halving. ` +
      `${outcome}. These are the scores that the choice was made by, so that the best is better than it will be on new rows.`,
    width,
    bodyHeight: 320 + legend.height,
    body: { layer: layers },
  });
}
