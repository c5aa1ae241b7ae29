import { mkdtemp, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { someFlaggedModel } from "../../test/support/bundle/creatorModel.ts";
import { connect, createProfiles, NASTY_PROFILES } from "../../test/support/features/profiles.ts";
import type { Answer } from "../bundle/answers.ts";
import type { Model } from "../bundle/model.ts";
import { inputFingerprint, modelFingerprint } from "./unfinished.ts";

const folder = await mkdtemp(join(tmpdir(), "fingerprints-"));
afterAll(() => rm(folder, { recursive: true }));
const path = join(folder, "a.csv");
const bytes = Buffer.alloc(200_000, "x");

/** The fingerprint of a file of some bytes that was changed at some second. */
async function fingerprint(contents: Buffer, second: number): Promise<string> {
  await writeFile(path, contents);
  await utimes(path, second, second);
  return inputFingerprint(path);
}

describe("the fingerprint of a file", () => {
  it("changes with when it was changed, though nothing else does", async () => {
    const first = await fingerprint(bytes, 1_700_000_000);
    expect(await fingerprint(bytes, 1_700_000_000)).toBe(first);
    expect(await fingerprint(bytes, 1_700_000_001)).not.toBe(first);
  });

  it("changes with its size and with either end", async () => {
    const ends = [0, bytes.length - 1].map((at) => {
      const other = Buffer.from(bytes);
      other[at] = 0;
      return other;
    });
    const all = [bytes, bytes.subarray(1), ...ends];
    const found = [];
    for (const contents of all) found.push(await fingerprint(contents, 1_700_000_000));
    expect(new Set(found).size).toBe(all.length);
  });
});

it("makes a fingerprint of all that a model's answers depend on, and of nothing else", async () => {
  const connection = await connect();
  await createProfiles(connection, "profiles", NASTY_PROFILES);
  const model = await someFlaggedModel(connection, "profiles");
  const first = modelFingerprint(model);
  const answer = (change: Partial<Answer>): Model => ({
    ...model,
    answers: [{ ...model.answers[0], ...change }, ...model.answers.slice(1)],
  });
  const [, , several] = model.answers;
  const moved = structuredClone(model);
  (moved.answers[1].network as { layers: { bias: Float32Array }[] }).layers[0].bias[0] += 1e-6;
  const others: Model[] = [
    { ...model, threshold: 0.4 },
    { ...model, combinations: model.combinations?.map((one) => ({ ...one, slope: 1 })) },
    { ...model, answers: [...model.answers].reverse() },
    { ...model, pipeline: { ...model.pipeline, scaling: { ...model.pipeline.scaling, min: [] } } },
    answer({ needs: null }),
    answer({ features: [...model.answers[0].features].reverse() }),
    answer({ calibration: { method: "platt", slope: 2, intercept: 0 } }),
    answer({ network: model.answers[1].network }),
    {
      ...model,
      answers: model.answers.map((one) =>
        one === several && "networks" in one.network
          ? { ...one, network: { ...one.network, weights: [0.75, 0.25] } }
          : one,
      ),
    },
    moved,
  ];
  expect(new Set([first, ...others.map(modelFingerprint)]).size).toBe(others.length + 1);
  expect(modelFingerprint({ ...model, created_at: "2030-01-01T00:00:00.000Z", seed: 99 })).toBe(first);
});
