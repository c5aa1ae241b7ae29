import { execFileSync } from "node:child_process";
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { Readable } from "node:stream";
import { afterAll, describe, expect, it } from "vitest";
import { expandFiles } from "./files.ts";

const folder = mkdtempSync(join(tmpdir(), "files-test-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const at = (name: string) => join(folder, name);

for (const name of ["dump/region=EU", "dump/.hidden", "dump/_temporary", "empty", "odd[1]"]) {
  mkdirSync(at(name), { recursive: true });
}
const FILES = [
  "dump/b.csv",
  "dump/a.csv.gz",
  "dump/part-10.parquet",
  "dump/region=EU/c.ndjson",
  "dump/.hidden/d.csv",
  "dump/_temporary/e.csv",
  "dump/_SUCCESS",
  "dump/notes.txt",
  "odd[1]/f.csv",
  "what*.csv",
];
for (const name of FILES) writeFileSync(at(name), "x");
symlinkSync(at("dump/b.csv"), at("link.csv"));

async function found(...names: string[]): Promise<string[]> {
  const { files, close } = await expandFiles(names.map(at));
  await close();
  return files.map((file) => file.slice(folder.length + 1));
}

describe("expandFiles", () => {
  it("takes files as they are named, whatever their names", async () => {
    expect(await found("dump/notes.txt", "dump/b.csv", "what*.csv")).toEqual([
      "dump/notes.txt",
      "dump/b.csv",
      "what*.csv",
    ]);
  });

  it("takes the data files of a folder and its folders, sorted", async () => {
    const data = ["dump/a.csv.gz", "dump/b.csv", "dump/part-10.parquet", "dump/region=EU/c.ndjson"];
    expect(await found("dump")).toEqual(data);
    expect(await found("dump/")).toEqual(data);
    expect(await found("odd[1]")).toEqual(["odd[1]/f.csv"]);
  });

  it("takes the files that a pattern fits, sorted", async () => {
    expect(await found("dump/*.csv*")).toEqual(["dump/a.csv.gz", "dump/b.csv"]);
    expect(await found("dump/{part-*,b}.{parquet,csv}")).toEqual(["dump/b.csv", "dump/part-10.parquet"]);
    expect(await found("dump/**/c.*")).toEqual(["dump/region=EU/c.ndjson"]);
  });

  it("takes each file once", async () => {
    expect(await found("dump/b.csv", "dump/*.csv", "link.csv", "dump/b.csv")).toEqual(["dump/b.csv"]);
  });

  it("says in one form that there is nothing", async () => {
    for (const name of ["none.csv", "none/*.csv", "empty", "none[1].csv", "a\0b"]) {
      await expect(expandFiles([at(name)])).rejects.toThrow(/^no such file: /);
    }
    await expect(expandFiles([])).resolves.toMatchObject({ files: [] });
  });

  it("keeps standard input as a file until it is closed", async () => {
    const temporaryDirectory = at("empty");
    const stdin = Readable.from([Buffer.from("id\n"), Buffer.from("1\n")]);
    const { files, close } = await expandFiles(["-", at("dump/b.csv"), "-"], { stdin, temporaryDirectory });
    expect(files.map((file) => basename(file))).toEqual(["standard input", "b.csv"]);
    expect(readFileSync(files[0], "utf8")).toBe("id\n1\n");
    await close();
    expect([existsSync(files[0]), readdirSync(temporaryDirectory)]).toEqual([false, []]);
  });

  it("refuses standard input that is empty or missing, and what cannot be kept, and leaves nothing behind", async () => {
    const temporaryDirectory = at("empty");
    const refused = (stdin?: Readable) => expandFiles(["-"], { stdin, temporaryDirectory });
    await expect(refused(Readable.from([]))).rejects.toThrow("empty file: standard input");
    await expect(refused()).rejects.toThrow("no standard input");
    const stop = new AbortController();
    const endless = new Readable({ read: () => setTimeout(() => stop.abort(new Error("enough")), 5) });
    await expect(
      expandFiles(["-"], { stdin: endless, temporaryDirectory, signal: stop.signal }),
    ).rejects.toThrow("enough");
    expect(readdirSync(temporaryDirectory)).toEqual([]);
  });

  it("says when there is no space to keep standard input", async (context) => {
    const small = at("small");
    mkdirSync(small);
    try {
      execFileSync("mount", ["-t", "tmpfs", "-o", "size=256k", "tmpfs", small], { stdio: "ignore" });
    } catch {
      return context.skip("no permission to mount a small tmpfs");
    }
    try {
      const stdin = Readable.from(Array.from({ length: 20 }, () => Buffer.alloc(1 << 16)));
      await expect(expandFiles(["-"], { stdin, temporaryDirectory: small })).rejects.toThrow(
        /^no space left for temporary files: .*standard input/,
      );
      expect(readdirSync(small)).toEqual([]);
    } finally {
      execFileSync("umount", [small]);
    }
  });
});
