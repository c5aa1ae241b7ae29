import { type Dialect, DUCKDB, double, SPARK } from "../features/dialect.ts";

/** How an engine writes what a network is made of: lists of numbers, and functions over them. */
export interface NetworkDialect {
  readonly engine: string;
  readonly features: Dialect;
  /** What has to hold for the query to mean what it says, in words. */
  readonly needs: string;
  /** The same of a query that looks into lists of posts; nothing more where it is empty. */
  readonly needsForPosts: string;
  /** The profile as the first step takes it along, and what the last step gives out of that and of the steps' columns. */
  readonly profile: string;
  result(steps: readonly string[], given: readonly string[]): string;
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
  needsForPosts: "",
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
  // Each function inside of a function takes the analyzer some steps, of which it makes 100.
  needsForPosts:
    "The analyzer has to go deep into what lists are made of: SET spark.sql.analyzer.maxIterations = 1000.",
  profile: "struct(*) AS profile",
  result: (_steps, given) => `profile.*, features, ${given.join(", ")}`,
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
