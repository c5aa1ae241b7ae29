import { InsightsError } from "../base/error.ts";
import { quoteIdentifier, quoteLiteral } from "../base/quote.ts";
import type { CanonicalProfile } from "../features/profile.ts";
import type { Profiles } from "../profiles/read.ts";

/** A profile of a file, and what was asked for. */
export interface ProfileFound {
  /** The id or the handle. */
  readonly wanted: string;
  readonly profile: CanonicalProfile & { readonly row: bigint };
}

/**
 * Finds profiles by their ids or handles, a handle with or without its @ and whatever its case. An id goes before a handle
 * that looks like it.
 *
 * @returns one profile for each, in that order
 * @throws InsightsError that names those that are not there
 */
export async function findProfiles(
  { connection, table, source }: Pick<Profiles, "connection" | "table" | "source">,
  wanted: readonly string[],
): Promise<ProfileFound[]> {
  const list = (texts: readonly string[]) => texts.map(quoteLiteral).join(", ");
  const reader = await connection.runAndReadAll(
    `SELECT * FROM ${quoteIdentifier(table)}
     WHERE id IN (${list(wanted)}) OR lower(account_id) IN (${list(wanted.map(handle))}) ORDER BY "row"`,
  );
  const found = reader.getRowObjectsJS() as unknown as ProfileFound["profile"][];
  const profiles = wanted.map(
    (one) =>
      found.find(({ id }) => id === one) ??
      found.find(({ account_id }) => account_id !== null && handle(account_id) === handle(one)),
  );
  const missing = wanted.filter((_, i) => profiles[i] === undefined);
  if (missing.length > 0) {
    throw new InsightsError(
      `no such account: ${missing.join(", ")} (expected an id or a handle of ${source.file})`,
    );
  }
  return profiles.flatMap((profile, i) => (profile === undefined ? [] : [{ wanted: wanted[i], profile }]));
}

function handle(text: string): string {
  return text.replace(/^@/, "").toLowerCase();
}
