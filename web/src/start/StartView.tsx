import { type DragEvent, useState } from "react";
import { ARCHIVE_ENDINGS, PACKING_ENDINGS, TABLE_ENDINGS } from "../../../src/profiles/source/content.ts";
import { ApiError, ask, closeFile, sendFile, useAsk } from "../api.ts";
import { wholeCount } from "../format.ts";
import { Link } from "../parts/Header.tsx";
import { addressOf, go } from "../route.ts";
import type { DatasetFacts } from "../types.ts";

/** What the browser offers to choose from. */
const ACCEPTED = [...TABLE_ENDINGS, "txt", ...ARCHIVE_ENDINGS, ...PACKING_ENDINGS]
  .map((ending) => `.${ending}`)
  .join(",");

/** The start: a file is dropped or chosen, or the sample taken. */
export function StartView() {
  const [sent, setSent] = useState<number | null>(null);
  const [error, setError] = useState<string | null>(null);
  const [over, setOver] = useState(false);

  async function open(send: () => Promise<{ dataset: { id: string } }>) {
    setError(null);
    setSent(0);
    try {
      const { dataset } = await send();
      go(addressOf(dataset.id, "shortlist"));
    } catch (problem) {
      setError(problem instanceof ApiError ? problem.message : String(problem));
      setSent(null);
    }
  }
  const openFile = (file: File | undefined) => {
    if (file !== undefined) void open(() => sendFile(file, {}, setSent));
  };
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    openFile(event.dataTransfer.files[0]);
  };

  return (
    <div className="start">
      <h1>Study a file</h1>
      <p className="lede">
        Open a file of TikTok profiles to see how far a list of it can be trusted: the data, the model, what a
        threshold costs. It is kept until the program stops. Nothing leaves this machine.
      </p>
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the button inside does the same without dragging */}
      <div
        className={`drop${over ? " over" : ""}`}
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
      >
        {sent === null ? (
          <>
            <p>
              <strong>Drop a file here</strong>
            </p>
            <label className="button primary">
              Choose a file
              <input
                type="file"
                className="unseen"
                accept={ACCEPTED}
                onChange={(event) => openFile(event.target.files?.[0])}
              />
            </label>
            <p className="note">
              Excel (.xlsx), OpenDocument (.ods), CSV, TSV, JSON, NDJSON or Parquet; also .gz, .zst, .zip and
              .tar. Bright Data, Apify, TikTok's own APIs.
            </p>
          </>
        ) : (
          <div role="status">
            <p>Sending the file to the program on this machine…</p>
            <progress aria-label="Sending the file" value={sent} max={1} />
          </div>
        )}
      </div>
      {error !== null && (
        <p className="problem" role="alert">
          {error}
        </p>
      )}
      <p>
        <button
          type="button"
          className="button"
          disabled={sent !== null}
          onClick={() => void open(() => ask("/v1/datasets?sample=1", { method: "POST" }))}
        >
          Try the sample
        </button>{" "}
        <span className="note inline">1,000 made-up profiles</span>
      </p>
      <Opened />
      <p className="note">
        <a href="/licenses.md">Licences of the software in this page</a>
      </p>
    </div>
  );
}

/** Files that are open already. */
function Opened() {
  const { answer, again } = useAsk<DatasetFacts[]>("/v1/datasets");
  if (answer === null || answer.length === 0) return null;
  return (
    <section className="opened" aria-labelledby="opened">
      <h2 id="opened">Open files</h2>
      <ul>
        {answer.map(({ id, name, rows }) => (
          <li key={id}>
            <Link to={addressOf(id, "shortlist")}>{name}</Link>
            {rows !== null && <span className="note inline">{wholeCount(rows)} profiles</span>}
            <button
              type="button"
              className="button quiet small"
              aria-label={`Close ${name}`}
              onClick={() => void closeFile(id).then(again)}
            >
              Close
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
