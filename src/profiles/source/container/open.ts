import { basename } from "node:path";
import { InsightsError } from "../../../base/error.ts";
import type { Alert } from "../../alerts.ts";
import { type Content, recogniseContent } from "../content.ts";
import { firstBytes, readBytes, type SourceFile, type Watch } from "../file.ts";
import type { Workplace } from "../reading.ts";
import { CopyWriter } from "../temporary.ts";
import { openText, unpacked } from "../text.ts";
import { chooseTable } from "./members.ts";
import { type WrittenSheet, writeSheet } from "./sheet.ts";
import { listTar, readTar } from "./tar.ts";
import { openWorkbook } from "./workbook.ts";
import { kindOfZip, openZip } from "./zip.ts";

/** A table that was taken out of what it came in. */
export interface Contained {
  /** The table itself: the file that was given or, where it is a workbook or an archive, a temporary one. */
  readonly file: SourceFile;
  readonly content: Exclude<Content, "zip" | "tar">;
  /** Where the table stands in a workbook. */
  readonly sheet?: WrittenSheet & { readonly format: "xlsx" | "ods" };
}

/** Archives within archives that are opened; more is a trap. */
const DEEPEST = 4;

/**
 * Opens archives (ZIP, TAR, and gzip or Zstandard around either) that hold one table, and workbooks, as deep as they are put into each other.
 * What is in them is written to the temporary folder. A text packed as gzip or Zstandard stays as it is.
 *
 * @param wanted the sheet to read of a workbook, by name or number
 * @throws InsightsError when they are damaged or locked, hold no table or several, or unpack to absurdly much
 */
export async function openContainer(
  given: SourceFile,
  { folder, watch: { onProgress: _, ...watch }, alerts }: Pick<Workplace, "folder" | "watch" | "alerts">,
  wanted?: string,
): Promise<Contained> {
  let file = given;
  for (let depth = 0; depth < DEEPEST; depth++) {
    const content = recogniseContent(await firstBytes(file, watch), file);
    const name = `unpacked-${depth}`;
    if (content === "zip") {
      const opened = await openZipped(file, await folder.path(name), watch, alerts, wanted);
      if ("content" in opened) return opened;
      file = opened;
    } else if (content === "tar") {
      const read = () => readBytes(file, watch);
      const member = chooseTable(await listTar(read(), file), file);
      file = await write(readTar(read(), member, file), await folder.path(name), member.name, file, watch);
    } else if ((content === "gzip" || content === "zstd") && (await holdsMore(file, content, watch))) {
      const inner = file.name.replace(/\.tgz$/i, ".tar").replace(/\.(gz|gzip|zst|zstd)$/i, "");
      file = await write(unpacked(file, content, watch, true), await folder.path(name), inner, file, watch);
    } else {
      if (wanted !== undefined) {
        throw new InsightsError(`no sheets in ${given.name}: --sheet is for workbooks (.xlsx, .ods)`, {
          exitCode: 2,
        });
      }
      if (file !== given) {
        const message = `Read ${JSON.stringify(file.name)} out of ${given.name}.`;
        alerts.push({ level: "info", code: "unpacked", column: null, message });
      }
      return { file, content };
    }
  }
  throw new InsightsError(
    `packed too deeply: ${given.name} is an archive in an archive, and so on; unpack it first`,
  );
}

async function openZipped(
  file: SourceFile,
  path: string,
  watch: Watch,
  alerts: Alert[],
  wanted: string | undefined,
): Promise<SourceFile | Contained> {
  const zip = await openZip(file, watch.limits);
  try {
    const format = kindOfZip(zip.members, file);
    if (format === "archive") {
      const member = chooseTable(zip.members, file);
      return await write(zip.read(member), path, member.name, file, watch);
    }
    const sheets = await openWorkbook(file, format, zip, watch.limits);
    const written = await writeSheet(sheets, wanted, path, file, watch, alerts);
    // Its own name, because messages tell rows of the sheet.
    return {
      file: { ...file, path, given: file.given ?? file },
      content: "text",
      sheet: { ...written, format },
    };
  } finally {
    zip.close();
  }
}

/** Whether something else than text is packed in a file. */
async function holdsMore(file: SourceFile, content: "gzip" | "zstd", watch: Watch): Promise<boolean> {
  const { rawHead } = await openText(file, content, watch);
  return recogniseContent(rawHead, file) !== "text";
}

async function write(
  blocks: AsyncIterable<Buffer>,
  path: string,
  name: string,
  from: SourceFile,
  { signal }: Watch,
): Promise<SourceFile> {
  const copy = await CopyWriter.create(path);
  let size = 0;
  try {
    for await (const block of blocks) {
      signal?.throwIfAborted();
      size += block.length;
      copy.append(block);
      await copy.flush();
    }
    await copy.close();
  } finally {
    await copy.abandon();
  }
  if (size === 0) throw new InsightsError(`empty file: ${name}`);
  return { path, name: basename(name), size, given: from.given ?? from };
}
