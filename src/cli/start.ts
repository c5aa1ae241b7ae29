import { stat } from "node:fs/promises";
import { extname } from "node:path";
import type { Command } from "@commander-js/extra-typings";
import { InsightsError } from "../base/error.ts";
import { guardFolder } from "../base/output/guard.ts";
import { claimFile } from "../base/output/write.ts";
import { countOfThings } from "../base/words.ts";
import { presetNamed } from "../features/presets.ts";
import { requireStudied } from "../study/read.ts";
import { SAMPLE_FILE } from "../study/study.ts";
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
  const { list, out } = force ? options : await freeNames(options, effects);
  const reads = [file, folder, options.split];
  await using output = await claimFile(list, { force, reads, option: "--list" });
  await guardFolder(out, { force, reads });
  const model = await readChosen({ folder }, effects);
  // With --json the numbers of the study are all that goes to standard output.
  const told =
    options.json === true ? { ...effects, stdout: (text: string) => effects.stderr(text) } : effects;
  const format = formatOf(list);
  const refused = await withProfiles(
    file ?? SAMPLE_FILE,
    { reading: readingOf(options) },
    effects,
    async (profiles) => {
      await writeList(profiles, model, { folder, out: list, output, format, contacts: true }, told);
      return messageOf(() => requireStudied(profiles, options));
    },
  );
  // The report lists people by the same model.
  const { shippedModel } = effects;
  const same = { ...effects, shippedModel: folder ?? shippedModel };
  if (refused !== null) {
    effects.stderr(`no study: ${refused}\n`);
    return;
  }
  try {
    await runStudy(file, { ...options, out }, same, true);
  } catch (error) {
    if (!effects.signal.aborted) throw error;
    throw new InsightsError(`interrupted: there is no report; the list is in ${list}`, { cause: error });
  }
}

const isThere = (path: string) =>
  stat(path).then(
    () => true,
    () => false,
  );

/** The names of both results; where a usual one is taken, the next number that both have free, which is told. */
async function freeNames(
  { list, out }: Options,
  { stderr }: Effects,
): Promise<{ list: string; out: string }> {
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
    if (n > 1) {
      const now = [found.out, found.list].filter((path) => path !== out && path !== list);
      stderr(
        `${countOfThings(n - 1, "earlier result")} kept here: this one goes to ${now.join(" and ")} (--force replaces the first)\n`,
      );
    }
    return found;
  }
}

/** What a check finds that the user can mend; null where it passes. */
async function messageOf(check: () => Promise<unknown>): Promise<string | null> {
  try {
    await check();
    return null;
  } catch (error) {
    if (error instanceof InsightsError) return error.message;
    throw error;
  }
}
