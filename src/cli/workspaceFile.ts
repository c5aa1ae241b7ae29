import { join, win32 } from "node:path";
import { Option } from "@commander-js/extra-typings";
import { memoryPart } from "../base/duckdb.ts";
import { openWorkspace, type Workspace } from "../workspace/open.ts";
import { memoryFor } from "./options.ts";
import type { Effects } from "./terminal.ts";

/** What the place of the workspace depends on. */
interface Surroundings {
  readonly platform: NodeJS.Platform;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The home folder. */
  readonly home: string;
}

/** The workspace's file in the folder that the platform has for data of programs. */
export function defaultWorkspaceFile({ platform, env, home }: Surroundings): string {
  const path = ["influencer-insights", "workspace.duckdb"];
  if (platform === "win32") {
    return win32.join(env.LOCALAPPDATA || win32.join(home, "AppData", "Local"), ...path);
  }
  if (platform === "darwin") return join(home, "Library", "Application Support", ...path);
  // One that is not absolute does not count (XDG Base Directory Specification).
  const data = env.XDG_DATA_HOME?.startsWith("/") ? env.XDG_DATA_HOME : join(home, ".local", "share");
  return join(data, ...path);
}

/** `--workspace`, see {@link openChosenWorkspace}. */
export const workspaceOption = () =>
  new Option(
    "--workspace <file>",
    "file with the people of all imports; one in the folder for data of programs if not said",
  ).env("INSIGHTS_WORKSPACE");

/** `--memory` in bytes: the workspace has half of it where a file is read beside it. */
export const memoryOption = () =>
  new Option(
    "--memory <size>",
    "what DuckDB may use; a quarter of the machine's memory, at most 2 GB, if not said",
  ).argParser(memoryFor(2));

/**
 * Opens the workspace of a command.
 *
 * @param named `--workspace`; undefined for the usual one
 * @param limit of DuckDB's memory
 * @param create whether it is made where it is not there
 * @throws InsightsError as `openWorkspace`
 */
export function openChosenWorkspace(
  named: string | undefined,
  limit: string,
  create: boolean,
  { usualWorkspace, now }: Pick<Effects, "usualWorkspace" | "now">,
): Promise<Workspace> {
  const makeFolder = create && named === undefined;
  return openWorkspace(named ?? usualWorkspace, { now: now(), create, makeFolder, memoryLimit: limit });
}

/** What all commands about a workspace are told. */
interface WorkspaceFlags {
  readonly workspace?: string | undefined;
  readonly memory?: number | undefined;
}

/** Opens the workspace of a command for some work, and closes it however that ends. */
export async function withWorkspace<T>(
  { workspace: named, memory }: WorkspaceFlags,
  create: boolean,
  effects: Effects,
  work: (workspace: Workspace) => Promise<T>,
): Promise<T> {
  const limit = memoryPart(memory, create ? 2 : 1);
  const workspace = await openChosenWorkspace(named, limit, create, effects);
  try {
    return await work(workspace);
  } finally {
    await workspace.close();
  }
}
