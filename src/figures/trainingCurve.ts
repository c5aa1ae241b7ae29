import { countInWords, countOf } from "../base/words.ts";
import type { EpochReport } from "../network/options.ts";
import type { TrainResult } from "../network/train.ts";
import { quantity, tailScale, topOffset, topTitle } from "./axes.ts";
import { composeFigure, type Figure, REPORT_WIDTH } from "./figure.ts";
import { hoverLayer, layer, markerLayers } from "./layers.ts";
import { lineLegend } from "./legend.ts";
import { spreadPositions } from "./numberFormat.ts";
import { INK } from "./palette.ts";

/** What `trainingCurveFigure` draws: how a training run went. */
export interface TrainingCurve extends Pick<TrainResult, "bestEpoch" | "epochs" | "stopped"> {
  readonly history: readonly Pick<EpochReport, "epoch" | "trainLoss" | "validLoss">[];
}

const TRAIN = "Training rows";
const VALID = "Validation rows";

/** Loss on training and validation rows against the epoch, the kept epoch marked. */
export function trainingCurveFigure(data: TrainingCurve, width = REPORT_WIDTH): Figure {
  const points = spreadPositions(data.history.length, 400).map((i) => {
    const { epoch, trainLoss, validLoss } = data.history[i];
    return {
      epoch,
      [TRAIN]: trainLoss,
      [VALID]: validLoss === null || Number.isNaN(validLoss) ? null : validLoss,
    };
  });
  const long = ([TRAIN, VALID] as const)
    .flatMap((series) => points.map((point) => ({ epoch: point.epoch, series, loss: point[series] })))
    .filter((point): point is typeof point & { loss: number } => Number.isFinite(point.loss));
  const validated = long.some((point) => point.series === VALID);
  const losses = long.map((point) => point.loss).filter((loss) => loss > 0);
  // A loss that falls to a twentieth shows its end on a logarithmic axis only.
  const up = Math.max(...losses) / Math.min(...losses) > 20 ? tailScale(losses) : undefined;
  const last = Math.max(1, data.epochs);
  const best = data.history.find((check) => check.epoch === data.bestEpoch);
  const bestLoss = best?.validLoss ?? null;
  const x = quantity(
    "epoch",
    { domain: [0, last], nice: false },
    { title: "Epoch", format: ",d", tickCount: width < 480 ? 4 : 8, tickMinStep: 1 },
  );
  const y = quantity("loss", up?.scale ?? (long.length === 0 ? { domain: [0, 1] } : { zero: false }), {
    ...topTitle("↑ Loss (binary cross-entropy)", 1),
    format: ".3~r",
    tickCount: 6,
    ...up?.axis,
  });
  const legend = lineLegend(
    [{ name: TRAIN, color: INK.blue }, ...(validated ? [{ name: VALID, color: INK.orange }] : [])],
    width,
    topOffset(1),
  );
  const end =
    data.stopped === "early"
      ? `Training stopped early after ${countInWords(data.epochs)} epochs`
      : `Training ran all ${countOf(data.epochs, "epoch")}`;
  const kept = validated
    ? `the weights of epoch ${countInWords(data.bestEpoch)}, best on the validation rows, were kept`
    : "there were no validation rows to stop by";
  return composeFigure({
    name: "training-curve",
    title: "What the network learned, epoch by epoch",
    subtitle: `${end}; ${kept}.`,
    description:
      `Loss (mean binary cross-entropy, in nats) on the training${validated ? " and validation" : ""} rows against the epoch${up !== undefined ? ", on a logarithmic axis" : ""}. ${end}; ${kept}${bestLoss === null ? "" : `, with a validation loss of ${bestLoss.toFixed(3)}`}.` +
      " The training loss is measured with dropout on, so it can lie above the other.",
    width,
    bodyHeight: 280 + legend.height,
    body: {
      layer: [
        layer(long, { type: "line", strokeWidth: 1.75 }, { x, y, ...legend.encoding("series") }),
        ...(bestLoss === null
          ? []
          : [
              ...markerLayers(
                {
                  at: data.bestEpoch,
                  share: data.bestEpoch / last,
                  label: `best epoch: ${countInWords(data.bestEpoch)}`,
                },
                width - 80,
              ),
              layer(
                [{ epoch: data.bestEpoch, loss: bestLoss }],
                {
                  type: "point",
                  size: 64,
                  color: INK.orange,
                  stroke: INK.surface,
                  strokeWidth: 1.5,
                  opacity: 1,
                },
                { x, y },
              ),
            ]),
        hoverLayer(points, x, {
          epoch: ["Epoch", ",d"],
          [TRAIN]: [TRAIN, ".4f"],
          ...(validated && { [VALID]: [VALID, ".4f"] as const }),
        }),
      ],
    },
  });
}
