import { applyCalibration, type Calibration, chooseCalibration } from "../evaluation/calibration.ts";
import { rocAuc } from "../evaluation/metrics.ts";
import { meanOf } from "./averages.ts";
import type { CrossValidation } from "./crossValidate.ts";

/** Out-of-fold probabilities, and the calibration that a model of all folds' networks is to have. */
export interface OutOfFold {
  /** Fitted to the mean logits over the repeats, which is as near as rows left out come to an average of all networks. */
  readonly calibration: Calibration;
  /** For each repeat one probability a row, calibrated by the logits of the other folds: no row has a say in its own. */
  readonly probabilities: readonly Float64Array[];
  /** Their mean over the repeats. */
  readonly mean: Float64Array;
}

/** Calibrates out-of-fold logits without letting any row see itself. */
export function calibrateOutOfFold(
  found: Pick<CrossValidation, "labels" | "folds" | "logits">,
  seed: number,
): OutOfFold {
  const { labels, folds, logits } = found;
  const probabilities = logits.map((z) => new Float64Array(z.length));
  for (const { repeat, train, test } of folds) {
    const others = chooseCalibration(
      Float64Array.from(train, (row) => logits[repeat][row]),
      Uint8Array.from(train, (row) => labels[row]),
      { seed },
    );
    applyCalibration(
      others,
      Float64Array.from(test, (row) => logits[repeat][row]),
    ).forEach((p, i) => {
      probabilities[repeat][test[i]] = p;
    });
  }
  return {
    calibration: chooseCalibration(meanOf(logits), labels, { seed }),
    probabilities,
    mean: meanOf(probabilities),
  };
}

/** The area under the ROC curve of each fold, on the rows left out, in the order of the folds. */
export function aucByFold({ labels, folds, logits }: CrossValidation): number[] {
  return folds.map(({ repeat, test }) =>
    rocAuc(
      Uint8Array.from(test, (row) => labels[row]),
      Float64Array.from(test, (row) => logits[repeat][row]),
    ),
  );
}
