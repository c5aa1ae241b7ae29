/**
 * A seeded generator of random numbers: xoshiro128** (Blackman and Vigna, 2018), its state filled by
 * splitmix32 from the seed. The kernel holds the same algorithm, so that the same seed drops the same units there
 * and in its TypeScript twin; that, and speed, is why it is not a library's.
 */
export class Random {
  /** The generator's four 32-bit words. */
  readonly state: Uint32Array;
  private spare: number | undefined;

  /** @param seed any integer; its lower 32 bits count */
  constructor(seed: number) {
    this.state = new Uint32Array(4);
    let word = seed >>> 0;
    for (let i = 0; i < 4; i++) {
      word = (word + 0x9e3779b9) >>> 0;
      let mixed = word ^ (word >>> 16);
      mixed = Math.imul(mixed, 0x21f0aaad);
      mixed ^= mixed >>> 15;
      mixed = Math.imul(mixed, 0x735a2d97);
      this.state[i] = mixed ^ (mixed >>> 15);
    }
  }

  /** The next 32 random bits, as an integer in 0..2^32-1. */
  bits(): number {
    const s = this.state;
    const product = Math.imul(s[1], 5);
    const result = Math.imul((product << 7) | (product >>> 25), 9) >>> 0;
    const shifted = s[1] << 9;
    s[2] ^= s[0];
    s[3] ^= s[1];
    s[1] ^= s[2];
    s[0] ^= s[3];
    s[2] ^= shifted;
    s[3] = (s[3] << 11) | (s[3] >>> 21);
    return result;
  }

  /** A number in [0, 1), with 53 random bits. */
  uniform(): number {
    const high = this.bits() >>> 5;
    const low = this.bits() >>> 6;
    return (high * 67108864 + low) / 9007199254740992;
  }

  /** An integer in 0..n-1, each equally likely to one part in 2^21 for n up to 2^32. */
  integer(n: number): number {
    return Math.floor(this.uniform() * n);
  }

  /** A standard normal number (Marsaglia's polar method). */
  normal(): number {
    if (this.spare !== undefined) {
      const value = this.spare;
      this.spare = undefined;
      return value;
    }
    for (;;) {
      const u = 2 * this.uniform() - 1;
      const v = 2 * this.uniform() - 1;
      const s = u * u + v * v;
      if (s > 0 && s < 1) {
        const factor = Math.sqrt((-2 * Math.log(s)) / s);
        this.spare = v * factor;
        return u * factor;
      }
    }
  }

  /** Shuffles in place (Fisher and Yates) and returns the same array. */
  shuffle<T extends { length: number; [index: number]: unknown }>(array: T): T {
    for (let i = array.length - 1; i > 0; i--) {
      const j = this.integer(i + 1);
      const kept = array[i];
      array[i] = array[j];
      array[j] = kept;
    }
    return array;
  }

  /** A generator of its own for a named part, so that one part's draws do not move another's. */
  fork(part: number): Random {
    return new Random((this.bits() ^ Math.imul(part + 1, 0x9e3779b9)) >>> 0);
  }
}
