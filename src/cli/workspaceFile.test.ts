import { expect, it } from "vitest";
import { defaultWorkspaceFile } from "./workspaceFile.ts";

it.each<[NodeJS.Platform, Record<string, string>, string]>([
  ["linux", {}, "/home/kim/.local/share/influencer-insights/workspace.duckdb"],
  ["linux", { XDG_DATA_HOME: "/data" }, "/data/influencer-insights/workspace.duckdb"],
  ["linux", { XDG_DATA_HOME: "relative" }, "/home/kim/.local/share/influencer-insights/workspace.duckdb"],
  [
    "darwin",
    { XDG_DATA_HOME: "/data" },
    "/home/kim/Library/Application Support/influencer-insights/workspace.duckdb",
  ],
  ["win32", { LOCALAPPDATA: "D:\\Local" }, "D:\\Local\\influencer-insights\\workspace.duckdb"],
  ["win32", {}, "\\home\\kim\\AppData\\Local\\influencer-insights\\workspace.duckdb"],
])("keeps the workspace where %s has data of programs (%o)", (platform, env, path) => {
  expect(defaultWorkspaceFile({ platform, env, home: "/home/kim" })).toBe(path);
});
