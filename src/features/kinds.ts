import { unknownName } from "../base/error.ts";
import type { FeatureKind } from "./feature.ts";
import { column } from "./kinds/column.ts";
import { keywords } from "./kinds/keywords.ts";
import { logBins } from "./kinds/logBins.ts";
import { logs } from "./kinds/logs.ts";
import { missing } from "./kinds/missing.ts";
import { phrases } from "./kinds/phrases.ts";
import { principalComponents } from "./kinds/principalComponents.ts";
import { ratio } from "./kinds/ratio.ts";
import { textLength } from "./kinds/textLength.ts";
import { textPattern } from "./kinds/textPattern.ts";

/** A kind whose parameters have been checked against its own schema, which is all a pipeline needs to know of it. */
type AnyKind = FeatureKind<unknown, unknown>;

/** All kinds of feature. A new one is a file in `kinds/`, a name here, and a case in the contract suite. */
export const KINDS: readonly AnyKind[] = [
  keywords,
  principalComponents,
  missing,
  ratio,
  column,
  logs,
  logBins,
  phrases,
  textPattern,
  textLength,
] as AnyKind[];

/**
 * The kind of that name.
 *
 * @throws InsightsError `unknown feature kind: x (expected ...)`
 */
export function kindNamed(name: string): AnyKind {
  const found = KINDS.find(({ kind }) => kind === name);
  if (found === undefined) {
    throw unknownName(
      "feature kind",
      name,
      KINDS.map(({ kind }) => kind),
    );
  }
  return found;
}
