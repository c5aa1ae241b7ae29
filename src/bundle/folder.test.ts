import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { MODEL_FILE, modelFolder } from "./folder.ts";

const root = await mkdtemp(join(tmpdir(), "folder-"));
afterAll(() => rm(root, { recursive: true, force: true }));

async function folderWith(name: string, ...models: string[]): Promise<string> {
  for (const model of models) {
    await mkdir(join(root, name, model), { recursive: true });
    await writeFile(join(root, name, model, MODEL_FILE), "{}");
  }
  return join(root, name);
}

describe("modelFolder", () => {
  it("is the folder itself, or the one that a training put it in", async () => {
    const own = await folderWith("own", "", "model");
    expect(await modelFolder(own)).toBe(own);
    const training = await folderWith("training", "model");
    expect(await modelFolder(training)).toBe(join(training, "model"));
    expect(await modelFolder(join(root, "nowhere"))).toBe(join(root, "nowhere"));
  });

  it("has to be named where a study holds two", async () => {
    const study = await folderWith("study", "model", "recommended/model");
    await expect(modelFolder(study)).rejects.toThrow(
      `two models in ${study} (expected ${join(study, "recommended/model")}`,
    );
  });
});
