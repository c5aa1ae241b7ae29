import { z } from "zod";
import { CANONICAL_COLUMNS } from "../../profiles/canonical.ts";
import type { FeatureKind } from "../feature.ts";
import { canonicalName, featureName } from "../profile.ts";

const params = z.strictObject({ column: canonicalName, output: featureName });
const fitted = z.strictObject({});

/**
 * 1 where a column is unknown, else 0. An empty text says as little as none and counts as unknown, as it does in pandas,
 * with which the study read its file. Nothing is learnt from rows.
 */
export const missing: FeatureKind<z.infer<typeof params>, z.infer<typeof fitted>> = {
  kind: "missing",
  params,
  fitted,
  inputs: ({ column }) => [column],
  outputs: ({ output }) => [output],
  fit: async () => ({}),
  sql({ column }) {
    const empty = CANONICAL_COLUMNS[column].type === "VARCHAR" ? ` OR ${column} = ''` : "";
    return [`CASE WHEN ${column} IS NULL${empty} THEN 1e0 ELSE 0e0 END`];
  },
  evaluate({ column }, _fitted, profile) {
    const value = profile[column] ?? null;
    return [value === null || value === "" ? 1 : 0];
  },
};
