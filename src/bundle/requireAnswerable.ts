import { InsightsError } from "../base/error.ts";
import { listed } from "../base/words.ts";
import { pipelineInputs } from "../features/pipeline.ts";
import { CANONICAL_COLUMNS, type CanonicalName, requireColumns } from "../profiles/canonical.ts";
import { type Answer, answersTo, asksQuestions, QUESTIONS, type Question } from "./answers.ts";
import type { Model } from "./model.ts";

/** What was read: which columns it lacks, and the file's name. */
interface Read {
  readonly missing: readonly CanonicalName[];
  readonly source: { readonly file: string };
}

/** The columns that each kind of evidence needs: all of them, or one of them. */
const NEEDED: Readonly<
  Record<Answer["evidence"], { readonly columns: readonly CanonicalName[]; readonly all: boolean }>
> = {
  posts: { columns: ["posted_at"], all: true },
  rate: { columns: ["awg_engagement_rate", "followers"], all: true },
  profile: { columns: ["followers", "likes", "videos_count"], all: false },
};

const ASKED: Readonly<Record<Question, string>> = {
  still_posting: "who goes on posting",
  well_answered: "who is answered well",
};

/**
 * Refuses profiles that a model can say nothing of: that lack what every answer to every question needs; for a model of one
 * question, all columns that its features read.
 *
 * @param purpose what needs them, for the message of a model of one question: "any score"
 * @returns the columns that the features read and the profiles lack
 * @throws InsightsError `missing columns: ...` that names for each question what it can be answered from
 */
export function requireAnswerable(
  model: Pick<Model, "pipeline" | "answers" | "combinations">,
  { missing, source }: Read,
  purpose: string,
): CanonicalName[] {
  const read = pipelineInputs(model.pipeline);
  const unknown = read.filter((name) => missing.includes(name));
  if (!asksQuestions(model)) {
    // An id alone has a date in it, which says nothing by itself.
    const telling = read.filter((name) => name !== "created_at" && name !== "observed_at");
    if (telling.every((name) => missing.includes(name)))
      requireColumns({ missing, source }, telling, purpose);
    return unknown;
  }
  const ways = QUESTIONS.map((question) =>
    answersTo(model, question).map(({ evidence }) => NEEDED[evidence]),
  );
  const there = (name: CanonicalName) => !missing.includes(name);
  if (ways.flat().some(({ columns, all }) => (all ? columns.every(there) : columns.some(there))))
    return unknown;
  const told = QUESTIONS.map((question, i) => {
    const words = ways[i].map(({ columns, all }) =>
      all ? listed([...columns]) : `${columns.slice(0, -1).join(", ")} or ${columns.at(-1)}`,
    );
    return `${ASKED[question]}: ${words.join("; or ")}`;
  });
  const all = [...new Set(ways.flat().flatMap(({ columns }) => columns))];
  const from = all.map((name) => `${name} from ${CANONICAL_COLUMNS[name].from}`);
  throw new InsightsError(
    `missing columns: neither question can be answered. To tell ${told.join(". To tell ")} (${from.join("; ")}; or --map ${all[0]}=COLUMN)`,
    { place: { file: source.file } },
  );
}
