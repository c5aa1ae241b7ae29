import { CANONICAL_NAMES, type CanonicalName } from "../canonical.ts";
import type { Mapping } from "../mapping.ts";
import { CHECKED_NAMES, recordsSql } from "../recordsSql.ts";
import { quoteIdentifier } from "../sql.ts";
import { describeMapping } from "../table.ts";
import type { OwnColumns } from "../usual.ts";
import type { Scan, ScanOptions } from "./scan.ts";

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
export function recordRowsSql(
  mapping: Mapping,
  relation: string,
  { needed, used, now }: Pick<ScanOptions, "needed" | "used" | "now">,
  own?: OwnColumns,
): string {
  const kept = mapping.kept.map(({ name }) => quoteIdentifier(name));
  const columns = ['"row"', ...CANONICAL_NAMES, ...kept, "_reason", "_value"].join(", ");
  const handles = used?.includes("account_id") ?? true;
  return `SELECT ${columns} FROM (${recordsSql(narrowed(mapping, needed), relation, now, own, handles)})`;
}

/** A mapping without the columns that would be checked though nobody wants them. */
function narrowed(mapping: Mapping, needed: readonly CanonicalName[] | undefined): Mapping {
  if (needed === undefined) {
    return mapping;
  }
  const columns = Object.entries(mapping.columns).filter(
    ([name]) => !CHECKED_NAMES.includes(name as CanonicalName) || needed.includes(name as CanonicalName),
  );
  return { ...mapping, columns: Object.fromEntries(columns) };
}
