/** The elements a tensor may have. */
export type ElementType = "float" | "double" | "int64" | "bool" | "string";

/** The numbers of `TensorProto.DataType`. They stand here, because `bytes.ts` loads Protocol Buffers, which scoring does not need. */
export const ELEMENT_TYPES: Readonly<Record<ElementType, number>> = {
  float: 1,
  int64: 7,
  string: 8,
  bool: 9,
  double: 11,
};

/** The sizes of a tensor; a name stands for a size that is known only when the graph runs. */
export type Shape = readonly (number | string)[];

/** An attribute of an operator: an integer, some integers, or a text. */
export type Attribute = number | readonly number[] | string;

/** A tensor that a graph takes or gives. */
export interface Port {
  readonly name: string;
  readonly type: ElementType;
  readonly shape: Shape;
}

/** One operator: of the standard set (domain `ai.onnx`). */
export interface GraphNode {
  readonly operator: string;
  readonly inputs: readonly string[];
  readonly output: string;
  readonly attributes: Readonly<Record<string, Attribute>>;
}

/** A tensor that is part of the graph. */
export interface Constant {
  readonly name: string;
  readonly type: ElementType;
  readonly shape: readonly number[];
  readonly values: ArrayLike<number> | readonly string[];
}

/**
 * Builds an ONNX graph, operator by operator. Tensors are told apart by name; an operator that stands there already, with the
 * same inputs and attributes, is used again (all of them give the same for the same).
 */
export class GraphBuilder {
  readonly inputs: Port[] = [];
  readonly outputs: Port[] = [];
  readonly nodes: GraphNode[] = [];
  readonly constants: Constant[] = [];
  readonly #known = new Map<string, string>();
  readonly #names = new Set<string>();

  /**
   * A tensor that whoever runs the graph gives. Asked for again, it is the same.
   *
   * @returns its name
   * @throws RangeError where another tensor has that name
   */
  input(name: string, type: ElementType, shape: Shape): string {
    const known = this.inputs.find((input) => input.name === name);
    if (known !== undefined && known.type === type && known.shape.join() === shape.join()) return name;
    this.#claim(name);
    this.inputs.push({ name, type, shape });
    return name;
  }

  /**
   * A tensor of the graph's own.
   *
   * @param values in row-major order; numbers for every type but `string`, a flag as 0 or 1
   * @param shape a single number, without dimensions, where not said
   * @returns its name
   * @throws RangeError where the values do not fill the shape
   */
  constant(
    type: ElementType,
    values: ArrayLike<number> | readonly string[],
    shape: readonly number[] = [],
  ): string {
    if (values.length !== shape.reduce((product, size) => product * size, 1)) {
      throw new RangeError(`${values.length} values for a tensor of ${shape.join(" x ")}`);
    }
    // String() would make one of -0 and 0.
    const texts = Array.from<number | string, string>(values, (value) =>
      Object.is(value, -0) ? "-0" : `${value}`,
    );
    const key = JSON.stringify([type, shape, texts]);
    return this.#once(key, "constant", (name) => this.constants.push({ name, type, shape, values }));
  }

  /**
   * What a standard operator gives, where it gives one tensor.
   *
   * @param inputs names of tensors
   * @returns its name
   * @throws RangeError where an input has not been made yet
   */
  node(
    operator: string,
    inputs: readonly string[],
    attributes: Readonly<Record<string, Attribute>> = {},
  ): string {
    const unknown = inputs.find((name) => !this.#names.has(name));
    if (unknown !== undefined) throw new RangeError(`unknown tensor: ${unknown}`);
    const key = JSON.stringify([operator, inputs, attributes]);
    return this.#once(key, operator, (output) => this.nodes.push({ operator, inputs, output, attributes }));
  }

  /**
   * Gives a tensor out, under a name.
   *
   * @param tensor the name it has inside
   */
  output(name: string, tensor: string, type: ElementType, shape: Shape): void {
    this.#claim(name);
    this.nodes.push({ operator: "Identity", inputs: [tensor], output: name, attributes: {} });
    this.outputs.push({ name, type, shape });
  }

  #claim(name: string): void {
    if (this.#names.has(name)) throw new RangeError(`two tensors with the name ${name}`);
    this.#names.add(name);
  }

  #once(key: string, about: string, make: (name: string) => void): string {
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const name = `${about.toLowerCase()}/${this.#known.size}`;
    this.#claim(name);
    this.#known.set(key, name);
    make(name);
    return name;
  }
}
