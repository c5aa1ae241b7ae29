import { extname } from "node:path";
import type { Command } from "@commander-js/extra-typings";
import { InsightsError } from "../base/error.ts";
import { refuseTaken, writeWhole } from "../base/files.ts";
import { countOfThings, numberInWords, shareInWords } from "../base/words.ts";
import type { Model } from "../bundle/model.ts";
import { requireAnswerable } from "../bundle/requireAnswerable.ts";
import { createExplainer } from "../explain/explainer.ts";
import { type Contribution, directionOf, type Explanation, isNegligible } from "../explain/explanation.ts";
import { findProfiles, type ProfileFound } from "../explain/findProfiles.ts";
import { contributionsFigure } from "../figures/contributions.ts";
import { drawFigure, rasterise, standaloneSvg } from "../figures/render.ts";
import type { Profiles } from "../profiles/read.ts";
import { chooseModel, modelAndFiles, readChosen } from "./chooseModel.ts";
import { debugOption, jsonOption, mapOption, type OptionsOf } from "./options.ts";
import { tellAge, withProfiles } from "./profiles.ts";
import { type Effects, formatTable } from "./terminal.ts";

/** The arguments and options of `insights explain`. */
export const declared = (command: Command) =>
  modelAndFiles(command, "FILE", "the file that holds the accounts")
    .requiredOption("--id <id>", "an id or a handle (repeat for more)", (text, earlier: string[] = []) => [
      ...earlier,
      text,
    ])
    .option("--figure <file>", "draw it too, one account: .svg or .png")
    .option("--force", "replace the figure if it exists")
    .addOption(mapOption())
    .addOption(jsonOption("the explanations"))
    .addOption(debugOption());

type Options = OptionsOf<typeof declared>;

/**
 * `insights explain`: why a model gives accounts of a file their probabilities.
 *
 * @throws InsightsError for whatever the user can mend
 */
export async function run(paths: readonly string[], options: Options, effects: Effects): Promise<void> {
  const { id: wanted, figure, force = false } = options;
  const choice = await chooseModel(paths, options, "FILE");
  const [file] = choice.files;
  if (figure !== undefined) await checkFigure(figure, wanted, force);
  const model = await readChosen(choice, effects);
  const explainer = createExplainer(model);
  await withProfiles(file, options, effects, async (profiles) => {
    warnOfUnknown(profiles, model, effects);
    const found = await findProfiles(profiles, wanted);
    const explained = found.map((one) => ({ ...one, explanation: explainer.explain(one.profile) }));
    effects.signal.throwIfAborted();
    if (figure !== undefined) await draw(figure, explained[0], force);
    const age = await tellAge(profiles, effects, model.horizon);
    effects.stdout(
      options.json === true
        ? `${JSON.stringify(explained.map(asJson), null, 2)}\n`
        : `${explained.map(({ wanted, explanation }) => explanationText(wanted, explanation)).join("\n")}\n${age}\n`,
    );
  });
}

interface Explained extends ProfileFound {
  readonly explanation: Explanation;
}

function asJson({ profile, explanation }: Explained) {
  const { id = null, account_id = null } = profile;
  return { id, account_id, ...explanation };
}

/** Says which of the features' columns the file lacks; refuses it where it has none of them. */
function warnOfUnknown(profiles: Profiles, model: Model, effects: Effects): void {
  const unknown = requireAnswerable(model, profiles, "any explanation");
  if (unknown.length === 0) return;
  effects.stderr(
    `warning: the file does not have ${unknown.join(", ")}; the model takes them as unknown, and so does the explanation\n`,
  );
}

async function checkFigure(out: string, wanted: readonly string[], force: boolean): Promise<void> {
  const ending = extname(out).toLowerCase();
  if (ending !== ".svg" && ending !== ".png")
    throw new InsightsError(`unknown kind of figure: ${out} (expected .svg or .png)`, { exitCode: 2 });
  if (wanted.length > 1)
    throw new InsightsError("--figure draws one account (expected one --id)", { exitCode: 2 });
  await refuseTaken(out, force, "--figure");
}

async function draw(out: string, { wanted, explanation }: Explained, force: boolean): Promise<void> {
  const drawing = await drawFigure(contributionsFigure({ who: wanted, ...explanation }));
  const vector = out.toLowerCase().endsWith(".svg");
  await writeWhole(out, vector ? standaloneSvg(drawing) : await rasterise(drawing, "light"), force);
}

/** Cells of the longest bar. */
const BAR = 16;

/** A bar to the left or the right of a line: `    ███│        `. */
function barOf(value: number, largest: number): string {
  const half = BAR / 2;
  const length = largest === 0 ? 0 : Math.round((Math.abs(value) / largest) * half);
  const drawn = "█".repeat(length);
  return value < 0
    ? `${drawn.padStart(half)}│${" ".repeat(half)}`
    : `${" ".repeat(half)}│${drawn.padEnd(half)}`;
}

/** A share of a logit with its sign: `+0.36`. */
function signed(value: number): string {
  return `${value < 0 ? "-" : "+"}${Math.abs(value).toFixed(2)}`;
}

function rowOf(one: Contribution, largest: number): string[] {
  return [signed(one.value), barOf(one.value, largest), `speaks ${directionOf(one)}`, one.words];
}

/**
 * An explanation for people: what the model says, what of the profile speaks for and against it, and what the numbers mean.
 *
 * @param who the account, as the user asked for it
 */
export function explanationText(who: string, explanation: Explanation): string {
  const { probability, threshold, active, base, baseProbability, logit, contributions, method } = explanation;
  const told = contributions.filter((one) => !isNegligible(one));
  const rest = contributions.filter(isNegligible);
  const largest = Math.max(0, ...told.map(({ value }) => Math.abs(value)));
  const rows = told.map((one) => rowOf(one, largest));
  if (rest.length > 0) {
    const together = rest.reduce((sum, { value }) => sum + value, 0);
    rows.push([
      signed(together),
      barOf(together, largest),
      "",
      `${countOfThings(rest.length, "other thing")} that ${rest.length === 1 ? "counts" : "count"} little`,
    ]);
  }
  const decision = active ? "at or above" : "below";
  const how =
    method === "exact" ? "exact" : `from sampled orders, each right to about ${largestError(contributions)}`;
  return `${who}: ${shareInWords(probability)} active, ${decision} the threshold of ${shareInWords(threshold)}: ${active ? "called active" : "not called active"}

${formatTable(rows, [0])}

From ${signed(base)} (${shareInWords(baseProbability)}), the mean of the accounts it is compared with, to ${signed(logit)} (${shareInWords(probability)}), on the logit before calibration.
Each number is a Shapley value (${how}): what the model makes of it, beside all the rest.
They are reasons of the model, not causes: changing one of these would not make an account active.
`;
}

/** Two standard errors of the least certain number. */
function largestError(contributions: readonly Contribution[]): string {
  return numberInWords(Number(Math.max(0, ...contributions.map(({ error }) => 2 * error)).toPrecision(1)));
}
