/** Some of the rows that went through a model, spread evenly over all of them. */
export interface RowSample {
  /** Features, row-major. */
  readonly values: Float32Array;
  readonly probabilities: Float64Array;
}

/**
 * Keeps one row in so many, of however many come: when there is no room left, every second one is let go, and only every
 * second one taken from then on.
 */
export class RowSampler {
  private readonly inputs: number;
  private readonly most: number;
  private readonly values: Float32Array;
  private readonly probabilities: Float64Array;
  private kept = 0;
  private step = 1;
  /** Rows that pass until the next is taken. */
  private wait = 0;

  /**
   * @param inputs features a row
   * @param most rows to keep, an even number
   */
  constructor(inputs: number, most: number) {
    this.inputs = inputs;
    this.most = most;
    this.values = new Float32Array(most * inputs);
    this.probabilities = new Float64Array(most);
  }

  /** Another sampler that stands where this one does. */
  copy(): RowSampler {
    const copy = new RowSampler(this.inputs, this.most);
    copy.values.set(this.values);
    copy.probabilities.set(this.probabilities);
    copy.kept = this.kept;
    copy.step = this.step;
    copy.wait = this.wait;
    return copy;
  }

  /** Looks at some more rows: `x` holds their features row by row. */
  take(x: Float32Array, probabilities: ArrayLike<number>): void {
    const { inputs } = this;
    const rows = probabilities.length;
    let row = this.wait;
    for (; row < rows; row += this.step) {
      // The row at hand is an even one too, and stays.
      if (this.kept === this.most) this.halve();
      this.values.set(x.subarray(row * inputs, (row + 1) * inputs), this.kept * inputs);
      this.probabilities[this.kept++] = probabilities[row];
    }
    this.wait = row - rows;
  }

  sample(): RowSample {
    return {
      values: this.values.slice(0, this.kept * this.inputs),
      probabilities: this.probabilities.slice(0, this.kept),
    };
  }

  private halve(): void {
    const { inputs } = this;
    this.kept /= 2;
    for (let i = 1; i < this.kept; i++) {
      this.values.copyWithin(i * inputs, 2 * i * inputs, (2 * i + 1) * inputs);
      this.probabilities[i] = this.probabilities[2 * i];
    }
    this.step *= 2;
  }
}
