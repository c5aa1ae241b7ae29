import { z } from "zod";
import { InsightsError } from "../base/error.ts";
import { STEP_GROUPS } from "../features/presets.ts";
import { STUDY_DEFAULTS, type TrainOptions } from "../network/options.ts";

const share = z.number().min(0).max(1);

/** How the networks of one fold are trained: all of them the same way, but for the seed. */
export const recipeSchema = z.strictObject({
  /** Its name, for tables. */
  name: z.string().min(1),
  /**
   * By gradient descent, or one of two baselines, which are networks too: the feature that alone ranks the training rows best,
   * and nothing at all, which calls every row what most of them are.
   */
  method: z.enum(["descent", "best feature", "majority"]),
  /** Networks a fold. Their logits are averaged, and the model has as many for each repeat. */
  networks: z.number().int().min(1).max(64),
  /** Share of the training rows that a network sees once more without their dates, for files that have none. */
  withoutDates: share,
  /** Units of each hidden layer; empty for logistic regression. */
  hidden: z.array(z.number().int().min(1).max(4096)).max(16).readonly(),
  dropout: share.lt(1),
  learningRate: z.number().positive().max(10),
  weightDecay: z.number().min(0),
  /** Passes over the training rows; fewer where there are more than `MOST_ROWS` says. */
  epochs: z.number().int().min(1).max(1_000_000),
  /** Rows a step; more where there are many, so that an epoch has no more steps than the network needs. */
  batchSize: z.number().int().min(1).max(1_000_000),
  /**
   * How far labels are moved towards the target's degree, where it has one. An account just over a line says less than one
   * far beyond it.
   */
  degreeShare: share,
  /** Share by which labels are moved towards one half, after that. */
  labelSmoothing: share,
  /** Groups of features that no network sees. */
  without: z.array(z.enum(STEP_GROUPS)).readonly(),
  /** The study's own protocol: a part of the training rows says when to stop. */
  earlyStopping: z.boolean(),
});

/** How the networks of one fold are trained. */
export type Recipe = Readonly<z.infer<typeof recipeSchema>>;

/**
 * Our networks: one a fold, so that a model of three repeats has three. Chosen by `bench/recipes.ts`: more do not tell apart
 * better, smaller ones do worse.
 */
export const ENSEMBLE: Recipe = {
  name: "ensemble",
  method: "descent",
  networks: 1,
  withoutDates: 0.25,
  hidden: [32, 32],
  dropout: 0.2,
  learningRate: 2e-3,
  weightDecay: 1,
  epochs: 60,
  batchSize: 64,
  degreeShare: 0.5,
  labelSmoothing: 0,
  without: [],
  earlyStopping: false,
};

/** What a model of creators is called among others: facts, and networks where there are none. */
export const CREATOR_NAME = "both questions";

/** Logistic regression, by the same trainer on the same features. */
export const LOGISTIC: Recipe = {
  ...ENSEMBLE,
  name: "logistic regression",
  hidden: [],
  dropout: 0,
  learningRate: 1e-2,
  weightDecay: 1e-2,
  degreeShare: 0,
};

/** The original study's network, as its mended protocol trains it. */
export const STUDY: Recipe = {
  ...ENSEMBLE,
  name: "study's network",
  hidden: STUDY_DEFAULTS.hidden,
  dropout: STUDY_DEFAULTS.dropout,
  learningRate: STUDY_DEFAULTS.learningRate,
  weightDecay: 0,
  epochs: STUDY_DEFAULTS.maxEpochs,
  batchSize: STUDY_DEFAULTS.batchSize,
  degreeShare: 0,
  earlyStopping: true,
};

/** The best rule that looks at one feature. */
export const BEST_FEATURE: Recipe = { ...LOGISTIC, name: "best single feature", method: "best feature" };

/** What anything has to beat. */
export const MAJORITY: Recipe = { ...LOGISTIC, name: "majority", method: "majority" };

/** Steps that an epoch may have before batches grow. */
const STEPS = 16;

const MOST_BATCH = 1024;

/** Rows that a network is shown in all before epochs become fewer, and the fewest epochs. */
const MOST_ROWS = 8_000_000;
const FEWEST_EPOCHS = 3;

/**
 * The trainer's options for one network of a recipe.
 *
 * @param rows training rows
 * @param seed of weights, order and dropout
 */
export function trainOptions(recipe: Recipe, rows: number, seed: number): TrainOptions {
  const { hidden, dropout, learningRate, weightDecay, epochs, batchSize, earlyStopping } = recipe;
  const { labelSmoothing } = recipe;
  const common = { ...STUDY_DEFAULTS, hidden, dropout, learningRate, weightDecay, labelSmoothing, seed };
  if (earlyStopping) return { ...common, batchSize, maxEpochs: epochs };
  const grown = 2 ** Math.floor(Math.log2(rows / STEPS));
  return {
    ...common,
    batchSize: Math.max(batchSize, Math.min(MOST_BATCH, grown)),
    maxEpochs: Math.min(epochs, Math.max(FEWEST_EPOCHS, Math.floor(MOST_ROWS / rows))),
    restoreBest: false,
  };
}

const recipeFileSchema = z.strictObject({
  schema_version: z.literal(1),
  /** The features that the recipe was made for. */
  preset: z.string(),
  recipe: recipeSchema,
});

/** The contents of a `recipe.json`: how to train, and on which features. */
export type RecipeFile = z.infer<typeof recipeFileSchema>;

/**
 * Checks the contents of a `recipe.json`.
 *
 * @param file its name, for messages
 * @throws InsightsError `invalid recipe: ...`
 */
export function parseRecipeFile(text: string, file: string): RecipeFile {
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch (error) {
    throw new InsightsError("invalid recipe: not JSON", { place: { file }, cause: error });
  }
  if (typeof json === "object" && json !== null && asksForTexts(json)) {
    throw new InsightsError(
      "recipe of an older version: it has features of texts (find another with insights tune)",
      { place: { file } },
    );
  }
  const parsed = recipeFileSchema.safeParse(json);
  if (parsed.success) return parsed.data;
  const [{ path, message }] = parsed.error.issues;
  const where = path.length === 0 ? "" : `${path.join(".")}: `;
  throw new InsightsError(`invalid recipe: ${where}${message}`, { place: { file }, cause: parsed.error });
}

/** Whether a recipe was made when presets had features of texts. */
function asksForTexts(json: { recipe?: unknown }): boolean {
  return typeof json.recipe === "object" && json.recipe !== null && "halfWithoutText" in json.recipe;
}

/** The contents of a `recipe.json`, as `parseRecipeFile` reads them. */
export function formatRecipeFile(preset: string, recipe: Recipe): string {
  return `${JSON.stringify(recipeFileSchema.parse({ schema_version: 1, preset, recipe }), null, 2)}\n`;
}
