import { z } from "zod";
import type { FeatureKind } from "../feature.ts";
import { featureName, numberReader, numberSql, numericName } from "../profile.ts";

const params = z.strictObject({ columns: z.array(numericName).min(1), output: featureName });
const fitted = z.strictObject({});

/** 1 where one of some columns is known, else 0. A measure beyond belief counts as unknown. Nothing is learnt from rows. */
export const known: FeatureKind<z.infer<typeof params>, z.infer<typeof fitted>> = {
  kind: "known",
  params,
  fitted,
  inputs: ({ columns }) => [...columns],
  outputs: ({ output }) => [output],
  fit: async () => ({}),
  sql: ({ columns }) => [
    `CASE WHEN coalesce(${columns.map(numberSql).join(", ")}) IS NOT NULL THEN 1e0 ELSE 0e0 END`,
  ],
  onnx({ columns }, _fitted, graph) {
    const conditions = columns.map((column) => graph.node("Not", graph.node("IsNaN", graph.number(column))));
    return graph.flag(conditions.reduce((any, one) => graph.node("Or", any, one)));
  },
  twin({ columns }) {
    const readers = columns.map(numberReader);
    return (profile, into, at) => {
      into[at] = readers.some((read) => !Number.isNaN(read(profile))) ? 1 : 0;
    };
  },
};
