import { linearProcedure } from "../../../src/leakage/shuffledLabels.ts";
import { agreeing, column, each, type Plant, pair, sortedByLabel, wide } from "./plant.ts";
import { withFeatures } from "./population.ts";

/** The kinds of leak the audit has to find. */
export const PLANTS: readonly Plant[] = [
  column("the label itself", ({ label }) => label, ["single_feature"]),
  column("the label turned round and scaled", ({ label }) => 7 - 3 * label, ["single_feature"]),
  column(
    "the label with one in twenty wrong",
    ({ label, random }) => (random.uniform() < 0.05 ? 1 - label : label),
    ["single_feature"],
    "warn",
  ),
  column("the label in noise", ({ label, random }) => label + 0.3 * random.normal(), ["single_feature"]),
  column("the source", ({ source }) => source, ["combination"]),
  column("the logarithm of the source", ({ source }) => Math.log(source), ["combination"]),
  column("one over the source", ({ source }) => 1 / source, ["combination"]),
  column("the source, rounded", ({ source }) => Math.round(200 * source) / 200, ["single_feature"]),
  column("the source, 3 % off", ({ source, random }) => source * (1 + 0.03 * random.normal()), [
    "combination",
  ]),
  {
    name: "the rank of the source",
    codes: ["single_feature"],
    severity: "severe",
    features: ["leak"],
    plant: (clean) => {
      const values = clean.input.source?.values ?? new Float64Array(0);
      const sorted = Float64Array.from(values).sort();
      return withFeatures(clean, { leak: values.map((value) => sorted.indexOf(value)) }).input;
    },
  },
  {
    name: "the source in ten bins",
    codes: ["single_feature"],
    severity: "severe",
    features: ["leak"],
    plant: (clean) => {
      const values = clean.input.source?.values ?? new Float64Array(0);
      const sorted = Float64Array.from(values).sort();
      const bin = (value: number) => Math.floor((10 * sorted.indexOf(value)) / sorted.length);
      return withFeatures(clean, { leak: values.map(bin) }).input;
    },
  },
  pair(
    "two parts that add up to the source",
    ({ source, random }) => {
      const share = random.uniform();
      return [source * share, source * (1 - share)];
    },
    ["combination"],
  ),
  pair(
    "two features with the source as their difference",
    ({ source, random }) => {
      const base = 3 * wide(random);
      return [source + base, base];
    },
    ["combination"],
  ),
  pair(
    "two features with the source as their ratio",
    ({ source, random }) => {
      const base = wide(random);
      return [5 * source * base, base + 2];
    },
    ["ratio"],
  ),
  pair(
    "a shifted ratio",
    ({ source, random }) => {
      const base = 1 + wide(random);
      return [source * base - 4, 0.01 * base];
    },
    ["ratio"],
  ),
  pair(
    "two features with the source as their product",
    ({ source, random }) => {
      const base = wide(random);
      return [source / base, base];
    },
    ["product", "combination"],
  ),
  {
    name: "four parts of the source among constants and copies",
    codes: ["combination"],
    severity: "severe",
    features: ["a", "b", "c", "d"],
    plant: (clean, random) => {
      const [a, b, c] = [0, 1, 2].map(() => each(clean, random, () => wide(random)));
      const d = each(clean, random, ({ source, row }) => source - 0.5 * a[row] + 2 * b[row] - c[row]);
      const constant = a.map(() => 4);
      return withFeatures(clean, { a, b, constant, c, d }).input;
    },
  },
  column(
    "a U: the label where the feature is far from its middle",
    ({ label, random }) => (random.uniform() < 0.5 ? -1 : 1) * (label + 0.95 * random.uniform()),
    ["single_feature_bins"],
  ),
  column("stripes", ({ label, random }) => 2 * random.integer(5) + label + 0.97 * random.uniform(), [
    "single_feature_bins",
  ]),
  column("a special value for the positives", ({ label, random }) => (label === 1 ? 0.5 : random.uniform()), [
    "single_feature_bins",
  ]),
  pair(
    "one or the other, but not both",
    ({ label, random }) => {
      const first = random.normal();
      const sign = (first > 0 ? 1 : -1) * (label === 1 ? -1 : 1);
      return [first, sign * Math.abs(random.normal())];
    },
    ["pair"],
    false,
  ),
  pair(
    "two features with a heavy tail and their sum over a limit, source unknown",
    agreeing(
      (random) => [wide(random), wide(random)],
      (first, second) => first + second > 3.5,
    ),
    ["pair"],
    false,
  ),
  pair(
    "inside or outside a circle",
    agreeing(
      (random) => [random.normal(), random.normal()],
      (first, second) => first ** 2 + second ** 2 > 1.4,
    ),
    ["pair"],
    false,
  ),
  column(
    "unknown for nearly all negatives",
    ({ label, random }) => (label === 1 || random.uniform() < 0.02 ? random.normal() : Number.NaN),
    ["single_feature_bins"],
  ),
  column(
    "a flag for what is unknown of the negatives",
    ({ label, random }) => Number(label === 0 && random.uniform() > 0.02),
    ["single_feature"],
  ),
  {
    name: "the mean label of small groups",
    codes: ["target_encoding"],
    severity: "severe",
    features: ["leak"],
    plant: (clean) => {
      // Groups of 12, as of agencies or regions: the mean itself ranks modestly.
      const { labels } = clean.input;
      const groups = Math.ceil(labels.length / 12);
      const sum = new Float64Array(groups);
      const size = new Float64Array(groups);
      labels.forEach((label, row) => {
        sum[row % groups] += label;
        size[row % groups]++;
      });
      return withFeatures(clean, {
        leak: Array.from(labels, (_, row) => sum[row % groups] / size[row % groups]),
      }).input;
    },
  },
  {
    name: "a file sorted by the label, and the row as a feature",
    codes: ["single_feature", "row_order"],
    severity: "severe",
    features: ["leak"],
    plant: (clean) => sortedByLabel(withFeatures(clean, { leak: clean.input.labels.map(() => 0) }), true),
  },
  {
    name: "a file sorted by the label",
    codes: ["row_order"],
    severity: "warn",
    features: [],
    plant: (clean) => sortedByLabel(withFeatures(clean, {}), false),
  },
  {
    name: "accounts on both sides of the split",
    codes: ["repeated_id"],
    severity: "severe",
    features: [],
    plant: ({ input }) => ({
      ...input,
      ids: input.ids?.map((id, row) => (row % 20 === 1 ? "account 0" : id)),
    }),
  },
  {
    name: "rows on both sides of the split under other ids",
    codes: ["repeated_row"],
    severity: "severe",
    features: [],
    plant: ({ input }) => {
      const { names, values } = input.features;
      const copy = values.slice();
      const rows = input.labels.length;
      for (let row = 0; row + 7 < rows; row += 15)
        copy.copyWithin((row + 7) * names.length, row * names.length, (row + 1) * names.length);
      return { ...input, features: { names, values: copy } };
    },
  },
  {
    name: "a feature of the target's own column",
    codes: ["target_column"],
    severity: "severe",
    features: ["leak"],
    plant: (clean, random) => {
      const leak = each(clean, random, () => random.normal());
      return withFeatures(clean, { leak }, { leak: ["followers", "awg_engagement_rate"] }).input;
    },
  },
  {
    name: "posts for the target activity",
    codes: ["target_column"],
    severity: "severe",
    features: ["leak"],
    plant: (clean, random) => {
      const leak = each(clean, random, () => random.normal());
      const { input } = withFeatures(clean, { leak }, { leak: ["like_engagement_rate"] });
      return { ...input, target: { name: "activity", inputs: ["posted_at", "observed_at"] } };
    },
  },
  ...[0, 0.06].map(
    (noise): Plant => ({
      name: `the number of posts listed before a moment, ${noise === 0 ? "on another scale" : "roughly"}`,
      codes: ["cut_off_list"],
      severity: noise === 0 ? "severe" : "warn",
      features: ["leak"],
      plant: (clean, random) =>
        withFeatures(clean, {
          leak: each(clean, random, ({ row }) => {
            const count = Math.log1p(clean.input.listed?.before[row] ?? 0);
            return count + noise * (random.uniform() - 0.5);
          }),
        }).input,
    }),
  ),
  {
    name: "features chosen on all rows before the folds",
    codes: ["shuffled_labels"],
    severity: "severe",
    features: [],
    plant: ({ input }, random) => {
      const rows = input.labels.length;
      const noise = Array.from({ length: 400 }, (_, i) => ({
        name: `noise ${i}`,
        columns: [],
        values: Float64Array.from({ length: rows }, () => random.normal()),
      }));
      const folds = Uint8Array.from(input.parts ?? []);
      const procedure = (labels: Uint8Array) => {
        const covariances = new Map(
          noise.map((feature) => {
            let sum = 0;
            for (let row = 0; row < rows; row++) sum += feature.values[row] * (labels[row] - 0.5);
            return [feature, Math.abs(sum)];
          }),
        );
        const covariance = (feature: (typeof noise)[number]) => covariances.get(feature) ?? 0;
        const chosen = noise.toSorted((a, b) => covariance(b) - covariance(a)).slice(0, 10);
        return linearProcedure(chosen, folds, 5)(labels);
      };
      return { ...input, procedure };
    },
  },
  {
    name: "a model scored on the rows it was trained on",
    codes: ["shuffled_labels"],
    severity: "severe",
    features: [],
    plant: ({ input }, random) => {
      const noise = Array.from({ length: 40 }, (_, i) => ({
        name: `noise ${i}`,
        columns: [],
        values: Float64Array.from(input.labels, () => random.normal()),
      }));
      const procedure = linearProcedure(noise, new Uint8Array(input.labels.length), 1);
      return { ...input, procedure };
    },
  },
  {
    name: "a feature in other units in the rows to score",
    codes: ["score_shift"],
    severity: "severe",
    features: ["leak"],
    plant: (clean, random) => {
      const leak = each(clean, random, () => 0.05 * wide(random));
      const { input } = withFeatures(clean, { leak });
      const { names, values } = input.features;
      const percent = values.map((value, i) => (i % names.length === names.length - 1 ? 100 * value : value));
      return { ...input, score: { names, values: percent } };
    },
  },
];
