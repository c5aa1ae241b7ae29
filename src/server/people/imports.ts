import { basename } from "node:path";
import { InsightsError } from "../../base/error.ts";
import type { ReadingOptions } from "../../profiles/readingOptions.ts";
import type { UnpackLimits } from "../../profiles/source/file.ts";
import type { Desk } from "../desk.ts";
import type { JobFacts, Jobs } from "../jobs.ts";
import { Problem } from "../problem.ts";
import { inRequestWords } from "../requestWords.ts";

/** Files that are received, or wait to be read, at the most. */
const MOST_COMING = 8;

/** A file to add to the workspace. */
export interface ImportSource {
  readonly path: string;
  /** As its sender calls it. */
  readonly name: string;
  /** Whether the people are made up. */
  readonly synthetic: boolean;
  /** Whether the file is the server's own, to be removed once it is read. */
  readonly ours: boolean;
  /** How it is read, where that is another than of all files. */
  readonly reading?: ReadingOptions;
}

/** Room for a file that is to come. */
export interface ImportPlace {
  /** Starts to add a file to the workspace; one of the server's own goes once it is read. @throws Problem `too-many` */
  add(source: ImportSource): JobFacts;
  /** Gives the place back where no file has taken it. */
  release(): void;
}

/** How files come into the workspace. */
export interface Imports {
  /** Takes a place, before a file is received for it. @throws Problem `too-many` where there is none */
  reserve(): ImportPlace;
}

/** What imports are made with. */
export interface ImportsOptions {
  readonly desk: Desk;
  readonly jobs: Jobs;
  /** The server's folder. */
  readonly folder: string;
  /** How files are read, unless an upload says otherwise. */
  readonly reading: ReadingOptions;
  readonly limits: UnpackLimits;
  readonly now: () => Date;
  /** Removes a file of the server's own. */
  readonly remove: (path: string) => Promise<void>;
}

/** Makes a place where files come into the workspace. */
export function createImports({ desk, jobs, folder, reading, limits, now, remove }: ImportsOptions): Imports {
  let coming = 0;

  function start(source: ImportSource, ended: () => void): JobFacts {
    const { path, name, synthetic, ours } = source;
    const job = jobs.start(async ({ signal, progress, first }) => {
      try {
        const file = {
          path,
          name,
          synthetic,
          limits,
          now: now(),
          reading: { ...reading, ...source.reading },
        };
        const { import: number, already } = await desk.add(file, { signal, progress, first });
        return already ? { same_as: number } : { import: number };
      } catch (error) {
        throw toldToSender(error, source, folder);
      }
    }, name);
    if (job === null) throw new Problem("too-many", "Too many files wait to be read (try again later).");
    void jobs.ended(job.id).then(async () => {
      ended();
      if (ours) await remove(path);
    });
    return job;
  }

  return {
    reserve() {
      if (coming >= MOST_COMING)
        throw new Problem(
          "too-many",
          `There are ${MOST_COMING} files already that wait to be read (try again later).`,
        );
      coming++;
      let mine = true;
      const release = () => {
        if (mine) coming--;
        mine = false;
      };
      let taken = false;
      return {
        add(source) {
          const job = start(source, release);
          taken = true;
          return job;
        },
        release() {
          if (!taken) release();
        },
      };
    },
  };
}

/** What was thrown about a file, in the words of its sender. @param folder the server's, which is nobody's business */
export function toldToSender(
  error: unknown,
  source: Pick<ImportSource, "path" | "name" | "ours">,
  folder: string,
): unknown {
  const named = inSendersWords(source, folder);
  if (error instanceof Problem && error.kind === "columns-unknown")
    return new Problem(error.kind, named(error.message), undefined, error.more);
  return error instanceof InsightsError ? new InsightsError(named(error.message)) : error;
}

/**
 * Gives messages about a file the words of its sender, who knows it by another name: here it is kept under one of letters and digits.
 *
 * @param folder the server's, which is nobody's business
 */
function inSendersWords(
  { path, name, ours }: Pick<ImportSource, "path" | "name" | "ours">,
  folder: string,
): (text: string) => string {
  return (text) =>
    inRequestWords(ours ? text.replaceAll(basename(path), () => name) : text).replaceAll(
      folder,
      "the temporary folder",
    );
}
