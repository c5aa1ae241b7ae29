import { type Command, Option } from "@commander-js/extra-typings";
import { dayInWords } from "../base/age.ts";
import { InsightsError } from "../base/error.ts";
import { countOfThings } from "../base/words.ts";
import { holdsModel } from "../bundle/folder.ts";
import { loadModel, type Model } from "../bundle/model.ts";
import { loadShippedModel } from "../bundle/shipped.ts";
import type { Profiles } from "../profiles/read.ts";
import { type Pupils, readPupils } from "../shortlist/outOfFold.ts";
import type { Effects } from "./terminal.ts";

/** How many files a command takes beside its model: one, one or more, one or none, none. */
type Files = "FILE" | "FILES..." | "[FILE]" | "";

const MOST: Readonly<Record<Files, number>> = {
  FILE: 1,
  "FILES...": Number.POSITIVE_INFINITY,
  "[FILE]": 1,
  "": 0,
};
const FEWEST: Readonly<Record<Files, number>> = { FILE: 1, "FILES...": 1, "[FILE]": 0, "": 0 };

/** The model that a command works with, and the files it works on. */
export interface Choice {
  /** The folder that was named; null for the model that ships. */
  readonly folder: string | null;
  readonly files: readonly string[];
}

/** Gives a command its model, its files and `--model`. */
export function modelAndFiles(command: Command, files: Files, about: string) {
  const then = files === "" ? "" : `; then ${about}`;
  return command
    .usage(`[options] [MODEL] ${files}`.trimEnd())
    .argument("[paths...]", `a model's folder, without one the model that ships${then}`)
    .addOption(modelOption());
}

/** `--model` names the model outright. */
export const modelOption = () =>
  new Option("--model <folder>", "folder of the model, in place of the first word");

/**
 * Tells the model and the files of a command line apart: the first word is the model where it is a folder that holds one, or where
 * it is one word more than files are taken. Without a model, the one that ships is meant.
 *
 * @param paths the words of the command line
 * @param options `--model`
 * @param files how many files the command takes
 * @throws InsightsError with exit code 2 where there are too few words, too many, or two models
 */
export async function chooseModel(
  paths: readonly string[],
  { model: named }: { readonly model?: string | undefined },
  files: Files,
): Promise<Choice> {
  const most = MOST[files];
  if (paths.length < FEWEST[files]) throw missing(files);
  if (paths.length > most + 1) throw tooMany(files);
  const [first] = paths;
  const holds = first !== undefined && (await holdsModel(first));
  if (named !== undefined) {
    if (holds) throw usage(`two models: ${first} and ${named} (expected one)`);
    if (paths.length > most) throw tooMany(files);
    return { folder: named, files: paths };
  }
  if (!holds && paths.length <= most) return { folder: null, files: paths };
  const rest = paths.slice(1);
  if (rest.length < FEWEST[files]) throw missing(files);
  return { folder: first, files: rest };
}

/**
 * Reads the model that was chosen. The one that ships is named on standard error: when it was made, of what, and where it ends.
 *
 * @throws InsightsError whatever `loadModel` throws; where the model that ships is not there
 */
export async function readChosen({ folder }: Pick<Choice, "folder">, effects: Effects): Promise<Model> {
  if (folder !== null) return loadModel(folder);
  const model = await loadShippedModel(effects.shippedModel);
  effects.stderr(`${shippedInWords(model)}\n`);
  return model;
}

/** What is said of the model that ships, in one line. */
export function shippedInWords({
  target,
  created_at,
  data,
}: Pick<Model, "target" | "created_at" | "data">): string {
  const day = dayInWords(new Date(created_at));
  return `the model that ships: ${target.name}, learnt from ${countOfThings(data.rows, "profile")} of ${data.file} as of ${day}; it knows no other times and places (insights evaluate FILE measures it on yours)`;
}

/**
 * Reads the out-of-fold answers of the accounts that the model was trained on. Warns where the training did not leave them.
 *
 * @throws InsightsError where what the training left cannot be read
 */
export async function outOfFoldOf(
  { connection, source }: Pick<Profiles, "connection" | "source">,
  model: Model,
  folder: string | null,
  effects: Effects,
): Promise<Pupils["outOfFold"]> {
  const { own, outOfFold } = await readPupils(connection, model, folder, source.fingerprint);
  if (own && outOfFold === undefined) {
    effects.stderr(
      "warning: the model was trained on this very file, and the out-of-fold answers of its training do not stand beside it: it is surer of these accounts than it should be\n",
    );
  }
  return outOfFold;
}

const usage = (message: string) => new InsightsError(message, { exitCode: 2 });

function missing(files: Files): InsightsError {
  return usage(`missing ${files === "FILE" ? "file" : "files"} (expected [MODEL] ${files})`);
}

function tooMany(files: Files): InsightsError {
  return usage(`too many words (expected ${`[MODEL] ${files}`.trimEnd()})`);
}
