import type { Question } from "../../../src/bundle/answers.ts";
import { share } from "../format.ts";
import type { ListedRow } from "../types.ts";

/** What an answer stands on, by its word in `evidence`. */
const STANDS_ON: Readonly<Record<string, string>> = {
  posts: "from dated posts",
  rate: "from the observed engagement",
  profile: "from the profile page alone",
  none: "nothing it needs is known",
};

/** The two questions as the page calls them, in the order of `evidence`. */
const WORDS: Readonly<Record<Question, string>> = {
  still_posting: "still posting",
  well_answered: "answered well",
};
const QUESTIONS = Object.keys(WORDS) as Question[];

/** What the answer to a question stands on, in words; empty where the model does not ask it. */
export function standsOn({ evidence }: Pick<ListedRow, "evidence">, question: Question): string {
  return STANDS_ON[evidence?.split("+")[QUESTIONS.indexOf(question)] ?? ""] ?? "";
}

/** A probability as a bar and a number. */
export function Meter({ value, title }: { value: number | null; title?: string }) {
  if (value === null) return <span className="note inline">–</span>;
  return (
    <span className="meter" title={title}>
      <span className="track" aria-hidden="true">
        <span style={{ inlineSize: `${100 * value}%` }} />
      </span>
      {share(value, 0)}
    </span>
  );
}

/** The answer to a question; what it stands on is told to whoever points at it, and to whoever does not see it. */
export function Answer({ row, question }: { row: ListedRow; question: Question }) {
  const words = standsOn(row, question);
  return (
    <>
      <Meter value={row[question]} title={words} />
      {words !== "" && <span className="unseen"> {words}</span>}
    </>
  );
}

/** Both answers in a few words: `still posting 93 %, answered well 81 %`; nothing where the model asks neither. */
export function answersInWords(row: ListedRow): string {
  const said = QUESTIONS.filter((question) => row[question] !== null);
  return said.map((question) => `${WORDS[question]} ${share(row[question], 0)}`).join(", ");
}

/** What to look at twice, as small labels; why is told to whoever points at one. */
export function Flags({ flags }: Pick<ListedRow, "flags">) {
  return flags.map(({ name, words }) => (
    <span key={name} className="flag" title={words}>
      {name.replaceAll("-", " ")}
    </span>
  ));
}
