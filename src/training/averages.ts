/** The mean of some lists of numbers, place by place. */
export function meanOf(lists: readonly Float64Array[]): Float64Array {
  return lists[0].map((_, i) => lists.reduce((sum, list) => sum + list[i], 0) / lists.length);
}

/** The mean of some networks' logits, row by row. Always added up in the same order. */
export function averageLogits(logits: readonly Float32Array[]): Float64Array {
  const mean = new Float64Array(logits[0].length);
  for (const one of logits) for (let row = 0; row < mean.length; row++) mean[row] += one[row] / logits.length;
  return mean;
}
