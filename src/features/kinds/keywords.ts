import { z } from "zod";
import { wordPattern } from "../dialect.ts";
import type { FeatureKind } from "../feature.ts";
import { featureName, textName } from "../profile.ts";
import { containsWord } from "../wordSearch.ts";

const params = z.strictObject({
  column: textName,
  /** Words or phrases. What they hold is taken as it stands: a full stop is a full stop. */
  keywords: z.array(z.string().min(1)).min(1),
  /** The text an unknown one is taken to be, and an empty one with it, as in pandas. */
  imputed: z.string(),
  output: featureName,
});
const fitted = z.strictObject({});

type Params = z.infer<typeof params>;
type Fitted = z.infer<typeof fitted>;

/**
 * 1 where one of the keywords stands in a text as a whole word, else 0.
 *
 * The study lower-cased the text, split it into word tokens, took English stop words out and looked for a keyword among
 * the rest. For keywords of one word that is the same question as asked here: a token is a run of letters, digits and
 * underscores (`\w+` on Unicode text), so a keyword is a token where no such character touches it; and stop words can only
 * change the answer for a keyword that is itself a stop word, which none of the study's six is.
 *
 * Case is folded letter by letter (Unicode's simple folding), the same in every locale. Letters that Unicode gained after
 * version 15.1, of 2023, are letters to a newer Node and not to DuckDB. Nothing is learnt from rows.
 */
export const keywords: FeatureKind<Params, Fitted> = {
  kind: "keywords",
  params,
  fitted,
  inputs: ({ column }) => [column],
  outputs: ({ output }) => [output],
  fit: async () => ({}),
  sql({ column, keywords, imputed }, _fitted, dialect) {
    const text = `coalesce(nullif(${column}, ${dialect.text("")}), ${dialect.text(imputed)})`;
    return [`CASE WHEN ${dialect.containsWord(text, keywords)} THEN 1e0 ELSE 0e0 END`];
  },
  onnx({ column, keywords, imputed }, _fitted, graph) {
    const text = graph.text(column);
    const found = graph.matches(text, wordPattern(keywords));
    return graph.flag(containsWord(imputed, keywords) ? graph.node("Or", found, graph.empty(text)) : found);
  },
  evaluate({ column, keywords, imputed }, _fitted, profile) {
    return [containsWord(profile[column] || imputed, keywords) ? 1 : 0];
  },
};
