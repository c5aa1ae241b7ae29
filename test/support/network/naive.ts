import type { Random } from "../../../src/base/random.ts";
import type { Network } from "../../../src/network/network.ts";

/** Weights in double precision that a test may change one by one: weight[layer][output][input], bias[layer][output]. */
export interface NaiveNetwork {
  weight: number[][][];
  bias: number[][];
}

export function naiveNetwork(network: Network): NaiveNetwork {
  return {
    weight: network.layers.map(({ weight, inputs, outputs }) =>
      Array.from({ length: outputs }, (_, o) => [...weight.subarray(o * inputs, (o + 1) * inputs)]),
    ),
    bias: network.layers.map(({ bias }) => [...bias]),
  };
}

/** Whether a hidden unit is kept: [layer][row][unit]. */
export type Masks = boolean[][][];

/**
 * The masks of one pass, drawn as the definition says: blocks of 64 rows, in each layer by layer, row by row; unit k from
 * stream k modulo 4, with the widths padded to multiples of four.
 */
export function drawMasks(network: Network, rows: number, dropout: number, random: Random): Masks {
  const streams = [0, 1, 2, 3].map((stream) => random.fork(stream));
  const hidden = network.layers.slice(0, -1);
  const masks: Masks = hidden.map(() => []);
  for (let start = 0; start < rows; start += 64) {
    hidden.forEach(({ outputs }, layer) => {
      for (let row = start; row < Math.min(rows, start + 64); row++) {
        const padded = Math.ceil(outputs / 4) * 4;
        const kept = Array.from({ length: padded }, (_, k) => streams[k % 4].bits() >= dropout * 2 ** 32);
        masks[layer][row] = kept.slice(0, outputs);
      }
    });
  }
  return masks;
}

/** Logits by the textbook's loops, in double precision, each row on its own. */
export function naiveLogits(
  network: NaiveNetwork,
  x: ArrayLike<number>,
  rows: number,
  dropout = 0,
  masks?: Masks,
): number[] {
  const features = x.length / rows;
  const last = network.weight.length - 1;
  return Array.from({ length: rows }, (_, row) => {
    let values = Array.from({ length: features }, (_, i) => x[row * features + i]);
    network.weight.forEach((weight, layer) => {
      values = weight.map((line, output) => {
        const sum = line.reduce((total, w, i) => total + w * values[i], network.bias[layer][output]);
        if (layer === last) return sum;
        if (masks && !masks[layer][row][output]) return 0;
        return Math.max(0, sum) / (1 - dropout);
      });
    });
    return values[0];
  });
}
