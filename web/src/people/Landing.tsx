import { type DragEvent, type ReactNode, useEffect, useState } from "react";
import { type Arriving, addFile, dismiss, isMendable, useArriving } from "../files/arriving.ts";
import { ChooseFile } from "../files/DropFile.tsx";
import { refusalOf } from "../files/refusal.ts";
import { TrySample } from "../files/TrySample.tsx";
import { Button, IconButton } from "../parts/Button.tsx";
import { Link } from "../parts/Header.tsx";
import { Icon } from "../parts/Icon.tsx";
import { placeAddress } from "../route.ts";

const addAll = (files: readonly File[]) => {
  for (const file of files) void addFile(file);
};

/** A button that adds files. */
export function AddFile({ children, primary = false }: { children: string; primary?: boolean }) {
  return (
    <ChooseFile primary={primary} add={addAll}>
      {children}
    </ChooseFile>
  );
}

/** Takes files that are dropped anywhere on what it holds. */
export function DropAnywhere({ children }: { children: ReactNode }) {
  const [over, setOver] = useState(false);
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    addAll([...event.dataTransfer.files]);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the button "Add a file" does the same without dragging
    <div
      className="drop-anywhere"
      onDragOver={(event) => {
        if (!event.dataTransfer.types.includes("Files")) return;
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={(event) => {
        if (event.currentTarget === event.target || event.relatedTarget === null) setOver(false);
      }}
      onDrop={drop}
    >
      {children}
      {over && (
        <div className="over" aria-hidden="true">
          Let go to add the file
        </div>
      )}
    </div>
  );
}

/** What a workspace without people shows: where to drop a file, and the sample. */
export function FirstRun() {
  if (useArriving().some(({ state }) => state !== "failed")) return <h1 className="unseen">People</h1>;
  return (
    <div className="first-run">
      <h1>Find the people worth writing to</h1>
      <p>
        Drop a file of TikTok profiles. You get them ranked, with a reason each, in seconds. You mark, note
        and export; the next file adds to the same people. Nothing leaves this machine.
      </p>
      <div className="zone">
        <p>
          <strong>Drop a file here</strong>
        </p>
        <AddFile primary>Choose a file</AddFile>
        <p className="note">
          Excel, OpenDocument, CSV, TSV, JSON, NDJSON or Parquet, also packed (.gz, .zst, .zip, .tar). Bright
          Data, Apify, TikTok's own APIs.
        </p>
      </div>
      <TrySample
        tour
        add={() => {
          sessionStorage.setItem(TOUR, "1");
          void addFile("sample");
        }}
      />
      <p className="note">
        <a href="/licenses.md">Licences of the software in this page</a>
      </p>
    </div>
  );
}

/**
 * How far the file that is being added is, or what came of the last; where it failed, why and what to do. `done` is called when the people
 * of a file are there.
 */
export function ComingBar({ done }: { done: () => void }) {
  const files = useArriving();
  const coming = files.find(({ state }) => state === "sending" || state === "reading") ?? files.at(-1);
  const key = files.findLast(({ state }) => state === "done")?.key ?? null;
  useEffect(() => {
    if (key !== null) done();
  }, [key]);
  if (coming === undefined) return null;
  const { name, state, step, fraction, error, columns, arrived, stop } = coming;
  if (state === "failed") {
    return (
      <div className="banner old" role="alert">
        <span className="words">
          <strong>{name}</strong> was not added.{" "}
          {columns === null
            ? refusalOf(error ?? "", name).words
            : "Its columns' names do not say what is in them."}
        </span>
        {isMendable(coming) && (
          <Link to={placeAddress("files")} className="btn">
            {columns === null ? "What to do" : "Say what its columns are"}
          </Link>
        )}
        <CloseBar of={coming} />
      </div>
    );
  }
  if (arrived !== null) {
    return (
      <div className="banner" role="status">
        <span className="words">
          {arrived.already ? (
            <>
              <strong>{name}</strong> was added before. Nothing has changed.
            </>
          ) : (
            <>
              <strong>{name}</strong> is in. Its people are in the list, the best first.
            </>
          )}
        </span>
        <Link to={placeAddress("files", arrived.import)} className="btn quiet">
          What was read
        </Link>
        <CloseBar of={coming} />
      </div>
    );
  }
  return (
    <div className="banner" role="status">
      <span className="words">
        {name}: {step}…
      </span>
      <progress aria-label={step} {...(fraction === null ? {} : { value: fraction, max: 1 })} />
      <Button look="quiet" onPress={stop}>
        Stop
      </Button>
    </div>
  );
}

function CloseBar({ of: { key } }: { of: Arriving }) {
  return (
    <IconButton label="Close" onPress={() => dismiss(key)}>
      <Icon name="close" />
    </IconButton>
  );
}

const TOUR = "insights-tour";

const STEPS: readonly (readonly [string, string])[] = [
  [
    "The best come first",
    "Each line says who it is, why, and how likely they go on posting and are answered well. Press a title to sort by it.",
  ],
  [
    "Mark while you read",
    "Press the ring before a name to say “to contact” or “never”. With keys: j and k walk, Enter opens a person, 2 and 7 mark, u takes it back.",
  ],
  [
    "Take them along",
    "Tick people, put them on a list or tag them, and export what is on screen to Excel or for letters.",
  ],
];

/** Three steps on the sample, one at a time; gone for this tab when they are done. */
export function Tour() {
  const [step, setStep] = useState(() => (sessionStorage.getItem(TOUR) === "1" ? 0 : null));
  if (step === null) return null;
  const [title, words] = STEPS[step];
  const end = () => {
    sessionStorage.removeItem(TOUR);
    setStep(null);
  };
  return (
    <aside className="tour" aria-label="Tour">
      <p className="note">
        {step + 1} of {STEPS.length}
      </p>
      <h2>{title}</h2>
      <p>{words}</p>
      <div className="actions">
        <Button look="quiet" onPress={end}>
          Skip
        </Button>
        <Button look="primary" onPress={() => (step + 1 < STEPS.length ? setStep(step + 1) : end())}>
          {step + 1 < STEPS.length ? "Next" : "Start"}
        </Button>
      </div>
    </aside>
  );
}
