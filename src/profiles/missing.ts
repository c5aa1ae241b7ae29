import { InsightsError } from "../base/error.ts";
import { CANONICAL_COLUMNS, type CanonicalName } from "./canonical.ts";

/**
 * Checks that profiles have the columns a step needs.
 *
 * @param profiles what was read; only `missing` and the file's name are looked at
 * @param names the columns needed
 * @param purpose what needs them, for the message: "the target engagement"
 * @throws InsightsError that names each missing column and where it could come from:
 *   `missing column: likes (from likes, likes_count, heart; or --map likes=COLUMN)`
 */
export function requireColumns(
  profiles: { readonly missing: readonly CanonicalName[]; readonly source: { readonly file: string } },
  names: readonly CanonicalName[],
  purpose?: string,
): void {
  const missing = [...new Set(names)].filter((name) => profiles.missing.includes(name));
  if (missing.length === 0) return;
  const needed = purpose === undefined ? "" : `, needed for ${purpose}`;
  const from = missing.map(
    (name) => `${missing.length > 1 ? `${name} ` : ""}from ${CANONICAL_COLUMNS[name].from}`,
  );
  throw new InsightsError(
    `missing column${missing.length > 1 ? "s" : ""}: ${missing.join(", ")}${needed} (${from.join("; ")}; or --map ${missing[0]}=COLUMN)`,
    { place: { file: profiles.source.file } },
  );
}
