import { kindNamed } from "./kinds.ts";
import type { FittedPipeline } from "./pipeline.ts";

/** Kinds that look into a text. Whether there is one at all (`missing`) is not among them. */
const TEXT_KINDS: ReadonlySet<string> = new Set(["keywords", "phrases", "textPattern", "textLength"]);

/** Places, from 0, of the features that come from what texts say. */
export function textFeatures({ steps }: FittedPipeline): number[] {
  const fromText = steps.flatMap(({ kind, params }) =>
    kindNamed(kind)
      .outputs(params)
      .map(() => TEXT_KINDS.has(kind)),
  );
  return fromText.flatMap((yes, place) => (yes ? [place] : []));
}
