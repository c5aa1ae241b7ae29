import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it, vi } from "vitest";
import { untrainedModel } from "../../test/support/scoring/model.ts";
import { CANONICAL_NAMES } from "../profiles/canonical.ts";
import { writeSample } from "../sample/sample.ts";
import { isRejectedList, rejectedHeader, rejectedLines } from "./rejectedList.ts";
import { scoreFiles } from "./scoreFiles.ts";

/** Whether DuckDB writes to a disk that is full. */
const disk = vi.hoisted(() => ({ full: false }));
vi.mock("./output.ts", async (load) => {
  const all = await load<typeof import("./output.ts")>();
  const copySql: typeof all.copySql = (query, path, ...more) =>
    all.copySql(query, disk.full ? "/dev/full" : path, ...more);
  return { ...all, copySql };
});

const folder = await mkdtemp(join(tmpdir(), "rejected-test-"));
afterAll(() => rm(folder, { recursive: true }));

it.each([
  ...["invalid_utf8", "invalid_id", "missing_id", "too_few_columns", "short_link"],
  ...CANONICAL_NAMES.map((name) => `blank_${name}`),
])("is known as ours whatever was wrong with a record: %s", (reason) => {
  const reject = { line: 3, row: null, reason, detail: 'invalid "x", y\nz' };
  for (const file of [null, "a,b.csv"]) {
    const text = rejectedHeader(file !== null) + rejectedLines([reject, { ...reject, line: null }], file);
    expect(isRejectedList(text)).toBe(true);
    expect(isRejectedList(`${text}mine\n`)).toBe(false);
  }
});

it("is replaced by the next run, also where bytes were wrong; a full disk is told by the output's name", async () => {
  const path = join(folder, "profiles.csv");
  await writeSample(path, { rows: 50, seed: 3 });
  const text = await readFile(path);
  await writeFile(
    path,
    Buffer.concat([text, Buffer.from("\xff\xfe,".repeat(3), "latin1"), Buffer.from("\n")]),
  );
  const model = await untrainedModel(path);
  const out = join(folder, "scores.csv");
  const first = await scoreFiles(model, [path], { out });
  expect(first.rejectedByReason).toEqual({ invalid_utf8: 1 });
  expect(await scoreFiles(model, [path], { out, force: true })).toMatchObject({ rejected: 1 });
  disk.full = true;
  await expect(scoreFiles(model, [path], { out, force: true })).rejects.toThrow(
    `cannot write ${out}: the disk is full`,
  );
});
