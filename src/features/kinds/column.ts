import { z } from "zod";
import { CANONICAL_COLUMNS } from "../../profiles/canonical.ts";
import { medians, orElse } from "../aggregates.ts";
import type { FeatureKind } from "../feature.ts";
import { numberReader, numberSql, numericName } from "../profile.ts";

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
  twin({ column }, { imputed }) {
    const read = numberReader(column);
    return (profile, into, at) => {
      const value = read(profile);
      into[at] = Number.isNaN(value) ? imputed : value;
    };
  },
};
