import { createHash } from "node:crypto";
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { connect, createProfiles, NASTY_PROFILES } from "../../test/support/features/profiles.ts";
import { Random } from "../base/random.ts";
import { profileColumn } from "../evaluation/dataProfile.ts";
import { fitPipeline } from "../features/pipeline.ts";
import { initialise } from "../network/network.ts";
import { engagement } from "../targets/named.ts";
import { targetAnswer } from "./answers.ts";
import { checksumsOf } from "./folder.ts";
import { loadModel, type Model } from "./model.ts";
import { saveModel } from "./save.ts";
import { scoreProfiles } from "./score.ts";

/** All files but the checksums, and with them. */
const LISTED = [
  "MLmodel",
  "code/influencer_insights_model.py",
  "conda.yaml",
  "input_example.json",
  "model.json",
  "model.onnx",
  "pipeline.json",
  "python_env.yaml",
  "requirements.txt",
  "serving_input_example.json",
  "weights.safetensors",
];
const FILES = ["checksums.json", ...LISTED];

const connection = await connect();
await createProfiles(
  connection,
  "profiles",
  NASTY_PROFILES.map((profile, i) => ({
    ...profile,
    id: i % 2 ? `90071992547409${i}` : null,
    account_id: `a${i}`,
  })),
);
const pipeline = await fitPipeline(connection, "original", "profiles");
const model: Model = {
  created_at: "2024-01-02T03:04:05.000Z",
  versions: { influencer_insights: "0.1.0", node: "v20.19.0", duckdb: "v1.5.6" },
  seed: 7,
  data: { file: "profiles.csv", fingerprint: "ab".repeat(32), rows: NASTY_PROFILES.length },
  training: { dropout: 0.2, learning_rate: 1e-3, batch_size: 512, restore_best: true },
  target: { name: engagement.name, expression: engagement.expression },
  threshold: 0.1 + 0.2,
  pipeline,
  answers: [targetAnswer(pipeline, initialise(9, [64, 7], new Random(7)))],
};

let root: string;
let directory: string;
let made = 0;

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "model-"));
  await saveModel(join(root, "saved"), model);
});
beforeEach(async () => {
  directory = join(root, String(made++));
  await cp(join(root, "saved"), directory, { recursive: true });
});
afterAll(() => rm(root, { recursive: true }));

/** Replaces a file of the model and makes its checksum right again. */
async function replace(name: string, contents: string | Uint8Array): Promise<void> {
  await writeFile(join(directory, name), contents);
  const files = new Map<string, Uint8Array>();
  for (const file of LISTED) files.set(file, await readFile(join(directory, file)));
  await writeFile(join(directory, "checksums.json"), checksumsOf(files));
}

/** The answers of `model.json` with networks of another shape. */
function shaped(hidden: readonly number[]): object[] {
  return model.answers.map(({ network: _, ...answer }) => ({ ...answer, network: { inputs: 9, hidden } }));
}

async function json(name: string): Promise<Record<string, unknown>> {
  return JSON.parse(await readFile(join(directory, name), "utf8"));
}

describe("a saved model", () => {
  it("comes back the same", async () => {
    expect(await loadModel(directory)).toEqual(model);
    const entries = await readdir(directory, { recursive: true, withFileTypes: true });
    const files = entries.filter((entry) => entry.isFile());
    expect(files.map((entry) => relative(directory, join(entry.parentPath, entry.name))).sort()).toEqual(
      [...FILES].sort(),
    );
  });

  it("gives the same probabilities, bit for bit", async () => {
    const before = await scoreProfiles(connection, model, "profiles");
    const after = await scoreProfiles(connection, await loadModel(directory), "profiles");
    expect(after).toEqual(before);
    expect(new Set(before.probabilities).size).toBeGreaterThan(5);
  });

  it("comes back the same with no hidden layer", async () => {
    const logistic = { ...model, answers: [targetAnswer(pipeline, initialise(9, [], new Random(1)))] };
    await saveModel(join(directory, "logistic"), logistic);
    expect(await loadModel(join(directory, "logistic"))).toEqual(logistic);
  });

  it("comes back with what scores are explained and drift is measured against", async () => {
    const more = {
      ...model,
      background: { rows: 2, values: Float32Array.from({ length: 18 }, (_, i) => i / 7) },
      reference: {
        rows: 20,
        columns: [],
        words: [],
        features: [],
        prediction: profileColumn(
          "prediction",
          Float64Array.from({ length: 20 }, (_, i) => i / 20),
        ),
      },
    };
    await saveModel(join(directory, "more"), more);
    expect(await loadModel(join(directory, "more"))).toEqual(more);
    for (const file of ["background.safetensors", "reference.json"]) {
      const bytes = await readFile(join(directory, "more", file));
      await rm(join(directory, "more", file));
      await expect(loadModel(join(directory, "more"))).rejects.toThrow(`damaged model: ${file} is missing`);
      await writeFile(join(directory, "more", file), bytes.subarray(1));
      await expect(loadModel(join(directory, "more"))).rejects.toThrow(
        `damaged model: ${file} does not match`,
      );
      await writeFile(join(directory, "more", file), bytes);
    }
  });

  it("may have files beside it that are none of its own", async () => {
    await writeFile(join(directory, ".DS_Store"), "x");
    expect(await loadModel(directory)).toEqual(model);
  });

  it("is the same bytes for the same model", async () => {
    const other = join(directory, "again");
    await saveModel(other, model);
    for (const file of FILES) {
      expect(await readFile(join(other, file))).toEqual(await readFile(join(directory, file)));
    }
  });

  it("tells what it is in model.json", async () => {
    expect(await json("model.json")).toMatchObject({
      format_version: 3,
      preset: "original",
      seed: 7,
      target: { name: "engagement", expression: "awg_engagement_rate > 0.05" },
      answers: [
        {
          question: "target",
          needs: null,
          features: pipeline.names,
          network: { inputs: 9, hidden: [64, 7] },
        },
      ],
    });
  });

  it("lists checksums that other tools compute too", async () => {
    const { sha256 } = (await json("checksums.json")) as { sha256: Record<string, string> };
    for (const file of LISTED) {
      const bytes = await readFile(join(directory, file));
      expect(sha256[file]).toBe(createHash("sha256").update(bytes).digest("hex"));
    }
  });
});

describe("scoring", () => {
  it("names profiles by id, else by account_id", async () => {
    const { ids, rows, probabilities } = await scoreProfiles(connection, model, "profiles");
    expect([...rows]).toEqual(NASTY_PROFILES.map((_, i) => i));
    expect(ids.slice(0, 2)).toEqual(["a0", "900719925474091"]);
    expect(probabilities.every((p) => p >= 0 && p <= 1)).toBe(true);
  });

  it("needs neither an id nor the target's columns", async () => {
    await connection.run(
      "CREATE TABLE bare AS SELECT * EXCLUDE (id, account_id, awg_engagement_rate) FROM profiles",
    );
    const { ids, probabilities } = await scoreProfiles(connection, model, "bare");
    expect(new Set(ids)).toEqual(new Set([null]));
    expect(probabilities).toEqual((await scoreProfiles(connection, model, "profiles")).probabilities);
  });

  it("names the column that is missing", async () => {
    await connection.run("CREATE TABLE fewer AS SELECT * EXCLUDE (following) FROM profiles");
    await expect(scoreProfiles(connection, model, "fewer")).rejects.toThrow(
      "missing column: following (from",
    );
  });
});

describe("a damaged model", () => {
  it.each(FILES)("with one byte changed anywhere in %s is refused, and the file named", async (file) => {
    const path = join(directory, file);
    const bytes = await readFile(path);
    const places = Array.from({ length: 12 }, (_, i) => Math.floor((i / 11) * (bytes.length - 1)));
    for (const place of places) {
      const changed = Buffer.from(bytes);
      changed[place] ^= 1;
      await writeFile(path, changed);
      await expect(loadModel(directory), `byte ${place}`).rejects.toThrow(`damaged model: ${file} `);
    }
  });

  it.each(FILES)("with %s cut short is refused, and the file named", async (file) => {
    const path = join(directory, file);
    const bytes = await readFile(path);
    await writeFile(path, bytes.subarray(0, bytes.length >> 1));
    await expect(loadModel(directory)).rejects.toThrow(`damaged model: ${file} `);
  });

  it.each(FILES.filter((file) => file !== "model.json"))(
    "without %s is refused, and the file named",
    async (file) => {
      await rm(join(directory, file));
      await expect(loadModel(directory)).rejects.toThrow(`damaged model: ${file} is missing`);
    },
  );

  it("says what does not match", async () => {
    await writeFile(join(directory, "weights.safetensors"), "");
    await expect(loadModel(directory)).rejects.toThrow(
      "damaged model: weights.safetensors does not match its checksum",
    );
  });

  it.each([
    [
      "another shape",
      "model.json",
      { answers: shaped([64, 8]) },
      "weights.safetensors cannot be read: answers.0.layers.1.weight is 7 x 64 (expected 8 x 64)",
    ],
    [
      "a layer more",
      "model.json",
      { answers: shaped([64, 7, 7]) },
      "weights.safetensors cannot be read: answers.0.layers.2.weight is 1 x 7 (expected 7 x 7)",
    ],
    [
      "a layer less",
      "model.json",
      { answers: shaped([]) },
      "weights.safetensors cannot be read: answers.0.layers.0.weight",
    ],
    ["another preset", "model.json", { preset: "profile" }, "pipeline.json is of another preset"],
    ["no threshold", "model.json", { threshold: "half" }, "model.json cannot be read"],
    ["an older version", "model.json", { format_version: 0 }, "model.json cannot be read"],
    ["other features", "pipeline.json", { names: ["x"] }, "pipeline.json cannot be read: invalid pipeline"],
  ])("with the right checksums but %s is refused", async (_what, file, change, message) => {
    await replace(file, JSON.stringify({ ...(await json(file)), ...change }));
    await expect(loadModel(directory)).rejects.toThrow(`damaged model: ${message}`);
  });

  it("with weights that belong to no layer is refused", async () => {
    directory = join(directory, "narrow");
    await saveModel(directory, {
      ...model,
      answers: [targetAnswer(pipeline, initialise(9, [1], new Random(1)))],
    });
    await replace("model.json", JSON.stringify({ ...(await json("model.json")), answers: shaped([]) }));
    await expect(loadModel(directory)).rejects.toThrow(
      "damaged model: weights.safetensors cannot be read: there are 4 tensors (expected 2)",
    );
  });

  it("with a list of checksums that forgets a file is refused", async () => {
    const bytes = await readFile(join(directory, "model.json"));
    await writeFile(join(directory, "checksums.json"), checksumsOf(new Map([["model.json", bytes]])));
    await expect(loadModel(directory)).rejects.toThrow(
      "damaged model: checksums.json does not list pipeline.json",
    );
  });
});

it("refuses what is no model", async () => {
  await expect(loadModel(join(root, "nosuch"))).rejects.toThrow("no such model: ");
  await expect(loadModel(join(directory, "model.json"))).rejects.toThrow("(expected a folder)");
  await expect(loadModel(root)).rejects.toThrow("(expected a folder with model.json)");
});

describe("saving", () => {
  it("never writes over a model", async () => {
    await expect(saveModel(directory, model)).rejects.toThrow("a file stands there");
  });

  it("refuses a network that does not take the features", async () => {
    const wrong = { ...model, answers: [targetAnswer(pipeline, initialise(8, [4], new Random(1)))] };
    await expect(saveModel(join(directory, "wrong"), wrong)).rejects.toThrow(
      "the pipeline has 9 features for a network of 8 inputs",
    );
  });

  it("refuses a background of other features, or of no numbers", async () => {
    const save = (rows: number, values: number[]) =>
      saveModel(join(directory, "wrong"), {
        ...model,
        background: { rows, values: Float32Array.from(values) },
      });
    await expect(save(2, Array(16).fill(0))).rejects.toThrow("invalid background: 16 numbers for 2 x 9");
    await expect(save(0, [])).rejects.toThrow("invalid background: 0 numbers for 0 x 9");
    await expect(save(1, Array(9).fill(Number.NaN))).rejects.toThrow(
      "invalid background: not a finite number",
    );
  });

  it("refuses weights and thresholds that are no numbers", async () => {
    const network = initialise(9, [4], new Random(1));
    network.layers[0].weight[0] = Number.NaN;
    await expect(
      saveModel(join(directory, "nan"), { ...model, answers: [targetAnswer(pipeline, network)] }),
    ).rejects.toThrow("not a finite number");
    await expect(saveModel(join(directory, "no"), { ...model, threshold: Number.NaN })).rejects.toThrow();
    expect(await readdir(directory)).toHaveLength(FILES.length);
  });
});
