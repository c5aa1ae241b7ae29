import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { connect, createProfiles, NASTY_PROFILES } from "../../test/support/features/profiles.ts";
import { Random } from "../base/random.ts";
import { fitPipeline } from "../features/pipeline.ts";
import { transform } from "../features/transform.ts";
import { initialise, type Network } from "../network/network.ts";
import { createPredictor } from "../network/predictor.ts";
import { creatorWith } from "../targets/named.ts";
import { labelsOf } from "../targets/target.ts";
import { targetAnswer } from "./answers.ts";
import { keptTarget, targetOf } from "./configuration.ts";
import { checksumsOf } from "./folder.ts";
import { loadModel, type Model } from "./model.ts";
import { saveModel } from "./save.ts";
import { probabilitiesOf, scoreProfiles } from "./score.ts";

const connection = await connect();
await createProfiles(connection, "profiles", NASTY_PROFILES);
const norm = { log10_followers: [2, 4], log_rate: [-2, -3], rows: [30, 40] };
const networks = [1, 2, 3].map((seed) => initialise(9, [8, 4], new Random(seed)));
const pipeline = await fitPipeline(connection, "original", "profiles");
const answer = targetAnswer(
  pipeline,
  { networks, weights: [0.5, 0.2, 0.3] },
  { method: "beta", rise: 1.1, fall: 0.7, intercept: 0.1 + 0.2 },
);
const model: Model = {
  created_at: "2024-01-02T03:04:05.000Z",
  versions: { influencer_insights: "0.1.0", node: "20.19.0", duckdb: "v1.5.6" },
  seed: 7,
  data: { file: "profiles.csv", fingerprint: "ab".repeat(32), rows: NASTY_PROFILES.length },
  target: keptTarget(creatorWith(norm, 60), " creator ", 60),
  threshold: 0.3,
  policy: { kind: "queue", size: 500, of: null },
  pipeline,
  answers: [answer],
};
const root = await mkdtemp(join(tmpdir(), "ensemble-"));
afterAll(() => rm(root, { recursive: true }));
let directory: string;
let made = 0;
beforeEach(async () => {
  directory = join(root, String(made++));
  await saveModel(directory, model);
});

/** Changes `model.json` and makes its checksum right again. */
async function change(changes: (network: Record<string, unknown>) => void): Promise<void> {
  const path = join(directory, "model.json");
  const json = JSON.parse(await readFile(path, "utf8"));
  changes(json.answers[0].network);
  await writeFile(path, JSON.stringify(json));
  const files = new Map<string, Uint8Array>();
  // As few as the first version of the layout had.
  for (const name of ["model.json", "pipeline.json", "weights.safetensors"])
    files.set(name, await readFile(join(directory, name)));
  await writeFile(join(directory, "checksums.json"), checksumsOf(files));
}

describe("a model of several networks", () => {
  it("comes back the same, to the same probabilities bit for bit", async () => {
    const loaded = await loadModel(directory);
    expect(loaded).toEqual(model);
    const before = await scoreProfiles(connection, model, "profiles");
    expect(await scoreProfiles(connection, loaded, "profiles")).toEqual(before);
    expect(new Set(before.probabilities).size).toBeGreaterThan(5);
  });

  it("gives the calibrated weighted mean of the logits", async () => {
    const { values, rows } = await transform(connection, model.pipeline, "profiles");
    const logits = networks.map((network) => createPredictor(network).logits(values, rows.length));
    probabilitiesOf(model, values, rows.length).forEach((p, row) => {
      const z = 0.5 * logits[0][row] + 0.2 * logits[1][row] + 0.3 * logits[2][row];
      // Beta calibration: rise ln(s) - fall ln(1 - s) + intercept, s the probability before.
      const s = 1 / (1 + Math.exp(-z));
      const calibrated = 1.1 * Math.log(s) - 0.7 * Math.log(1 - s) + 0.1 + 0.2;
      expect(p).toBeCloseTo(1 / (1 + Math.exp(-calibrated)), 6);
    });
  });

  it("needs no calibration, and one network may have it", async () => {
    const { values, rows } = await transform(connection, model.pipeline, "profiles");
    const [first] = networks;
    const alone = createPredictor(first).probabilities(values, rows.length);
    const one = { ...model, answers: [targetAnswer(pipeline, { networks: [first], weights: [1] })] };
    const platt = { method: "platt", slope: 1, intercept: 0 } as const;
    const same = { ...model, answers: [targetAnswer(pipeline, first, platt)] };
    for (const other of [one, same]) {
      probabilitiesOf(other, values, rows.length).forEach((p, row) => {
        expect(p).toBeCloseTo(alone[row], 6);
      });
    }
    await saveModel(join(directory, "one"), one);
    expect(await loadModel(join(directory, "one"))).toEqual(one);
  });

  it("is refused where the files do not fit together", async () => {
    await change((network) => {
      network.weights = [0.5, 0.5];
    });
    await expect(loadModel(directory)).rejects.toThrow(
      "damaged model: weights.safetensors cannot be read: there are 18 tensors (expected 12)",
    );
    await change((network) => {
      network.weights = [0.5, 0.2, 0.2];
    });
    await expect(loadModel(directory)).rejects.toThrow("damaged model: model.json cannot be read: invalid");
    await change((network) => {
      delete network.weights;
    });
    await expect(loadModel(directory)).rejects.toThrow("layers.0.weight is missing");
  });

  it("is not written where networks differ, count wrongly or are none", async () => {
    const save = (several: Network[], weights: number[]) =>
      saveModel(join(directory, "wrong"), {
        ...model,
        answers: [targetAnswer(pipeline, { networks: several, weights })],
      });
    const other = initialise(9, [8, 5], new Random(1));
    await expect(save([networks[0], other], [0.5, 0.5])).rejects.toThrow(
      "invalid ensemble: networks of 8 x 4 and of 8 x 5 hidden units",
    );
    await expect(save(networks, [1, 1, 1])).rejects.toThrow("invalid ensemble: 3 weights of 3 in all");
    await expect(save([], [])).rejects.toThrow("invalid ensemble: no networks");
  });
});

describe("the target of a model", () => {
  it("is made anew with what the training rows taught", async () => {
    const { target } = await loadModel(directory);
    expect(target).toMatchObject({ name: "creator", wording: "creator", active_days: 60, norm });
    const definition = await targetOf({ target });
    expect(definition.learns).toBe(false);
    expect(await definition.fit(connection, "no such relation")).toEqual(creatorWith(norm, 60));
  });

  it("is checked like a user's where it is a condition, and its stored SQL never run", async () => {
    const kept = { name: "x", expression: "read_text('/etc/passwd') = ''", wording: "followers >= 3" };
    const definition = await targetOf({ target: kept });
    const target = await definition.fit(connection, "profiles");
    const other = await connect();
    await createProfiles(other, "profiles", NASTY_PROFILES);
    const { labels } = await labelsOf(other, target, "profiles");
    expect([...labels].filter((label) => label === 1).length).toBeGreaterThan(2);
    await expect(
      targetOf({ target: { ...kept, wording: "read_text('/etc/passwd') = ''" } }),
    ).rejects.toThrow();
  });

  it("is found by its name in a model of the study, and refused where something is lost", async () => {
    const named = await targetOf({
      target: { name: "engagement", expression: "awg_engagement_rate > 0.05" },
    });
    expect(named.name).toBe("engagement");
    await expect(targetOf({ target: { name: "creator", expression: "" } })).rejects.toThrow(
      "invalid model: it has not kept what the target creator learnt",
    );
  });
});
