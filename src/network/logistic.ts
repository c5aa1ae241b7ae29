/** 1 / (1 + exp(-z)), without overflow for any z. */
export function sigmoid(z: number): number {
  const power = Math.exp(-Math.abs(z));
  return (z >= 0 ? 1 : power) / (1 + power);
}

/**
 * Binary cross-entropy of one row from its logit, in nats: max(z, 0) - z y + log(1 + exp(-|z|)), the form that neither
 * overflows nor loses digits (as torch.nn.BCEWithLogitsLoss).
 *
 * @param label 0..1
 */
export function crossEntropy(logit: number, label: number): number {
  return Math.max(logit, 0) - logit * label + Math.log1p(Math.exp(-Math.abs(logit)));
}

/** Mean binary cross-entropy over the rows, in nats. */
export function meanCrossEntropy(logits: ArrayLike<number>, labels: ArrayLike<number>): number {
  let sum = 0;
  for (let row = 0; row < logits.length; row++) sum += crossEntropy(logits[row], labels[row]);
  return sum / logits.length;
}

/** Mean squared difference between probability and label (Brier 1950), 0 to 1. */
export function meanSquaredError(logits: ArrayLike<number>, labels: ArrayLike<number>): number {
  let sum = 0;
  for (let row = 0; row < logits.length; row++) sum += (sigmoid(logits[row]) - labels[row]) ** 2;
  return sum / logits.length;
}
