import { type FileHandle, mkdtemp, open, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, sep } from "node:path";
import { fileError, temporaryFolderError } from "../../base/files.ts";
import { temporaryName } from "../../base/output/temporaryName.ts";

/** A folder for temporary files, made when first needed. */
export class TemporaryFolder {
  private readonly parent: string;
  private folder: Promise<string> | undefined;

  /** @param parent an existing folder; the system's temporary folder when not given */
  constructor(parent: string | undefined) {
    this.parent = parent ?? tmpdir();
  }

  /** Path of a file in the folder. */
  async path(name: string): Promise<string> {
    this.folder ??= mkdtemp(join(this.parent, temporaryName()));
    try {
      return join(await this.folder, name);
    } catch (error) {
      throw temporaryFolderError(this.parent, error);
    }
  }

  /** Removes the folder and all in it. */
  async remove(): Promise<void> {
    const folder = await this.folder?.catch(() => undefined);
    this.folder = undefined;
    if (folder !== undefined) {
      await rm(folder, { recursive: true, force: true });
    }
  }

  /**
   * A path to a file that DuckDB takes literally. It reads `*`, `?`, `[` in paths as patterns and has no way to quote
   * them, so files with such names, or in such folders, get a link.
   */
  async literalPath(path: string): Promise<string> {
    if (!/[*?[\]{}\\]/.test(sep === "\\" ? path.replaceAll(sep, "/") : path)) {
      return path;
    }
    const link = await this.path("input");
    await symlink(path, link).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== "EEXIST") {
        throw fileError(path, error);
      }
    });
    return link;
  }
}

/** Writes a file by appending to what the caller flushes now and then. */
export class CopyWriter {
  private readonly path: string;
  private readonly handle: FileHandle;
  private pieces: Buffer[] = [];
  private length = 0;

  private constructor(path: string, handle: FileHandle) {
    this.path = path;
    this.handle = handle;
  }

  /** Begins a new file. */
  static async create(path: string): Promise<CopyWriter> {
    return new CopyWriter(path, await open(path, "w"));
  }

  /** Appends text, or bytes that may be overwritten later. */
  append(piece: Buffer | string): void {
    const bytes = typeof piece === "string" ? Buffer.from(piece, "utf8") : Buffer.from(piece);
    this.pieces.push(bytes);
    this.length += bytes.length;
  }

  /** Writes what was appended to the disk once that is much. */
  async flush(): Promise<void> {
    if (this.length >= 1 << 19) await this.writeOut();
  }

  /** Writes the rest and closes the file. */
  async close(): Promise<void> {
    try {
      await this.writeOut();
    } finally {
      await this.handle.close();
    }
  }

  /** Closes the file when nothing more is to come, whatever its state. */
  async abandon(): Promise<void> {
    await this.handle.close().catch(() => {});
  }

  private async writeOut(): Promise<void> {
    try {
      // Unlike `write`, it goes on until all is written.
      await this.handle.appendFile(Buffer.concat(this.pieces));
    } catch (error) {
      throw fileError(this.path, error);
    }
    this.pieces = [];
    this.length = 0;
  }
}
