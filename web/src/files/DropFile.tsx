import { type DragEvent, useState } from "react";
import { ARCHIVE_ENDINGS, PACKING_ENDINGS, TABLE_ENDINGS } from "../../../src/profiles/source/content.ts";
import { Icon } from "../parts/Icon.tsx";
import "./files.css";

/** What the browser offers to choose from. */
const ACCEPTED = [...TABLE_ENDINGS, "txt", ...ARCHIVE_ENDINGS, ...PACKING_ENDINGS]
  .map((ending) => `.${ending}`)
  .join(",");

/** A button that lets files be chosen. */
export function ChooseFile({
  children,
  primary = false,
  add,
}: {
  children: string;
  primary?: boolean;
  add: (files: readonly File[]) => void;
}) {
  return (
    <label className={`btn choose${primary ? " primary" : ""}`}>
      {!primary && <Icon name="plus" />}
      <span className={primary ? undefined : "on-desk"}>{children}</span>
      <input
        type="file"
        multiple
        className="unseen"
        aria-label={children}
        accept={ACCEPTED}
        onChange={(event) => {
          add([...(event.target.files ?? [])]);
          // The same file can be chosen again.
          event.target.value = "";
        }}
      />
    </label>
  );
}

/** A place where files are dropped, or chosen. @param words what to drop there */
export function DropFile({ words, add }: { words: string; add: (files: readonly File[]) => void }) {
  const [over, setOver] = useState(false);
  const drop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    add([...event.dataTransfer.files]);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the button inside does the same without dragging
    <div
      className={`drop${over ? " over" : ""}`}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={drop}
    >
      <div>
        <p>
          <strong>{words}</strong>
        </p>
        <p className="note">
          Excel, CSV, JSON or Parquet, also packed as .zip or .gz: from Bright Data, Apify, TikTok's own APIs
          or your own list. Nothing leaves this machine.
        </p>
      </div>
      <ChooseFile primary add={add}>
        Choose a file
      </ChooseFile>
    </div>
  );
}
