import { z } from "zod";
import type { FeatureKind } from "../feature.ts";
import { featureName, textName } from "../profile.ts";

/** A pattern as RE2 writes it, and as JavaScript does where that differs (with the flag u). */
interface Pattern {
  readonly re2: string;
  readonly javascript?: string;
  /** Pieces of text of which every match holds one. */
  readonly pieces?: readonly string[];
}

/** Characters of one of some scripts. */
function scripts(...names: string[]): Pattern {
  return {
    re2: `[${names.map((name) => `\\p{${name}}`).join("")}]`,
    javascript: `[${names.map((name) => `\\p{Script=${name}}`).join("")}]`,
  };
}

/** What can be looked for. A closed list: patterns of a user's would have to mean the same to every engine. */
const PATTERNS = {
  /** An e-mail address, in ASCII. */
  email: { re2: "[a-zA-Z0-9._%+-]+@[a-zA-Z0-9-]+(?:[.][a-zA-Z0-9-]+)*[.][a-zA-Z]{2,}", pieces: ["@"] },
  /** Another account's handle: @ after anything that could not be the name of an e-mail address. */
  mention: { re2: "(?:^|[^a-zA-Z0-9._%+-])@[a-zA-Z0-9_.]{2,}", pieces: ["@"] },
  hashtag: { re2: "#[\\p{L}\\p{N}_]", pieces: ["#"] },
  /** A web address, with or without its scheme. */
  address: {
    re2: "[hH][tT][tT][pP][sS]?://|[wW][wW][wW][.]|[a-zA-Z0-9-][.](?:com|net|org|me|tv|gg|ee|io|co|link|shop|store)(?:[^a-zA-Z0-9]|$)",
    pieces: [".", "://"],
  },
  digit: { re2: "[0-9]" },
  /** A short number of thousands or millions, as in "road to 10k". */
  goal: { re2: "[0-9][.,]?[0-9]*[kKmM](?:[^\\p{L}\\p{N}_]|$)" },
  lines: { re2: "\\n" },
  latin: scripts("Latin"),
  arabic: scripts("Arabic"),
  cyrillic: scripts("Cyrillic"),
  east_asian: scripts("Han", "Hiragana", "Katakana", "Hangul", "Thai"),
  indic: scripts(
    "Devanagari",
    "Bengali",
    "Gurmukhi",
    "Gujarati",
    "Tamil",
    "Telugu",
    "Kannada",
    "Malayalam",
    "Sinhala",
  ),
} as const satisfies Record<string, Pattern>;

/** Most texts hold none of these. */
const RARE_SCRIPTS: ReadonlySet<string> = new Set(["arabic", "cyrillic", "east_asian", "indic"]);

/** Name of a pattern. */
type PatternName = keyof typeof PATTERNS;

const params = z.strictObject({
  column: textName,
  pattern: z.enum(Object.keys(PATTERNS) as [PatternName, ...PatternName[]]),
  output: featureName,
});
const fitted = z.strictObject({});

type Params = z.infer<typeof params>;
type Fitted = z.infer<typeof fitted>;

/**
 * 1 where a text holds something that can be told by its form (an e-mail address, a hashtag, a script), else 0; an unknown
 * text holds nothing. Nothing is learnt from rows.
 */
export const textPattern: FeatureKind<Params, Fitted> = {
  kind: "textPattern",
  params,
  fitted,
  inputs: ({ column }) => [column],
  outputs: ({ output }) => [output],
  fit: async () => ({}),
  sql({ column, pattern }, _fitted, dialect) {
    const text = `coalesce(${column}, ${dialect.text("")})`;
    const { re2, pieces }: Pattern = PATTERNS[pattern];
    return [`CASE WHEN ${dialect.matches(text, re2, pieces)} THEN 1e0 ELSE 0e0 END`];
  },
  sought: ({ column, pattern }) =>
    RARE_SCRIPTS.has(pattern) ? { column, group: "scripts", pattern: PATTERNS[pattern].re2 } : undefined,
  onnx: ({ column, pattern }, _fitted, graph) =>
    graph.flag(graph.matches(graph.text(column), PATTERNS[pattern].re2)),
  evaluate: ({ column, pattern }, _fitted, profile) => [
    expressionOf(pattern).test(profile[column] ?? "") ? 1 : 0,
  ],
};

const expressions = new Map<PatternName, RegExp>();

function expressionOf(pattern: PatternName): RegExp {
  let expression = expressions.get(pattern);
  if (expression === undefined) {
    const { re2, javascript = re2 }: Pattern = PATTERNS[pattern];
    expression = new RegExp(javascript, "u");
    expressions.set(pattern, expression);
  }
  return expression;
}
