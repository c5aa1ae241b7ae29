import { useState } from "react";
import { countOf } from "../../../src/base/words.ts";
import { askFile } from "../api.ts";
import { wholeCount } from "../format.ts";
import { BarButton, Button } from "../parts/Button.tsx";
import { Checkbox } from "../parts/Checkbox.tsx";
import { Dialog } from "../parts/Dialog.tsx";
import { Select } from "../parts/Select.tsx";
import { countSelected, type Selection, wordsOf } from "../people/selection.ts";
import { exportAddress, partsWithSemicolons } from "./query.ts";
import "./find.css";

const CSV = [
  { id: "csv", words: "CSV, parted by commas" },
  { id: "csv-semicolon", words: "CSV, parted by semicolons" },
] as const;

/** Formats on offer; of CSV the one that spreadsheets of the browser's language read comes first. */
const FORMATS = [
  { id: "xlsx", words: "Excel (XLSX)" },
  ...(partsWithSemicolons() ? [CSV[1], CSV[0]] : CSV),
  { id: "markdown", words: "Markdown" },
  { id: "ndjson", words: "NDJSON, for programs" },
] as const;

const COLUMNS = [
  { id: "shown", words: "As on screen" },
  { id: "all", words: "All" },
] as const;

/** How many of a long list can be taken. */
const SIZES = [20, 50, 100, 200, 500, 1000, 5000];

interface ExportProps {
  readonly query: URLSearchParams;
  /** How many are listed; null until it is known. */
  readonly total: number | null;
  /** Ids of the columns on screen, in their order. */
  readonly columns: readonly string[];
  /** Who is selected; all who are listed are meant where nobody is. */
  readonly selection: Selection;
}

/** Takes along what is on screen: whom the filters let through, in that order, with these columns. */
export function ExportButton(props: ExportProps) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <BarButton
        icon="export"
        words="Export"
        tip="Who is listed or selected, as a file"
        onPress={() => setOpen(true)}
        isDisabled={(props.total ?? 0) === 0}
        aria-haspopup="dialog"
      />
      <Dialog title="Export what is on screen" isOpen={open} close={() => setOpen(false)}>
        <Choices {...props} close={() => setOpen(false)} />
      </Dialog>
    </>
  );
}

function Choices({ query, total, columns, selection, close }: ExportProps & { close: () => void }) {
  const [format, setFormat] = useState<(typeof FORMATS)[number]["id"]>("xlsx");
  const [which, setWhich] = useState<(typeof COLUMNS)[number]["id"]>("shown");
  const [merge, setMerge] = useState(false);
  const [contacts, setContacts] = useState(true);
  const [most, setMost] = useState("all");
  const [trouble, setTrouble] = useState<string | null>(null);
  const chosen = wordsOf(selection);
  const some = Object.keys(chosen).length > 0 ? countSelected(selection) : null;
  const address = exportAddress(new URLSearchParams({ ...Object.fromEntries(query), ...chosen }), {
    ...{ format, merge, contacts },
    columns: which === "shown" ? columns : null,
    most: most === "all" || some !== null ? null : Number(most),
  });
  const sizes = SIZES.filter((size) => size < (total ?? 0)).map(String);
  return (
    <div className="export-form">
      <Select label="Format" value={format} options={FORMATS} onChange={setFormat} />
      <Select label="Columns" value={which} options={COLUMNS} onChange={setWhich} />
      {some !== null ? (
        <p className="note">
          {countOf(some, "selected person", "selected people")}, in the order of the list
        </p>
      ) : (
        <Select
          label="How many"
          value={most}
          options={[
            { id: "all", words: `All ${countOf(total ?? 0, "person", "people")}` },
            ...sizes.map((size) => ({ id: size, words: `The first ${wholeCount(Number(size))}` })),
          ]}
          onChange={setMost}
        />
      )}
      <Checkbox isSelected={contacts} onChange={setContacts}>
        With contacts: e-mail, phone, links
      </Checkbox>
      <Checkbox isSelected={merge} onChange={setMerge}>
        With columns for letters: first name, handle, why, link
      </Checkbox>
      <p className="note">The file has the filters and the order that are on screen.</p>
      {trouble !== null && (
        <p className="trouble" role="alert">
          {trouble}
        </p>
      )}
      <div className="actions">
        <Button look="quiet" onPress={close}>
          Cancel
        </Button>
        <a
          className="btn primary"
          href={address}
          download
          onClick={(event) => {
            setTrouble(null);
            askFile(event, address).then(close, (error: Error) => setTrouble(error.message));
          }}
        >
          Export
        </a>
      </div>
    </div>
  );
}
