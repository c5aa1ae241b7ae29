import { readFile } from "node:fs/promises";
import { InsightsError } from "../base/error.ts";
import { fileError } from "../base/files.ts";
import { ENSEMBLE, parseRecipeFile, type Recipe } from "../training/recipe.ts";

/** Which recipe was asked for. */
export interface RecipeOptions {
  /** A `recipe.json`; the usual recipe without. */
  readonly recipe?: string;
  /** Name of the preset that is trained. */
  readonly preset: string;
  /** Networks a fold; as many as the recipe says without. */
  readonly networks?: number;
}

/**
 * The recipe that was asked for.
 *
 * @throws InsightsError where the file cannot be read, is no recipe, or is one for other features
 */
export async function recipeFor({ recipe: file, preset, networks }: RecipeOptions): Promise<Recipe> {
  if (file === undefined) return { ...ENSEMBLE, networks: networks ?? ENSEMBLE.networks };
  const text = await readFile(file, "utf8").catch((error) => {
    throw fileError(file, error);
  });
  const { preset: made, recipe } = parseRecipeFile(text, file);
  if (made !== preset) {
    throw new InsightsError(`invalid recipe: for the preset ${made}, not ${preset} (add --preset ${made})`, {
      place: { file },
    });
  }
  return { ...recipe, networks: networks ?? recipe.networks };
}
