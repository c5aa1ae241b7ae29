import { z } from "zod";
import { EXPRESSIONS, NUMBERS, tensors } from "../arithmetic.ts";
import { type Dialect, DUCKDB } from "../dialect.ts";
import type { FeatureKind } from "../feature.ts";
import {
  HISTORY_FEATURES,
  historyFeatures,
  historyOf,
  NEWEST_POSTS,
  newestPosts,
  newestPostsOnnx,
  newestPostsSql,
  secondsOf,
} from "../history.ts";
import { quantilesSql, standard, standardised, standardOf, standardOnnx, standardSql } from "../standard.ts";

const params = z.strictObject({});
const fitted = z.strictObject({
  /** How each feature is standardised, in the order of their names. */
  standards: z.array(standard).length(HISTORY_FEATURES.length),
});

/**
 * How an account posts, by its newest ten posts as of the snapshot: how long it has been silent, how long its gaps are, how the two
 * compare. `posts_known` is 1 where there is a dated post and a snapshot; all the others are standardised, and 0 where unknown.
 */
export const posting: FeatureKind<z.infer<typeof params>, z.infer<typeof fitted>> = {
  kind: "posting",
  params,
  fitted,
  inputs: () => ["posted_at", "observed_at", "created_at"],
  outputs: () => ["posts_known", ...HISTORY_FEATURES],
  async fit(aggregate, relation) {
    const list = HISTORY_FEATURES.map((_, i) => `${quantilesSql(`features[${i + 2}]`)} AS q${i}`);
    const [row] = await aggregate(
      `SELECT ${list.join(", ")} FROM (SELECT ${featuresSql(DUCKDB)} AS features FROM ${relation})`,
    );
    return { standards: HISTORY_FEATURES.map((_, i) => standardOf(row[`q${i}`])) };
  },
  sql(_params, { standards }, dialect) {
    // One list that all features are elements of: an engine works out once what is written the same.
    const features = featuresSql(dialect);
    const known = `coalesce(${dialect.element(features, 1)}, 0e0)`;
    return [known, ...standards.map((one, i) => standardSql(dialect.element(features, i + 2), one))];
  },
  onnx(_params, { standards }, graph) {
    const math = tensors(graph);
    const posts = newestPostsOnnx(graph);
    const history = historyOf(math, posts, graph.seconds("observed_at"), graph.seconds("created_at"));
    const features = historyFeatures(math, history);
    const scaled = HISTORY_FEATURES.map((name, i) => standardOnnx(features[name], standards[i], graph));
    return graph.beside([math.known(posts[0]), ...scaled]);
  },
  twin(_params, { standards }) {
    return (profile, into, at) => {
      const posts = newestPosts(profile);
      const moments = [secondsOf(profile.observed_at), secondsOf(profile.created_at)] as const;
      const features = historyFeatures(NUMBERS, historyOf(NUMBERS, posts, ...moments));
      into[at] = NUMBERS.known(posts[0]);
      HISTORY_FEATURES.forEach((name, i) => {
        into[at + 1 + i] = standardised(features[name], standards[i]);
      });
    };
  },
};

/** A list of DOUBLE: whether there is a post (1 or 0), then the features, NULL where unknown. */
function featuresSql(dialect: Dialect): string {
  const places = (list: string, count: number, from = 1) =>
    Array.from({ length: count }, (_, i) => dialect.element(list, from + i));
  const { ages, gaps, account } = historyOf(
    EXPRESSIONS,
    places("posts", NEWEST_POSTS),
    dialect.seconds("observed_at"),
    dialect.seconds("created_at"),
  );
  const named = {
    ages: places("history", ages.length),
    gaps: places("history", gaps.length, ages.length + 1),
    account: dialect.element("history", ages.length + gaps.length + 1),
  };
  const features = historyFeatures(EXPRESSIONS, named);
  const known = EXPRESSIONS.known(named.ages[0]);
  const list = dialect.list([known, ...HISTORY_FEATURES.map((name) => features[name])]);
  const history = dialect.given("history", dialect.list([...ages, ...gaps, account]), list);
  return dialect.given("posts", newestPostsSql(dialect), history);
}
