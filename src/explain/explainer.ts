import { InsightsError } from "../base/error.ts";
import { sigmoid } from "../base/statistics.ts";
import { asksQuestions, ensembleOf } from "../bundle/answers.ts";
import type { Model } from "../bundle/model.ts";
import { createModelPredictor } from "../bundle/modelPredictor.ts";
import { calibratedLogit } from "../evaluation/calibration.ts";
import { featureGroups } from "../features/featureGroups.ts";
import { createEvaluator } from "../features/pipeline.ts";
import type { CanonicalProfile } from "../features/profile.ts";
import { createPredictor } from "../network/predictor.ts";
import type { Explanation } from "./explanation.ts";
import { factInWords } from "./factInWords.ts";
import { drawPlan, sampledShapley } from "./sampledShapley.ts";
import { coalitionsOf, createGame, differing, exactShapley, play, type WeightedNetwork } from "./shapley.ts";

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
  /** Every coalition is asked about where it takes no more than this; 65,536 unless said otherwise. */
  readonly exactBudget?: number;
  /** Otherwise orders are sampled by this budget; 20,000 unless said otherwise. */
  readonly sampleBudget?: number;
}

const EXACT_BUDGET = 65_536;
const SAMPLE_BUDGET = 20_000;

/** The walks are part of the method, like the background: no reason to let a user draw others. */
const SEED = 1;

/**
 * Makes an explainer of a model: Shapley values of groups of features against the model's background sample.
 *
 * @throws InsightsError for a model without a background, as older versions saved them
 */
export function createExplainer(
  model: Pick<Model, "pipeline" | "answers" | "combinations" | "background" | "threshold">,
  options: ExplainerOptions = {},
): Explainer {
  const { pipeline, background, threshold } = model;
  const { exactBudget = EXACT_BUDGET, sampleBudget = SAMPLE_BUDGET } = options;
  if (background === undefined) {
    throw new InsightsError(
      "no background: the model was saved without the sample that explanations are measured against (train it again)",
    );
  }
  const groups = featureGroups(pipeline);
  const places = groups.map((group) => group.places);
  const { networks, calibration } = playedNetworks(model);
  const game = createGame(networks, places, background);
  const evaluate = createEvaluator(pipeline);
  const features = new Float32Array(pipeline.names.length);
  const plan = drawPlan(game, sampleBudget, SEED);
  const rows = Array.from({ length: game.rows }, (_, row) => row);
  const calibrated = (logit: number) =>
    sigmoid(calibration === undefined ? logit : calibratedLogit(calibration, logit));
  return {
    explain(profile) {
      evaluate(profile, features, 0);
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
    },
  };
}

/** What makes a model's logit: its networks, calibrated afterwards; of a model of two questions all of it at once. */
function playedNetworks(model: Pick<Model, "pipeline" | "answers" | "combinations">): {
  readonly networks: readonly WeightedNetwork[];
  readonly calibration?: Model["answers"][number]["calibration"];
} {
  if (asksQuestions(model)) {
    const predictor = createModelPredictor(model);
    return {
      networks: [{ logits: (x, rows) => Float32Array.from(predictor.logits(x, rows)), weight: 1 }],
    };
  }
  const [{ network, calibration }] = model.answers;
  const { networks, weights } = ensembleOf(network);
  return {
    networks: networks.map((one, i) => ({ logits: createPredictor(one).logits, weight: weights[i] })),
    calibration,
  };
}
