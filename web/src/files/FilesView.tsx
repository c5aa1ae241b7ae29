import { countOf, listed } from "../../../src/base/words.ts";
import { Table } from "../../../src/report/shared/Table.tsx";
import { useNarrow } from "../display.ts";
import { dayOf, wholeCount } from "../format.ts";
import { Link } from "../parts/Header.tsx";
import { Empty, Failed, Loading } from "../parts/States.tsx";
import { Theirs } from "../parts/Theirs.tsx";
import { go, placeAddress } from "../route.ts";
import { ArrivingFiles } from "./ArrivingFiles.tsx";
import { type Arrived, addFile, useArriving, useImports } from "./arriving.ts";
import { DropFile } from "./DropFile.tsx";
import { TrySample } from "./TrySample.tsx";
import type { ImportFacts } from "./types.ts";

/** All files of the workspace, and a place to add more. */
export function FilesView() {
  const { answer: imports, error, again } = useImports();
  const busy = useArriving().some(({ state }) => state !== "failed");

  async function add(files: readonly File[]) {
    const [one] = await Promise.all(files.map((file) => addFile(file)));
    if (files.length === 1 && one !== null) arrived(one);
  }
  return (
    <div className="view files">
      <h1 className="page-title">Files</h1>
      <DropFile words="Drop a file of TikTok profiles here" add={(files) => void add(files)} />
      <ArrivingFiles arrived={arrived} />
      {error !== null && <Failed title="The files cannot be listed" words={error.message} again={again} />}
      {error === null && imports === null && <Loading what="the files" />}
      {imports?.length === 0 && !busy && (
        <Empty title="No file is here yet" words="Add one: its people are listed at once, best first.">
          <TrySample add={() => void addFile("sample").then((done) => done && arrived(done))} />
        </Empty>
      )}
      {imports !== null && imports.length > 0 && <List imports={imports} />}
    </div>
  );
}

/** Shows the people of a file that was added to whoever still waits for it. */
function arrived({ import: number, already }: Arrived): void {
  if (!already && location.pathname === placeAddress("files"))
    go(placeAddress("people", null, `?imports=${number}`));
}

function List({ imports }: { imports: readonly ImportFacts[] }) {
  const people = imports.reduce((sum, { new_people }) => sum + new_people, 0);
  const caption = `${countOf(imports.length, "file")}, ${countOf(people, "person", "people")} seen in all`;
  if (useNarrow()) {
    return (
      <>
        <h2>{caption}</h2>
        <ul className="import-cards">
          {imports.map((one) => (
            <li key={one.import}>
              <Link to={placeAddress("files", one.import)}>
                <Theirs>{one.name}</Theirs>
              </Link>
              <span className="note">
                {countOf(one.rows, "person", "people")}, {wholeCount(one.new_people)} new;{" "}
                {leftOutInWords(one)}
              </span>
              <span className="note">
                Data read: {readInWords(one)}. From {one.provider}, added {dayOf(one.added_at)}
              </span>
            </li>
          ))}
        </ul>
      </>
    );
  }
  return (
    <Table
      caption={caption}
      className="imports"
      columns={["file", "added", "data read", "from", "people", "new", "left out"]}
      words={["added", "data read", "from"]}
      rows={imports.map((one) => ({
        key: String(one.import),
        cells: [
          <Link key="name" to={placeAddress("files", one.import)}>
            <Theirs>{one.name}</Theirs>
          </Link>,
          dayOf(one.added_at),
          readInWords(one),
          <span key="provider">
            {one.provider}
            <span className="under">{one.format.toUpperCase()}</span>
          </span>,
          wholeCount(one.rows),
          wholeCount(one.new_people),
          <span key="out" title={leftOutInWords(one)}>
            {wholeCount(one.rejected + one.duplicates)}
          </span>,
        ],
      }))}
    />
  );
}

/** When the profiles of a file were read: `12 Aug 2023`, `12 to 14 Aug 2023`, or what is known instead. */
export function readInWords({
  read_first,
  read_last,
  read_known,
}: Pick<ImportFacts, "read_first" | "read_last" | "read_known">): string {
  if (read_first === null || read_last === null) return "the file does not say";
  const [first, last] = [dayOf(read_first), dayOf(read_last)];
  if (read_known === 0) return `not said; newest date ${last}`;
  // A date stays in one line.
  const whole = (day: string) => day.replaceAll(" ", "\u00a0");
  return first === last ? first : `${whole(first)} to ${whole(last)}`;
}

function leftOutInWords({ rejected, duplicates }: ImportFacts): string {
  const parts = [
    ...(rejected > 0
      ? [countOf(rejected, "record that could not be used", "records that could not be used")]
      : []),
    ...(duplicates > 0 ? [countOf(duplicates, "account that came twice", "accounts that came twice")] : []),
  ];
  return parts.length === 0 ? "nothing was left out" : `${listed(parts)} left out`;
}
