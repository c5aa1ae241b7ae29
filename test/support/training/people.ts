import type { DuckDBConnection } from "@duckdb/node-api";
import { Random } from "../../../src/base/random.ts";
import type { CanonicalProfile } from "../../../src/features/profile.ts";
import { createProfiles } from "../features/profiles.ts";

/** Made-up people: the engagement falls with the followers, and who has a link has more. */
export async function createPeople(connection: DuckDBConnection, rows: number, seed: number): Promise<void> {
  const random = new Random(seed);
  const people = Array.from({ length: rows }, (): Partial<CanonicalProfile> => {
    const size = 3 + 3 * random.normal();
    const businesslike = random.uniform() < 0.4;
    const rate = Math.exp(-2 - 0.5 * size + (businesslike ? 2 : 0) + 0.5 * random.normal());
    const followers = Math.round(Math.exp(Math.max(0, size)));
    const videos = Math.ceil(100 * random.uniform());
    return {
      followers: BigInt(followers),
      following: BigInt(random.integer(1000)),
      videos_count: BigInt(videos),
      likes: BigInt(Math.round(followers * videos * rate)),
      bio_link: businesslike ? "https://example.org" : null,
      is_verified: false,
      // One in ten is unknown.
      awg_engagement_rate: random.uniform() < 0.1 ? null : rate,
    };
  });
  await createProfiles(connection, "profiles", people);
}
