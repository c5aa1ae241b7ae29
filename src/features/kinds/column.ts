import { z } from "zod";
import { CANONICAL_COLUMNS } from "../../profiles/canonical.ts";
import type { FeatureKind } from "../feature.ts";
import { medians, orElse } from "../median.ts";
import { numberOf, numberSql } from "../number.ts";
import { numericName } from "../profile.ts";

const params = z.strictObject({ column: numericName });
const fitted = z.strictObject({
  /** What an unknown value is taken to be. */
  imputed: z.number(),
});

/**
 * A column as it is, under its own name; a flag as 0 or 1. Unknown values are imputed with the median of the training
 * rows (0 where they know none); for a flag that is what most of them have, 0 when they are even.
 */
export const column: FeatureKind<z.infer<typeof params>, z.infer<typeof fitted>> = {
  kind: "column",
  params,
  fitted,
  inputs: ({ column }) => [column],
  outputs: ({ column }) => [column],
  async fit(aggregate, relation, { column }) {
    const [median] = await medians(aggregate, relation, [numberSql(column)]);
    return { imputed: CANONICAL_COLUMNS[column].type === "BOOLEAN" ? Math.floor(median) : median };
  },
  sql: ({ column }, { imputed }) => [orElse(numberSql(column), imputed)],
  onnx: ({ column }, { imputed }, graph) => graph.orElse(graph.number(column), imputed),
  evaluate: ({ column }, { imputed }, profile) => [numberOf(column, profile) ?? imputed],
};
