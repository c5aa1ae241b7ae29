#!/usr/bin/env node
import { homedir, tmpdir } from "node:os";
import { outputError } from "../base/files.ts";
import { sweepTemporary } from "../base/output/temporaryName.ts";
import { run } from "./program.ts";
import type { Effects } from "./terminal.ts";
import { defaultWorkspaceFile } from "./workspaceFile.ts";

/** Ends the process as a shell expects of one stopped by Ctrl-C (128 + SIGINT). */
const INTERRUPTED = 130;

const controller = new AbortController();
let interruptions = 0;
function interrupt(): void {
  interruptions += 1;
  if (interruptions > 1) process.exit(INTERRUPTED);
  controller.abort(new Error("interrupted"));
}
process.on("SIGINT", interrupt);
process.on("SIGTERM", interrupt);
// What is written here is about people: also what DuckDB keeps in temporary files is for its owner alone.
process.umask(0o077);
// A reader that goes away (`insights inspect x | head`) is no error.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code === "EPIPE") process.exit(0);
  const told = outputError(error, "to standard output");
  process.stderr.write(`error: ${told instanceof Error ? told.message : told}\n`);
  process.exit(1);
});

const interactive =
  process.stderr.isTTY === true && process.env.TERM !== "dumb" && process.env.CI === undefined;
// What draws is not needed where nothing is drawn, and takes a twentieth of a second to load.
const board = interactive ? (await import("log-update")).createLogUpdate(process.stderr) : undefined;
const colour = interactive && process.env.NO_COLOR === undefined;
const effects: Effects = {
  stdout: (text) => void process.stdout.write(text),
  stderr: (text, style) =>
    void process.stderr.write(style === "dim" && colour ? `\u001b[2m${text}\u001b[22m` : text),
  terminal: { interactive, columns: process.stderr.columns ?? 80 },
  redraw: (text) => (text === undefined ? board?.clear() : board?.(text)),
  now: () => new Date(),
  elapsed: () => performance.now(),
  signal: controller.signal,
  usualWorkspace: defaultWorkspaceFile({ platform: process.platform, env: process.env, home: homedir() }),
};

await sweepTemporary(tmpdir());
const code = await run(process.argv.slice(2), effects);
process.exitCode = controller.signal.aborted ? INTERRUPTED : code;
