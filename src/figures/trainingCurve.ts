import { topOffset, topTitle } from "./axes.ts";
import { composeFigure, type Figure, type FigureOptions, REPORT_WIDTH } from "./figure.ts";
import { hoverLayer } from "./hover.ts";
import { lineLegend } from "./legend.ts";
import { markerLayers } from "./marker.ts";
import { exactCount } from "./numberFormat.ts";
import { INK } from "./palette.ts";
import { significant, spreadPositions } from "./thinning.ts";

/** What `trainingCurveFigure` draws: the history of a training run. */
export interface TrainingCurve {
  /** One entry a check, by rising epoch; losses are mean binary cross-entropies in nats, > 0. */
  readonly history: readonly {
    readonly epoch: number;
    readonly trainLoss: number;
    readonly validLoss: number;
  }[];
  /** The epoch whose weights were kept. */
  readonly bestEpoch: number;
  /** Epochs run, and why it ended there. */
  readonly epochs: number;
  readonly stopped: "early" | "max_epochs";
}

const TRAIN = "Training rows";
const VALID = "Validation rows";

/** Loss on training and validation rows against the epoch, the kept epoch marked. */
export function trainingCurveFigure(data: TrainingCurve, options: FigureOptions = {}): Figure {
  const width = options.width ?? REPORT_WIDTH;
  const points = spreadPositions(data.history.length, 400).map((i) => {
    const { epoch, trainLoss, validLoss } = data.history[i];
    return { epoch, [TRAIN]: significant(trainLoss), [VALID]: significant(validLoss) };
  });
  const long = ([TRAIN, VALID] as const)
    .flatMap((series) => points.map((point) => ({ epoch: point.epoch, series, loss: point[series] })))
    .filter((point) => Number.isFinite(point.loss));
  const losses = long.map((point) => point.loss).filter((loss) => loss > 0);
  // A loss that falls by more than a power of ten shows its end on a log scale only.
  const log =
    losses.length > 0 && Math.max(...losses) / Math.min(...losses) > 10 && losses.length === long.length;
  const last = Math.max(1, data.epochs, ...data.history.map((check) => check.epoch));
  const first = Math.min(0, ...data.history.map((check) => check.epoch));
  const best = data.history.find((check) => check.epoch === data.bestEpoch);
  const x = {
    field: "epoch",
    type: "quantitative",
    scale: { domain: [first, last], nice: false },
    axis: { title: "Epoch", format: ",d", tickCount: width < 480 ? 4 : 8, tickMinStep: 1 },
  };
  const y = {
    field: "loss",
    type: "quantitative",
    scale: log ? { type: "log", nice: false } : { zero: false },
    axis: { ...topTitle("↑ Loss (binary cross-entropy)", 1), format: ".2~f", tickCount: 6 },
  };
  const legend = lineLegend(
    [
      { name: TRAIN, color: INK.blue },
      { name: VALID, color: INK.orange },
    ],
    width,
    topOffset(1),
  );
  const end =
    data.stopped === "early"
      ? `Training stopped early after ${exactCount(data.epochs)} epochs`
      : `Training ran all ${exactCount(data.epochs)} epochs`;
  return composeFigure({
    name: "training-curve",
    title: "What the network learned, epoch by epoch",
    subtitle: `${end}; the weights of epoch ${exactCount(data.bestEpoch)}, best on the validation rows, were kept.`,
    description: `Loss on the training and validation rows against the epoch${log ? ", on a logarithmic axis" : ""}. ${end}; the weights of epoch ${exactCount(data.bestEpoch)} were kept${best === undefined ? "" : `, with a validation loss of ${best.validLoss.toFixed(3)}`}.`,
    width,
    bodyHeight: 280 + legend.height,
    body: {
      layer: [
        {
          data: { values: long },
          mark: { type: "line", strokeWidth: 1.75 },
          encoding: { x, y, ...legend.encoding("series") },
        },
        ...(best === undefined
          ? []
          : [
              ...markerLayers(
                {
                  at: data.bestEpoch,
                  share: (data.bestEpoch - first) / (last - first),
                  label: `best epoch: ${exactCount(data.bestEpoch)}`,
                },
                width - 80,
              ),
              {
                data: { values: [{ epoch: best.epoch, loss: significant(best.validLoss) }] },
                mark: {
                  type: "point",
                  size: 64,
                  color: INK.orange,
                  stroke: INK.surface,
                  strokeWidth: 1.5,
                  opacity: 1,
                },
                encoding: { x, y },
              },
            ]),
        hoverLayer(points, x, [
          { field: "epoch", title: "Epoch", format: ",d" },
          { field: TRAIN, format: ".4f" },
          { field: VALID, format: ".4f" },
        ]),
      ],
    },
  });
}
