import { randomBytes } from "node:crypto";
import { linkSync, rmSync, writeFileSync } from "node:fs";
import { lstat, mkdir, readFile, rename, rm, rmdir, unlink } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { threadId } from "node:worker_threads";
import { z } from "zod";
import { InsightsError } from "../error.ts";
import { outputError } from "../files.ts";
import { CHECKSUMS_FILE, parseChecksums, sha256Of } from "./checksums.ts";
import { sortEntries } from "./guard.ts";
import { isRunning, type ProcessMark, processMarkSchema, thisProcess } from "./process.ts";

/** What a lock says: who writes, and what is not whole yet. */
const lockSchema = z.strictObject({
  influencer_insights_lock: z.literal(1),
  process: processMarkSchema,
  /** The thread of the process. */
  thread: z.int().min(0).optional(),
  /** Name, beside the output, under which the new one grows. */
  partial: z.string().regex(/^[^/\\]+\.partial$/),
  /** Name, beside the output, that an earlier result has while the new one takes its place. */
  earlier: z.string().regex(/^[^/\\]+\.earlier$/),
});
type LockText = Readonly<z.infer<typeof lockSchema>>;

/** An output that this run alone may write, until it is released. */
export interface Claim extends AsyncDisposable {
  /** Full path of the output. */
  readonly target: string;
  /** Where the output grows; nothing stands there at first. */
  readonly partial: string;
  /** Where an earlier result is while the new one takes its place. */
  readonly earlier: string;
}

/**
 * Claims an output: a lock beside it keeps other runs away. What a run that was killed left of its work goes, and an earlier result that it
 * had put aside comes back.
 *
 * @param parents whether the folders above it are made where they are not there
 * @param refuse what is said where another run has it
 * @param ended threads of this process that have ended, with whatever they had claimed
 * @throws InsightsError where another run writes the same output, or nothing can be written there
 */
export async function claim(
  out: string,
  parents: boolean,
  refuse: Refuse = refuseOutput,
  ended: readonly number[] = [],
): Promise<Claim> {
  const target = resolve(out);
  const folder = dirname(target);
  const name = basename(target);
  const path = join(folder, `.${name}.lock`);
  const stem = `.${name}.${randomBytes(4).toString("hex")}`;
  const lock: LockText = {
    influencer_insights_lock: 1,
    process: thisProcess(),
    thread: threadId,
    partial: `${stem}.partial`,
    earlier: `${stem}.earlier`,
  };
  const text = `${JSON.stringify(lock)}\n`;
  const ask: Ask = { out, refuse, ended };
  try {
    const created = parents ? await mkdir(folder, { recursive: true }) : undefined;
    try {
      while (!putLock(path, text)) await takeOver(path, text, ask, (left) => clearUp(left, target));
    } catch (error) {
      await removeMade(created, folder);
      throw error;
    }
    const [partial, earlier] = [lock.partial, lock.earlier].map((one) => join(folder, one));
    return {
      target,
      partial,
      earlier,
      [Symbol.asyncDispose]: async () => {
        await rm(partial, { recursive: true, force: true });
        // Somebody may have removed it by hand, and another run put its own there.
        if ((await readFile(path, "utf8").catch(() => "")) === text) await unlink(path);
        await removeMade(created, folder);
      },
    };
  } catch (error) {
    throw outputError(error, out);
  }
}

/** Puts a lock in its place; false where one is there. It gets its name when it is whole, so that no other run sees half of it. */
function putLock(path: string, text: string): boolean {
  const whole = `${path}.${randomBytes(4).toString("hex")}`;
  try {
    writeFileSync(whole, text, { flag: "wx" });
    try {
      linkSync(whole, path);
    } catch (error) {
      // exFAT, for one, gives no file a second name.
      if (!/^(EPERM|ENOTSUP|EOPNOTSUPP|ENOSYS)$/.test((error as NodeJS.ErrnoException).code ?? ""))
        throw error;
      writeFileSync(path, text, { flag: "wx" });
    }
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  } finally {
    rmSync(whole, { force: true });
  }
}

/** What a lock says; undefined where it is gone. */
async function readLock(path: string): Promise<string | undefined> {
  const found = await lstat(path).catch(() => undefined);
  if (found === undefined) return undefined;
  if (!found.isFile()) return "no lock";
  return readFile(path, "utf8").catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return undefined;
    throw error;
  });
}

/**
 * Takes the lock of a process that is gone out of the way.
 *
 * @param own what our lock will say
 * @param clear clears up after that process, before anybody else can
 * @throws InsightsError where the process still runs, or may
 */
async function takeOver(
  path: string,
  own: string,
  ask: Ask,
  clear: (left: LockText) => Promise<void>,
): Promise<void> {
  const text = await readLock(path);
  if (text === undefined) return;
  const lock = parseLock(text);
  if (lock === undefined) {
    throw new InsightsError(`cannot write ${ask.out}: ${path} stands there and is not ours (move it away)`);
  }
  const left = ask.ended.includes(lock.thread ?? -1) && isDeepStrictEqual(lock.process, thisProcess());
  const running = left ? false : isRunning(lock.process);
  if (running !== false) throw heldBy(lock.process, running, path, ask);
  // Several runs may see the same old lock. Only one may take it away: the one with a second lock, whose name is made of what the old one says.
  const right = `${path}.${sha256Of(Buffer.from(text)).slice(0, 8)}`;
  while (!putLock(right, own)) await takeOver(right, own, ask, async () => {});
  try {
    if ((await readLock(path)) !== text) return;
    await clear(lock);
    await unlink(path);
  } finally {
    await unlink(right);
  }
}

/** Says who has an output: `process 4711`; and which lock to remove should that process be gone, where it cannot be asked. */
export type Refuse = (out: string, who: string, lock: string | null) => string;

/** Who asks for an output. */
interface Ask {
  readonly out: string;
  readonly refuse: Refuse;
  readonly ended: readonly number[];
}

const refuseOutput: Refuse = (out, who, lock) =>
  `cannot write ${out}: another run writes it, ${who} (${lock === null ? "wait for it, stop it, or choose another output" : `wait for it; if it is gone, remove ${lock}`})`;

function heldBy(
  process: ProcessMark,
  running: true | null,
  path: string,
  { out, refuse }: Ask,
): InsightsError {
  const here = running === true;
  const who = `process ${process.pid}${here ? "" : ` on ${process.host}`}`;
  return new InsightsError(refuse(out, who, here ? null : path));
}

function parseLock(text: string): LockText | undefined {
  try {
    return lockSchema.parse(JSON.parse(text));
  } catch {
    return undefined;
  }
}

/** Removes what a run left that was killed; where it had put an earlier result aside and nothing in its place, that comes back. */
async function clearUp(left: LockText, target: string): Promise<void> {
  const [partial, earlier] = [left.partial, left.earlier].map((name) => join(dirname(target), name));
  await rm(partial, { recursive: true, force: true });
  if ((await lstat(earlier).catch(() => undefined)) === undefined) return;
  if ((await lstat(target).catch(() => undefined)) === undefined) await rename(earlier, target);
  else await removeResult(earlier);
}

/** Removes our files from a folder of results, and the folder where nothing else is in it. */
export async function removeResult(folder: string): Promise<void> {
  const text = await readFile(join(folder, CHECKSUMS_FILE), "utf8").catch(() => undefined);
  if (text !== undefined) {
    const { ours, folders } = await sortEntries(folder, parseChecksums(text));
    // The checksums go last: whoever is killed meanwhile leaves a folder that is still known as ours.
    for (const name of ours) if (name !== CHECKSUMS_FILE) await unlink(join(folder, name));
    for (const name of folders) await rmdir(join(folder, name)).catch(() => undefined);
    await unlink(join(folder, CHECKSUMS_FILE));
  }
  await rmdir(folder).catch(() => undefined);
}

/** Removes folders that were made for an output only, where nothing came of it. */
async function removeMade(created: string | undefined, folder: string): Promise<void> {
  if (created === undefined) return;
  for (let at = folder; ; at = dirname(at)) {
    const gone = await rmdir(at).then(
      () => true,
      () => false,
    );
    if (!gone || at === created) return;
  }
}
