/** ln(p / (1 - p)), of a probability kept away from 0 and 1 by 1e-12. */
export function logitOf(probability: number): number {
  const p = Math.min(Math.max(probability, 1e-12), 1 - 1e-12);
  return Math.log(p / (1 - p));
}

/** 1 / (1 + exp(-z)), without overflow. */
export function probabilityOf(z: number): number {
  const power = Math.exp(-Math.abs(z));
  return (z >= 0 ? 1 : power) / (1 + power);
}

/** Cross-entropy of one row from its logit, in nats, without overflow. */
export function crossEntropyOf(z: number, goal: number): number {
  return Math.max(z, 0) - z * goal + softplus(-Math.abs(z));
}

/** ln(1 + exp(z)), without overflow. */
export function softplus(z: number): number {
  return Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z)));
}
