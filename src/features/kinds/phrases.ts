import { z } from "zod";
import { fragmentPattern, wordPattern } from "../dialect.ts";
import type { FeatureKind } from "../feature.ts";
import { featureName, textName } from "../profile.ts";
import { containsFragment, containsWord } from "../wordSearch.ts";

const params = z
  .strictObject({
    column: textName,
    /** Words or phrases that have to stand by themselves: no letter or digit next to them. */
    words: z.array(z.string().min(1)),
    /** What may stand anywhere: stems, emoji, hosts, and the words of scripts that leave no space. */
    fragments: z.array(z.string().min(1)),
    output: featureName,
  })
  .refine(({ words, fragments }) => words.length + fragments.length > 0, "expected a word or a fragment");
const fitted = z.strictObject({});

type Params = z.infer<typeof params>;
type Fitted = z.infer<typeof fitted>;

/**
 * 1 where one of some words or fragments stands in a text, whatever its case (Unicode's simple folding), else 0; an unknown
 * text is empty. Nothing is learnt from rows.
 */
export const phrases: FeatureKind<Params, Fitted> = {
  kind: "phrases",
  params,
  fitted,
  inputs: ({ column }) => [column],
  outputs: ({ output }) => [output],
  fit: async () => ({}),
  sql({ column, words, fragments }, _fitted, dialect) {
    const text = `coalesce(${column}, ${dialect.text("")})`;
    const found = [
      ...(words.length > 0 ? [dialect.containsWord(text, words)] : []),
      ...(fragments.length > 0 ? [dialect.containsFragment(text, fragments)] : []),
    ];
    return [`CASE WHEN ${found.join(" OR ")} THEN 1e0 ELSE 0e0 END`];
  },
  onnx({ column, words, fragments }, _fitted, graph) {
    const patterns = [
      ...(words.length > 0 ? [wordPattern(words)] : []),
      ...(fragments.length > 0 ? [fragmentPattern(fragments)] : []),
    ];
    return graph.flag(graph.matches(graph.text(column), patterns.join("|")));
  },
  evaluate({ column, words, fragments }, _fitted, profile) {
    const text = profile[column] ?? "";
    return [containsWord(text, words) || containsFragment(text, fragments) ? 1 : 0];
  },
};
