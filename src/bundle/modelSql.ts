import type { Calibration } from "../evaluation/calibration.ts";
import { type Dialect, DUCKDB, double, SPARK } from "../features/dialect.ts";
import { pipelineInputs, pipelineSql } from "../features/pipeline.ts";
import { hiddenUnits, type Layer, type Network } from "../network/network.ts";
import { ensembleOf, type Model } from "./model.ts";

/** How an engine writes what a network is made of: lists of numbers, and functions over them. */
interface NetworkDialect {
  readonly engine: string;
  readonly features: Dialect;
  /** What has to hold for the query to mean what it says, in words. */
  readonly needs: string;
  /** The profile as the first step takes it along, and what the last step gives out of that and of the steps' columns. */
  readonly profile: string;
  result(steps: readonly string[]): string;
  /** A record of named values. */
  record(fields: readonly (readonly [name: string, expression: string])[]): string;
  /** A row of 32-bit numbers. */
  row(expressions: readonly string[]): string;
  /** Weights as a constant: rows of numbers, in lists of `depth` levels. */
  weights(json: string, columns: number, depth: 1 | 2): string;
  /**
   * For each network the sums of its units: `unit` runs over the rows of `weights`; those of the n-th network meet `inputs`,
   * where `shared`, else the n-th of `inputs`. Below 0 they become 0, and a 1 is appended, which meets the next bias.
   */
  hidden(weights: string, inputs: string, shared: boolean, units: number): string;
  /** For each network its one logit. `shared` as above. */
  last(weights: string, inputs: string, shared: boolean): string;
  /** The sum of the products of two lists of numbers. */
  weightedSum(list: string, weights: readonly number[]): string;
}

const DUCKDB_NETWORK: NetworkDialect = {
  engine: "DuckDB, 1.3 or later",
  features: DUCKDB,
  needs: "Timestamps are UTC.",
  profile: "*",
  result: (steps) => `* EXCLUDE (${steps.join(", ")})`,
  record: (fields) =>
    `struct_pack(\n${fields.map(([name, expression]) => `      ${name} := ${expression}`).join(",\n")}\n    )`,
  row: (expressions) => `CAST([${expressions.join(", ")}] AS FLOAT[${expressions.length}])`,
  weights: (json, columns, depth) => `CAST('${json}' AS FLOAT[${columns}]${"[]".repeat(depth)})`,
  hidden(weights, inputs, shared, units) {
    const sums = `list_transform(network, lambda unit: greatest(array_inner_product(${inputs}${shared ? "" : "[n]"}, unit), 0))`;
    return `list_transform(${weights},\n      lambda network, n: CAST(list_append(${sums}, 1) AS FLOAT[${units + 1}]))`;
  },
  last: (weights, inputs, shared) =>
    `list_transform(${weights},\n      lambda unit, n: CAST(array_inner_product(${inputs}${shared ? "" : "[n]"}, unit) AS DOUBLE))`,
  weightedSum: (list, weights) => `list_inner_product(${list}, [${weights.map(double).join(", ")}])`,
};

const SPARK_NETWORK: NetworkDialect = {
  engine: "Spark SQL, 3.4 or later",
  features: SPARK,
  needs: "The session's time zone has to be UTC (SET TIME ZONE 'UTC') where timestamps come without one.",
  profile: "struct(*) AS profile",
  result: () => "profile.*, features, logit, probability",
  record: (fields) =>
    `named_struct(\n${fields.map(([name, expression]) => `      '${name}', ${expression}`).join(",\n")}\n    )`,
  // Rounded to 32 bits, as the network is trained on them; summed in 64.
  row: (expressions) => `transform(array(${expressions.join(", ")}), x -> CAST(CAST(x AS FLOAT) AS DOUBLE))`,
  // Parsed once, when the query is planned.
  weights: (json, _columns, depth) =>
    `from_json('${json}', '${"array<".repeat(depth)}array<double>${">".repeat(depth)}')`,
  hidden(weights, inputs, shared) {
    const sum = sparkInnerProduct(shared ? "x" : "x[n]");
    return sparkOnce(
      inputs,
      `transform(${weights},\n      (network, n) -> concat(transform(network, unit -> greatest(${sum}, 0D)), array(1D)))`,
    );
  },
  last: (weights, inputs, shared) =>
    sparkOnce(
      inputs,
      `transform(${weights},\n      (unit, n) -> ${sparkInnerProduct(shared ? "x" : "x[n]")})`,
    ),
  weightedSum: (list, weights) =>
    `aggregate(zip_with(${list}, array(${weights.map(double).join(", ")}), (a, b) -> a * b), 0D, (sum, x) -> sum + x)`,
};

/**
 * An expression of `x`, which stands for `inputs`. Spark writes a column's own expression wherever the column is read, inside
 * a function of a list too, where it would be evaluated for each element; the argument of a function is evaluated once.
 */
function sparkOnce(inputs: string, expression: string): string {
  return `transform(array(${inputs}), x -> ${expression})[0]`;
}

function sparkInnerProduct(inputs: string): string {
  return `aggregate(zip_with(${inputs}, unit, (a, b) -> a * b), 0D, (sum, x) -> sum + x)`;
}

/** The engines that a model can be written for. */
export const SQL_ENGINES = { duckdb: DUCKDB_NETWORK, spark: SPARK_NETWORK } as const;

/** Name of an engine. */
export type SqlEngine = keyof typeof SQL_ENGINES;

/**
 * A whole model as one query over a relation `profiles` with the canonical columns that the features read: all its columns,
 * then `features` (a record of numbers), `logit`, `probability` and `active`. For reading, and for warehouses where nothing
 * but SQL runs; the network inside the graph is many times faster.
 */
export function modelSql(model: Model, engine: SqlEngine): string {
  const dialect = SQL_ENGINES[engine];
  const features = pipelineSql(model.pipeline, dialect.features);
  const names = features.map(({ name }) => name);
  const columns = pipelineInputs(model.pipeline);
  const { networks, weights } = ensembleOf(model.network);
  const record = dialect.record(features.map(({ name, expression }) => [name, expression]));
  const inputs = dialect.row([...names.map((name) => `features.${name}`), "1e0"]);
  const steps = [...networks[0].layers.map((_, i) => `x${i}`), "logits", "calibrated_logit"];
  return `${heading(model, dialect, columns)}
WITH
  -- What the network sees: ${names.length} numbers, made of the profile's columns.
  prepared AS (
    SELECT ${dialect.profile}, ${record} AS features
    FROM profiles
  ),
  -- The same as a row; the 1 at its end meets the bias, which is the last weight of each unit.
  inputs AS (
    SELECT *, ${inputs} AS x0
    FROM prepared
  ),
${layersSql(networks, dialect)}
  -- The mean of the networks' logits, each as much as it counts.
  score AS (
    SELECT *, ${dialect.weightedSum("logits", weights)} AS logit
    FROM network
  ),
  -- ${calibrationWords(model.calibration)}
  calibrated AS (
    SELECT *, ${calibrationSql(model.calibration)} AS calibrated_logit
    FROM score
  ),
  -- 1 / (1 + exp(-z)), without overflow.
  result AS (
    SELECT *, CASE WHEN calibrated_logit >= 0 THEN 1 / (1 + exp(-calibrated_logit))
      ELSE exp(calibrated_logit) / (1 + exp(calibrated_logit)) END AS probability
    FROM calibrated
  )
SELECT
  ${dialect.result(steps)},
  CAST(probability >= ${double(model.threshold)} AS INTEGER) AS active
FROM result
`;
}

function heading(model: Model, { engine, needs }: NetworkDialect, columns: readonly string[]): string {
  const { networks } = ensembleOf(model.network);
  const units = hiddenUnits(networks[0]).join(", ") || "no";
  const numbers = networks
    .flatMap(({ layers }) => layers)
    .reduce((sum, { weight, bias }) => sum + weight.length + bias.length, 0);
  return [
    `-- ${engine}. A model that tells who is active, made ${model.created_at}: preset ${model.pipeline.preset},`,
    `-- target ${oneLine(model.target.wording ?? model.target.name)}; ${networks.length === 1 ? "one network" : `${networks.length} networks`} of ${units} hidden units, ${numbers} weights.`,
    `-- Reads the relation profiles with the columns ${columns.join(", ")};`,
    "-- one that is not known is NULL AS its name. Gives its columns, the features, logit, probability and active.",
    `-- ${needs}`,
  ].join("\n");
}

/** A user's words as a comment: nothing of them may end its line. */
function oneLine(text: string): string {
  return text.replace(/\s+/g, " ");
}

function layersSql(networks: readonly Network[], dialect: NetworkDialect): string {
  const [{ layers }] = networks;
  return layers
    .map(({ inputs, outputs }, i) => {
      const rows = networks.map((network) => unitsOf(network.layers[i]));
      const from = i === 0 ? "inputs" : `layer${i}`;
      const columns = inputs + 1;
      if (i < layers.length - 1) {
        const weights = dialect.weights(JSON.stringify(rows), columns, 2);
        return `  -- Layer ${i + 1}: for each network ${outputs} units of ${inputs} weights and a bias; below 0 they are 0.
  layer${i + 1} AS (
    SELECT *, ${dialect.hidden(weights, `x${i}`, i === 0, outputs)} AS x${i + 1}
    FROM ${from}
  ),`;
      }
      const weights = dialect.weights(JSON.stringify(rows.map(([unit]) => unit)), columns, 1);
      return `  -- The last layer: one logit a network.
  network AS (
    SELECT *, ${dialect.last(weights, `x${i}`, i === 0)} AS logits
    FROM ${from}
  ),`;
    })
    .join("\n");
}

/** The weights of each unit, and its bias after them. A 32-bit number is written with the digits that tell it from all others. */
function unitsOf({ weight, bias, inputs }: Layer): number[][] {
  return Array.from(bias, (last, unit) =>
    [...weight.subarray(unit * inputs, (unit + 1) * inputs), last].map(shortest),
  );
}

function shortest(value: number): number {
  return Number(value.toPrecision(9));
}

function calibrationWords(calibration: Calibration | undefined): string {
  if (calibration === undefined) return "Not calibrated.";
  return calibration.method === "platt" ? "Calibration after Platt." : "Beta calibration.";
}

function calibrationSql(calibration: Calibration | undefined): string {
  if (calibration === undefined) return "logit";
  const { intercept } = calibration;
  if (calibration.method === "platt") return `${double(calibration.slope)} * logit + ${double(intercept)}`;
  const softplus = (z: string) => `(greatest(${z}, 0e0) + ln(1e0 + exp(-abs(logit))))`;
  return `${double(-calibration.rise)} * ${softplus("-logit")} + ${double(calibration.fall)} * ${softplus("logit")} + ${double(intercept)}`;
}
