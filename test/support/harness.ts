import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll } from "vitest";
import { run } from "../../src/cli/program.ts";
import type { Effects } from "../../src/cli/terminal.ts";

/** Folder of the checkout. */
export const ROOT = fileURLToPath(new URL("../..", import.meta.url));

/** The built command line. `npm test` builds it first. */
export const MAIN = join(ROOT, "dist/cli/main.js");
if (!existsSync(MAIN)) throw new Error("dist/ is not there: run `npm run build` first");

/** A folder for one test file, removed at its end. */
export async function scratchFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "insights-test-"));
  afterAll(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** What a run of the command line left behind. */
export interface Finished {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** What a command may do to the world in a test: nothing that is seen outside. Clocks stand still. */
export function effectsHere(overrides: Partial<Effects> = {}): Effects {
  return {
    stdout: () => {},
    stderr: () => {},
    terminal: { interactive: false, columns: 80 },
    redraw: () => {},
    now: () => new Date(Date.UTC(2024, 0, 2, 3, 4, 5)),
    elapsed: () => 0,
    signal: new AbortController().signal,
    usualWorkspace: join(tmpdir(), "insights-test-none", "workspace.duckdb"),
    ...overrides,
  };
}

/** Runs a command line in this process, its effects caught. */
export async function runHere(words: readonly string[], overrides: Partial<Effects> = {}): Promise<Finished> {
  let stdout = "";
  let stderr = "";
  const code = await run(
    words,
    effectsHere({
      stdout: (text) => {
        stdout += text;
      },
      stderr: (text) => {
        stderr += text;
      },
      ...overrides,
    }),
  );
  return { code, stdout, stderr };
}

/** Starts the built command line in a process of its own, in this test's folder unless said otherwise. */
export function start(words: readonly string[], options: { cwd?: string; env?: NodeJS.ProcessEnv } = {}) {
  const child = spawn(process.execPath, [MAIN, ...words], {
    ...(options.cwd !== undefined && { cwd: options.cwd }),
    env: { ...process.env, ...options.env },
    stdio: ["ignore", "pipe", "pipe"],
  });
  let stdout = "";
  let stderr = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    stdout += text;
  });
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
  });
  const finished = new Promise<Finished>((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code) => resolve({ code, stdout, stderr }));
  });
  return { child, finished, seen: () => stderr };
}
