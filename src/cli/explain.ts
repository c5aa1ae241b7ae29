import { stat, writeFile } from "node:fs/promises";
import { extname } from "node:path";
import { InsightsError } from "../base/error.ts";
import { outputError } from "../base/files.ts";
import { loadModel, type Model } from "../bundle/model.ts";
import { createExplainer } from "../explain/explainer.ts";
import type { Explanation } from "../explain/explanation.ts";
import { findProfiles, type ProfileFound } from "../explain/findProfiles.ts";
import { pipelineInputs } from "../features/pipeline.ts";
import { contributionsFigure } from "../figures/contributions.ts";
import { drawFigure, rasterise, standaloneSvg } from "../figures/render.ts";
import { requireColumns } from "../profiles/missing.ts";
import { type Profiles, readProfiles } from "../profiles/read.ts";
import type { Effects } from "./effects.ts";
import { explanationText } from "./explainText.ts";

/** Options of `insights explain`. */
export interface ExplainCommandOptions {
  /** Ids or handles, at least one. */
  readonly id: readonly string[];
  readonly json?: boolean;
  /** `.svg` or `.png`, to draw the explanation into. */
  readonly figure?: string;
  readonly force?: boolean;
  readonly map: Readonly<Record<string, string>>;
}

/**
 * `insights explain`: why a model gives accounts of a file their probabilities.
 *
 * @returns the exit code
 * @throws InsightsError for whatever the user can mend
 */
export async function explainCommand(
  modelFolder: string,
  file: string,
  options: ExplainCommandOptions,
  effects: Effects,
): Promise<number> {
  const { id: wanted, figure, force = false } = options;
  if (figure !== undefined) await checkFigure(figure, wanted, force);
  const model = await loadModel(modelFolder);
  const explainer = createExplainer(model);
  const profiles = await readProfiles(file, { map: options.map, now: effects.now(), signal: effects.signal });
  try {
    warnOfUnknown(profiles, model, effects);
    const found = await findProfiles(profiles, wanted);
    const explained = found.map((one) => ({ ...one, explanation: explainer.explain(one.profile) }));
    effects.signal.throwIfAborted();
    if (figure !== undefined) await draw(figure, explained[0], force);
    effects.stdout(
      options.json === true
        ? `${JSON.stringify(explained.map(asJson), null, 2)}\n`
        : explained.map(({ wanted, explanation }) => explanationText(wanted, explanation)).join("\n"),
    );
    return 0;
  } finally {
    await profiles.close();
  }
}

interface Explained extends ProfileFound {
  readonly explanation: Explanation;
}

function asJson({ profile, explanation }: Explained) {
  const { id = null, account_id = null } = profile;
  return { id, account_id, ...explanation };
}

/** Says which of the features' columns the file lacks; refuses it where it has none of them. */
function warnOfUnknown(profiles: Profiles, { pipeline }: Model, effects: Effects): void {
  const read = pipelineInputs(pipeline);
  const unknown = read.filter((name) => profiles.missing.includes(name));
  if (unknown.length === 0) return;
  if (read.every((name) => unknown.includes(name))) requireColumns(profiles, read, "any explanation");
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
  const there = await stat(out).catch(() => undefined);
  if (there !== undefined && (!force || there.isDirectory()))
    throw new InsightsError(
      `output file exists: ${out} (choose another --figure, or replace it with --force)`,
    );
}

async function draw(out: string, { wanted, explanation }: Explained, force: boolean): Promise<void> {
  const drawing = await drawFigure(contributionsFigure({ who: wanted, ...explanation }));
  const content = out.toLowerCase().endsWith(".svg")
    ? standaloneSvg(drawing)
    : await rasterise(drawing, "light");
  try {
    await writeFile(out, content, { flag: force ? "w" : "wx" });
  } catch (error) {
    throw outputError(error, out);
  }
}
