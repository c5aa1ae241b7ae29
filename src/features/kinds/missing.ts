import { z } from "zod";
import { CANONICAL_COLUMNS } from "../../profiles/canonical.ts";
import type { FeatureKind } from "../feature.ts";
import {
  featureName,
  type MomentName,
  type NumericName,
  numberReader,
  numberSql,
  singleName,
  type TextName,
} from "../profile.ts";

const params = z.strictObject({ column: singleName, output: featureName });
const fitted = z.strictObject({});

/**
 * 1 where a column is unknown, else 0. A measure beyond belief counts as unknown. An empty text counts as unknown, as it does in
 * pandas, with which the study read its file. Nothing is learnt from rows.
 */
export const missing: FeatureKind<z.infer<typeof params>, z.infer<typeof fitted>> = {
  kind: "missing",
  params,
  fitted,
  inputs: ({ column }) => [column],
  outputs: ({ output }) => [output],
  fit: async () => ({}),
  sql({ column }) {
    const { type } = CANONICAL_COLUMNS[column];
    const value = type === "DOUBLE" ? numberSql(column as NumericName) : column;
    const empty = type === "VARCHAR" ? ` OR ${column} = ''` : "";
    return [`CASE WHEN ${value} IS NULL${empty} THEN 1e0 ELSE 0e0 END`];
  },
  onnx({ column }, _fitted, graph) {
    const { type } = CANONICAL_COLUMNS[column];
    if (type === "VARCHAR") return graph.flag(graph.empty(graph.text(column as TextName)));
    const number =
      type === "TIMESTAMP" ? graph.seconds(column as MomentName) : graph.number(column as NumericName);
    return graph.flag(graph.node("IsNaN", number));
  },
  twin({ column }) {
    if (CANONICAL_COLUMNS[column].type === "DOUBLE") {
      const read = numberReader(column as NumericName);
      return (profile, into, at) => {
        into[at] = Number.isNaN(read(profile)) ? 1 : 0;
      };
    }
    return (profile, into, at) => {
      const value = profile[column];
      into[at] = value === null || value === undefined || value === "" ? 1 : 0;
    };
  },
};
