import type { ReactElement } from "react";
import { dayInWords } from "../../base/age.ts";
import { capitalised, compactNumber, countInWords, countOf } from "../../base/words.ts";
import type { ShortlistEntry } from "../../shortlist/shortlist.ts";
import type { Found, ReportInput } from "../input.ts";
import { chance } from "../numbers.ts";
import { answersInWords } from "../shared/answers.ts";

/** People that are named. */
const NAMED = 20;

/** Whom to write to first: the first of the list, each with a sentence. Contacts are left out. */
export function FoundPeople({ found }: Pick<ReportInput, "found">): ReactElement | null {
  if (found === undefined) return null;
  const { entries } = found.list;
  return (
    <>
      <p>{rankedBy(found)}</p>
      <ol className="people">
        {entries.slice(0, NAMED).map((entry) => (
          <Person key={entry.rank} entry={entry} />
        ))}
      </ol>
      <p>
        The whole list, with contacts: <code>insights shortlist FILE --out list.csv</code>. To filter, compare
        and keep it on a page: <code>insights serve FILE</code>.
      </p>
    </>
  );
}

/** Which model made the list, and what it says of itself. */
function rankedBy({ by, made, own, list }: Found): string {
  const { preferred, considered } = list;
  const model =
    by === "recommended"
      ? "the model that this report recommends, trained on this file"
      : `the model that ships with the program (made on ${dayInWords(new Date(made.at))} of ${countOf(made.rows, "profile")}${own ? "" : " of another file"})`;
  const whom = `Of ${countOf(considered, "account")}, ${countInWords(preferred)} ${preferred === 1 ? "has" : "have"} at least 1,000 followers and ${preferred === 1 ? "is" : "are"} likely to go on posting`;
  const learnt = own
    ? " It learnt from these very accounts, so its numbers are better here than elsewhere."
    : "";
  return `${whom}; these come first by ${model}.${learnt} Look at each before you write.`;
}

function Person({ entry }: { readonly entry: ShortlistEntry }): ReactElement {
  const { account, id, name, url, probability, reasons, flags, followers } = entry;
  const handle = account === null ? (id ?? "unknown") : `@${account}`;
  const size = followers === null ? "" : `${compactNumber(followers)} followers`;
  const link =
    url === null ? (
      <bdi>{handle}</bdi>
    ) : (
      <a href={url} rel="noopener noreferrer">
        <bdi>{handle}</bdi>
      </a>
    );
  return (
    <li>
      <p className="person">
        <strong>{name === null ? link : <bdi>{name}</bdi>}</strong>{" "}
        {name !== null && <span className="under">{link}</span>} <span className="under">{size}</span>{" "}
        <strong className="value">{chance(probability)}</strong>
      </p>
      <p>{capitalised(reasons.join("; "))}.</p>
      <p className="under">{capitalised(answersInWords(entry, chance, true))}</p>
      {flags.length > 0 && (
        <p className="under">
          <span className="tag">look twice</span> {capitalised(flags.map(({ words }) => words).join("; "))}.
        </p>
      )}
    </li>
  );
}
