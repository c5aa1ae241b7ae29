import { z } from "zod";
import { double } from "../dialect.ts";
import type { FeatureKind } from "../feature.ts";
import { featureName, textName } from "../profile.ts";

const params = z.strictObject({
  column: textName,
  /** Lengths in characters (code points), at least one. */
  thresholds: z.array(z.number().int().min(1)).min(1),
  output: featureName,
});
const fitted = z.strictObject({});

type Params = z.infer<typeof params>;
type Fitted = z.infer<typeof fitted>;

/**
 * How long a text is, from 0 to 1: the share of some lengths that it reaches. In steps, because engines agree on whether a
 * text has at least so many characters, though not all can count them. An unknown text is empty. Nothing is learnt from rows.
 */
export const textLength: FeatureKind<Params, Fitted> = {
  kind: "textLength",
  params,
  fitted,
  inputs: ({ column }) => [column],
  outputs: ({ output }) => [output],
  fit: async () => ({}),
  sql({ column, thresholds }, _fitted, dialect) {
    const length = dialect.once(dialect.characters(`coalesce(${column}, ${dialect.text("")})`));
    const steps = thresholds.map((least) => `CASE WHEN ${length} >= ${least} THEN 1e0 ELSE 0e0 END`);
    return [`(${steps.join(" + ")}) / ${double(thresholds.length)}`];
  },
  onnx({ column, thresholds }, _fitted, graph) {
    const text = graph.text(column);
    const reached = thresholds.map((least) => graph.flag(graph.matchesWhole(text, atLeast(least))));
    return graph.node("Div", graph.sum(reached), graph.constant(thresholds.length));
  },
  evaluate({ column, thresholds }, _fitted, profile) {
    const length = [...(profile[column] ?? "")].length;
    return [thresholds.filter((least) => length >= least).length / thresholds.length];
  },
};

/** Pattern of so many characters or more. RE2 repeats 1000 times at most. */
function atLeast(characters: number): string {
  return `${".{1000}".repeat(Math.floor(characters / 1000))}.{${characters % 1000},}`;
}
