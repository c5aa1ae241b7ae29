import { readdir, readFile, writeFile } from "node:fs/promises";
import { join, relative } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { Random } from "../../src/base/random.ts";
import { writeSample } from "../../src/sample/sample.ts";
import { runHere, scratchFolder } from "../support/harness.ts";

const seed = Number(process.env.DAMAGE_SEED ?? Date.now() % 1_000_000);
const random = new Random(seed);

const folder = await scratchFolder();
const sample = join(folder, "sample.csv");
const model = join(folder, "trained", "model");
const out = join(folder, "scores.csv");

beforeAll(async () => {
  await writeSample(sample, { rows: 300, seed: 3 });
  const words = ["--folds", "2", "--repeats", "1", "--networks", "2", "--workers", "1"];
  expect((await runHere(["train", sample, "--out", join(folder, "trained"), ...words])).code).toBe(0);
});

const score = () => runHere(["score", model, sample, "--out", out]);

describe("insights score with a model as insights train writes it", () => {
  it(`names the file in which one byte has changed, whichever it is (DAMAGE_SEED=${seed})`, async () => {
    const entries = await readdir(model, { recursive: true, withFileTypes: true });
    const files = entries
      .filter((entry) => entry.isFile())
      .map((entry) => join(entry.parentPath, entry.name));
    expect(files.map((file) => relative(model, file))).toEqual(
      expect.arrayContaining(["checksums.json", "model.onnx", "background.safetensors", "reference.json"]),
    );
    for (const file of files) {
      const whole = await readFile(file);
      const damaged = Buffer.from(whole);
      const place = Math.floor(random.uniform() * whole.length);
      damaged[place] ^= 1 + Math.floor(random.uniform() * 255);
      await writeFile(file, damaged);
      const { code, stdout, stderr } = await score();
      const name = relative(model, file);
      expect({ name, place, code, stdout, stderr }).toMatchObject({
        code: 1,
        stdout: "",
        stderr: expect.stringContaining(`error: damaged model: ${name} `),
      });
      await writeFile(file, whole);
    }
    expect((await score()).code).toBe(0);
  });
});
