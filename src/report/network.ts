import type { Metrics } from "./metrics.ts";
import { countOf, percent } from "./numbers.ts";
import { numberWord } from "./words.ts";

/** The network's shape in a sentence or two. */
export function networkWords({ network, features }: Pick<Metrics, "network" | "features">): string {
  const { hidden, dropout, parameters } = network;
  const weights = `${countOf(parameters, "weight")} in all.`;
  if (hidden.length === 0)
    return `A logistic regression: ${countOf(features.length, "input")}, no hidden layer, ${weights}`;
  const same = hidden.every((units) => units === hidden[0]);
  const layers = same
    ? `${numberWord(hidden.length)} hidden ${hidden.length === 1 ? "layer" : "layers"} of ${countOf(hidden[0], "unit")}`
    : `${numberWord(hidden.length)} hidden layers of ${hidden.slice(0, -1).join(", ")} and ${hidden.at(-1)} units`;
  const shape = `A plain network: ${countOf(features.length, "input")}, ${layers} with ReLU between, one output that a sigmoid turns into a probability; ${weights}`;
  if (dropout === 0) return `${shape} No dropout.`;
  return `${shape} While it learns, ${percent(dropout)} of the hidden units, drawn anew each time, are switched off (dropout); when it predicts, all are on.`;
}
