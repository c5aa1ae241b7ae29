import { ageInWords } from "../base/age.ts";
import { capitalised } from "../base/words.ts";
import { decisionsOf } from "../profiles/alerts.ts";
import { type Profiles, type ReadProfilesOptions, readProfiles } from "../profiles/read.ts";
import { lossWarningsOf } from "../profiles/readingWarnings.ts";
import { whenRead } from "../targets/snapshot.ts";
import type { Effects } from "./terminal.ts";

/**
 * Reads a file of profiles for a command, warns where much of it is lost, says what was decided about it, and closes it when the work with it ends, however it ends.
 *
 * @param reading how the file is read
 * @param keep columns of the file that are kept besides the canonical ones
 * @param lists whether a list of accounts alone is read too
 * @param silent whether the command says itself what was decided about the file
 * @throws InsightsError where the file cannot be read, and whatever the work throws
 */
export async function withProfiles<T>(
  file: string,
  {
    reading,
    keep,
    lists,
    silent = false,
  }: Pick<ReadProfilesOptions, "reading" | "keep" | "lists"> & { readonly silent?: boolean },
  { now, signal, stderr }: Effects,
  work: (profiles: Profiles) => Promise<T>,
): Promise<T> {
  const profiles = await readProfiles(file, { reading, keep, lists, now: now(), signal });
  try {
    for (const sentence of lossWarningsOf(profiles)) stderr(`warning: ${sentence}\n`);
    if (!silent) for (const sentence of decisionsOf(profiles.alerts)) stderr(`${sentence}\n`);
    return await work(profiles);
  } finally {
    await profiles.close();
  }
}

/**
 * When the profiles of a file were read and how long ago that is, as a sentence; warns on standard error where that is long ago.
 *
 * @param horizon days that the model's forecast reaches beyond that day, where it makes one
 */
export async function tellAge(
  { connection, table }: Pick<Profiles, "connection" | "table">,
  { now, stderr }: Effects,
  horizon?: number,
): Promise<string> {
  const { sentence, warning } = ageInWords(await whenRead(connection, table), now(), horizon);
  if (warning !== null) stderr(`warning: ${warning}\n`);
  return `${capitalised(sentence)}.`;
}
