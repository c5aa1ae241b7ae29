import { randomBytes } from "node:crypto";
import { rename, rm, stat, writeFile } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { loadModel, type Model } from "../bundle/model.ts";
import { scoreProfiles } from "../bundle/score.ts";
import { InsightsError } from "../error.ts";
import { pipelineInputs } from "../features/pipeline.ts";
import { formatCsvLine } from "../profiles/csvLine.ts";
import { requireColumns } from "../profiles/missing.ts";
import { type Profiles, readProfiles } from "../profiles/read.ts";
import { outputError } from "../study/output.ts";
import { countInWords, countOfThings } from "../words.ts";
import type { Effects } from "./effects.ts";

/** Options of `insights score`. */
export interface ScoreCommandOptions {
  readonly out: string;
  readonly force?: boolean;
  readonly map: Readonly<Record<string, string>>;
}

/**
 * `insights score`: writes `id,probability,active` for every profile of a file, in the file's order. The handle stands in
 * for an id that is not there.
 *
 * @returns the exit code
 * @throws InsightsError for whatever the user can mend
 */
export async function scoreCommand(
  modelFolder: string,
  file: string,
  options: ScoreCommandOptions,
  effects: Effects,
): Promise<number> {
  const { out, force = false } = options;
  await refuseTaken(out, force);
  const model = await loadModel(modelFolder);
  const profiles = await readProfiles(file, { map: options.map, now: effects.now(), signal: effects.signal });
  try {
    warnOfUnknown(profiles, model, effects);
    const { ids, probabilities } = await scoreProfiles(profiles.connection, model, profiles.table);
    const active = probabilities.reduce((sum, p) => sum + (p >= model.threshold ? 1 : 0), 0);
    const lines = ids.map((id, i) =>
      formatCsvLine([id, probabilities[i], probabilities[i] >= model.threshold ? 1 : 0]),
    );
    effects.signal.throwIfAborted();
    await writeWhole(out, `${["id,probability,active", ...lines].join("\n")}\n`, force);
    effects.stdout(closing(profiles, active, model, out));
    return 0;
  } finally {
    await profiles.close();
  }
}

/** Says which of the features' columns the file lacks; refuses it where it has none of them. */
function warnOfUnknown(profiles: Profiles, { pipeline }: Model, effects: Effects): void {
  const read = pipelineInputs(pipeline);
  const unknown = read.filter((name) => profiles.missing.includes(name));
  if (unknown.length === 0) return;
  // An id alone has a date in it, which says nothing by itself.
  const telling = read.filter((name) => name !== "created_at" && name !== "observed_at");
  if (telling.every((name) => unknown.includes(name))) requireColumns(profiles, telling, "any score");
  effects.stderr(
    `warning: the file does not have ${unknown.join(", ")}; the model takes them as unknown, and knows less for it\n`,
  );
}

function closing(
  { source, rows, rejectedCount, duplicates }: Profiles,
  active: number,
  model: Model,
  out: string,
) {
  const { records } = source;
  const all = `${countOfThings(rows, "profile")} written, ${countInWords(rejectedCount)} rejected, ${countOfThings(duplicates, "duplicate")}`;
  // In a file with a record a video, profiles are fewer than records.
  const from = rows + rejectedCount + duplicates === records ? "=" : "gave";
  return `${countOfThings(records, "record")} ${from} ${all}
${countInWords(active)} active, with a probability of at least ${model.threshold.toFixed(3)}
${out}
`;
}

async function refuseTaken(out: string, force: boolean): Promise<void> {
  const found = await stat(out).catch(() => undefined);
  if (found?.isDirectory() === true) throw new InsightsError(`cannot write ${out}: a folder stands there`);
  if (found !== undefined && !force)
    throw new InsightsError(`output file exists: ${out} (choose another --out, or replace it with --force)`);
}

/** Writes a file that is whole or not there. */
async function writeWhole(out: string, text: string, force: boolean): Promise<void> {
  const target = resolve(out);
  const temporary = join(dirname(target), `.${basename(target)}.${randomBytes(4).toString("hex")}.partial`);
  try {
    await writeFile(temporary, text, { flag: "wx" });
    // Somebody may have put a file there in the meantime.
    await refuseTaken(out, force);
    await rename(temporary, target);
  } catch (error) {
    await rm(temporary, { force: true });
    throw outputError(error, out);
  }
}
