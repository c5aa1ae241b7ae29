import type { ElementType } from "./graph.ts";

/** Values of one type in a block of some shape, row-major; a flag is 0 or 1. */
export interface Tensor {
  readonly type: ElementType;
  readonly shape: readonly number[];
  readonly values: ArrayLike<number> | readonly string[];
}

/** Numbers as a tensor of a type holds them: a float rounded, an integer cut off. */
export function numbersAs(type: ElementType, values: ArrayLike<number>): ArrayLike<number> {
  if (type === "float") return Float32Array.from(values);
  return type === "double" ? Float64Array.from(values) : Array.from(values, Math.trunc);
}

/**
 * What a function gives for the values at each place, the tensors stretched over each other as in NumPy.
 *
 * @param type what the results are
 */
export function elementwise(
  type: ElementType,
  tensors: readonly Tensor[],
  of: (...values: never[]) => number | string | boolean,
): Tensor {
  const shape = stretched(tensors.map((tensor) => tensor.shape));
  const places = tensors.map((tensor) => placesIn(tensor.shape, shape));
  const results = Array.from({ length: sizeOf(shape) }, (_, i) =>
    of(...(tensors.map(({ values }, k) => values[places[k](i)]) as never[])),
  );
  return {
    type,
    shape,
    values: type === "string" ? (results as string[]) : numbersAs(type, (results as number[]).map(Number)),
  };
}

/** Tensors of [rows, columns], side by side. */
export function sideBySide(tensors: readonly Tensor[]): Tensor {
  const [{ type, shape }] = tensors;
  const widths = tensors.map((tensor) => tensor.shape[1]);
  const values = Array.from({ length: shape[0] }, (_, row) =>
    tensors.flatMap((tensor, k) =>
      Array.from({ length: widths[k] }, (_, i) => Number(tensor.values[row * widths[k] + i])),
    ),
  ).flat();
  const columns = widths.reduce((sum, width) => sum + width, 0);
  return { type, shape: [shape[0], columns], values: numbersAs(type, values) };
}

/** The slices at some places of a dimension, in whose stead stand the dimensions of the places. */
export function gathered({ type, shape, values }: Tensor, places: Tensor, dimension: number): Tensor {
  const inner = sizeOf(shape.slice(dimension + 1));
  const length = shape[dimension];
  const outer = sizeOf(shape.slice(0, dimension));
  const found: (number | string)[] = [];
  for (let i = 0; i < outer; i++) {
    for (const place of Array.from<unknown, number>(places.values as ArrayLike<unknown>, Number)) {
      for (let j = 0; j < inner; j++) found.push(values[(i * length + place) * inner + j]);
    }
  }
  return {
    type,
    shape: [...shape.slice(0, dimension), ...places.shape, ...shape.slice(dimension + 1)],
    values: type === "string" ? (found as string[]) : numbersAs(type, found as number[]),
  };
}

/** Matrices of [..., n, m] by matrices of [..., m, k], the dimensions before them stretched over each other. */
export function matrixProduct(a: Tensor, b: Tensor): Tensor {
  const [n, m] = a.shape.slice(-2);
  const k = b.shape[b.shape.length - 1];
  const outer = stretched([a.shape.slice(0, -2), b.shape.slice(0, -2)]);
  const ofA = placesIn(a.shape.slice(0, -2), outer);
  const ofB = placesIn(b.shape.slice(0, -2), outer);
  const values = new Float64Array(sizeOf(outer) * n * k);
  for (let matrix = 0; matrix < sizeOf(outer); matrix++) {
    for (let row = 0; row < n; row++) {
      for (let column = 0; column < k; column++) {
        let sum = 0;
        for (let i = 0; i < m; i++) {
          sum +=
            Number(a.values[(ofA(matrix) * n + row) * m + i]) *
            Number(b.values[(ofB(matrix) * m + i) * k + column]);
        }
        values[(matrix * n + row) * k + column] = sum;
      }
    }
  }
  return { type: a.type, shape: [...outer, n, k], values: numbersAs(a.type, values) };
}

/**
 * What becomes of the values along one dimension.
 *
 * @param keep whether the dimension stays, with a size of 1
 * @param of joins a value to what became of those before it
 */
export function reducedOver(
  { type, shape, values }: Tensor,
  dimension: number,
  keep: boolean,
  of: (reduced: number, value: number) => number,
): Tensor {
  const inner = sizeOf(shape.slice(dimension + 1));
  const length = shape[dimension];
  const rest = [...shape.slice(0, dimension), ...(keep ? [1] : []), ...shape.slice(dimension + 1)];
  const reduced = Array.from({ length: sizeOf(rest) }, (_, place) => {
    const from = Math.floor(place / inner) * length * inner + (place % inner);
    return Array.from({ length }, (_, i) => Number(values[from + i * inner])).reduce(of);
  });
  return { type, shape: rest, values: numbersAs(type, reduced) };
}

function sizeOf(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, 1);
}

/** The shape that some shapes are stretched to. */
function stretched(shapes: readonly (readonly number[])[]): number[] {
  const rank = Math.max(...shapes.map((shape) => shape.length));
  return Array.from({ length: rank }, (_, i) => {
    const sizes = shapes.map((shape) => shape[i - rank + shape.length] ?? 1);
    const size = sizes.find((one) => one !== 1) ?? 1;
    if (sizes.some((one) => one !== 1 && one !== size)) {
      throw new RangeError(`shapes that do not fit: ${shapes.map((shape) => shape.join(" x ")).join(", ")}`);
    }
    return size;
  });
}

/** Where a tensor has the value of each place of the shape it is stretched to. */
function placesIn(shape: readonly number[], full: readonly number[]): (place: number) => number {
  if (shape.join() === full.join()) return (place) => place;
  if (sizeOf(shape) === 1) return () => 0;
  return (place) => {
    let [rest, found, step] = [place, 0, 1];
    for (let i = 1; i <= full.length; i++) {
      const at = rest % full[full.length - i];
      rest = Math.floor(rest / full[full.length - i]);
      const size = shape[shape.length - i] ?? 1;
      if (size > 1) found += at * step;
      step *= size;
    }
    return found;
  };
}
