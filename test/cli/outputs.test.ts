import { createHash } from "node:crypto";
import {
  chmod,
  cp,
  link,
  lstat,
  mkdir,
  readdir,
  readFile,
  readlink,
  rm,
  symlink,
  writeFile,
} from "node:fs/promises";
import { dirname, extname, join } from "node:path";
import type { Command } from "@commander-js/extra-typings";
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from "vitest";
import { claimFolder } from "../../src/base/output/write.ts";
import { buildProgram, commandsOf } from "../../src/cli/program.ts";
import { writeSample } from "../../src/sample/sample.ts";
import { effectsHere, runHere, scratchFolder } from "../support/harness.ts";
import { saveUntrainedModel } from "../support/untrainedModel.ts";

/** Options that name a file or folder which is read. Any other that names one must be declared as an output. */
const READ = ["--model", "--split", "--recipe", "--exclude", "--only", "--workspace"];

/** A command and an option of it that names what it writes. */
interface Output {
  readonly command: string;
  readonly option: string;
  readonly writes: "file" | "folder";
  readonly force: readonly string[];
}

/** Every option of every command that writes, as the command line declares them. */
async function outputs(): Promise<Output[]> {
  const found: Output[] = [];
  const nameOf = (command: Command) =>
    [command.parent?.parent ? command.parent.name() : "", command.name()].join(" ").trim();
  const names = commandsOf(await buildProgram([], effectsHere(), () => {})).map(nameOf);
  for (const name of names) {
    const program = await buildProgram(name.split(" "), effectsHere(), () => {});
    const options = commandsOf(program).find((command) => nameOf(command) === name)?.options ?? [];
    const force = options.some(({ long }) => long === "--force") ? ["--force"] : [];
    for (const option of options) {
      const { writes } = option as { writes?: Output["writes"] };
      const path = /<(file|folder)>|^--(out|list|figure|output)\b/.test(`${option.flags} ${option.long}`);
      if (writes !== undefined) found.push({ command: name, option: option.long ?? "", writes, force });
      else
        expect(!path || READ.includes(option.long ?? ""), `${name} ${option.flags}: read or written?`).toBe(
          true,
        );
    }
  }
  return found;
}
const all = await outputs();

const root = await scratchFolder();
const at = (...names: string[]) => join(root, "disk", ...names);
const sample = join(root, "sample.csv");
const shippedModel = join(root, "shipped");
const template = join(root, "template");
const before = process.cwd();

beforeAll(async () => {
  await writeSample(sample, { rows: 30, seed: 3 });
  await saveUntrainedModel(shippedModel, sample);
  const put = async (folder: string) => {
    for (const ending of ["csv", "svg", "sql"]) await cp(sample, join(folder, `in.${ending}`));
    await cp(shippedModel, join(folder, "model"), { recursive: true });
  };
  await put(template);
  await writeFile(join(template, "mine.txt"), "mine");
  // What the program itself has written, with an input among it.
  await using output = await claimFolder(join(template, "result"), {});
  await output.fill(async (folder) => {
    await put(folder);
    await writeFile(
      join(folder, "metrics.json"),
      '{"schema_version":1,"versions":{"influencer_insights":"1"}}',
    );
  });
});
afterAll(() => process.chdir(before));

/** Endings of the files that a command writes. */
const ENDINGS: Readonly<Record<string, string>> = { explain: "svg", export: "sql" };
const endingOf = (command: string) => ENDINGS[command] ?? "csv";

/** The rest of a command line that would do the work, over an input. */
function wordsOf({ command }: Output, input: string): string[] {
  const words: Readonly<Record<string, string[]>> = {
    start: [input, "--model", at("model")],
    study: [input],
    activity: [input],
    train: [input],
    tune: [input],
    score: [at("model"), input],
    explain: [at("model"), input, "--id", "nobody"],
    compare: [input, sample],
    shortlist: [at("model"), input],
    export: [at("model"), "--format", "sql"],
    sample: [],
    "workspace export": ["--workspace", input],
  };
  expect(words, `say here how ${command} is run`).toHaveProperty(command);
  const other = command === "start" ? { "--out": at("new-report"), "--list": at("new-list.csv") } : {};
  return [...command.split(" "), ...words[command], ...Object.entries(other).flat()];
}

/** Everything on the disk: what it is, its rights, where a link points, what a file holds. */
async function disk(): Promise<string[]> {
  const entries = await readdir(at(), { recursive: true, withFileTypes: true });
  const paths = entries.map((entry) => join(entry.parentPath, entry.name)).sort();
  return Promise.all(
    paths.map(async (path) => {
      const { mode } = await lstat(path);
      const entry = entries.find((one) => join(one.parentPath, one.name) === path);
      const held = entry?.isSymbolicLink()
        ? await readlink(path)
        : entry?.isFile()
          ? createHash("sha256")
              .update(await readFile(path))
              .digest("hex")
          : "";
      return `${path} ${mode.toString(8)} ${held}`;
    }),
  );
}

beforeEach(async () => {
  process.chdir(before);
  await rm(at(), { recursive: true, force: true });
  await cp(template, at(), { recursive: true });
});

/** Runs a command whose output is a path; nothing on the disk may change, and it must say why in our words. */
async function refused(
  output: Output,
  path: string,
  { input = at("in.csv"), force = true, model = "" } = {},
) {
  const there = await disk();
  const [command, ...words] = wordsOf(output, input);
  const given = words.map((word) => (model !== "" && word === at("model") ? model : word));
  // The option comes last, and overrules the one that stands there for `start`.
  const line = [command, ...given, ...(force ? output.force : []), output.option, path];
  const { code, stdout, stderr } = await runHere(line, { shippedModel });
  expect(await disk(), line.join(" ")).toEqual(there);
  expect({ code, stdout }, stderr).toEqual({ code: 1, stdout: "" });
  expect(stderr).toMatch(/^error: (cannot (write|replace)|output (file|folder) )/m);
}

const files = all
  .filter(({ writes }) => writes === "file")
  .map((one) => [`${one.command} ${one.option}`, one] as const);
const folders = all
  .filter(({ writes }) => writes === "folder")
  .map((one) => [`${one.command} ${one.option}`, one] as const);

it("knows all commands that write", () => {
  expect(new Set(all.map(({ command }) => command)).size).toBeGreaterThanOrEqual(11);
});

describe.each(files)("%s", (_name, output) => {
  const ending = endingOf(output.command);
  const out = at(`out.${ending}`);
  const input = at(`in.${ending}`);

  it("replaces no file that is there, unless told", async () => {
    await writeFile(out, "mine");
    await refused(output, out, { force: false });
  });

  it("never replaces a link, a folder or a file of a model or result", async () => {
    await symlink(at("mine.txt"), out);
    await refused(output, out);
    await rm(out);
    await symlink(at("nowhere"), out);
    await refused(output, out);
    await rm(out);
    await mkdir(out);
    await refused(output, out);
    await refused(output, at("result", `in.${ending}`));
  });

  it.skipIf(output.command === "sample" || output.command === "export")(
    "never replaces its own input, by whatever name",
    async () => {
      await refused(output, input, { input });
      await symlink(input, out);
      await refused(output, out, { input });
      await refused(output, input, { input: out });
      await rm(out);
      await link(input, out);
      await refused(output, out, { input });
    },
  );
});

describe.each(folders)("%s", (_name, output) => {
  it("never replaces a file, a link, or a folder with anything of somebody else in it", async () => {
    await refused(output, at("mine.txt"));
    if (output.command !== "tune") {
      await symlink(at("result"), at("link"));
      await refused(output, at("link"));
    }
    await writeFile(at("result", "thesis.docx"), "mine");
    await refused(output, at("result"));
    await rm(at("result", "thesis.docx"));
    await mkdir(at("result", ".git", "objects"), { recursive: true });
    await refused(output, at("result"));
    await rm(at("result", ".git"), { recursive: true });
    await writeFile(at("result", "metrics.json"), "mine");
    await refused(output, at("result"));
  });

  it("never replaces a result of an earlier version, which tells nothing of its files", async () => {
    await rm(at("result", "checksums.json"));
    await refused(output, at("result"));
  });

  it("never replaces what it reads, nor where it stands", async () => {
    await refused(output, at("result"), { input: at("result", "in.csv") });
    if (output.command === "start") await refused(output, at("result"), { model: at("result", "model") });
    process.chdir(at("result"));
    await refused(output, ".");
    process.chdir(at("result", "model"));
    await refused(output, "..");
    process.chdir(before);
    vi.stubEnv("HOME", at("result", "model"));
    await refused(output, at("result"));
    vi.unstubAllEnvs();
  });
});

describe("insights score, which writes more than it is told", () => {
  const score = all.find(({ command }) => command === "score") as Output;
  const out = at("out.csv");

  it("touches no folder of parts that is not its own", async () => {
    await mkdir(`${out}.partial`);
    await writeFile(join(`${out}.partial`, "thesis.docx"), "mine");
    await refused(score, out);
    await rm(`${out}.partial`, { recursive: true });
    await symlink(at("result"), `${out}.partial`);
    await refused(score, out);
    await rm(`${out}.partial`);
    await writeFile(`${out}.partial`, "mine");
    await refused(score, out);
  });

  it("touches no list of rejected records that is not its own", async () => {
    const list = `${out}.rejected.csv`;
    await writeFile(list, "mine");
    await refused(score, out);
    await rm(list);
    await symlink(at("mine.txt"), list);
    await refused(score, out);
    await rm(list);
    // One of ours to which somebody added notes.
    await writeFile(
      list,
      "line,row,reason,detail\n3,1,missing_id,missing id and account_id\nask Anna about this one\n",
    );
    await refused(score, out);
    await writeFile(list, "line,row,reason,detail\n3,1,missing_id,missing id and account_id\n");
    await refused(score, out, { force: false });
    expect((await runHere([...wordsOf(score, at("in.csv")), "--out", out, "--force"])).code).toBe(0);
    expect(await readdir(dirname(out))).not.toContain("out.csv.rejected.csv");
  });
});

it("gives no right to anybody else, and keeps what was given", async () => {
  const score = all.find(({ command }) => command === "score") as Output;
  const out = at("out.csv");
  const line = [...wordsOf(score, at("in.csv")), "--out", out, "--force"];
  await writeFile(at("in.csv"), `${await readFile(sample, "utf8")}"broken`);
  expect((await runHere(line)).code).toBe(0);
  const modes = async () =>
    Promise.all([out, `${out}.rejected.csv`].map(async (path) => (await lstat(path)).mode & 0o777));
  expect(await modes()).toEqual([0o600, 0o600]);
  await chmod(out, 0o644);
  expect((await runHere(line)).code).toBe(0);
  expect(await modes()).toEqual([0o644, 0o600]);
  expect(extname(out)).toBe(".csv");
});
