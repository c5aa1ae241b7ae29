import type { Question } from "../../bundle/answers.ts";

/** What the two questions are called, in the order of `evidence`. */
export const QUESTION_WORDS: Readonly<Record<Question, string>> = {
  still_posting: "still posting",
  well_answered: "answered well",
};

const QUESTIONS = Object.keys(QUESTION_WORDS) as Question[];

/** What an answer stands on, by its word in `evidence`. */
export const STANDS_ON: Readonly<Record<string, string>> = {
  posts: "from dated posts",
  rate: "from the observed engagement",
  profile: "from the profile page alone",
  none: "nothing it needs is known",
};

/** What a model says of an account: the two answers and what they stand on; null where it asks neither question. */
export type Answered = Readonly<Record<Question, number | null>> & { readonly evidence: string | null };

/** What the answer to a question stands on, in words: `from dated posts`; empty where the model does not ask it. */
export function standsOn({ evidence }: Pick<Answered, "evidence">, question: Question): string {
  return STANDS_ON[evidence?.split("+")[QUESTIONS.indexOf(question)] ?? ""] ?? "";
}

/**
 * Both answers in a few words: `still posting 93 %, answered well 81 %`; nothing where the model asks neither.
 *
 * @param print what makes words of a probability
 * @param evidence whether to say what each stands on
 */
export function answersInWords(row: Answered, print: (share: number) => string, evidence = false): string {
  return QUESTIONS.flatMap((question) => {
    const answer = row[question];
    if (answer === null) return [];
    const from = evidence ? ` (${standsOn(row, question)})` : "";
    return [`${QUESTION_WORDS[question]} ${print(answer)}${from}`];
  }).join(", ");
}
