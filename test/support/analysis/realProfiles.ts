import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { DuckDBConnection } from "@duckdb/node-api";
import { type Profiles, readProfiles } from "../../../src/profiles/read.ts";
import { engagement } from "../../../src/targets/named.ts";
import { type Labels, labelsOf } from "../../../src/targets/target.ts";

const shared = new URL("../../../../shared/", import.meta.url);
const file = fileURLToPath(new URL("data/tiktok.csv", shared));

/** Whether the study's file and its reference values are at hand; the tests that need them are skipped if not. */
export const HAS_REAL_FILE = existsSync(file);

/** A reference file's text. */
export function reference(name: string): string {
  return readFileSync(new URL(`reference/${name}`, shared), "utf8");
}

/** The study's own file, read. */
export function realProfiles(): Promise<Profiles> {
  return readProfiles(file);
}

/** The study's label, `awg_engagement_rate > 0.05`. */
export function engagementLabels(connection: DuckDBConnection): Promise<Labels> {
  return labelsOf(connection, engagement, "profiles");
}
