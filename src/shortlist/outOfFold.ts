import { stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import type { DuckDBConnection } from "@duckdb/node-api";
import { InsightsError } from "../base/error.ts";
import { quoteLiteral } from "../base/quote.ts";
import { asksQuestions } from "../bundle/answers.ts";
import { modelFolder } from "../bundle/folder.ts";
import type { Model } from "../bundle/model.ts";
import type { OutOfFold } from "./ranked.ts";

/** What a training left for the accounts that its model learnt from. */
export interface Pupils {
  /** Whether the file at hand is the one that the model was trained on. */
  readonly own: boolean;
  /** Their out-of-fold answers, by id or handle as CSV holds them (see `withoutFormula`); undefined where these are not asked for or do not stand beside the model. */
  readonly outOfFold?: ReadonlyMap<string, OutOfFold>;
}

/** The file that a training leaves them in, and the columns that are read: of a model of two questions, and of another. */
const LEFT = {
  questions: {
    name: "answers.csv",
    columns: ["id", "probability", "still_posting", "well_answered", "evidence"],
  },
  target: { name: "predictions.csv", columns: ["id", "probability"] },
} as const;

/**
 * The out-of-fold answers that stand beside a model, where the file at hand is the one that it was trained on: a model must not grade
 * its own pupils.
 *
 * @param folder of the model, as `loadModel` takes it; null for the model that ships, beside which there are none
 * @param fingerprint SHA-256 of the file at hand
 * @throws InsightsError where what stands there cannot be read
 */
export async function readPupils(
  connection: DuckDBConnection,
  model: Pick<Model, "data" | "answers" | "combinations">,
  folder: string | null,
  fingerprint: string,
): Promise<Pupils> {
  const own = model.data.fingerprint === fingerprint;
  if (!own || folder === null) return { own };
  const { name, columns } = asksQuestions(model) ? LEFT.questions : LEFT.target;
  const path = join(dirname(await modelFolder(folder)), name);
  if ((await stat(path).catch(() => undefined)) === undefined) return { own };
  try {
    const reader = await connection.runAndReadAll(
      `SELECT ${columns.join(", ")} FROM read_csv(${quoteLiteral(path)}, header = true, all_varchar = true)`,
    );
    const rows = reader.getRowsJS() as (string | null)[][];
    return { own, outOfFold: new Map(rows.map(([id, ...told]) => [id ?? "", toldOf(told)])) };
  } catch (cause) {
    throw new InsightsError(
      `invalid ${path}: expected the columns ${columns.join(", ")} (train the model anew)`,
      {
        cause,
      },
    );
  }
}

function toldOf([probability, still, well, evidence = null]: readonly (string | null)[]): OutOfFold {
  const share = (text: string | null | undefined) => {
    const value = Number(text || Number.NaN);
    if (!(value >= 0 && value <= 1)) throw new Error(`no share: ${text}`);
    return value;
  };
  const answers = evidence === null ? null : { still_posting: share(still), well_answered: share(well) };
  return {
    probability: share(probability),
    still_posting: answers?.still_posting ?? null,
    well_answered: answers?.well_answered ?? null,
    evidence,
  };
}
