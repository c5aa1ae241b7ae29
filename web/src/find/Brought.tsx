import { countOf } from "../../../src/base/words.ts";
import type { MarkedAnswer } from "../../../src/server/people/schemas.ts";
import { Button } from "../parts/Button.tsx";
import { Theirs } from "../parts/Theirs.tsx";

/** What came of a list that was brought. */
export type Marked = MarkedAnswer;

/** Names that are told of those whom the workspace does not know. */
const MOST_TOLD = 12;

/** Records that name nobody, by reason: what one is, what several are, and what is said of them. */
const NAMELESS: Readonly<Record<string, readonly [one: string, many: string, why: string]>> = {
  group_title: ["title of a group", "titles of groups", ": not counted as people"],
  no_account: ["record", "records", " without a name of an account"],
  short_link: ["short link", "short links", ": open them, and take the addresses with the @"],
  other_site: ["address", "addresses", " of another site than TikTok"],
};
const UNREAD = ["record", "records", " that could not be read"] as const;

/** Says what was done with the people of a list, and what of it was left. */
export function Brought({
  marked: { people, words, unknown, nameless, taken_from: column },
  close,
}: {
  marked: Marked;
  close: () => void;
}) {
  return (
    <div className="bring-form">
      <p role="status">{people === 0 ? "Nothing was to be changed." : `Done: ${words}.`}</p>
      {column !== null && (
        <p className="note">
          The accounts were taken from the column “<Theirs>{column}</Theirs>”: no column is surely theirs. If
          they stand in another, take this change back, and name that column “account” in the file.
        </p>
      )}
      {unknown.length > 0 && (
        <p className="note">
          {countOf(unknown.length, "name")} of the list {unknown.length === 1 ? "is" : "are"} nobody of yours:{" "}
          <bdi>{unknown.slice(0, MOST_TOLD).join(", ")}</bdi>
          {unknown.length > MOST_TOLD && ` and ${countOf(unknown.length - MOST_TOLD, "other")}`}
        </p>
      )}
      {Object.entries(nameless).map(([reason, records]) => (
        <p key={reason} className="note">
          {namelessInWords(reason, records)}
        </p>
      ))}
      <div className="actions">
        <Button look="primary" onPress={close}>
          Close
        </Button>
      </div>
    </div>
  );
}

function namelessInWords(reason: string, records: number): string {
  const [one, many, why] = NAMELESS[reason] ?? UNREAD;
  return `${countOf(records, one, many)}${why}.`;
}
