import { z } from "zod";
import { expressions, NUMBERS, tensors } from "../arithmetic.ts";
import { type Dialect, DUCKDB } from "../dialect.ts";
import type { FeatureKind } from "../feature.ts";
import {
  HISTORY_FEATURES,
  historyFeatures,
  historyOf,
  newestPosts,
  newestPostsOnnx,
  newestPostsSql,
  secondsOf,
} from "../history.ts";
import { quantilesSql, standard, standardised, standardOf, standardOnnx, standardSql } from "../standard.ts";

/** Days ahead that a forecast is about unless told otherwise, and the most that may be asked for: ten years. */
export const USUAL_HORIZON = 30;
export const LONGEST_HORIZON = 3650;

const params = z.strictObject({
  /** Days ahead that are asked about. */
  horizon: z.number().int().min(1).max(LONGEST_HORIZON),
});
const fitted = z.strictObject({
  /** How each feature is standardised, in the order of their names. */
  standards: z.array(standard).length(HISTORY_FEATURES.length),
});

/**
 * How an account posts, by its newest ten posts as of the snapshot: how long ago they were, how long its gaps last, and what these
 * say of a silence like the present one. `posts_known` is 1 where there is a dated post and a snapshot; all the others are standardised, and 0 where unknown.
 */
export const posting: FeatureKind<z.infer<typeof params>, z.infer<typeof fitted>> = {
  kind: "posting",
  params,
  fitted,
  inputs: () => ["posted_at", "observed_at", "created_at"],
  outputs: () => ["posts_known", ...HISTORY_FEATURES],
  async fit(aggregate, relation, { horizon }) {
    const list = HISTORY_FEATURES.map((_, i) => `${quantilesSql(`features[${i + 2}]`)} AS q${i}`);
    const [row] = await aggregate(
      `SELECT ${list.join(", ")} FROM (SELECT ${featuresSql(DUCKDB, horizon)} AS features FROM ${relation})`,
    );
    return { standards: HISTORY_FEATURES.map((_, i) => standardOf(row[`q${i}`])) };
  },
  sql({ horizon }, { standards }, dialect) {
    // One list that all features are elements of: an engine works out once what is written the same.
    const features = featuresSql(dialect, horizon);
    const known = `coalesce(${dialect.element(features, 1)}, 0e0)`;
    return [known, ...standards.map((one, i) => standardSql(dialect.element(features, i + 2), one))];
  },
  onnx({ horizon }, { standards }, graph) {
    const math = tensors(graph);
    const posts = newestPostsOnnx(graph);
    const history = historyOf(math, posts, graph.seconds("observed_at"), graph.seconds("created_at"));
    const features = historyFeatures(math, history, horizon);
    const scaled = HISTORY_FEATURES.map((name, i) => standardOnnx(features[name], standards[i], graph));
    return graph.beside([math.known(history.silence), ...scaled]);
  },
  twin({ horizon }, { standards }) {
    return (profile, into, at) => {
      const [observed, created] = [secondsOf(profile.observed_at), secondsOf(profile.created_at)];
      const history = historyOf(NUMBERS, newestPosts(profile), observed, created);
      const features = historyFeatures(NUMBERS, history, horizon);
      into[at] = NUMBERS.known(history.silence);
      HISTORY_FEATURES.forEach((name, i) => {
        into[at + 1 + i] = standardised(features[name], standards[i]);
      });
    };
  },
};

/** A list of DOUBLE: whether there is a post (1 or 0), then the features, NULL where unknown; NULL where nothing is known. */
function featuresSql(dialect: Dialect, horizon: number): string {
  const math = expressions(dialect);
  const [observed, created] = [dialect.seconds("observed_at"), dialect.seconds("created_at")];
  const history = historyOf(math, "posts", observed, created);
  const named = { ...history, silence: "silence", ages: "ages", gaps: "gaps" };
  const features = historyFeatures(math, named, horizon);
  const list = dialect.list([math.known("silence"), ...HISTORY_FEATURES.map((name) => features[name])]);
  const gaps = dialect.given("gaps", history.gaps, list);
  const ages = dialect.given("ages", history.ages, gaps);
  const silence = dialect.given("silence", history.silence, ages);
  // Where a file has no posts, this is all that is worked out.
  const when = "posted_at IS NOT NULL AND observed_at IS NOT NULL";
  return dialect.given("posts", newestPostsSql(dialect), silence, when);
}
