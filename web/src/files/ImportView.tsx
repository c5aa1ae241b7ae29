import { useState } from "react";
import { countOf } from "../../../src/base/words.ts";
import { Fact } from "../../../src/report/shared/Fact.tsx";
import { type Reading, useAsk } from "../api.ts";
import { dayOf } from "../format.ts";
import { Button } from "../parts/Button.tsx";
import { Dialog } from "../parts/Dialog.tsx";
import { Link } from "../parts/Header.tsx";
import { Failed, Loading } from "../parts/States.tsx";
import { Theirs } from "../parts/Theirs.tsx";
import { tell, tellTrouble } from "../parts/Toast.tsx";
import { go, placeAddress } from "../route.ts";
import { ArrivingFiles } from "./ArrivingFiles.tsx";
import { addFile, deleteImport, sentFile } from "./arriving.ts";
import { DropFile } from "./DropFile.tsx";
import { readInWords } from "./FilesView.tsx";
import { Alerts, Blanked, Mapped, Recognised, Rejected } from "./Found.tsx";
import { ReadingForm } from "./ReadingForm.tsx";
import type { ImportDetail } from "./types.ts";

/** What was found in a file, with a way to read it otherwise and one to delete it. */
export function ImportView({ number }: { number: number }) {
  const { answer, error, again } = useAsk<ImportDetail>(`/v1/imports/${number}`);
  if (error !== null) {
    return (
      <Failed
        heading="h1"
        title={error.status === 404 ? "This file is not here any more" : "The file cannot be shown"}
        words={error.status === 404 ? "It was deleted, or never added." : error.message}
        {...(error.status === 404 ? {} : { again })}
      >
        <Link to={placeAddress("files")} className="btn">
          To the files
        </Link>
      </Failed>
    );
  }
  return answer === null ? <Loading what="the file" /> : <Shown file={answer} />;
}

function Shown({ file }: { file: ImportDetail }) {
  const { facts } = file;
  return (
    <div className="view files">
      <nav aria-label="Way back" className="back">
        <Link to={placeAddress("files")}>Files</Link>
      </nav>
      <header className="file-head">
        <h1 className="page-title">
          <Theirs>{file.name}</Theirs>
        </h1>
        <div className="actions">
          <Link to={placeAddress("people", null, `?imports=${file.import}`)} className="btn primary">
            See its people
          </Link>
          <Link to={placeAddress("study", file.import)} className="btn">
            Study it
          </Link>
          <Delete file={file} />
        </div>
      </header>
      {facts.losses.length > 0 && (
        <div className="losses" role="alert">
          {facts.losses.map((sentence) => (
            <p key={sentence}>{sentence}</p>
          ))}
        </div>
      )}
      <Recognised counts={file} found={facts}>
        <Fact
          name="Data read"
          value={readInWords(file)}
          note={`added on ${dayOf(file.added_at)}; ${countOf(file.new_people, "person", "people")} not known before`}
        />
      </Recognised>
      <Alerts found={facts} />
      <ReadOtherwise file={file} />
      <Blanked blanks={facts.blanks} />
      <Rejected rejects={facts.rejects} rejected={file.rejected} />
      <Mapped mapped={facts.mapped} unmapped={facts.unmapped} missing={facts.missing} />
    </div>
  );
}

/** Reads a file again in another way; what was read before goes then. */
function ReadOtherwise({ file: { import: number, name } }: { file: ImportDetail }) {
  const [given, setGiven] = useState<File | null>(null);
  const sent = sentFile(number) ?? (given === null ? undefined : { file: given, reading: {} });
  async function replace(by: number) {
    if (by === number) {
      tell(`${name} was read in this very way before: nothing was changed.`);
      return;
    }
    try {
      await deleteImport(number);
      tell(`${name} was read again.`);
      go(placeAddress("files", by), { replace: true });
    } catch (error) {
      tellTrouble(`What was read before is still here: ${error instanceof Error ? error.message : error}`);
    }
  }
  async function read(file: File, reading: Reading) {
    const done = await addFile(file, { reading });
    if (done !== null) await replace(done.import);
  }
  return (
    <>
      <details className="otherwise">
        <summary>Is something of that wrong? Read the file otherwise</summary>
        {sent === undefined ? (
          <>
            <p>
              The workspace keeps what was read, not the file. Give the file once more to read it otherwise.
            </p>
            <DropFile words={`Drop ${name} here again`} add={([file]) => setGiven(file ?? null)} />
          </>
        ) : (
          <ReadingForm reading={sent.reading} onRead={(reading) => void read(sent.file, reading)} />
        )}
      </details>
      <ArrivingFiles arrived={(done) => void replace(done.import)} />
    </>
  );
}

function Delete({ file: { import: number, name, rows } }: { file: ImportDetail }) {
  const [asked, setAsked] = useState(false);
  const [busy, setBusy] = useState(false);
  async function remove() {
    setBusy(true);
    try {
      await deleteImport(number);
      go(placeAddress("files"), { replace: true });
      tell(`${name} was deleted.`);
    } catch (error) {
      setBusy(false);
      setAsked(false);
      tellTrouble(error instanceof Error ? error.message : String(error));
    }
  }
  return (
    <>
      <Button look="danger" onPress={() => setAsked(true)}>
        Delete
      </Button>
      <Dialog title="Delete this file?" isOpen={asked} close={() => setAsked(false)}>
        <p>
          What <Theirs>{name}</Theirs> says of {countOf(rows, "person", "people")} goes, with what was
          forecast from it, and frees its space. It cannot be taken back; the file that you added it from is
          not touched.
        </p>
        <p>
          People who are in another file stay. So do people with a status, a note, a tag or a place on a list:
          they stay known, and whoever you excluded stays excluded.
        </p>
        <div className="actions">
          <Button onPress={() => setAsked(false)}>Keep it</Button>
          <Button look="danger" isDisabled={busy} onPress={() => void remove()}>
            {busy ? "Deleting…" : "Delete the file"}
          </Button>
        </div>
        {busy && (
          <p role="status" className="note">
            The workspace is written anew, which takes a while with many people.
          </p>
        )}
      </Dialog>
    </>
  );
}
