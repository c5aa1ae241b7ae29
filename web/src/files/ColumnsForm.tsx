import { type FormEvent, useId, useState } from "react";
import { capitalised, countOf } from "../../../src/base/words.ts";
import { cut } from "../format.ts";
import { Button } from "../parts/Button.tsx";
import { type Option, Select } from "../parts/Select.tsx";
import { Theirs } from "../parts/Theirs.tsx";
import {
  type Choice,
  chosen,
  FIELDS,
  firstChoice,
  mapOf,
  NOT_READ,
  namesAccounts,
  sureInWords,
  surenessOf,
} from "./fields.ts";
import type { ColumnGuess } from "./types.ts";

type Field = Choice[number];

/** What stands for {@link NOT_READ} in a list to choose from, which asks for a name. */
const NONE = "none";

/** Columns of a file that nobody recognised, each with values of it, and what of ours it is. @param onMap takes lines `canonical=source` */
export function ColumnsForm({
  columns,
  onMap,
}: {
  columns: readonly ColumnGuess[];
  onMap: (map: string[]) => void;
}) {
  const [choice, setChoice] = useState(() => firstChoice(columns));
  const [tried, setTried] = useState(false);
  const id = useId();
  const good = namesAccounts(choice);
  const taken = choice.filter((field) => field !== NOT_READ).length;
  function submit(event: FormEvent) {
    event.preventDefault();
    setTried(true);
    if (good) onMap(mapOf(columns, choice));
  }
  return (
    <form className="mapping" onSubmit={submit} aria-describedby={id}>
      <p id={id} className="note">
        Say what each column is, and leave out what you do not need. One of them has to say who it is: the
        handle, TikTok's number or the address of the profile. Your answer is kept for the next file with
        these columns.
      </p>
      <ul aria-label="Columns of the file">
        {columns.map((column, place) => (
          <li key={`${place} ${column.name}`}>
            <span className="theirs">
              <strong>
                <Theirs>{column.name === "" ? "(no name)" : column.name}</Theirs>
              </strong>
              <span className="values">
                {column.values.length === 0
                  ? "nothing in it"
                  : column.values.map((value, i) => (
                      <bdi key={i}>{value === "" ? "(empty)" : cut(value, 40)}</bdi>
                    ))}
              </span>
            </span>
            <span className="ours">
              <Select<string>
                label={`What “${column.name}” is`}
                hidden
                value={choice[place] === NOT_READ ? NONE : choice[place]}
                options={optionsOf(column, columns, choice, place)}
                onChange={(field) =>
                  setChoice(chosen(choice, place, field === NONE ? NOT_READ : (field as Field)))
                }
              />
              <Sure column={column} field={choice[place]} />
            </span>
          </li>
        ))}
      </ul>
      <div className="line">
        <span
          className={`grow${tried && !good ? " problem" : ""}`}
          role={tried && !good ? "alert" : undefined}
        >
          {good
            ? `${countOf(taken, "column")} of ${columns.length} will be read.`
            : "Nothing says yet who the people are: choose the handle, the number or the address."}
        </span>
        <Button type="submit" look="primary">
          Read the file like this
        </Button>
      </div>
    </form>
  );
}

/** Why a column is taken for what is chosen; where none is, what it may be. */
function Sure({ column: { guesses }, field }: { column: ColumnGuess; field: Field }) {
  const guess = guesses.find(({ canonical }) => canonical === field);
  if (guess !== undefined) return <span className="note">{sureInWords(guess)}</span>;
  const [best] = guesses;
  if (field !== NOT_READ) return <span className="note">because you say so</span>;
  if (best === undefined || !(best.canonical in FIELDS)) return null;
  return (
    <span className="note">
      {FIELDS[best.canonical as keyof typeof FIELDS]}? {capitalised(sureInWords(best))}
    </span>
  );
}

/** What a column may be: what was guessed first, then all others; what another column is now is told. */
function optionsOf(
  { guesses }: ColumnGuess,
  columns: readonly ColumnGuess[],
  choice: Choice,
  place: number,
): Option[] {
  const guessed = guesses.map(({ canonical }) => canonical).filter((name) => name in FIELDS);
  const others = Object.keys(FIELDS).filter((name) => !guessed.includes(name));
  const hint = (name: string) => {
    const at = choice.indexOf(name as Field);
    if (at >= 0 && at !== place) return `now ${cut(columns[at].name, 16)}`;
    const guess = guesses.find(({ canonical }) => canonical === name);
    return guess === undefined ? undefined : surenessOf(guess);
  };
  return [
    { id: NONE, words: "Not read" },
    ...[...guessed, ...others].map((name) => {
      const told = hint(name);
      const words = FIELDS[name as keyof typeof FIELDS];
      return told === undefined ? { id: name, words } : { id: name, words, hint: told };
    }),
  ];
}
