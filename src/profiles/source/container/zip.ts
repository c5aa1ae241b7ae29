import { crc32 } from "node:zlib";
import type { Entry, ZipFile } from "yauzl";
import { InsightsError } from "../../../base/error.ts";
import type { SourceFile, UnpackLimits } from "../file.ts";
import { refuseBomb } from "./bounds.ts";
import type { Member } from "./members.ts";

/** Entries of an archive at most; a table needs one, a workbook a few hundred. */
const MOST_ENTRIES = 20_000;

/** A file in a ZIP archive. */
export interface ZipMember extends Member {
  readonly entry: Entry;
}

/** A ZIP archive that is open. */
export interface ZipArchive {
  readonly members: readonly ZipMember[];
  /** The unpacked bytes of a member, checked by length and CRC. */
  read(member: ZipMember): AsyncGenerator<Buffer, void, void>;
  close(): void;
}

/** What a ZIP archive is by the files in it. */
export type ZipKind = "archive" | "xlsx" | "ods";

/**
 * Opens a ZIP archive by the directory at its end.
 *
 * @throws InsightsError when it is damaged or cut off
 */
export async function openZip(file: SourceFile, limits?: UnpackLimits): Promise<ZipArchive> {
  const { openPromise } = await import("yauzl");
  let zip: ZipFile | undefined;
  try {
    zip = await openPromise(file.path, { autoClose: false, lazyEntries: true });
    const members: ZipMember[] = [];
    for await (const entry of zip.eachEntry()) {
      members.push({ name: entry.fileName, entry });
      if (members.length > MOST_ENTRIES) {
        throw new InsightsError(`too many files: ${file.name} holds more than ${MOST_ENTRIES}`);
      }
    }
    const opened = zip;
    return {
      members,
      read: (member) => readMember(opened, member, file, limits),
      close: () => opened.close(),
    };
  } catch (error) {
    zip?.close();
    throw zipError(error, file);
  }
}

/**
 * Tells a workbook and other documents from an archive.
 *
 * @throws InsightsError for documents that hold no table that can be read
 */
export function kindOfZip(members: readonly Member[], file: SourceFile): ZipKind {
  const has = (name: RegExp) => members.some((member) => name.test(member.name));
  const refuse = (what: string) => {
    throw new InsightsError(`not a table of profiles: ${file.name} is ${what}`);
  };
  if (has(/^xl\/workbook\.bin$/)) refuse("a binary Excel workbook (.xlsb); save it as .xlsx or CSV");
  if (has(/^xl\/workbook\.xml$/) || (has(/^\[Content_Types\]\.xml$/) && has(/^xl\//))) return "xlsx";
  if (has(/^Index\/.*\.iwa$|^Index\.zip$/)) refuse("a Numbers document; export it as Excel or CSV");
  if (has(/^word\/document\.xml$/)) refuse("a Word document; save its table as CSV");
  if (has(/^ppt\/presentation\.xml$/)) refuse("a PowerPoint presentation; save its table as CSV");
  if (has(/^mimetype$/) && has(/^content\.xml$/)) return "ods";
  return "archive";
}

async function* readMember(
  zip: ZipFile,
  { name, entry }: ZipMember,
  file: SourceFile,
  limits: UnpackLimits | undefined,
): AsyncGenerator<Buffer, void, void> {
  if (entry.isEncrypted()) {
    throw new InsightsError(`a password is needed: ${name} in ${file.name} is encrypted; unpack it first`);
  }
  if (!entry.canDecodeFileData()) {
    throw new InsightsError(
      `unknown packing: ${name} in ${file.name} is packed by method ${entry.compressionMethod} (expected deflate); unpack it first`,
    );
  }
  // More bytes than these are an error of yauzl's.
  refuseBomb(entry.uncompressedSize, file, limits);
  let sum = 0;
  try {
    const blocks: AsyncIterable<Buffer> = await zip.openReadStreamPromise(entry);
    for await (const block of blocks) {
      sum = crc32(block, sum);
      yield block;
    }
  } catch (error) {
    throw zipError(error, file);
  }
  if (sum !== entry.crc32) throw zipError(new Error(`wrong checksum of ${name}`), file);
}

function zipError(error: unknown, file: SourceFile): unknown {
  if (error instanceof InsightsError) return error;
  const { message } = error as Error;
  const cut = /end of central directory|unexpected EOF/i.test(message);
  return new InsightsError(
    cut
      ? `truncated ZIP: ${file.name} ends in the middle; fetch or pack it again`
      : `corrupt ZIP: ${file.name} (${message}); fetch or pack it again`,
    { cause: error },
  );
}
