import { InsightsError } from "../base/error.ts";
import { formatSafetensors, parseSafetensors } from "./safetensors.ts";

/** Scaled features of some training rows: what the share of a feature in a profile's score is measured against. */
export interface Background {
  readonly rows: number;
  /** Row-major, rows x features, as the model's pipeline makes them. */
  readonly values: Float32Array;
}

/** The only tensor of the file. */
const NAME = "features";

/**
 * The bytes of `background.safetensors`: one tensor, `features` [rows, features].
 *
 * @param features how many the pipeline has
 * @throws InsightsError where the numbers are not of that many features, or not finite
 */
export function formatBackground({ rows, values }: Background, features: number): Uint8Array {
  check(rows, values, features);
  return formatSafetensors({ [NAME]: { shape: [rows, features], values } });
}

/**
 * Reads what {@link formatBackground} writes.
 *
 * @param features how many the pipeline has
 * @throws InsightsError where the bytes hold something else
 */
export function parseBackground(bytes: Uint8Array, features: number): Background {
  const { [NAME]: tensor, ...others } = parseSafetensors(bytes);
  if (tensor === undefined || Object.keys(others).length > 0) {
    throw new InsightsError(`it does not hold ${NAME} and nothing else`);
  }
  const [rows, columns] = tensor.shape;
  if (tensor.shape.length !== 2 || columns !== features) {
    throw new InsightsError(`${NAME} is ${tensor.shape.join(" x ")} (expected rows x ${features})`);
  }
  check(rows, tensor.values, features);
  return { rows, values: tensor.values };
}

function check(rows: number, values: Float32Array, features: number): void {
  if (rows < 1 || values.length !== rows * features) {
    throw new InsightsError(`invalid background: ${values.length} numbers for ${rows} x ${features}`);
  }
  if (!values.every(Number.isFinite)) throw new InsightsError("invalid background: not a finite number");
}
