import { Random } from "../base/random.ts";
import { normalQuantile } from "./arithmetic.ts";
import type { Weights } from "./data.ts";

/**
 * Random draws for one profile at a time. Each profile has a stream of its own, set by the seed, the row and the part
 * of the profile: a row does not depend on the rows before it, so a sample is the beginning of every larger one of the
 * same seed, and new words in a list do not move a number.
 */
export class Draw {
  private readonly random = new Random(0);
  private readonly seed: number;

  /** @param seed any integer; its lower 32 bits count */
  constructor(seed: number) {
    this.seed = seed >>> 0;
  }

  /**
   * Begins the stream of a part of a row.
   *
   * @param row 0..2^32-1
   * @param part a small integer, one for each part of a profile
   */
  begin(row: number, part: number): void {
    const state = this.random.state;
    state[0] = mix(row ^ 0x9e3779b9);
    state[1] = mix(this.seed ^ 0x85ebca6b);
    state[2] = mix(part ^ 0xc2b2ae35);
    state[3] = 0x27d4eb2f;
    // The words differ in few bits between neighbouring rows until the generator has stirred them.
    for (let i = 0; i < 8; i++) this.random.bits();
  }

  /** A number strictly between 0 and 1. */
  uniform(): number {
    return this.random.uniform() + 2 ** -54;
  }

  /** 32 random bits as an integer. */
  bits(): number {
    return this.random.bits();
  }

  /** A standard normal number, from one uniform one. */
  normal(): number {
    return normalQuantile(this.uniform());
  }

  /** Whether an event of this probability happens. */
  chance(probability: number): boolean {
    return this.random.uniform() < probability;
  }

  /** An integer from low to high, both included. */
  between(low: number, high: number): number {
    return low + this.random.integer(high - low + 1);
  }

  /** One of the items, each as likely. */
  pick<T>(items: readonly T[]): T {
    return items[this.random.integer(items.length)];
  }

  /** The place of one of the weights, as likely as it is heavy. */
  weighted({ weights, total }: Omit<Weights, "items">): number {
    let rest = this.random.uniform() * total;
    const last = weights.length - 1;
    for (let i = 0; i < last; i++) {
      rest -= weights[i];
      if (rest < 0) return i;
    }
    return last;
  }
}

/** A one-to-one scrambling of 32 bits (the finaliser of MurmurHash3, public domain, Austin Appleby). */
export function mix(word: number): number {
  let h = word >>> 0;
  h ^= h >>> 16;
  h = Math.imul(h, 0x85ebca6b);
  h ^= h >>> 13;
  h = Math.imul(h, 0xc2b2ae35);
  h ^= h >>> 16;
  return h >>> 0;
}
