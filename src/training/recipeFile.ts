import { z } from "zod";
import { InsightsError } from "../base/error.ts";
import { STEP_GROUPS } from "../features/presets.ts";
import type { Recipe } from "./recipe.ts";

const share = z.number().min(0).max(1);

/** A recipe with the ranges of its numbers; see `Recipe` for what they mean. */
export const recipeSchema = z.strictObject({
  name: z.string().min(1),
  method: z.enum(["descent", "best feature", "majority"]),
  networks: z.number().int().min(1).max(64),
  withoutDates: share,
  hidden: z.array(z.number().int().min(1).max(4096)).max(16),
  dropout: share.lt(1),
  learningRate: z.number().positive().max(10),
  weightDecay: z.number().min(0),
  epochs: z.number().int().min(1).max(1_000_000),
  batchSize: z.number().int().min(1).max(1_000_000),
  degreeShare: share,
  labelSmoothing: share,
  without: z.array(z.enum(STEP_GROUPS)),
  earlyStopping: z.boolean(),
}) satisfies z.ZodType<Recipe>;

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
