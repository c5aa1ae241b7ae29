import {
  chmod,
  link,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  symlink,
  writeFile,
} from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { claimFile, claimFolder } from "./write.ts";

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "insights-output-"));
});
afterEach(() => rm(root, { recursive: true, force: true }));
const at = (...names: string[]) => join(root, ...names);
const mode = async (path: string) => (await stat(path)).mode & 0o777;

const writeFolder = async <T>(
  out: string,
  force: boolean,
  fill: (folder: string) => Promise<T>,
): Promise<T> => {
  await using output = await claimFolder(out, { force });
  return await output.fill(fill);
};
const putFile = async (out: string, text: string, force = false, reads: string[] = []) => {
  await using output = await claimFile(out, { force, reads });
  await output.write(text);
};

const fill = (text: string) => async (folder: string) => {
  await writeFile(join(folder, "metrics.json"), text);
  await mkdir(join(folder, "model"));
  await writeFile(join(folder, "model", "model.json"), text);
  return text;
};
const OURS = ["checksums.json", "metrics.json", "model"];

describe("a folder of results", () => {
  it("is made, parents and all, and holds the checksums of its files", async () => {
    expect(await writeFolder(at("a", "b"), false, fill("one"))).toBe("one");
    expect(await readdir(at("a"))).toEqual(["b"]);
    expect((await readdir(at("a", "b"))).sort()).toEqual(OURS);
    const { sha256 } = JSON.parse(await readFile(at("a", "b", "checksums.json"), "utf8"));
    expect(Object.keys(sha256)).toEqual(["metrics.json", "model/model.json"]);
  });

  it("is replaced with force alone, where it is as it was written", async () => {
    const out = at("out");
    await writeFolder(out, false, fill("one"));
    await expect(writeFolder(out, false, fill("two"))).rejects.toThrow(/output folder exists: .*--force/);
    await rm(at("out", "metrics.json"));
    await writeFolder(out, true, fill("two"));
    expect(await readFile(at("out", "model", "model.json"), "utf8")).toBe("two");
    expect(await readdir(root)).toEqual(["out"]);
  });

  it.each<[what: string, harm: () => Promise<unknown>, named: string]>([
    ["a file", () => writeFile(at("out", "thesis.txt"), "mine"), "thesis.txt"],
    ["a file beneath", () => writeFile(at("out", "model", "note"), "mine"), "model/note"],
    ["a folder", () => mkdir(at("out", ".git", "objects"), { recursive: true }), ".git/"],
    ["a changed file", () => writeFile(at("out", "metrics.json"), "mine"), "metrics.json (changed)"],
    [
      "a link",
      () => rm(at("out", "metrics.json")).then(() => symlink("/etc/hosts", at("out", "metrics.json"))),
      "metrics.json",
    ],
  ])("stays where it holds %s that is not ours", async (_what, harm, named) => {
    await writeFolder(at("out"), false, fill("one"));
    await harm();
    await expect(writeFolder(at("out"), true, fill("two"))).rejects.toThrow(
      `it holds what the program did not write or somebody changed: ${named} (`,
    );
    expect(await readFile(at("out", "model", "model.json"), "utf8")).toBe("one");
    expect(await readdir(root)).toEqual(["out"]);
  });

  it.each<[what: string, make: () => Promise<unknown>]>([
    ["of an earlier version", () => mkdir(at("out")).then(() => writeFile(at("out", "metrics.json"), "{}"))],
    [
      "with changed checksums",
      async () => {
        await writeFolder(at("out"), false, fill("one"));
        const text = await readFile(at("out", "checksums.json"), "utf8");
        await writeFile(at("out", "checksums.json"), text.replace("metrics.json", "metrics.jsno"));
      },
    ],
  ])("stays where it is one %s", async (_what, make) => {
    await make();
    await expect(writeFolder(at("out"), true, fill("two"))).rejects.toThrow("is not an earlier result");
    expect(await readdir(root)).toEqual(["out"]);
  });

  it("stays where the run reads from it, or stands in it", async () => {
    await writeFolder(at("out"), false, fill("one"));
    await symlink(at("out"), at("link"));
    for (const path of [at("out", "model"), at("link", "metrics.json")]) {
      await expect(claimFolder(at("out"), { force: true, reads: [path] })).rejects.toThrow(
        "which this run reads",
      );
    }
    await expect(claimFolder(at("link"), { force: true })).rejects.toThrow("it is a symbolic link");
    await expect(claimFolder("/", { force: true })).rejects.toThrow("it is the current folder, or above it");
    const home = vi.spyOn(process, "cwd").mockReturnValue(at("out", "model"));
    await expect(claimFolder(at("out"), { force: true })).rejects.toThrow(
      "it is the current folder, or above it",
    );
    home.mockRestore();
    vi.stubEnv("HOME", at("out"));
    await expect(claimFolder(at("out"), { force: true })).rejects.toThrow("it is the home folder");
    vi.unstubAllEnvs();
  });

  it("leaves nothing behind when filling fails, and the earlier result whole", async () => {
    const out = at("deep", "out");
    const failing = async (folder: string) => {
      await writeFile(join(folder, "half.txt"), "half");
      throw new Error("stop");
    };
    await expect(writeFolder(out, false, failing)).rejects.toThrow("stop");
    expect(await readdir(root)).toEqual([]);
    await writeFolder(out, false, fill("one"));
    await expect(writeFolder(out, true, failing)).rejects.toThrow("stop");
    expect(await readdir(at("deep"))).toEqual(["out"]);
    expect(await readFile(join(out, "metrics.json"), "utf8")).toBe("one");
  });

  it("keeps what somebody put into it meanwhile, and the new result beside it", async () => {
    await writeFolder(at("out"), false, fill("one"));
    const work = writeFolder(at("out"), true, async (folder) => {
      await fill("two")(folder);
      await writeFile(at("out", "late.txt"), "mine");
    });
    await expect(work).rejects.toThrow(
      `late.txt (move it away, or choose another --out); the new result is whole and stands in ${at("out-2")}`,
    );
    expect(await readFile(at("out", "late.txt"), "utf8")).toBe("mine");
    expect(await readFile(at("out-2", "metrics.json"), "utf8")).toBe("two");
    expect((await readdir(root)).sort()).toEqual(["out", "out-2"]);
  });

  it("says why a place cannot be written", async () => {
    await writeFile(at("file"), "x");
    await expect(claimFolder(at("file"), { force: true })).rejects.toThrow("a file stands there");
    await expect(claimFolder(at("file", "out"), {})).rejects.toThrow(
      "a part of the path is a file, not a folder",
    );
    const full = Object.assign(new Error("ENOSPC"), { code: "ENOSPC" });
    await expect(writeFolder(at("out"), false, () => Promise.reject(full))).rejects.toThrow(
      "the disk is full",
    );
    await expect(claimFile(at("nowhere", "a.csv"), {})).rejects.toThrow("the folder does not exist");
    await expect(claimFile(at("x".repeat(300)), {})).rejects.toThrow("the name is too long");
  });

  it.skipIf(process.getuid?.() === 0)("refuses a folder without permission", async () => {
    await chmod(root, 0o500);
    await expect(claimFolder(at("out"), {})).rejects.toThrow("no permission to write there");
    await chmod(root, 0o700);
  });
});

describe("a file of results", () => {
  it("is whole, and replaced with force alone", async () => {
    await putFile(at("a.csv"), "one");
    await expect(putFile(at("a.csv"), "two")).rejects.toThrow("output file exists");
    await putFile(at("a.csv"), "two", true);
    expect(await readFile(at("a.csv"), "utf8")).toBe("two");
    expect(await readdir(root)).toEqual(["a.csv"]);
  });

  it.each<[what: string, make: (out: string) => Promise<unknown>]>([
    ["is the input", (out) => rename(at("in.csv"), out).then(() => symlink(out, at("in.csv")))],
    ["is a link to it", (out) => symlink(at("in.csv"), out)],
    ["is another name of it", (out) => link(at("in.csv"), out)],
  ])("is never one that the run reads: %s", async (_what, make) => {
    await writeFile(at("in.csv"), "mine");
    await make(at("a.csv"));
    await expect(putFile(at("a.csv"), "two", true, [at("in.csv")])).rejects.toThrow("which this run reads");
    expect(await readFile(at("in.csv"), "utf8")).toBe("mine");
  });

  it("is never a link, a folder, or a file of a model or result", async () => {
    await writeFile(at("mine.txt"), "mine");
    await symlink(at("mine.txt"), at("a.csv"));
    await expect(putFile(at("a.csv"), "two", true)).rejects.toThrow("it is a symbolic link");
    await writeFolder(at("out"), false, fill("one"));
    await expect(putFile(at("out"), "two", true)).rejects.toThrow("a folder stands there");
    for (const name of ["model/model.json", "checksums.json"]) {
      const message = `it is a file of the model or result in ${at("out")}`;
      await expect(putFile(at("out", name), "two", true)).rejects.toThrow(message);
    }
    expect(await readFile(at("mine.txt"), "utf8")).toBe("mine");
  });
});

describe("who may read an output", () => {
  it("is its owner alone, unless the earlier one or a shared folder says otherwise", async () => {
    await putFile(at("a.csv"), "one");
    await writeFolder(at("out"), false, fill("one"));
    expect([await mode(at("a.csv")), await mode(at("out")), await mode(at("out", "model"))]).toEqual([
      0o600, 0o700, 0o700,
    ]);
    expect(await mode(at("out", "model", "model.json"))).toBe(0o600);
    // Never wider than what is replaced, and never narrower.
    await chmod(at("a.csv"), 0o640);
    await chmod(at("out"), 0o755);
    await chmod(at("out", "metrics.json"), 0o604);
    await putFile(at("a.csv"), "two", true);
    await writeFolder(at("out"), true, fill("two"));
    expect([await mode(at("a.csv")), await mode(at("out")), await mode(at("out", "metrics.json"))]).toEqual([
      0o640, 0o755, 0o604,
    ]);
    await mkdir(at("team"));
    await chmod(at("team"), 0o2750);
    await putFile(at("team", "a.csv"), "one");
    await writeFolder(at("team", "out"), false, fill("one"));
    expect([await mode(at("team", "a.csv")), await mode(at("team", "out"))]).toEqual([0o640, 0o750]);
    expect(await mode(at("team", "out", "metrics.json"))).toBe(0o640);
  });
});
