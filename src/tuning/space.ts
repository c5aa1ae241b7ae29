import { Random } from "../base/random.ts";
import { STEP_GROUPS, type StepGroup } from "../features/presets.ts";
import { ENSEMBLE, type Recipe } from "../training/recipe.ts";
import type { TuningResults } from "./results.ts";

/** One thing that is tried out, and the values it may take. */
export type Parameter = TuningResults["space"][number];

/** What the data allows to be tried out. */
export interface SpaceOptions {
  /** Groups of features that may be left out. */
  readonly groups: readonly StepGroup[];
  /** Whether the target knows degrees between yes and no. */
  readonly degree: boolean;
  /** Most networks a fold. */
  readonly networks: number;
}

/** One configuration that is tried out; trial 0 is the recipe used without tuning. */
export type Trial = Readonly<TuningResults["trials"][number]>;

const LEFT_OUT = ["with", "without"];

const number = (name: string, low: number, high: number, scale: "linear" | "log", none = 0): Parameter => ({
  name,
  low,
  high,
  scale,
  none,
});

/**
 * Everything that is tried out. Steps that matter by their ratio (learning rate, weight decay, epochs) are drawn on a
 * logarithmic scale. The ranges reach about a factor of five around what is known to work, on both sides where there are two.
 */
export function searchSpace({ groups, degree, networks }: SpaceOptions): Parameter[] {
  return [
    { name: "layers", values: [0, 1, 2, 3] },
    { name: "units", values: [16, 32, 64, 96] },
    number("dropout", 0, 0.6, "linear"),
    number("learning_rate", 5e-4, 1e-2, "log"),
    number("weight_decay", 1e-2, 5, "log"),
    number("epochs", 10, 60, "log"),
    { name: "batch_size", values: [32, 64, 128, 256] },
    number("label_smoothing", 0.01, 0.2, "log", 0.5),
    { name: "networks", values: [1, 2, 4, 8].filter((count) => count <= networks) },
    ...(degree ? [number("degree_share", 0, 1, "linear")] : []),
    ...groups.map((group) => ({ name: group, values: LEFT_OUT })),
  ];
}

/**
 * Draws the configurations of a tuning. Each has a generator of its own, so that the first 60 of 100 are the 60.
 *
 * @param count how many, the first being the recipe used without tuning
 * @param seed same seed, same trials
 */
export function drawTrials(count: number, options: SpaceOptions, seed: number): Trial[] {
  const space = searchSpace(options);
  return Array.from({ length: count }, (_, trial) => {
    if (trial === 0) return { trial, recipe: ENSEMBLE };
    const random = new Random((seed + 1) * 1_000_003 + trial).fork(0);
    const drawn = new Map(space.map((parameter) => [parameter.name, draw(parameter, random)]));
    return { trial, recipe: recipeOf(trial, drawn, options.networks) };
  });
}

function draw(parameter: Parameter, random: Random): number | string {
  if ("values" in parameter) return parameter.values[random.integer(parameter.values.length)];
  const { low, high, scale, none } = parameter;
  // Both numbers are always drawn, so that one parameter's range moves no other's draw.
  const [lot, place] = [random.uniform(), random.uniform()];
  if (lot < none) return 0;
  const value = scale === "log" ? low * (high / low) ** place : low + (high - low) * place;
  // Three digits are finer than what can be told apart, and a person can read them.
  return Number(value.toPrecision(3));
}

function recipeOf(trial: number, drawn: ReadonlyMap<string, number | string>, networks: number): Recipe {
  const value = (name: string) => Number(drawn.get(name));
  const without = STEP_GROUPS.filter((group) => drawn.get(group) === "without");
  return {
    ...ENSEMBLE,
    name: `trial ${trial}`,
    hidden: new Array<number>(value("layers")).fill(value("units")),
    dropout: value("dropout"),
    learningRate: value("learning_rate"),
    weightDecay: value("weight_decay"),
    epochs: Math.round(value("epochs")),
    batchSize: value("batch_size"),
    labelSmoothing: value("label_smoothing"),
    networks: Math.min(value("networks"), networks),
    degreeShare: drawn.has("degree_share") ? value("degree_share") : ENSEMBLE.degreeShare,
    without,
  };
}

/** A recipe in one line: `32-32, dropout 0.2, learning rate 0.002, weight decay 1, 8 networks, without age`. */
export function recipeInWords(recipe: Recipe): string {
  const { hidden, dropout, learningRate, weightDecay, epochs, batchSize, labelSmoothing, networks } = recipe;
  return [
    hidden.length === 0 ? "no hidden layer" : hidden.join("-"),
    ...(hidden.length === 0 ? [] : [`dropout ${dropout}`]),
    `learning rate ${learningRate}`,
    `weight decay ${weightDecay}`,
    `${epochs} epochs`,
    `batch ${batchSize}`,
    ...(labelSmoothing > 0 ? [`label smoothing ${labelSmoothing}`] : []),
    ...(recipe.degreeShare > 0 ? [`degree share ${recipe.degreeShare}`] : []),
    networks === 1 ? "1 network" : `${networks} networks`,
    ...(recipe.without.length > 0 ? [`without ${recipe.without.join(", ")}`] : []),
  ].join(", ");
}
