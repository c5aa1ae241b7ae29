import { type FormEvent, useState } from "react";
import { ApiError, closeFile, type Reading, sendFile, sentFile } from "../api.ts";
import { addressOf, go } from "../route.ts";

/** What messages say that somebody may say of a file: `“decimal=comma”`, `“sheet”`. */
const SPOKEN_OF = /“(?:map|decimal|sheet|encoding)\b/;

/**
 * A form that sends a file again, to be read as somebody says. It holds what was said before. Nothing where the file was sent from
 * another tab or before a reload.
 *
 * @param words what is told of the file: nothing where it does not speak of how the file is read; without it the form always is there
 * @param title under which the form is hidden at first; without one it is open
 */
export function ReadAgain({ dataset, words, title }: { dataset: string; words?: string; title?: string }) {
  const [state, setState] = useState<{ sending: boolean; error: string | null }>({
    sending: false,
    error: null,
  });
  const sent = sentFile(dataset);
  if (sent === undefined || (words !== undefined && !SPOKEN_OF.test(words))) return null;
  const { file, reading } = sent;

  async function send(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const said = readingOf(new FormData(event.currentTarget));
    setState({ sending: true, error: null });
    try {
      const { dataset: next } = await sendFile(file, said, () => {});
      await closeFile(dataset);
      go(addressOf(next.id, "shortlist"));
    } catch (problem) {
      setState({ sending: false, error: problem instanceof ApiError ? problem.message : String(problem) });
    }
  }

  const form = (
    <form className="again" onSubmit={(event) => void send(event)}>
      <label>
        Decimal mark
        <select name="decimal" defaultValue={reading.decimal}>
          <option value="">as the file shows</option>
          <option value="comma">comma: 1,5 is one and a half</option>
          <option value="point">point: 1.5 is one and a half</option>
        </select>
      </label>
      <label>
        Sheet, by its name or number
        <input name="sheet" type="text" maxLength={300} placeholder="2" defaultValue={reading.sheet} />
      </label>
      <label>
        Encoding of the text
        <input
          name="encoding"
          type="text"
          maxLength={100}
          placeholder="windows-1251"
          defaultValue={reading.encoding}
        />
      </label>
      <label className="wide">
        Columns (map), one a line: what it is, =, its name in the file; nothing after = leaves it out
        <textarea
          name="map"
          rows={Math.max(2, reading.map?.length ?? 0)}
          defaultValue={reading.map?.join("\n")}
          placeholder={"account_id=Creator\nfollowers=Fans"}
        />
      </label>
      <button type="submit" className="button primary" disabled={state.sending}>
        {state.sending ? "Reading…" : "Read the file again"}
      </button>
      {state.error !== null && (
        <p className="problem" role="alert">
          {state.error}
        </p>
      )}
    </form>
  );
  return title === undefined ? (
    form
  ) : (
    <details>
      <summary>{title}</summary>
      {form}
    </details>
  );
}

/** What a form says of how to read; what is left empty is not said. */
function readingOf(form: FormData): Reading {
  const said = (name: string) => String(form.get(name) ?? "").trim();
  const map = said("map")
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
  return {
    ...Object.fromEntries(
      ["decimal", "sheet", "encoding"].flatMap((name) => (said(name) === "" ? [] : [[name, said(name)]])),
    ),
    ...(map.length > 0 && { map }),
  };
}
