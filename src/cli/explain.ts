import { extname } from "node:path";
import type { Command } from "@commander-js/extra-typings";
import { InsightsError } from "../base/error.ts";
import { claimFile } from "../base/output/write.ts";
import type { Model } from "../bundle/model.ts";
import { requireAnswerable } from "../bundle/requireAnswerable.ts";
import { createExplainer } from "../explain/explainer.ts";
import { findProfiles } from "../explain/findProfiles.ts";
import { contributionsFigure } from "../figures/contributions.ts";
import { drawFigure, rasterise, standaloneSvg } from "../figures/render.ts";
import type { Profiles } from "../profiles/read.ts";
import { type RankedRow, rankProfiles, readRanked } from "../shortlist/ranked.ts";
import { chooseModel, modelAndFiles, outOfFoldOf, readChosen } from "./chooseModel.ts";
import { type Explained, explanationText } from "./explainText.ts";
import {
  debugOption,
  jsonOption,
  type OptionsOf,
  outputOption,
  type ReadingFlags,
  readingOf,
  withReadingOptions,
} from "./options.ts";
import { tellAge, withProfiles } from "./profiles.ts";
import type { Effects } from "./terminal.ts";

/** The arguments and options of `insights explain`. */
export const declared = (command: Command) =>
  modelAndFiles(withReadingOptions(command), "FILE", "the file that holds the accounts")
    .requiredOption("--id <id>", "an id or a handle (repeat for more)", (text, earlier: string[] = []) => [
      ...earlier,
      text,
    ])
    .addOption(outputOption("file", "--figure <file>", "draw it too, one account: .svg or .png"))
    .option("--force", "replace the figure if it exists")
    .addOption(jsonOption("the explanations"))
    .addOption(debugOption());

type Options = OptionsOf<typeof declared> & ReadingFlags;

/**
 * `insights explain`: why a model gives accounts of a file their probabilities.
 *
 * @throws InsightsError for whatever the user can mend
 */
export async function run(paths: readonly string[], options: Options, effects: Effects): Promise<void> {
  const { id: wanted, figure, force = false } = options;
  const choice = await chooseModel(paths, options, "FILE");
  const [file] = choice.files;
  if (figure !== undefined) checkFigure(figure, wanted);
  const rules = { force, reads: [file, choice.folder], option: "--figure" };
  await using output = figure === undefined ? undefined : await claimFile(figure, rules);
  const model = await readChosen(choice, effects);
  const explainer = createExplainer(model);
  await withProfiles(file, { reading: readingOf(options) }, effects, async (profiles) => {
    warnOfUnknown(profiles, model, effects);
    const found = await findProfiles(profiles, wanted);
    const outOfFold = await outOfFoldOf(profiles, model, choice.folder, effects);
    const { connection, table } = profiles;
    await rankProfiles(connection, model, table, { outOfFold, signal: effects.signal });
    const rows = await readRanked(
      connection,
      `WHERE "row" IN (${found.map(({ profile }) => profile.row).join(", ")})`,
    );
    const explained = found.map((one) => ({
      ...one,
      ranked: rows.find(({ row }) => row === one.profile.row) as RankedRow,
      explanation: explainer.explain(one.profile),
    }));
    effects.signal.throwIfAborted();
    if (figure !== undefined) await output?.write(await drawn(figure, explained[0]));
    const age = await tellAge(profiles, effects, model.horizon);
    const told = { accounts: profiles.rows, target: model.target.name, horizon: model.horizon };
    effects.stdout(
      options.json === true
        ? `${JSON.stringify(explained.map(asJson), null, 2)}\n`
        : `${explained.map((one) => explanationText(one, told)).join("\n")}\n${age}\n`,
    );
  });
}

function asJson({ profile, ranked, explanation }: Explained) {
  const { id = null, account_id = null } = profile;
  const { rank, probability, still_posting, well_answered, evidence, out_of_fold, flags } = ranked;
  const answers = { probability, still_posting, well_answered, evidence, out_of_fold };
  return { id, account_id, rank, answers, flags, ...explanation };
}

/** Says which of the features' columns the file lacks; refuses it where it has none of them. */
function warnOfUnknown(profiles: Profiles, model: Model, effects: Effects): void {
  const unknown = requireAnswerable(model, profiles, "any explanation");
  if (unknown.length === 0) return;
  effects.stderr(
    `warning: the file does not have ${unknown.join(", ")}; the model takes them as unknown, and so does the explanation\n`,
  );
}

function checkFigure(out: string, wanted: readonly string[]): void {
  const ending = extname(out).toLowerCase();
  if (ending !== ".svg" && ending !== ".png")
    throw new InsightsError(`unknown kind of figure: ${out} (expected .svg or .png)`, { exitCode: 2 });
  if (wanted.length > 1)
    throw new InsightsError("--figure draws one account (expected one --id)", { exitCode: 2 });
}

async function drawn(out: string, { wanted, explanation }: Explained): Promise<string | Uint8Array> {
  const drawing = await drawFigure(contributionsFigure({ who: wanted, ...explanation }));
  return out.toLowerCase().endsWith(".svg") ? standaloneSvg(drawing) : rasterise(drawing, "light");
}
