import type { Command } from "@commander-js/extra-typings";
import { InsightsError } from "../base/error.ts";
import { checkOutput, refuseTaken } from "../base/files.ts";
import { presetNamed } from "../features/presets.ts";
import { requireStudied } from "../study/read.ts";
import { SAMPLE_FILE } from "../study/study.ts";
import { modelOption, readChosen } from "./chooseModel.ts";
import { type OptionsOf, type ReadingFlags, readingOf } from "./options.ts";
import { withProfiles } from "./profiles.ts";
import { formatOf, writeList } from "./shortlist.ts";
import { declared as declaredStudy, run as runStudy } from "./study.ts";
import type { Effects } from "./terminal.ts";

/** The arguments and options of `insights start`: those of the study, and the list's. */
export const declared = (command: Command) =>
  declaredStudy(command)
    .option("--list <file>", "file for the shortlist: .csv, .ndjson or .md", "insights-shortlist.csv")
    .addOption(modelOption());

type Options = OptionsOf<typeof declared> & ReadingFlags;

/**
 * `insights start`: whom to write to, then the study of the same file. A file that cannot be studied is ranked all the same.
 *
 * @throws InsightsError for whatever the user can mend
 */
export async function run(file: string | undefined, options: Options, effects: Effects): Promise<void> {
  const { list, out, preset, force = false, model: folder = null } = options;
  presetNamed(preset);
  const format = formatOf(list, false);
  await refuseTaken(list, force, "--list");
  await checkOutput(out, force);
  const model = await readChosen({ folder }, effects);
  // With --json the numbers of the study are all that goes to standard output.
  const told =
    options.json === true ? { ...effects, stdout: (text: string) => effects.stderr(text) } : effects;
  const refused = await withProfiles(
    file ?? SAMPLE_FILE,
    { reading: readingOf(options) },
    effects,
    async (profiles) => {
      await writeList(profiles, model, { folder, out: list, format, force, contacts: true }, told);
      return messageOf(() => requireStudied(profiles, preset));
    },
  );
  // The report lists people by the same model.
  const { shippedModel } = effects;
  const same = { ...effects, shippedModel: folder ?? shippedModel };
  if (refused === null) await runStudy(file, options, same);
  else effects.stderr(`no study: ${refused}\n`);
}

/** What a check finds that the user can mend; null where it passes. */
function messageOf(check: () => void): string | null {
  try {
    check();
    return null;
  } catch (error) {
    if (error instanceof InsightsError) return error.message;
    throw error;
  }
}
