import { capitalised } from "../../../src/base/words.ts";
import type { Reading } from "../api.ts";
import { Theirs } from "../parts/Account.tsx";
import { Button } from "../parts/Button.tsx";
import { type Arrived, type Arriving, addFile, dismiss, useArriving } from "./arriving.ts";
import { ColumnsForm } from "./ColumnsForm.tsx";
import "./files.css";
import { ReadingForm, speaksOfReading } from "./ReadingForm.tsx";

/** Files that are being added, and those that could not be, with what to do about it. @param arrived is called for one that was read at last */
export function ArrivingFiles({ arrived }: { arrived: (arrived: Arrived, file: string) => void }) {
  const files = useArriving();
  if (files.length === 0) return null;
  return (
    <ul className="arriving" aria-label="Files that are being added">
      {files.map((file) => (
        <li key={file.key} className={file.state}>
          {file.state === "failed" ? <NotAdded file={file} arrived={arrived} /> : <UnderWay file={file} />}
        </li>
      ))}
    </ul>
  );
}

function UnderWay({ file: { name, state, step, fraction, stop } }: { file: Arriving }) {
  const words = state === "waiting" ? "Waits for the file before it" : `${capitalised(step)}…`;
  return (
    <>
      <div className="line">
        <strong>
          <Theirs>{name}</Theirs>
        </strong>
        <span role="status">{words}</span>
        <Button look="quiet" onPress={stop} aria-label={`Stop adding ${name}`}>
          Stop
        </Button>
      </div>
      <progress
        aria-label={`${name}: ${words}`}
        {...(fraction === null ? {} : { value: fraction, max: 1 })}
      />
    </>
  );
}

function NotAdded({ file, arrived }: { file: Arriving; arrived: (arrived: Arrived, name: string) => void }) {
  const { key, name, error, columns, reading } = file;
  const again = async (otherwise: Reading) => {
    const done = await addFile(file.file, { reading: otherwise, instead: key });
    if (done !== null) arrived(done, name);
  };
  const words = error ?? "It could not be added.";
  return (
    <>
      <div className="line">
        <strong>
          <Theirs>{name}</Theirs>
        </strong>
        <span className="grow">
          {columns === null ? "was not added" : "Which column is what? The tool could not tell."}
        </span>
        {columns === null && file.file !== null && (
          <Button onPress={() => void again(reading)}>Try again</Button>
        )}
        <Button look="quiet" onPress={() => dismiss(key)} aria-label={`Leave ${name} out`}>
          Leave it out
        </Button>
      </div>
      {columns === null ? (
        <p className="problem" role="alert">
          {words}
        </p>
      ) : (
        <ColumnsForm columns={columns} onMap={(map) => void again({ ...reading, map })} />
      )}
      {columns === null && file.file !== null && speaksOfReading(words) && (
        <ReadingForm reading={reading} onRead={(otherwise) => void again(otherwise)} />
      )}
    </>
  );
}
