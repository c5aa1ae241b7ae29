import { fileURLToPath } from "node:url";
import { InsightsError } from "../base/error.ts";
import { holdsModel } from "./folder.ts";
import { loadModel, type Model } from "./model.ts";

/** The folder of the model that ships with the package: the same from the source and from what is built of it. */
export const SHIPPED_MODEL = fileURLToPath(new URL("../../models/creator", import.meta.url));

/**
 * Reads the model that ships with the package.
 *
 * @param folder another in its place
 * @throws InsightsError where it is not there; whatever `loadModel` throws
 */
export async function loadShippedModel(folder = SHIPPED_MODEL): Promise<Model> {
  if (!(await holdsModel(folder))) {
    throw new InsightsError(
      `no shipped model: ${folder} holds none (name one with --model; insights train makes one)`,
    );
  }
  return loadModel(folder);
}
