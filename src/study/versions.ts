import { readFile } from "node:fs/promises";
import { version as duckdbVersion } from "../base/duckdb.ts";

/** Versions of what made a result, as they stand in `metrics.json` and `model.json`. */
export interface Versions {
  readonly influencer_insights: string;
  readonly node: string;
  readonly duckdb: string;
}

/** The versions of this program, of Node and of DuckDB. */
export async function versions(): Promise<Versions> {
  const text = await readFile(new URL("../../package.json", import.meta.url), "utf8");
  const { version } = JSON.parse(text) as { version: string };
  return { influencer_insights: version, node: process.versions.node, duckdb: duckdbVersion() };
}
