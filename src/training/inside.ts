import { z } from "zod";
import { count } from "../base/schemas.ts";

/** What the networks rely on: how much worse they rank rows held out from them when a group of features is shuffled. */
export const importanceSchema = z.strictObject({
  /** What falls. */
  metric: z.literal("roc_auc"),
  /** Shuffles a fold. */
  repeats: count,
  /** Rows of the file that were shuffled, each held out from its fold's networks. */
  rows: count,
  /** By the mean fall, the largest first. */
  groups: z.array(
    z.strictObject({
      group: z.string(),
      features: z.array(z.string()),
      /** Mean fall over folds and shuffles; below 0 where shuffling happened to help. */
      mean: z.number(),
      standard_deviation: z.number(),
      /** 2.5th and 97.5th percentile of the falls. */
      low: z.number(),
      high: z.number(),
    }),
  ),
});

/** As the schema says. */
export type GroupImportance = z.infer<typeof importanceSchema>;

/** How the model's probability goes with one number of a profile, all the rest staying as it is. */
export const dependenceSchema = z.strictObject({
  /** A canonical column, or `account_age` in days. */
  column: z.string(),
  /** Training rows whose value is known, and those that were asked about. */
  known: count,
  rows: count,
  /** Rising. */
  points: z.array(
    z.strictObject({
      value: z.number(),
      /** Mean probability of the rows if all had this value. */
      probability: z.number(),
      /** 10th and 90th percentile of the same by the networks of each fold. */
      low: z.number(),
      high: z.number(),
    }),
  ),
  /** Where training rows are, from the 1st to the 99th percentile: one more edge than counts. */
  density: z.strictObject({ edges: z.array(z.number()), counts: z.array(count) }),
});

/** As the schema says. */
export type Dependence = z.infer<typeof dependenceSchema>;
