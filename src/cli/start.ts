import { stat } from "node:fs/promises";
import { extname } from "node:path";
import type { Command } from "@commander-js/extra-typings";
import { SAMPLE_FILE } from "../base/data.ts";
import { InsightsError } from "../base/error.ts";
import { guardFolder } from "../base/output/guard.ts";
import { claimFile } from "../base/output/write.ts";
import { countOfThings } from "../base/words.ts";
import { presetNamed } from "../features/presets.ts";
import { NotStudiedError } from "../study/read.ts";
import { modelOption, readChosen } from "./chooseModel.ts";
import { type OptionsOf, outputOption, type ReadingFlags, readingOf } from "./options.ts";
import { withProfiles } from "./profiles.ts";
import { ENDINGS, formatOf, writeList } from "./shortlist.ts";
import { declared as declaredStudy, REPORT_FOLDER, run as runStudy } from "./study.ts";
import type { Effects } from "./terminal.ts";

/** Where the list goes unless told otherwise. */
const LIST_FILE = "insights-shortlist.csv";

/** The arguments and options of `insights start`: those of the study, and the list's. */
export const declared = (command: Command) =>
  declaredStudy(command)
    .addOption(outputOption("file", "--list <file>", `file for the shortlist: ${ENDINGS}`).default(LIST_FILE))
    .addOption(modelOption());

type Options = OptionsOf<typeof declared> & ReadingFlags;

/**
 * `insights start`: whom to write to, then the study of the same file. A file that cannot be studied is ranked all the same. Where the
 * usual names are taken, both results get the next number, so that earlier ones stay.
 *
 * @throws InsightsError for whatever the user can mend
 */
export async function run(file: string | undefined, options: Options, effects: Effects): Promise<void> {
  const { preset, force = false, model: folder = null } = options;
  presetNamed(preset);
  formatOf(options.list);
  const { list, out, kept } = force ? { ...options, kept: "" } : await freeNames(options);
  const reads = [file, folder, options.split];
  await using output = await claimFile(list, { force, reads, option: "--list" });
  await guardFolder(out, { force, reads });
  // With --json the numbers of the study are all that goes to standard output.
  const told =
    options.json === true ? { ...effects, stdout: (text: string) => effects.stderr(text) } : effects;
  const format = formatOf(list);
  await withProfiles(file ?? SAMPLE_FILE, { reading: readingOf(options) }, effects, async (profiles) => {
    effects.stderr(kept);
    const model = await readChosen({ folder }, effects);
    await writeList(profiles, model, { folder, out: list, output, format, contacts: true }, told);
    // The report lists people by the same model.
    const same = { ...effects, shippedModel: folder ?? effects.shippedModel };
    try {
      await runStudy(file, { ...options, out }, same, profiles);
    } catch (error) {
      if (error instanceof NotStudiedError) effects.stderr(`no study: ${error.message}\n`);
      else if (!effects.signal.aborted) throw error;
      else
        throw new InsightsError(`interrupted: there is no report; the list is in ${list}`, { cause: error });
    }
  });
}

const isThere = (path: string) =>
  stat(path).then(
    () => true,
    () => false,
  );

/** The names of both results; where a usual one is taken, the next number that both have free, and a sentence that says so. */
async function freeNames({ list, out }: Options): Promise<{ list: string; out: string; kept: string }> {
  const ending = extname(list);
  for (let n = 1; ; n++) {
    const numbered = (path: string) => (n === 1 ? path : `${path}-${n}`);
    const found = {
      list: list === LIST_FILE ? numbered(list.slice(0, -ending.length)) + ending : list,
      out: out === REPORT_FOLDER ? numbered(out) : out,
    };
    if (
      (list === LIST_FILE && (await isThere(found.list))) ||
      (out === REPORT_FOLDER && (await isThere(found.out)))
    )
      continue;
    const now = [found.out, found.list].filter((path) => path !== out && path !== list);
    const kept =
      n === 1
        ? ""
        : `${countOfThings(n - 1, "earlier result")} kept here: this one goes to ${now.join(" and ")} (--force replaces the first)\n`;
    return { ...found, kept };
  }
}
