/**
 * How many posts come within 30 days, against what the list expects: cuts the histories of a file at the snapshot less 30 days,
 * hides what came after, and asks how often the interval of 80 % holds the number that came: for accounts that went on, and for all
 * of them, by the chance that the days since the last post give. Fits the prior anew and prints it beside the one in the code.
 *
 *   npm run bench:expected [-- FILE]
 */
import { fileURLToPath } from "node:url";
import { Random } from "../src/base/random.ts";
import { sigmoid } from "../src/base/statistics.ts";
import { fitLogisticRegression } from "../src/evaluation/logisticRegression.ts";
import {
  expectedPosts,
  POSTS_PRIOR,
  type PostingFacts,
  type PostsPrior,
  postingFacts,
} from "../src/explain/postingFacts.ts";
import { readProfiles } from "../src/profiles/read.ts";

const beside = fileURLToPath(new URL("../../shared/data/tiktok.csv", import.meta.url));
const [file = beside] = process.argv.slice(2);
const DAYS = 30;
const FOLDS = 5;
const SEED = 1;

interface Example {
  readonly before: PostingFacts;
  readonly came: number;
}

/** ln P(came | it went on), by the recursion of the negative binomial distribution. */
function logLikelihood(prior: PostsPrior, { before, came }: Example): number {
  const { newest_gaps: gaps, newest_span: span, days_since_last_post: silence } = before;
  const shape = prior.posts + prior.weight * gaps;
  const rate = prior.days + prior.weight * (span + Math.min(silence, DAYS));
  const none = (rate / (rate + DAYS)) ** shape;
  let mass = Math.log(none);
  for (let n = 0; n < came; n++) mass += Math.log(((shape + n) / (n + 1)) * (DAYS / (rate + DAYS)));
  return mass - Math.log1p(-none);
}

const meanOf = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
const likelihood = (prior: PostsPrior, examples: readonly Example[]) =>
  meanOf(examples.map((example) => logLikelihood(prior, example)));

/** The prior of the greatest likelihood, by steps that shrink in each direction. */
function fit(examples: readonly Example[]): PostsPrior {
  let best: PostsPrior = { posts: 1, days: 3, weight: 0.2 };
  let most = likelihood(best, examples);
  for (let step = 2; step > 1.005; ) {
    const tries = (["posts", "days", "weight"] as const).flatMap((name) => [
      { ...best, [name]: best[name] * step },
      { ...best, [name]: best[name] / step },
    ]);
    const found = tries.map((prior) => ({ prior, value: likelihood(prior, examples) }));
    const top = found.reduce((a, b) => (b.value > a.value ? b : a));
    if (top.value > most) [best, most] = [top.prior, top.value];
    else step = Math.sqrt(step);
  }
  return best;
}

const percent = (value: number) => `${(100 * value).toFixed(1)} %`;

/** @param goesOn chances of going on, one an example */
function report(
  name: string,
  examples: readonly Example[],
  goesOn: ArrayLike<number>,
  priorOf: (row: number) => PostsPrior,
) {
  const told = examples.map(({ before, came }, row) => ({
    ...expectedPosts(before, goesOn[row], DAYS, priorOf(row)),
    came,
  }));
  const share = (test: (one: (typeof told)[number]) => boolean) =>
    percent(meanOf(told.map((one) => Number(test(one)))));
  const inside = share(({ came, low, high }) => came >= low && came <= high);
  const [below, above] = [share(({ came, low }) => came < low), share(({ came, high }) => came > high)];
  console.log(
    `${name}: ${inside} inside, ${below} below, ${above} above; ${meanOf(told.map(({ mean }) => mean)).toFixed(2)} posts expected, ${meanOf(told.map(({ came }) => came)).toFixed(2)} came`,
  );
}

/** The chance that a post comes, by the days since the last one alone: logistic regression on the accounts of the other folds. */
function chancesByFold(examples: readonly Example[], foldOf: ReadonlyMap<number, number>): Float64Array {
  const silences = examples.map(({ before }) => Math.log1p(before.days_since_last_post));
  const chances = new Float64Array(examples.length);
  for (let fold = 0; fold < FOLDS; fold++) {
    const others = [...examples.keys()].filter((row) => foldOf.get(row) !== fold);
    const { coefficients, intercept } = fitLogisticRegression(
      [Float64Array.from(others, (row) => silences[row])],
      Float64Array.from(others, (row) => Number(examples[row].came > 0)),
    );
    for (const row of examples.keys())
      if (foldOf.get(row) === fold) chances[row] = sigmoid(coefficients[0] * silences[row] + intercept);
  }
  return chances;
}

const profiles = await readProfiles(file);
const reader = await profiles.connection.runAndReadAll(
  `SELECT list_transform(posted_at, lambda post: epoch(post)), epoch(observed_at) FROM ${profiles.table}
   WHERE observed_at IS NOT NULL AND len(posted_at) > 0 ORDER BY "row"`,
);
const examples = reader.getRowsJS().flatMap(([posts, observed]): Example[] => {
  const cut = Number(observed) - DAYS * 86_400;
  const moments = (posts as (number | null)[]).filter((post) => post !== null);
  const before = postingFacts(
    moments.filter((post) => post <= cut),
    cut,
  );
  return before === null ? [] : [{ before, came: new Set(moments.filter((post) => post > cut)).size }];
});
await profiles.close();
const wentOn = examples.filter(({ came }) => came > 0);
console.log(`${examples.length} accounts, ${wentOn.length} posted within ${DAYS} days after the cut`);
const silent = examples.filter(({ before }) => before.unusually_silent);
const back = (some: readonly Example[]) =>
  `${(100 * meanOf(some.map(({ came }) => Number(came > 0)))).toFixed(1)} %`;
console.log(
  `silent for longer than 19 of 20 gaps: ${silent.length}, of whom ${back(silent)} posted; of the others ${back(examples.filter(({ before }) => !before.unusually_silent))}`,
);
const fitted = fit(wentOn);
console.log(`prior in the code ${JSON.stringify(POSTS_PRIOR)}, fitted here ${JSON.stringify(fitted)}`);
const certain = new Float64Array(wentOn.length).fill(1);
report("went on, prior in the code", wentOn, certain, () => POSTS_PRIOR);
const order = new Random(SEED).shuffle(Int32Array.from(examples.keys()));
const foldOf = new Map([...order].map((row, place) => [row, place % FOLDS]));
const priors = Array.from({ length: FOLDS }, (_, fold) =>
  fit(examples.filter(({ came }, row) => came > 0 && foldOf.get(row) !== fold)),
);
const rowOf = new Map(examples.map((example, row) => [example, row]));
const priorOf = (example: Example) => priors[foldOf.get(rowOf.get(example) as number) as number];
report("went on, prior of other accounts", wentOn, certain, (row) => priorOf(wentOn[row]));
report("all, prior of other accounts", examples, chancesByFold(examples, foldOf), (row) =>
  priorOf(examples[row]),
);
