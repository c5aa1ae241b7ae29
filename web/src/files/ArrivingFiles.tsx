import { capitalised } from "../../../src/base/words.ts";
import type { Reading } from "../api.ts";
import { Button, IconButton } from "../parts/Button.tsx";
import { Link } from "../parts/Header.tsx";
import { Icon } from "../parts/Icon.tsx";
import { Theirs } from "../parts/Theirs.tsx";
import { placeAddress } from "../route.ts";
import {
  type Arrived,
  type Arriving,
  addFile,
  dismiss,
  isMendable,
  type Source,
  useArriving,
} from "./arriving.ts";
import { ColumnsForm } from "./ColumnsForm.tsx";
import { ChooseFile } from "./DropFile.tsx";
import "./files.css";
import { ReadingForm } from "./ReadingForm.tsx";
import { refusalOf, speaksOfReading } from "./refusal.ts";

/** Files that are being added, and what came of them; where one could not be added, what to do. @param arrived is called for one that was read at last */
export function ArrivingFiles({ arrived }: { arrived: (arrived: Arrived) => void }) {
  const files = useArriving();
  if (files.length === 0) return null;
  return (
    <ul className="arriving" aria-label="Files that are being added">
      {files.map((file) => (
        <li key={file.key} className={file.columns === null ? file.state : "asked"}>
          {file.state === "failed" ? (
            <NotAdded file={file} arrived={arrived} />
          ) : file.arrived === null ? (
            <UnderWay file={file} />
          ) : (
            <Done file={file} arrived={file.arrived} />
          )}
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

function Done({ file: { key, name }, arrived }: { file: Arriving; arrived: Arrived }) {
  return (
    <div className="line">
      <strong>
        <Theirs>{name}</Theirs>
      </strong>
      <span role="status">{arrived.already ? "was added before. Nothing has changed." : "is in."}</span>
      <Link to={placeAddress("people", null, `?imports=${arrived.import}`)} className="btn quiet">
        See its people
      </Link>
      <IconButton label="Close" onPress={() => dismiss(key)}>
        <Icon name="close" />
      </IconButton>
    </div>
  );
}

function NotAdded({ file, arrived }: { file: Arriving; arrived: (arrived: Arrived) => void }) {
  const { key, name, error, transient, columns, reading } = file;
  const add = async (source: Source, otherwise: Reading) => {
    const done = await addFile(source, { reading: otherwise, instead: key });
    if (done !== null) arrived(done);
  };
  const again = (otherwise: Reading) => void (file.file !== null && add(file.file, otherwise));
  const message = error ?? "It could not be added.";
  const { words, expected } = refusalOf(message, name);
  return (
    <>
      <div className="line">
        <strong>
          <Theirs>{name}</Theirs>
        </strong>
        <span className="grow">
          {columns === null ? "was not added" : "Which column is what? Their names do not say."}
        </span>
        {file.file === null && isMendable(file) && (
          <ChooseFile
            add={(files) => {
              for (const chosen of files) void add(chosen, {});
            }}
          >
            Choose it here
          </ChooseFile>
        )}
        {file.file !== null && transient && <Button onPress={() => again(reading)}>Try again</Button>}
        <Button look="quiet" onPress={() => dismiss(key)} aria-label={`Leave it out: ${name}`}>
          Leave it out
        </Button>
      </div>
      {columns === null ? (
        <div role="alert">
          <p className="problem">{words}</p>
          {expected !== null && <p className="note">Can be read: {expected}</p>}
        </div>
      ) : file.file === null ? (
        <p className="note">Choose the file here: then you can say what each of its columns is.</p>
      ) : (
        <ColumnsForm columns={columns} onMap={(map) => again({ ...reading, map })} />
      )}
      {columns === null && file.file !== null && speaksOfReading(message) && (
        <ReadingForm reading={reading} onRead={again} />
      )}
    </>
  );
}
