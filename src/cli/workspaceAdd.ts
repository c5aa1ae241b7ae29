import type { Command } from "@commander-js/extra-typings";
import { memoryPart } from "../base/duckdb.ts";
import { InsightsError } from "../base/error.ts";
import { countInWords, countOfThings, durationInWords } from "../base/words.ts";
import { type Added, addImport } from "../workspace/addImport.ts";
import { rankingModel } from "../workspace/models.ts";
import { FullWorkspaceError } from "../workspace/workspaceError.ts";
import { modelOption, readChosen } from "./chooseModel.ts";
import { debugOption, type OptionsOf, type ReadingFlags, readingOf, withReadingOptions } from "./options.ts";
import { showStepProgress } from "./progress.ts";
import type { Effects } from "./terminal.ts";
import { memoryOption, withWorkspace, workspaceOption } from "./workspaceFile.ts";

const declaredAdd = (command: Command) =>
  withReadingOptions(command)
    .argument("<file...>", "the files of profiles to add, one after the other")
    .addOption(workspaceOption())
    .addOption(memoryOption())
    .addOption(modelOption())
    .addOption(debugOption());

async function runAdd(
  files: string[],
  options: OptionsOf<typeof declaredAdd> & ReadingFlags,
  effects: Effects,
): Promise<void> {
  const started = effects.elapsed();
  const folder = options.model ?? null;
  const model = await rankingModel(await readChosen({ folder }, effects), folder, effects.shippedModel);
  await withWorkspace(options, true, effects, async (workspace) => {
    const { signal, now, stdout, stderr } = effects;
    const bad: string[] = [];
    let added = 0;
    for (const file of files) {
      const { tell, close } = showStepProgress(effects);
      try {
        signal.throwIfAborted();
        const one = await addImport(workspace, file, {
          ...{ model, reading: readingOf(options), signal },
          database: { memoryLimit: memoryPart(options.memory, 2) },
          now: now(),
          onProgress: tell,
          onRecalled: (sentence) => stderr(`${sentence}\n`),
        }).finally(close);
        stdout(`${files.length > 1 ? `${file}: ` : ""}${addedInWords(one)}\n`);
        added++;
      } catch (error) {
        if (files.length === 1) throw error;
        if (signal.aborted) throw interrupted(added, files.length);
        // What is no fault of the file would meet the others too.
        if (!(error instanceof InsightsError) || error instanceof FullWorkspaceError) throw error;
        stderr(`error: ${error.message}\n`);
        bad.push(file);
      }
    }
    stdout(`${workspace.path}\n`);
    stderr(`(${durationInWords(effects.elapsed() - started)})\n`, "dim");
    if (bad.length > 0)
      throw new InsightsError(
        `not added: ${bad.join(", ")} (${countInWords(added)} of ${countOfThings(files.length, "file")} added)`,
      );
  });
}

function addedInWords({ people: shown, newPeople, already, import: number }: Added): string {
  const people = countOfThings(shown, "person", "people");
  return already
    ? `${people}: the file is in the workspace already, as import ${number}; nothing has changed`
    : `${people}, ${countInWords(newPeople)} of them new, as import ${number}`;
}

const interrupted = (added: number, files: number) =>
  new InsightsError(
    `interrupted: ${countInWords(added)} of ${countOfThings(files, "file")} added, nothing of the others`,
  );

/** `insights workspace add FILE...`. */
export const add = { declared: declaredAdd, run: runAdd };
