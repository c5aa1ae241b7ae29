import { InsightsError } from "../base/error.ts";
import type { CanonicalProfile } from "../features/profile.ts";
import { isCanonical } from "../profiles/canonical.ts";
import { mapColumns } from "../profiles/mapping.ts";
import { idTime, SLACK_HOURS } from "../profiles/videoId.ts";
import { type Fault, faultsOf } from "./problem.ts";
import { profileSchema, readPlainly } from "./schemas/profile.ts";

/** A profile that was read, or what is wrong with it. */
export type ReadRecord =
  | { readonly profile: Partial<CanonicalProfile>; readonly faults?: undefined }
  | { readonly faults: readonly Fault[]; readonly profile?: undefined };

/** Which fields give which canonical ones, for records whose fields are the same. */
type Renaming = ReadonlyMap<string, readonly string[]> | InsightsError;

/** Renamings that are remembered: a sender's records look alike. */
const MOST_RENAMINGS = 64;
/** A record with more fields than this is no profile. */
const MOST_FIELDS = 500;

/**
 * Makes a reader of profiles in requests: JSON objects with canonical names, or with those of a provider whose files are known
 * too (`follower_count`, `signature`). It remembers how records with the same fields are read.
 */
export function createRecordReader(): (record: unknown, index?: number) => ReadRecord {
  const renamings = new Map<string, Renaming>();

  function renamingOf(names: readonly string[]): Renaming {
    const key = names.join("\n");
    const known = renamings.get(key);
    if (known !== undefined) return known;
    const renaming = newRenaming(names);
    if (renamings.size >= MOST_RENAMINGS) renamings.clear();
    renamings.set(key, renaming);
    return renaming;
  }

  return (record, index) => {
    const fault = (message: string, path = ""): ReadRecord => ({
      faults: [{ ...(index === undefined ? {} : { index }), path, message }],
    });
    if (record === null || typeof record !== "object" || Array.isArray(record)) {
      return fault("expected an object with the fields of a profile");
    }
    const names = Object.keys(record);
    if (names.length > MOST_FIELDS) return fault(`expected at most ${MOST_FIELDS} fields`);
    let given = record as Record<string, unknown>;
    if (!names.every(isCanonical)) {
      const renaming = renamingOf(names);
      if (renaming instanceof InsightsError) return fault(renaming.message);
      given = renamed(given, renaming);
    }
    const plain = readPlainly(given);
    if (plain === null) {
      const { error } = profileSchema.safeParse(given);
      // Both read alike; should they ever not, the record is refused.
      return error === undefined ? fault("not a profile") : { faults: faultsOf(error, index) };
    }
    const profile = plain as Partial<CanonicalProfile>;
    if ((profile.id ?? profile.account_id ?? null) === null) {
      return fault("expected an id or an account_id", "id");
    }
    profile.created_at = createdAt(profile);
    return { profile };
  };
}

function newRenaming(names: readonly string[]): Renaming {
  try {
    const { columns } = mapColumns(names, "the request");
    return new Map(Object.entries(columns));
  } catch (error) {
    if (error instanceof InsightsError) return error;
    throw error;
  }
}

/** The first field that has a value gives the canonical one. */
function renamed(
  record: Readonly<Record<string, unknown>>,
  renaming: ReadonlyMap<string, readonly string[]>,
) {
  const given: Record<string, unknown> = {};
  for (const [name, sources] of renaming) {
    const source = sources.find((source) => (record[source] ?? "") !== "");
    // Posts are listed as addresses there, which only a file's reader takes apart.
    if (source !== undefined && name !== "posted_at") given[name] = record[source];
  }
  return given;
}

/** As files are read: the date that is told, else the one in the id, where it can be. */
function createdAt({ created_at, observed_at, id }: Partial<CanonicalProfile>): Date | null {
  if (created_at) return created_at;
  if (!id) return null;
  return idTime(id, observed_at ? new Date(observed_at.getTime() + SLACK_HOURS * 3_600_000) : undefined);
}
