import { InsightsError, unknownName } from "../base/error.ts";
import type { FeatureKind } from "./feature.ts";
import { column } from "./kinds/column.ts";
import { keywords } from "./kinds/keywords.ts";
import { known } from "./kinds/known.ts";
import { logs } from "./kinds/logs.ts";
import { missing } from "./kinds/missing.ts";
import { posting } from "./kinds/posting.ts";
import { principalComponents } from "./kinds/principalComponents.ts";
import { rate } from "./kinds/rate.ts";
import { ratio } from "./kinds/ratio.ts";

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
  known,
  posting,
  rate,
] as AnyKind[];

/** Kinds of earlier versions, which won nothing on files that a model had not seen: those that looked into texts, and bins. */
const REMOVED: readonly string[] = ["phrases", "textPattern", "textLength", "logBins"];

/**
 * Refuses the pipeline of an earlier version that has kinds of feature, or parameters, which are no more.
 *
 * @param pipeline the contents of a `pipeline.json`, unchecked
 * @throws InsightsError `unknown feature kind: phrases (of an earlier version: train again with insights train)`
 */
export function refuseRemovedKinds(pipeline: unknown): void {
  const { steps } = (pipeline ?? {}) as { steps?: unknown };
  for (const step of Array.isArray(steps) ? steps : []) {
    const { kind, params } = (step ?? {}) as { kind?: unknown; params?: { logarithms?: unknown } };
    const componentsOfLogarithms = kind === principalComponents.kind && params?.logarithms !== undefined;
    if (!componentsOfLogarithms && !REMOVED.includes(String(kind))) continue;
    const what = componentsOfLogarithms ? `${kind} of logarithms` : kind;
    throw new InsightsError(
      `unknown feature kind: ${what} (of an earlier version: train again with insights train)`,
    );
  }
}

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
