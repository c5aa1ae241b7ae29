import type { FormEvent } from "react";
import type { Reading } from "../api.ts";
import { Button } from "../parts/Button.tsx";

/** How a file is to be read: the decimal mark, the sheet, the encoding, the columns. It holds what was said before. */
export function ReadingForm({
  reading,
  onRead,
  busy = false,
}: {
  reading: Reading;
  onRead: (reading: Reading) => void;
  busy?: boolean;
}) {
  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    onRead(readingOf(new FormData(event.currentTarget)));
  }
  return (
    <form className="again" onSubmit={submit}>
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
        Columns, one a line; “likes=” leaves likes out
        <textarea
          name="map"
          rows={Math.max(2, reading.map?.length ?? 0)}
          defaultValue={reading.map?.join("\n")}
          placeholder={"account_id=Creator\nfollowers=Fans"}
        />
      </label>
      <Button type="submit" look="primary" isDisabled={busy}>
        {busy ? "Reading…" : "Read the file again"}
      </Button>
    </form>
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
