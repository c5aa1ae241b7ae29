import { stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Command } from "@commander-js/extra-typings";
import { InsightsError } from "../base/error.ts";
import { claimFolder } from "../base/output/write.ts";
import { countInWords, countOfThings, shareInWords } from "../base/words.ts";
import { loadModel, type Model } from "../bundle/model.ts";
import type { Drift } from "../evaluation/drift.ts";
import { type FittedPipeline, fitPipeline } from "../features/pipeline.ts";
import { type Preset, presetNamed } from "../features/presets.ts";
import { driftFigure } from "../figures/drift.ts";
import { briefNumber } from "../figures/numberFormat.ts";
import { writeFigures } from "../figures/write.ts";
import {
  type ComparedSide,
  type Comparison,
  compareSides,
  sideOfProfiles,
  sideOfReference,
} from "../training/compareProfiles.ts";
import { chooseModel, readChosen } from "./chooseModel.ts";
import {
  debugOption,
  jsonOption,
  type OptionsOf,
  type OtherReadingFlags,
  outputOption,
  type ReadingFlags,
  readingOf,
  seedOption,
  withOtherFile,
  withReadingOptions,
} from "./options.ts";
import { withProfiles } from "./profiles.ts";
import { type Effects, formatTable } from "./terminal.ts";

/** The arguments and options of `insights compare`. */
export const declared = (command: Command) =>
  withReadingOptions(withReadingOptions(command), { prefix: "train-", file: "the older file", counts: true })
    .usage("[options] [TRAIN] FILE")
    .argument(
      "[paths...]",
      "the older file, or a model's folder, which remembers what it was trained on (the model that ships if neither); then the newer file",
    )
    .option("--model <folder>", "the model; with an older file, compare what it says of both, too")
    .option("--preset <name>", "which features, without a model", "profile")
    .addOption(outputOption("folder", "--out <folder>", "draw it too, into this new folder"))
    .addOption(seedOption())
    .addOption(jsonOption("the findings"))
    .addOption(debugOption());

type Options = OptionsOf<typeof declared> & ReadingFlags & OtherReadingFlags<"train">;

/** What the older set is compared by, and the features it gave. */
interface Before {
  readonly side: ComparedSide;
  readonly pipeline: FittedPipeline;
  readonly model: Model | null;
}

/**
 * `insights compare`: how new profiles differ from those a model was trained on, column by column.
 *
 * @param paths a file or the folder of a model, which has kept what its training rows looked like, or neither; then the newer file
 * @throws InsightsError for whatever the user can mend
 */
export async function run(paths: readonly string[], options: Options, effects: Effects): Promise<void> {
  const { out, seed } = options;
  const preset = presetNamed(options.preset);
  const [train, file] = paths.length === 1 ? [null, paths[0]] : paths;
  if (file === undefined || paths.length > 2) {
    const what = paths.length > 2 ? "too many words" : "missing file";
    throw new InsightsError(`${what} (expected [TRAIN] FILE)`, { exitCode: 2 });
  }
  // A model alone has nothing to be compared with.
  if (train === null) await chooseModel(paths, options, "FILE");
  const reads = [train, file, options.model];
  await using output = out === undefined ? undefined : await claimFolder(out, { reads });
  const before = await readBefore(train, preset, options, effects);
  const after = await withProfiles(file, { reading: readingOf(options) }, effects, (profiles) =>
    sideOfProfiles(profiles, before.pipeline, before.model, seed),
  );
  const found = compareSides(before.side, after, before.pipeline);
  const json = `${JSON.stringify(found, null, 2)}\n`;
  await output?.fill(async (folder) => {
    await writeFile(join(folder, "comparison.json"), json);
    await writeFigures(folder, [figureOf(found)], { signal: effects.signal });
  });
  effects.stdout(options.json === true ? json : compareText(found));
  if (out !== undefined) effects.stderr(`1 picture and comparison.json in ${out}\n`);
}

async function readBefore(
  train: string | null,
  preset: Preset,
  options: Options,
  effects: Effects,
): Promise<Before> {
  const found = train === null ? undefined : await stat(train).catch(() => undefined);
  if (train === null || found?.isDirectory() === true) {
    if (train !== null && options.model !== undefined) {
      throw new InsightsError("too many models: a folder to compare with and --model (expected one)", {
        exitCode: 2,
      });
    }
    const folder = train ?? options.model ?? null;
    const model = await readChosen({ folder }, effects);
    if (model.reference === undefined) {
      throw new InsightsError(
        `the model has not kept what its training rows looked like: ${folder ?? "the one that ships"} (train it anew, or compare with the file it was trained on)`,
      );
    }
    return { side: sideOfReference(model.reference, model.data), pipeline: model.pipeline, model };
  }
  const model = options.model === undefined ? null : await loadModel(options.model);
  const { trainMap: map, trainSheet: sheet, trainEncoding: encoding, trainDecimal: decimal } = options;
  const reading = readingOf({ map, sheet, encoding, decimal });
  return withOtherFile("train-", effects, (told) =>
    withProfiles(train, { reading }, told, async (profiles) => {
      const { connection, table, source } = profiles;
      const pipeline = model?.pipeline ?? (await fitPipeline(connection, preset, table));
      const side = await sideOfProfiles(profiles, pipeline, model, options.seed);
      // A model is surer of accounts it has learnt from than of others like them: its out-of-fold probabilities are the measure.
      const own = model?.reference !== undefined && model.data.fingerprint === source.fingerprint;
      const prediction = own ? sideOfReference(model.reference, model.data).prediction : side.prediction;
      return { side: { ...side, prediction }, pipeline, model };
    }),
  );
}

function figureOf({ columns, features, prediction, train, new: now }: Comparison) {
  const named = new Set(columns.map(({ name }) => name));
  return driftFigure({
    drifts: [
      ...(prediction === null ? [] : [prediction]),
      ...columns,
      // Some columns are features as they are: one bar is enough.
      ...features.filter(({ name }) => !named.has(name)),
    ],
    train: train.file,
    now: now.file,
  });
}

/** Features that have not moved and are listed all the same. */
const FEW = 5;

/** A comparison for people: what moved, in words, then every column, the features that moved, and the prediction. */
export function compareText(found: Comparison): string {
  const { train, columns, words, features, prediction, findings } = found;
  const side = (name: string, { file, profiles, compared }: Comparison["train"]) => {
    const drawn = compared < profiles ? `, ${countInWords(compared)} of them compared` : "";
    return `${name.padEnd(7)}${file}, ${countOfThings(profiles, "profile")}${drawn}`;
  };
  const told = [...(prediction === null ? [] : [prediction]), ...columns, ...words].filter(
    ({ shift }) => shift === "large" || shift === "some",
  );
  const severe = findings.filter(({ severity }) => severity === "severe").map(({ message }) => message);
  const moved = features.filter(({ shift }) => shift === "large" || shift === "some");
  const shown = features.slice(0, Math.max(FEW, moved.length));
  const parts = [
    `${side("train", train)}\n${side("new", found.new)}`,
    [headline(found), ...told.map(inShort), ...severe].join("\n"),
    ...(prediction === null ? [] : [table("prediction", [prediction])]),
    table("columns", columns),
    table("features (scaled)", shown),
  ];
  const rest = features.length - shown.length;
  if (rest > 0) parts.push(`${countOfThings(rest, "more feature")} moved less (--json has them)`);
  return `${parts.join("\n\n")}\n`;
}

function headline({ columns, words, features, prediction }: Comparison): string {
  const large = (drifts: readonly { shift: string }[]) =>
    drifts.filter(({ shift }) => shift === "large").length;
  const all = columns.length + words.length;
  const what = `${large([...columns, ...words])} of ${countOfThings(all, "column")} and ${large(features)} of ${countOfThings(features.length, "feature")} moved a lot`;
  if (prediction === null) return `${what}.`;
  const how = {
    none: "the prediction has not moved to speak of",
    some: "the prediction moved somewhat",
    large: "the prediction moved a lot",
    unclear: "for the prediction the rows are too few to say",
  };
  return `${what}; ${how[prediction.shift]}.`;
}

/** `followers: median 6.02K -> 9.8K, PSI 0.31, large`. */
function inShort(drift: Drift | Comparison["words"][number]): string {
  const end = `PSI ${drift.psi.toFixed(2)}, ${drift.shift}`;
  if ("shares" in drift) {
    const shares = drift.shares
      .slice(0, 3)
      .map(
        ({ word, reference, current }) => `${word} ${shareInWords(reference)} -> ${shareInWords(current)}`,
      );
    return `${drift.name}: ${shares.join(", ")}, ${end}`;
  }
  const { reference, current } = drift.missing;
  const unknown =
    Math.abs(current - reference) < 0.01
      ? ""
      : `, unknown ${shareInWords(reference)} -> ${shareInWords(current)}`;
  return `${drift.name}: ${middle(drift)}${unknown}, ${end}`;
}

/** The middle before and after: medians, or of a flag the share that has it. */
function middle({ ones, median }: Drift): string {
  if (ones !== null) return `true for ${shareInWords(ones.reference)} -> ${shareInWords(ones.current)}`;
  const words = (value: number | null) => (value === null ? "unknown" : briefNumber(value));
  return `median ${words(median.reference)} -> ${words(median.current)}`;
}

/** The middle half of the known values: `410 to 29.3K`. */
function half(quantiles: readonly number[]): string {
  return quantiles.length === 0 ? "unknown" : `${briefNumber(quantiles[1])} to ${briefNumber(quantiles[3])}`;
}

function table(title: string, drifts: readonly Drift[]): string {
  const rows = drifts.map((drift) => {
    const { name, psi, ks, shift, quantiles } = drift;
    const spread = drift.ones === null ? `${half(quantiles.reference)} -> ${half(quantiles.current)}` : "";
    return [
      name,
      middle(drift).replace(/^(median|true for) /, ""),
      spread,
      psi.toFixed(2),
      ks === null ? "-" : ks.statistic.toFixed(2),
      ks === null ? "-" : ks.p_value < 0.001 ? "<0.001" : ks.p_value.toFixed(3),
      shift,
    ];
  });
  return formatTable(
    [[title, "median or share", "middle half", "PSI", "KS", "p", "shift"], ...rows],
    [3, 4, 5],
  );
}
