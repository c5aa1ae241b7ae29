/**
 * Changes the sources of a room one small thing at a time and runs the tests that import what was changed; a change that no
 * test notices is printed. Run with `npm run mutate -- ROOM [options]`; README of the options in CONTRIBUTING.md. The checkout
 * is not touched: the changes are made to a copy in the system's folder for temporary files.
 */

import { execFileSync } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { createVitest, type TestSpecification } from "vitest/node";
import { Random } from "../src/base/random.ts";
import { type Mutation, mutationsOf } from "./mutations.ts";

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    /** So many changes, drawn by the seed; all of them unless told. */
    sample: { type: "string" },
    seed: { type: "string", default: "1" },
    /** Only files whose path holds this text. */
    file: { type: "string", default: "" },
    /** Run at most so many test files for a change, nearest first by imports. */
    tests: { type: "string", default: "8" },
  },
});
const [room] = positionals;
const root = fileURLToPath(new URL("..", import.meta.url));
if (room === undefined || !existsSync(join(root, "src", room))) {
  console.error("usage: npm run mutate -- ROOM [--sample N] [--seed N] [--file TEXT] [--tests N]");
  process.exit(2);
}

const tracked = execFileSync("git", ["ls-files", "--cached", "--others", "--exclude-standard"], {
  cwd: root,
  encoding: "utf8",
})
  .split("\n")
  .filter((name) => name !== "" && existsSync(join(root, name)));
const copy = mkdtempSync(join(tmpdir(), "insights-mutate-"));
process.on("exit", () => rmSync(copy, { recursive: true, force: true }));
process.on("SIGINT", () => process.exit(130)).on("SIGTERM", () => process.exit(143));
for (const name of [...tracked, "src/network/kernel.wasm"]) {
  if (!existsSync(join(root, name))) continue;
  mkdirSync(dirname(join(copy, name)), { recursive: true });
  cpSync(join(root, name), join(copy, name), { preserveTimestamps: true });
}
for (const name of ["node_modules", "dist"])
  if (existsSync(join(root, name))) symlinkSync(join(root, name), join(copy, name));

/** Source files of the checkout by the files that import them. */
const importers = new Map<string, string[]>();
for (const name of tracked.filter((path) => /^(src|test)\/.*\.tsx?$/.test(path))) {
  const text = readFileSync(join(root, name), "utf8");
  for (const [, target] of text.matchAll(/(?:from|import|import\()\s*"(\.[^"]+)"/g)) {
    const imported = relative(root, resolve(root, dirname(name), target));
    importers.set(imported, [...(importers.get(imported) ?? []), name]);
  }
}

/** Test files that import a file, directly or by way of others, nearest first: the one of its name, those of its folder, others. */
function testsOf(file: string): string[] {
  const tests: string[] = [];
  const seen = new Set([file]);
  let ring = [file];
  while (ring.length > 0) {
    const next = ring.flatMap((one) => importers.get(one) ?? []).filter((one) => !seen.has(one));
    ring = [...new Set(next)];
    for (const one of ring) seen.add(one);
    const found = ring.filter((one) => /\.test\.tsx?$/.test(one) && one.startsWith("src/"));
    const name = file.replace(/\.tsx?$/, ".test.");
    const own = (one: string) => (one.startsWith(name) ? 0 : dirname(one) === dirname(file) ? 1 : 2);
    tests.push(...found.sort((a, b) => own(a) - own(b)));
  }
  return tests.slice(0, Number(options.tests));
}

const TEN_MINUTES = 600_000;

interface Change extends Mutation {
  readonly file: string;
  readonly source: string;
}
const inRoom = (name: string) =>
  name.startsWith(`src/${room}/`) && /\.tsx?$/.test(name) && !/\.test\.|\/kernel\//.test(name);
const all: Change[] = tracked
  .filter((name) => inRoom(name) && name.includes(options.file))
  .flatMap((file) => {
    const source = readFileSync(join(root, file), "utf8");
    return mutationsOf(source, file).map((mutation) => ({ ...mutation, file, source }));
  });
const order = new Random(Number(options.seed)).shuffle(Int32Array.from(all.keys()));
const drawn = [...order.subarray(0, Number(options.sample ?? all.length))].sort((a, b) => a - b);
console.log(`${room}: ${all.length} changes, ${drawn.length} of them are tried`);

process.chdir(copy);
const vitest = await createVitest(
  "test",
  {
    root: copy,
    watch: false,
    run: true,
    bail: 1,
    reporters: [{}],
    maxWorkers: 1,
    coverage: { enabled: false },
  },
  {},
);
await vitest.standalone();

/** The tests that noticed last. */
let noticedBy = "";

/**
 * Whether the tests notice what the copy looks like now.
 *
 * @param limit milliseconds a test file, after which a change that never ends counts as noticed
 */
async function noticed(
  file: string,
  limit: number,
): Promise<"noticed" | "never ends" | "survived" | "no tests"> {
  const tests = testsOf(file);
  vitest.invalidateFile(join(copy, file));
  const [project] = vitest.projects;
  for (const test of tests) {
    const specification: TestSpecification = project.createSpecification(join(copy, test));
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<null>((done) => {
      timer = setTimeout(() => done(null), limit);
    });
    const running = vitest.runTestSpecifications([specification]);
    const ended = await Promise.race([running, late]);
    clearTimeout(timer);
    if (ended === null) {
      await vitest.cancelCurrentRun("keyboard-input");
      await running.catch(() => undefined);
      return "never ends";
    }
    // The run's report holds the modules of earlier runs too.
    const module = ended.testModules.find(({ moduleId }) => moduleId === join(copy, test));
    if (ended.unhandledErrors.length > 0 || module?.ok() !== true) {
      const failed = [...(module?.children.allTests() ?? [])].filter((one) => !one.ok());
      noticedBy = `${test}: ${failed.map(({ fullName }) => fullName).join("; ")}`;
      return "noticed";
    }
  }
  return tests.length === 0 ? "no tests" : "survived";
}

// A change is noticed where a test fails, so none may fail without one: files with such tests are left out, and said so.
const limits = new Map<string, number>();
for (const file of new Set(drawn.map((place) => all[place].file))) {
  const started = performance.now();
  const result = await noticed(file, TEN_MINUTES);
  if (result === "noticed" || result === "never ends") {
    console.log(`  ${file}: left out, for a test fails without a change (${noticedBy})`);
    continue;
  }
  const took = performance.now() - started;
  limits.set(file, 30_000 + 3 * took);
  console.log(`  ${file}: ${testsOf(file).length} test files, ${(took / 1000).toFixed(1)} s`);
}

let survivors = 0;
const tried = drawn.filter((place) => limits.has(all[place].file));
for (const place of tried) {
  const { file, source, start, end, text, kind } = all[place];
  const path = join(copy, file);
  writeFileSync(path, source.slice(0, start) + text + source.slice(end));
  const result = await noticed(file, limits.get(file) ?? TEN_MINUTES);
  writeFileSync(path, source);
  vitest.invalidateFile(path);
  if (result === "noticed" || result === "never ends") continue;
  survivors++;
  const line = source.slice(0, start).split("\n").length;
  const was = source.slice(start, end).replace(/\s+/g, " ");
  console.log(`${result}: ${file}:${line} (${kind})  ${was}  ->  ${text.replace(/\s+/g, " ")}`);
}
const score = (100 * (tried.length - survivors)) / Math.max(1, tried.length);
console.log(`${tried.length - survivors} of ${tried.length} changes noticed: ${score.toFixed(1)} %`);
await vitest.close();
process.exit(0);
