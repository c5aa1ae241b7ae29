import { z } from "zod";
import { phrasePattern } from "../dialect.ts";
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
    /** Asks the other way round: whether there is a text and none of them stands in it. */
    absent: z.literal(true).optional(),
    output: featureName,
  })
  .refine(({ words, fragments }) => words.length + fragments.length > 0, "expected a word or a fragment");
const fitted = z.strictObject({});

type Params = z.infer<typeof params>;
type Fitted = z.infer<typeof fitted>;

/**
 * 1 where one of some words or fragments stands in a text, whatever its case (Unicode's simple folding), else 0; an unknown
 * text is empty. Or, with `absent`, 1 where a text that is not empty has none of them. Nothing is learnt from rows.
 */
export const phrases: FeatureKind<Params, Fitted> = {
  kind: "phrases",
  params,
  fitted,
  inputs: ({ column }) => [column],
  outputs: ({ output }) => [output],
  fit: async () => ({}),
  sql({ column, words, fragments, absent }, _fitted, dialect) {
    const text = `coalesce(${column}, ${dialect.text("")})`;
    const found = dialect.containsAny(text, words, fragments);
    // Of links most are unknown: nothing is looked for in an empty text.
    const asked = `${text} <> ${dialect.text("")} AND ${absent ? "NOT " : ""}(${found})`;
    return [`CASE WHEN ${asked} THEN 1e0 ELSE 0e0 END`];
  },
  sought({ column, words, fragments, absent }) {
    if (absent) return undefined;
    const group = words.length > 0 ? "words" : "signs";
    return { column, group, pattern: phrasePattern(words, fragments) };
  },
  onnx({ column, words, fragments, absent }, _fitted, graph) {
    const text = graph.text(column);
    const found = graph.matches(text, phrasePattern(words, fragments));
    return graph.flag(absent ? graph.node("Not", graph.node("Or", found, graph.empty(text))) : found);
  },
  evaluate({ column, words, fragments, absent }, _fitted, profile) {
    const text = profile[column] ?? "";
    const found = containsWord(text, words) || containsFragment(text, fragments);
    return [(absent ? text !== "" && !found : found) ? 1 : 0];
  },
};
