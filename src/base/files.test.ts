import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { InsightsError } from "./error.ts";
import { checkOutput, outputError, writeFolder } from "./files.ts";

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "insights-output-"));
});
afterEach(() => rm(root, { recursive: true, force: true }));

const fill = (text: string) => async (folder: string) => {
  await writeFile(
    join(folder, "metrics.json"),
    JSON.stringify({ schema_version: 1, versions: { influencer_insights: text } }),
  );
  return text;
};

describe("writeFolder", () => {
  it("makes the folder, parents and all, and returns what fill returned", async () => {
    const out = join(root, "a", "b");
    expect(await writeFolder(out, false, fill("one"))).toBe("one");
    expect(await readdir(out)).toEqual(["metrics.json"]);
    expect(await readdir(join(root, "a"))).toEqual(["b"]);
  });

  it("refuses a folder that exists, and replaces an earlier result with force", async () => {
    const out = join(root, "out");
    await writeFolder(out, false, fill("one"));
    await expect(writeFolder(out, false, fill("two"))).rejects.toThrow(/output folder exists: .*--force/);
    await writeFolder(out, true, fill("two"));
    expect(await readFile(join(out, "metrics.json"), "utf8")).toContain("two");
    expect(await readdir(root)).toEqual(["out"]);
  });

  it("never replaces a folder that is not an earlier result", async () => {
    const out = join(root, "photos");
    await mkdir(out);
    await writeFile(join(out, "cat.jpg"), "x");
    await expect(writeFolder(out, true, fill("one"))).rejects.toThrow(
      "output folder is not an earlier result",
    );
    expect(await readdir(out)).toEqual(["cat.jpg"]);
  });

  it("leaves nothing behind when filling fails, and the earlier result whole", async () => {
    const out = join(root, "deep", "out");
    const failing = async (folder: string) => {
      await writeFile(join(folder, "half.txt"), "half");
      throw new Error("stop");
    };
    await expect(writeFolder(out, false, failing)).rejects.toThrow("stop");
    expect(await readdir(root)).toEqual([]);
    await writeFolder(out, false, fill("one"));
    await expect(writeFolder(out, true, failing)).rejects.toThrow("stop");
    expect(await readdir(join(root, "deep"))).toEqual(["out"]);
    expect(await readFile(join(out, "metrics.json"), "utf8")).toContain("one");
  });

  it("says why a place cannot be written", async () => {
    await writeFile(join(root, "file"), "x");
    await expect(checkOutput(join(root, "file"), true)).rejects.toThrow("a file stands there");
    await expect(writeFolder(join(root, "file", "out"), false, fill("one"))).rejects.toBeInstanceOf(
      InsightsError,
    );
    const full = Object.assign(new Error("ENOSPC"), { code: "ENOSPC" });
    const failing = () => Promise.reject(full);
    await expect(writeFolder(join(root, "out"), false, failing)).rejects.toThrow("the disk is full");
    expect(outputError(new TypeError("x"), "out")).toBeInstanceOf(TypeError);
  });

  it.skipIf(process.getuid?.() === 0)("refuses a folder without permission", async () => {
    await chmod(root, 0o500);
    await expect(checkOutput(join(root, "out"), false)).rejects.toThrow("no permission to write there");
    await chmod(root, 0o700);
  });
});
