import type { Proposal } from "../../profiles/columns/propose.ts";
import { UnknownColumnsError } from "../../profiles/columns/unknownColumnsError.ts";
import type { ColumnGuess } from "../jobs.ts";
import { Problem } from "../problem.ts";

/** How sure a proposal is, as a share. */
const SURE = { sure: 0.95, likely: 0.6, unknown: 0 } as const;

/** Most characters of a value that is shown. */
const LONGEST_VALUE = 200;

/**
 * What a file failed by; where nothing told which column is what, a problem with what each may be, so that a person can say it.
 */
export function withColumns(error: unknown): unknown {
  if (!(error instanceof UnknownColumnsError) || error.proposals.length === 0) return error;
  return new Problem("columns-unknown", error.message, undefined, { columns: error.proposals.map(guessOf) });
}

function guessOf({ column, canonical, sureness, why, examples }: Proposal): ColumnGuess {
  const [name, values] = ["name", "values"].map((word) => why.includes(word));
  const by = name && values ? "both" : values ? "values" : "name";
  return {
    name: column,
    values: examples.map((example) => example.slice(0, LONGEST_VALUE)),
    guesses: canonical === null ? [] : [{ canonical, sure: SURE[sureness], by }],
  };
}
