import { stat } from "node:fs/promises";
import { basename, resolve } from "node:path";
import { type Command, Option } from "@commander-js/extra-typings";
import { SAMPLE_FILE } from "../base/data.ts";
import { InsightsError } from "../base/error.ts";
import { isLoopback } from "../server/auth.ts";
import type { WorkspacePlace } from "../server/deskThread.ts";
import { listen } from "../server/listen.ts";
import { faultInLog } from "../server/problem.ts";
import { createServer, DATABASES } from "../server/server.ts";
import { versions } from "../study/events.ts";
import { IN_MEMORY } from "../workspace/open.ts";
import { modelOption, readChosen } from "./chooseModel.ts";
import {
  debugOption,
  memoryFor,
  type OptionsOf,
  type ReadingFlags,
  readingOf,
  wholeNumberOption,
  withReadingOptions,
} from "./options.ts";
import type { Effects } from "./terminal.ts";
import { workspaceOption } from "./workspaceFile.ts";

/** The arguments and options of `insights serve`. */
export const declared = (command: Command) =>
  withReadingOptions(command)
    .usage("[options] [MODEL] [FILE]")
    .argument("[words...]", "a model's folder, without one the model that ships; a file of profiles, if any")
    .addOption(modelOption())
    .addOption(
      wholeNumberOption("--port <number>", "port; 0 takes any that is free", 0, 65_535).default(4321),
    )
    .option("--host <name>", "address to listen on", "127.0.0.1")
    .addOption(new Option("--token <text>", "ask every request for this bearer token").env("INSIGHTS_TOKEN"))
    .option("--name <names...>", "names under which others reach the server")
    .addOption(
      new Option(
        "--memory <size>",
        "what DuckDB may use for people and files together; a quarter of the machine's memory, at most 2 GB, if not said",
      ).argParser(memoryFor(DATABASES)),
    )
    .addOption(workspaceOption())
    .option("--in-memory", "keep nothing: a workspace that is gone when the server stops")
    .option(
      "--sample",
      "open the made-up profiles that ship with the program, in memory unless --workspace says where",
    )
    .addOption(debugOption());

type Options = OptionsOf<typeof declared> & ReadingFlags;

/** Shortest token that is worth its name. */
const SHORTEST_TOKEN = 16;

/**
 * `insights serve`: the page and the API, until it is told to stop.
 *
 * @param words a model's folder, a file of profiles, both in either order, or nothing
 * @throws InsightsError for whatever the user can mend
 */
export async function run(words: readonly string[], options: Options, effects: Effects): Promise<void> {
  const { host, port, token } = options;
  requireGuarded(host, token);
  const { folder, file } = await tellApart(words, options.model ?? null);
  if (file !== null && options.sample === true) {
    throw new InsightsError("--sample and a file: which of them? (expected one)", { exitCode: 2 });
  }
  const model = await readChosen({ folder }, effects);
  const workspace = workspaceOf(options, effects);
  const names = new Set<string>();
  const server = await createServer({
    model,
    folder,
    version: (await versions()).influencer_insights,
    token,
    reading: readingOf(options),
    memory: options.memory,
    workspace,
    // Made-up people never come among real ones; whoever names a file knows what it is for.
    takesSample: workspace.path === IN_MEMORY || options.workspace !== undefined,
    now: effects.now,
    elapsed: effects.elapsed,
    hosts: () => names,
    report: (error) => {
      const whole = error instanceof Error ? error.stack : String(error);
      effects.stderr(
        `fault: ${options.debug === true ? whole : `${faultInLog(error)} (--debug tells its words, which may be personal)`}\n`,
      );
    },
  });
  try {
    const listening = await listen(server.app, { host, port });
    for (const name of [
      host,
      ...(isLoopback(host) ? ["localhost", "127.0.0.1", "[::1]"] : []),
      ...(options.name ?? []),
    ]) {
      names.add(`${name}:${listening.port}`.toLowerCase());
      names.add(name.toLowerCase());
    }
    // A server for others answers to whatever name they know it by, unless names are told.
    if (!isLoopback(host) && options.name === undefined) names.clear();
    const path = options.sample === true ? SAMPLE_FILE : file;
    if (path !== null) {
      const source = { path, name: basename(path), synthetic: path === SAMPLE_FILE, ours: false };
      server.imports.reserve().add(source);
    }
    effects.stdout(`${listening.address}${path === null ? "" : "/people"}\n`);
    effects.stderr(
      workspace.path === IN_MEMORY
        ? "people are kept in memory, until it stops\n"
        : `people are kept in ${workspace.path}\n`,
    );
    effects.stderr("Ctrl-C stops it; requests in flight finish first\n");
    await untilStopped(effects.signal);
    server.drain();
    await listening.stop();
  } finally {
    await server.close();
  }
}

/** Where the workspace is: in memory, in the file that is named, in the usual one. The sample is in memory unless a file is named. */
function workspaceOf(
  { workspace, inMemory, sample }: Pick<Options, "workspace" | "inMemory" | "sample">,
  { usualWorkspace }: Pick<Effects, "usualWorkspace">,
): WorkspacePlace {
  if (inMemory === true || (sample === true && workspace === undefined))
    return { path: IN_MEMORY, makeFolder: false };
  return { path: resolve(workspace ?? usualWorkspace), makeFolder: workspace === undefined };
}

function requireGuarded(host: string, token: string | undefined): void {
  if (token !== undefined && token.length < SHORTEST_TOKEN) {
    throw new InsightsError(`invalid token: it is shorter than ${SHORTEST_TOKEN} characters`, {
      exitCode: 2,
    });
  }
  if (!isLoopback(host) && token === undefined) {
    throw new InsightsError(
      `no token: ${host} is reached from other machines (give --token, or the variable INSIGHTS_TOKEN)`,
      { exitCode: 2 },
    );
  }
}

/** Which of the words is a model (a folder with a model in it) and which a file. */
async function tellApart(
  words: readonly string[],
  named: string | null,
): Promise<{ folder: string | null; file: string | null }> {
  const told: { folder: string | null; file: string | null } = { folder: named, file: null };
  for (const word of words) {
    const found = await stat(word).catch(() => undefined);
    if (found === undefined) throw new InsightsError(`no such file or folder: ${word}`);
    const kind = found.isDirectory() ? "folder" : "file";
    if (told[kind] !== null) {
      throw new InsightsError(
        `two ${kind}s: ${told[kind]} and ${word} (expected a model's folder and a file)`,
        { exitCode: 2 },
      );
    }
    told[kind] = word;
  }
  return told;
}

function untilStopped(signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) resolve();
    signal.addEventListener("abort", () => resolve(), { once: true });
  });
}
