import { InsightsError } from "../base/error.ts";
import { sigmoid } from "../base/statistics.ts";
import {
  type Answer,
  answersTo,
  asksQuestions,
  combinationFor,
  ensembleOf,
  QUESTIONS,
} from "../bundle/answers.ts";
import type { Model } from "../bundle/model.ts";
import { createModelPredictor, MET } from "../bundle/modelPredictor.ts";
import type { Background } from "../bundle/weights.ts";
import { type Calibration, calibratedLogit } from "../evaluation/calibration.ts";
import { type FeatureGroup, featureGroups } from "../features/featureGroups.ts";
import { createEvaluator } from "../features/pipeline.ts";
import type { CanonicalProfile } from "../features/profile.ts";
import { createPredictor } from "../network/predictor.ts";
import type { Explanation } from "./explanation.ts";
import { factInWords } from "./factInWords.ts";
import { drawPlan, sampledShapley } from "./sampledShapley.ts";
import {
  coalitionsOf,
  createGame,
  differing,
  exactShapley,
  type Logits,
  play,
  type WeightedNetwork,
} from "./shapley.ts";

/** Explains profiles, one at a time. Holds the model's networks ready. */
export interface Explainer {
  /**
   * Why the model gives a profile its probability. The same profile gives the same explanation.
   *
   * @param profile canonical values; one that is not there is unknown
   */
  explain(profile: Partial<CanonicalProfile>): Explanation;
}

/** How much work goes into one explanation, in rows that a network is asked about: a network takes about 1 us a row. */
export interface ExplainerOptions {
  /** Every coalition is asked about where it takes no more than this; 8,192 unless said otherwise. */
  readonly exactBudget?: number;
  /** Otherwise orders are sampled by this budget; 5,000 unless said otherwise. */
  readonly sampleBudget?: number;
}

const EXACT_BUDGET = 8_192;
const SAMPLE_BUDGET = 5_000;

/** The walks are part of the method, like the background: no reason to let a user draw others. */
const SEED = 1;

/**
 * Makes an explainer of a model: Shapley values of groups of features against the model's background sample. A model of the two
 * questions is explained by the answers that an account's evidence calls for, against rows that have the same evidence, and by the
 * features that these answers read.
 *
 * @throws InsightsError for a model without a background, as older versions saved them
 */
export function createExplainer(
  model: Pick<Model, "pipeline" | "answers" | "combinations" | "background" | "threshold">,
  options: ExplainerOptions = {},
): Explainer {
  const { pipeline, background } = model;
  if (background === undefined) {
    throw new InsightsError(
      "no background: the model was saved without the sample that explanations are measured against (train it again)",
    );
  }
  const evaluate = createEvaluator(pipeline);
  const features = new Float32Array(pipeline.names.length);
  const ready = new Map<string, Explaining>();
  return {
    explain(profile) {
      evaluate(profile, features, 0);
      const used = answersUsed(model, features);
      const key = used.map(({ evidence }) => evidence).join("+");
      const explain = ready.get(key) ?? createExplaining(playOf(model, used, background), model, options);
      ready.set(key, explain);
      return explain(profile, features);
    },
  };
}

/** What is played for, whose logit it is, and by whom. */
interface Play {
  readonly networks: readonly WeightedNetwork[];
  /** From the networks' logit to that of the probability; without it they are the same. */
  readonly calibration?: Calibration | undefined;
  readonly groups: readonly FeatureGroup[];
  readonly background: Background;
}

type Explaining = (profile: Partial<CanonicalProfile>, features: Float32Array) => Explanation;

function createExplaining(
  { networks, calibration, groups, background }: Play,
  { threshold }: Pick<Model, "threshold">,
  { exactBudget = EXACT_BUDGET, sampleBudget = SAMPLE_BUDGET }: ExplainerOptions,
): Explaining {
  const places = groups.map((group) => group.places);
  const game = createGame(networks, places, background);
  const plan = drawPlan(game, sampleBudget, SEED);
  const rows = Array.from({ length: game.rows }, (_, row) => row);
  const calibrated = (logit: number) =>
    sigmoid(calibration === undefined ? logit : calibratedLogit(calibration, logit));
  return (profile, features) => {
    const played = play(game, features);
    const differences = rows.map((row) => differing(game, played.x, row));
    const exact = coalitionsOf(game, differences) <= exactBudget;
    const { values, errors } = exact
      ? exactShapley(game, played, differences)
      : sampledShapley(game, played, plan, differences);
    const contributions = groups.map((group, i) => ({
      group: group.name,
      features: group.features,
      value: values[i],
      error: errors[i],
      words: factInWords(group, profile),
    }));
    const probability = calibrated(played.logit);
    return {
      logit: played.logit,
      base: game.base,
      probability,
      baseProbability: calibrated(game.base),
      threshold,
      active: probability >= threshold,
      contributions: contributions.sort((a, b) => Math.abs(b.value) - Math.abs(a.value)),
      method: exact ? "exact" : "sampled",
    };
  };
}

type AskedModel = Pick<Model, "pipeline" | "answers" | "combinations">;

/** The answers that a row of features is given: one for each question, or the only one. */
function answersUsed(model: AskedModel, features: Float32Array): readonly Answer[] {
  if (!asksQuestions(model)) return model.answers;
  const { names } = model.pipeline;
  return QUESTIONS.map((question) => {
    const answers = answersTo(model, question);
    const met = ({ needs }: Answer) => needs === null || features[names.indexOf(needs)] > MET;
    return answers.find(met) ?? answers[answers.length - 1];
  });
}

/** What there is to play for with some answers: their networks, the groups that they read, rows with the same evidence. */
function playOf(model: AskedModel, used: readonly Answer[], background: Background): Play {
  const { pipeline, combinations = [] } = model;
  const groups = featureGroups(pipeline);
  const [still, well] = used;
  if (well === undefined) {
    const { networks, weights } = ensembleOf(still.network);
    const weighted = networks.map((one, i) => ({ logits: createPredictor(one).logits, weight: weights[i] }));
    return { networks: weighted, calibration: still.calibration, groups, background };
  }
  // Whatever a row has, these two answers are asked.
  const predictor = createModelPredictor({
    pipeline,
    answers: used.map((answer) => ({ ...answer, needs: null })),
    combinations: [combinationFor(combinations, still.evidence, well.evidence)],
  });
  const logits: Logits = (x, rows) => Float32Array.from(predictor.logits(x, rows));
  const read = new Set(used.flatMap(({ features }) => features));
  return {
    networks: [{ logits, weight: 1 }],
    groups: groups.flatMap((group) => {
      const features = group.features.filter((name) => read.has(name));
      const places = features.map((name) => pipeline.names.indexOf(name));
      return places.length === 0 ? [] : [{ ...group, features, places }];
    }),
    background: rowsMeeting(background, pipeline.names, used),
  };
}

/** The rows of a background that have what answers need; all of them where none has. */
function rowsMeeting(background: Background, names: readonly string[], used: readonly Answer[]): Background {
  const { rows, values } = background;
  const needed = used.flatMap(({ needs }) => (needs === null ? [] : [names.indexOf(needs)]));
  const met = Array.from({ length: rows }, (_, row) =>
    values.subarray(row * names.length, (row + 1) * names.length),
  ).filter((row) => needed.every((place) => row[place] > MET));
  if (met.length === 0) return background;
  const kept = new Float32Array(met.length * names.length);
  met.forEach((row, i) => {
    kept.set(row, i * names.length);
  });
  return { rows: met.length, values: kept };
}
