import { readdir } from "node:fs/promises";
import { basename } from "node:path";
import { InsightsError } from "../base/error.ts";
import { outputError, refuseTaken } from "../base/files.ts";
import { countInWords, countOfThings, durationInWords } from "../base/words.ts";
import { loadModel, type Model } from "../bundle/model.ts";
import { expandFiles } from "../profiles/scan/files.ts";
import { outputFormat } from "../scoring/output.ts";
import type { ScoredFiles } from "../scoring/run.ts";
import { scoreFiles } from "../scoring/scoreFiles.ts";
import { partsFolder } from "../scoring/unfinished.ts";
import type { Effects } from "./effects.ts";
import { showScoreProgress } from "./scoreProgress.ts";

/** Options of `insights score`. */
export interface ScoreCommandOptions {
  readonly out: string;
  readonly force?: boolean;
  readonly resume?: boolean;
  readonly columns: "id" | "all";
  /** DuckDB's limit. */
  readonly memory: string;
  /** One more than cores unless said otherwise: one waits for the network. */
  readonly threads?: number;
  /** Bytes. */
  readonly partSize: number;
  readonly map: Readonly<Record<string, string>>;
}

/**
 * `insights score`: writes `id,probability,active` for every profile of some files, in their order. The handle stands in
 * for an id that is not there.
 *
 * @returns the exit code
 * @throws InsightsError for whatever the user can mend
 */
export async function scoreCommand(
  modelFolder: string,
  paths: readonly string[],
  options: ScoreCommandOptions,
  effects: Effects,
): Promise<number> {
  const { out, force = false, resume = false } = options;
  if (resume && paths.includes("-")) {
    throw new InsightsError("standard input cannot be read again: --resume needs files", { exitCode: 2 });
  }
  outputFormat(out);
  await refuseTaken(out, force);
  const model = await loadModel(modelFolder);
  const started = effects.elapsed();
  const { files, close } = await expandFiles(paths, { stdin: process.stdin, signal: effects.signal });
  const progress = showScoreProgress(effects);
  let begun = false;
  try {
    const scored = await scoreFiles(model, files, {
      out,
      force,
      resume,
      allColumns: options.columns === "all",
      memoryLimit: options.memory,
      threads: options.threads,
      partBytes: options.partSize,
      map: options.map,
      now: effects.now(),
      signal: effects.signal,
      onProgress: (told) => {
        begun = true;
        progress.tell(told);
      },
    });
    progress.close();
    warn(scored, effects);
    effects.stdout(closing(scored, model, out, effects.elapsed() - started));
    return 0;
  } catch (error) {
    progress.close();
    const failure = outputError(error, out);
    const kept = await keptParts(out);
    // A run that was refused at once says itself what to do about the parts that stand there.
    if (kept === 0 || !(begun || effects.signal.aborted)) throw failure;
    const words = `${countOfThings(kept, "finished part")} kept in ${partsFolder(out)}: the same command with --resume goes on`;
    if (effects.signal.aborted) throw new InsightsError(`interrupted: ${words}`, { cause: error });
    effects.stderr(`${words}\n`);
    throw failure;
  } finally {
    progress.close();
    await close();
  }
}

/** How many finished parts stand beside an output. */
async function keptParts(out: string): Promise<number> {
  const names = await readdir(partsFolder(out)).catch(() => []);
  return names.filter((name) => /^part-\d+$/.test(name)).length;
}

/** Says what the files lack, how they differ from what the model knows, and where the fast reader would not do. */
function warn({ unknown, distrust, drift }: ScoredFiles, effects: Effects): void {
  for (const [file, columns] of Object.entries(unknown)) {
    effects.stderr(
      `warning: ${file} does not have ${columns.join(", ")}; the model takes them as unknown, and knows less for it\n`,
    );
  }
  for (const [file, reason] of Object.entries(distrust)) {
    effects.stderr(`${file} was read once more, record by record: ${reason}\n`);
  }
  for (const sentence of drift) effects.stderr(`warning: ${sentence}\n`);
}

function closing(scored: ScoredFiles, model: Model, out: string, milliseconds: number): string {
  const { records, written, active, rejected, merged, rejectedFile, rejectedByReason, resumed } = scored;
  const parts = [`${countOfThings(written, "profile")} written`, `${countInWords(rejected)} rejected`];
  // Of a file with a record a video.
  if (merged > 0) parts.push(`${countInWords(merged)} merged`);
  const reasons = Object.entries(rejectedByReason).map(([reason, n]) => `${countInWords(n)} ${reason}`);
  const lines = [
    `${countOfThings(records, "record")} = ${parts.join(" + ")}`,
    `${countInWords(active)} active, with a probability of at least ${model.threshold.toFixed(3)}`,
    ...(rejectedFile === null ? [] : [`rejected: ${reasons.join(", ")} (${basename(rejectedFile)})`]),
    ...(resumed > 0 ? [`${countOfThings(resumed, "part")} of them from before`] : []),
    `${out} (${durationInWords(milliseconds)})`,
  ];
  return `${lines.join("\n")}\n`;
}
