import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import type { DuckDBConnection } from "@duckdb/node-api";
import { quoteLiteral } from "../../profiles/sql.ts";
import { engagement } from "../../targets/engagement.ts";
import { type Labels, labelsOf } from "../../targets/target.ts";

const shared = new URL("../../../../shared/", import.meta.url);

/** The study's own file, where it is at hand. */
export const REAL_FILE = fileURLToPath(new URL("data/tiktok.csv", shared));

/** Whether the study's file and its reference values are at hand; the tests that need them are skipped if not. */
export const HAS_REAL_FILE = existsSync(REAL_FILE);

/** A reference file's text. */
export function reference(name: string): string {
  return readFileSync(new URL(`reference/${name}`, shared), "utf8");
}

/** The study's file as the table `profiles`, by plain SQL so that these tests stand without the readers. */
export async function loadRealProfiles(connection: DuckDBConnection): Promise<void> {
  await connection.run(`CREATE TABLE profiles AS
    SELECT (row_number() OVER () - 1)::BIGINT AS "row", id, account_id, nickname, biography, bio_link,
      is_verified::BOOLEAN AS is_verified, followers::BIGINT AS followers, following::BIGINT AS following,
      likes::BIGINT AS likes, videos_count::BIGINT AS videos_count,
      like_engagement_rate::DOUBLE AS like_engagement_rate,
      comment_engagement_rate::DOUBLE AS comment_engagement_rate,
      awg_engagement_rate::DOUBLE AS awg_engagement_rate,
      make_timestamp((regexp_extract(profile_pic_url, 'x-expires=(\\d+)', 1)::BIGINT - 48 * 3600) * 1000000)
        AS observed_at,
      list_filter(
        list_transform(string_split(top_videos, ','), lambda u: make_timestamp(
          (nullif(regexp_extract(u, '/video/(\\d+)', 1), '')::HUGEINT >> 32)::BIGINT * 1000000)),
        lambda t: t >= TIMESTAMP '2014-01-01') AS posted_at,
      url
    FROM read_csv(${quoteLiteral(REAL_FILE)}, all_varchar = true, header = true, parallel = false,
      nullstr = 'null', quote = '"', escape = '"')`);
}

/** The study's label, `awg_engagement_rate > 0.05`. */
export function engagementLabels(connection: DuckDBConnection): Promise<Labels> {
  return labelsOf(connection, engagement, "profiles");
}
