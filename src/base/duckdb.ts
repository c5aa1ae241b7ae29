import { createRequire } from "node:module";

/**
 * What DuckDB's package gives that is there at run time; types are imported from the package itself. It is loaded as the CommonJS that it is:
 * for an `import` Node reads through all of its files beforehand, in search of names, which takes as long as loading them.
 */
const duckdb: typeof import("@duckdb/node-api") = createRequire(import.meta.url)("@duckdb/node-api");

export const {
  BIGINT,
  BOOLEAN,
  DOUBLE,
  DuckDBInstance,
  DuckDBScalarFunction,
  DuckDBTableFunction,
  LIST,
  listValue,
  VARCHAR,
  version,
} = duckdb;
