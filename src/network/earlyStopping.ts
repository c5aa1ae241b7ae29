import type { Network } from "./network.ts";

/** Remembers the best weights seen and says when it has looked in vain often enough. */
export class EarlyStopping {
  /** The weights with the lowest score so far; null before the first look. */
  best: Network | null = null;
  /** The epoch after which they were taken. */
  bestEpoch = 0;
  private bestScore = Number.POSITIVE_INFINITY;
  private looksInVain = 0;
  private readonly patience: number;

  /** @param patience looks without a lower score after which it is enough */
  constructor(patience: number) {
    this.patience = patience;
  }

  /**
   * Takes one look.
   *
   * @param score lower is better
   * @param weights gives a copy of the present weights, which training will not change afterwards
   */
  look(epoch: number, score: number, weights: () => Network): void {
    if (score < this.bestScore) {
      this.best = weights();
      this.bestEpoch = epoch;
      this.bestScore = score;
      this.looksInVain = 0;
    } else {
      this.looksInVain++;
    }
  }

  get enough(): boolean {
    return this.looksInVain >= this.patience;
  }
}
