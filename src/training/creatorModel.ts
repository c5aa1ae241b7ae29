import type { Answer } from "../bundle/answers.ts";
import type { Model } from "../bundle/model.ts";
import { createModelPredictor } from "../bundle/modelPredictor.ts";
import type { FittedPipeline } from "../features/pipeline.ts";
import type { Network } from "../network/network.ts";
import type { FittedAnswers } from "./combineAnswers.ts";
import type { Forecast } from "./creatorEvidence.ts";
import { NEEDS, RATE_FEATURE, RATE_SLOPE } from "./creatorPipeline.ts";
import { linearNetwork } from "./forecast.ts";
import { averaged, type FoldPredictor, type TrainedEnsemble } from "./trainEnsemble.ts";

/** What answers are made of: of all accounts, or of those of some folds. */
export interface CreatorParts {
  readonly forecast: Forecast;
  /** Networks over the profile page that answer whether somebody goes on posting, and whether somebody is answered well. */
  readonly still: readonly Network[];
  readonly well: readonly Network[];
  /** Names of their features. */
  readonly page: readonly string[];
}

/** The answers of a model of creators: facts first, then the profile page. */
export function creatorAnswers(
  { forecast, still, well, page }: CreatorParts,
  { calibrations, combinations }: FittedAnswers,
): Pick<Model, "answers" | "combinations"> {
  const posts: Answer = {
    question: "still_posting",
    evidence: "posts",
    needs: NEEDS.posts,
    features: forecast.pipeline.names.filter((name) => name !== NEEDS.posts),
    network: forecast.network,
    calibration: calibrations.posts,
  };
  const rate: Answer = {
    question: "well_answered",
    evidence: "rate",
    needs: NEEDS.rate,
    features: [RATE_FEATURE],
    network: linearNetwork([RATE_SLOPE], 0),
  };
  const fromPage = { evidence: "profile", needs: NEEDS.page, features: page } as const;
  return {
    answers: [
      posts,
      { question: "still_posting", ...fromPage, network: averaged(still), calibration: calibrations.page },
      rate,
      { question: "well_answered", ...fromPage, network: averaged(well), calibration: calibrations.wellPage },
    ],
    combinations,
  };
}

/**
 * Predictors of the folds, with the model's calibrations and combinations: each of the fold's forecast and networks, over the
 * features of the finished model, which they read all the same.
 */
export function creatorFoldPredictors(
  pipeline: FittedPipeline,
  {
    forecasts,
    still,
    well,
  }: { forecasts: readonly Forecast[]; still: TrainedEnsemble; well: TrainedEnsemble },
  fitted: FittedAnswers,
): FoldPredictor[] {
  return forecasts.map((forecast, place) =>
    createModelPredictor({
      pipeline,
      ...creatorAnswers(
        {
          forecast,
          still: still.validation.networks[place],
          well: well.validation.networks[place],
          page: still.pipeline.names,
        },
        fitted,
      ),
    }),
  );
}
