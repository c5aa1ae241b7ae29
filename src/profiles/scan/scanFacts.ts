import { CANONICAL_NAMES } from "../canonical.ts";
import type { Mapping } from "../mapping.ts";
import { recordsSql } from "../recordsSql.ts";
import { quoteIdentifier } from "../sql.ts";
import { describeMapping } from "../table.ts";
import type { Scan } from "./scan.ts";

/** What a scan says of its columns. */
export function mappingFacts(
  mapping: Mapping,
): Pick<Scan, "provider" | "mapped" | "unmapped" | "missing" | "perVideo"> {
  const mapped = describeMapping(mapping);
  return {
    provider: mapping.provider,
    mapped,
    unmapped: mapping.unmapped,
    missing: CANONICAL_NAMES.filter((name) => mapped[name] === undefined),
    perVideo: mapping.video !== null,
  };
}

/** A row a record: the columns that {@link Scan.select} promises. */
export function recordRowsSql(mapping: Mapping, relation: string, now?: Date): string {
  const kept = mapping.kept.map(({ name }) => quoteIdentifier(name));
  const columns = ['"row"', ...CANONICAL_NAMES, ...kept, "_reason", "_value"].join(", ");
  return `SELECT ${columns} FROM (${recordsSql(mapping, relation, now)})`;
}
