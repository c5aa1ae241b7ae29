/**
 * Makes the model that ships: `npm run model:train [-- FILE]` writes `models/creator/`, from FILE the same bytes each time. Nothing in it
 * is of the time it takes, of this machine or of a single account: the explanations' background is drawn from the synthetic sample.
 *
 * `--check` makes it beside and compares it with what is there; exit code 1 where a byte differs.
 */
import { cp, mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { availableParallelism, tmpdir } from "node:os";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { saveModel } from "../src/bundle/save.ts";
import { presetNamed } from "../src/features/presets.ts";
import { readProfiles } from "../src/profiles/read.ts";
import { writeSample } from "../src/sample/sample.ts";
import { versions } from "../src/study/events.ts";
import { resolveTarget } from "../src/targets/resolve.ts";
import { modelCard } from "../src/training/modelCard.ts";
import { ENSEMBLE } from "../src/training/recipe.ts";
import { backgroundOf } from "../src/training/trainedModel.ts";
import { trainProfiles } from "../src/training/trainProfiles.ts";

const { values, positionals } = parseArgs({
  options: { check: { type: "boolean", default: false } },
  allowPositionals: true,
});
const here = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const [file = here("../../shared/data/tiktok.csv")] = positionals;
const shipped = here("../models/creator");
const SEED = 1;
/** Accounts of the sample that explanations are held against. */
const BACKGROUND_ROWS = 128;
/** Accounts of a group that numbers may be told of. */
const FEWEST = 20;

/** Trains the model and writes it into a folder. */
async function make(directory: string, workspace: string): Promise<void> {
  const profiles = await readProfiles(file);
  const sample = join(workspace, "sample.csv");
  await writeSample(sample, { rows: BACKGROUND_ROWS, seed: SEED });
  const invented = await readProfiles(sample);
  try {
    const reader = await profiles.connection.runAndReadAll(
      `SELECT epoch_ms(max(observed_at)) FROM ${profiles.table}`,
    );
    const { node, ...others } = await versions();
    const { model, results } = await trainProfiles(profiles, {
      definition: await resolveTarget("creator"),
      wording: "creator",
      preset: presetNamed("profile"),
      recipe: ENSEMBLE,
      folds: 5,
      repeats: 3,
      seed: SEED,
      workers: availableParallelism(),
      policy: { kind: "max_f1" },
      allowLeakage: false,
      // What a patch of Node changes is not what a model says.
      versions: { ...others, node: node.split(".")[0] },
      createdAt: new Date(Number(reader.getRowsJS()[0][0])),
      elapsed: () => 0,
    });
    const background = await backgroundOf(invented.connection, model.pipeline, invented.table, SEED);
    const told = {
      ...results,
      slices: results.slices.filter(({ rows }) => rows >= FEWEST),
      partial_dependence: [],
      timing: {},
    };
    await saveModel(
      directory,
      { ...model, background },
      {
        "metrics.json": `${JSON.stringify(told, null, 2)}\n`,
        "README.md": modelCard(told, "Learnt from profiles as of"),
      },
    );
  } finally {
    await profiles.close();
    await invented.close();
  }
}

/** Names of the files that one of two folders lacks or has otherwise. */
async function differences(one: string, other: string): Promise<string[]> {
  const filesOf = async (root: string) =>
    (await readdir(root, { withFileTypes: true, recursive: true }))
      .filter((entry) => entry.isFile())
      .map((entry) => relative(root, join(entry.parentPath, entry.name)));
  const names = new Set([...(await filesOf(one)), ...(await filesOf(other))]);
  const found: string[] = [];
  for (const name of [...names].sort()) {
    const [first, second] = await Promise.all(
      [one, other].map((root) => readFile(join(root, name)).catch(() => null)),
    );
    if (first === null || second === null || !first.equals(second)) found.push(name);
  }
  return found;
}

const workspace = await mkdtemp(join(tmpdir(), "insights-model-"));
try {
  const made = join(workspace, "creator");
  await make(made, workspace);
  if (values.check) {
    const wrong = await differences(made, shipped);
    for (const name of wrong) console.error(`models/creator/${name} differs`);
    if (wrong.length === 0) console.log("models/creator is what the file makes");
    else process.exitCode = 1;
  } else {
    await rm(shipped, { recursive: true, force: true });
    await cp(made, shipped, { recursive: true });
    console.log(`models/creator made of ${file}`);
  }
} finally {
  await rm(workspace, { recursive: true });
}
