import { join } from "node:path";
import { CHECKSUMS_FILE } from "../base/output/checksums.ts";
import { sha256OfFile } from "../base/output/durable.ts";
import { modelFolder } from "../bundle/folder.ts";
import type { Model } from "../bundle/model.ts";
import { SHIPPED_MODEL } from "../bundle/shipped.ts";

/** A model that people are ranked by, and how a workspace knows it. */
export interface RankingModel {
  readonly model: Model;
  /** Its folder; null for the one that ships. */
  readonly folder: string | null;
  /** SHA-256 of its `checksums.json`, and so of all its files. */
  readonly checksum: string;
}

/**
 * What a workspace knows a model by.
 *
 * @param folder as `loadModel` takes it; null for the model that ships
 * @param shipped the folder of that one
 */
export async function rankingModel(
  model: Model,
  folder: string | null,
  shipped = SHIPPED_MODEL,
): Promise<RankingModel> {
  const path = join(await modelFolder(folder ?? shipped), CHECKSUMS_FILE);
  return { model, folder, checksum: await sha256OfFile(path) };
}
