import { quoteIdentifier, withoutFormula, withoutFormulaSql } from "../base/quote.ts";
import { asksQuestions } from "../bundle/answers.ts";
import type { Model } from "../bundle/model.ts";
import { double } from "../features/dialect.ts";
import type { Scan } from "../profiles/scan/scan.ts";
import type { ModelFunction } from "./networkFunction.ts";
import { WRONG } from "./rejectedFunction.ts";

/** What is asked of a scan. */
export interface ScoringQuery {
  readonly scan: Pick<Scan, "unnumbered">;
  readonly model: Model;
  readonly scorer: Pick<ModelFunction, "parameters" | "call">;
  /** Takes notes of a row with something wrong, and is below 0. */
  readonly noted: string;
  /** Rows of the scan, where not all are wanted. */
  readonly rows: { readonly from: number; readonly to: number } | undefined;
  /** Source columns that are written too; without it only the id and ours. */
  readonly columns: readonly string[] | undefined;
  /** Whether a spreadsheet may open the result, which then must run no text of the file as a formula. */
  readonly spreadsheet: boolean;
}

/** The query from a scan to what is written: a row for each that is not rejected. */
export function scoringQuery({
  scan,
  model,
  scorer,
  noted,
  rows,
  columns,
  spreadsheet,
}: ScoringQuery): string {
  const range = rows === undefined ? "" : ` WHERE "row" >= ${rows.from} AND "row" < ${rows.to}`;
  const scanned = `SELECT * FROM (${scan.unnumbered})${range}`;
  const questions = asksQuestions(model);
  const { parameters, call } = scorer;
  // Features of posting share a list. DuckDB works out once what is written twice, but not inside of CASE.
  const names = parameters.map((_, i) => `_${i}`);
  const features = parameters.map((expression, i) => `${expression} AS ${names[i]}`);
  const from = questions ? `SELECT *, ${features.join(", ")} FROM (${scanned})` : scanned;
  // DuckDB moves a condition on _reason below the steps to it, and takes them all twice. It does not move one on a volatile function.
  const scored = `CASE WHEN _reason IS NULL THEN ${call(questions ? names : parameters)} END`;
  const kept = (columns ?? []).map((name) => quoteIdentifier(`column:${name}`));
  const id = columns === undefined ? ["coalesce(id, account_id) AS id"] : [];
  const note = `CASE WHEN ${WRONG} THEN ${noted} END`;
  const inner = [...id, ...kept, `${scored} AS _scored`, `${note} AS _noted`].join(", ");
  const safely = (value: string) => (spreadsheet ? withoutFormulaSql(`CAST(${value} AS VARCHAR)`) : value);
  const named = (name: string) => quoteIdentifier(spreadsheet ? withoutFormula(name) : name);
  const theirs = columns?.map((name, i) => `${safely(kept[i])} AS ${named(name)}`) ?? [
    `${safely("id")} AS id`,
  ];
  const ours = Object.entries(results(model, questions)).map(
    ([name, expression]) => `${expression} AS ${resultName(name, columns)}`,
  );
  const p = questions ? "_scored.probability" : "_scored";
  return `SELECT ${[...theirs, ...ours].join(", ")} FROM (SELECT ${inner} FROM (${from})) WHERE ${p} >= 0 AND coalesce(_noted, 0) < 1`;
}

/** Our columns as SQL over `_scored`. */
function results({ threshold }: Model, questions: boolean): Readonly<Record<string, string>> {
  const active = (p: string) => `CAST(${p} >= ${double(threshold)} AS INTEGER)`;
  if (!questions) return { probability: "_scored", active: active("_scored") };
  return {
    probability: "_scored.probability",
    active: active("_scored.probability"),
    still_posting: "_scored.still_posting",
    well_answered: "_scored.well_answered",
    evidence: "CAST(_scored.evidence AS VARCHAR)",
  };
}

/** Name of a column of ours beside the file's own. */
function resultName(name: string, columns: readonly string[] | undefined): string {
  const taken = columns?.some((column) => column.toLowerCase() === name) === true;
  return taken ? `model_${name}` : name;
}
