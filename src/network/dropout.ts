import type { Random } from "../base/random.ts";

/**
 * Rows that go through all layers together. Dropout draws block by block, in a block layer by layer, in a layer row by row, so
 * this is part of what a seed means: change it and every trained network changes. 64 rows of 64 units fit the nearest
 * cache together with the weights between them.
 */
export const BLOCK_ROWS = 64;

/** Random number generators that dropout draws from: unit k of a row draws from stream k modulo STREAMS. */
export const STREAMS = 4;

/**
 * The state of the four xoshiro128** streams, as the kernel keeps it: word w of stream s at [4 w + s]. Every row of every hidden
 * layer draws once for each of its units padded to a multiple of four.
 */
export function dropoutStreams(random: Random): Uint32Array {
  const state = new Uint32Array(4 * STREAMS);
  for (let stream = 0; stream < STREAMS; stream++) {
    const words = random.fork(stream).state;
    for (let word = 0; word < 4; word++) state[4 * word + stream] = words[word];
  }
  return state;
}

/** A unit is dropped when its 32 random bits are below this. 0 means no dropout, and nothing is drawn. */
export function dropoutThreshold(dropout: number): number {
  return Math.min(Math.round(dropout * 2 ** 32), 2 ** 32 - 1);
}
