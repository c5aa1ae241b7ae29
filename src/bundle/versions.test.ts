import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeEach, expect, it } from "vitest";
import { someModel } from "../../test/support/bundle/models.ts";
import { connect, createProfiles, NASTY_PROFILES } from "../../test/support/features/profiles.ts";
import { ensembleOf } from "./answers.ts";
import { checksumsOf } from "./folder.ts";
import { loadModel, type Model } from "./model.ts";
import { formatSafetensors, parseSafetensors } from "./safetensors.ts";
import { saveModel } from "./save.ts";

const connection = await connect();
await createProfiles(connection, "profiles", NASTY_PROFILES);
const one = await someModel(connection, "profiles", { preset: "original", hidden: [8, 4] });
const several = await someModel(connection, "profiles", {
  preset: "profile",
  hidden: [4],
  networks: 3,
  calibration: "beta",
});
const root = await mkdtemp(join(tmpdir(), "versions-"));
afterAll(() => rm(root, { recursive: true }));
let directory: string;
let made = 0;
beforeEach(() => {
  directory = join(root, String(made++));
});

/** Replaces a file of the model and makes its checksum right again. */
async function replace(name: string, contents: string | Uint8Array): Promise<void> {
  await writeFile(join(directory, name), contents);
  const files = new Map<string, Uint8Array>();
  for (const entry of await readdir(directory, { withFileTypes: true, recursive: true })) {
    const path = join(entry.parentPath, entry.name);
    const file = path.slice(directory.length + 1);
    if (entry.isFile() && file !== "checksums.json") files.set(file, await readFile(path));
  }
  await writeFile(join(directory, "checksums.json"), checksumsOf(files));
}

async function json(name: string): Promise<Record<string, unknown>> {
  return JSON.parse(await readFile(join(directory, name), "utf8"));
}

/** Saves a model as versions 1 and 2 did: one network, or several, by no answer's name, and the calibration beside it. */
async function saveEarlier(version: number, model: Model): Promise<void> {
  await saveModel(directory, model);
  const { answers: _, ...rest } = await json("model.json");
  const [{ network, calibration }] = model.answers;
  const { networks, weights } = ensembleOf(network);
  const [{ inputs, layers }] = networks;
  const hidden = layers.slice(0, -1).map(({ outputs }) => outputs);
  const shape = { inputs, hidden, ...(networks.length > 1 && { weights }) };
  const earlier = { ...rest, format_version: version, network: shape, calibration };
  await replace("model.json", JSON.stringify(earlier));
  const tensors = parseSafetensors(await readFile(join(directory, "weights.safetensors")));
  const named = Object.entries(tensors).map(([name, tensor]) => [name.replace("answers.0.", ""), tensor]);
  await replace("weights.safetensors", formatSafetensors(Object.fromEntries(named)));
}

it.each([
  [1, "one network", one],
  [2, "one network", one],
  [2, "several networks, calibrated", several],
] as const)("reads the layout of version %i with %s", async (version, _what, model) => {
  await saveEarlier(version, model);
  expect((await json("model.json")).answers).toBeUndefined();
  expect(await loadModel(directory)).toEqual(model);
});

it("names each tensor by its answer, its network and its layer", async () => {
  await saveModel(directory, several);
  const tensors = parseSafetensors(await readFile(join(directory, "weights.safetensors")));
  const names = [0, 1, 2].flatMap((network) =>
    [0, 1].flatMap((layer) =>
      ["weight", "bias"].map((part) => `answers.0.networks.${network}.layers.${layer}.${part}`),
    ),
  );
  expect(Object.keys(tensors).sort()).toEqual(names.sort());
});

it("refuses a model of a newer version", async () => {
  await saveModel(directory, one);
  await replace("model.json", JSON.stringify({ format_version: 4, all: "different" }));
  await expect(loadModel(directory)).rejects.toThrow(
    "model of a newer version: 4 (this program reads 1 to 3; update it)",
  );
});

it.each([
  [{ kind: "phrases", params: { column: "biography" }, fitted: {} }, "phrases"],
  [
    { kind: "principalComponents", params: { logarithms: true }, fitted: {} },
    "principalComponents of logarithms",
  ],
])("says of a model with features of an earlier version what to do", async (step, what) => {
  await saveModel(directory, one);
  const pipeline = (await json("pipeline.json")) as { steps: object[] };
  await replace("pipeline.json", JSON.stringify({ ...pipeline, steps: [...pipeline.steps, step] }));
  await expect(loadModel(directory)).rejects.toThrow(
    `unknown feature kind: ${what} (of an earlier version: train again with insights train)`,
  );
});
