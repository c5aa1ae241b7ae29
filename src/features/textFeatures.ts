import { kindNamed } from "./kinds.ts";
import type { FittedPipeline } from "./pipeline.ts";

/** Kinds that look into a text. Whether there is one at all (`missing`) is not among them. */
const TEXT_KINDS: ReadonlySet<string> = new Set(["keywords", "phrases", "textPattern", "textLength"]);

/** Whether a kind looks into a text. */
export function isTextKind(kind: string): boolean {
  return TEXT_KINDS.has(kind);
}

/** Places, from 0, of the features that come from what texts say. */
export function textFeatures({ steps }: FittedPipeline): number[] {
  const fromText = steps.flatMap(({ kind, params }) =>
    kindNamed(kind)
      .outputs(params)
      .map(() => isTextKind(kind)),
  );
  return fromText.flatMap((yes, place) => (yes ? [place] : []));
}

/**
 * Places, from 0, of the features that ask for the snapshot and are 0 where it is unknown. A file may have none, so that a
 * network has to get along without them.
 */
export function snapshotFeatures({ steps }: FittedPipeline): number[] {
  const fromSnapshot = steps.flatMap(({ kind, params }) => {
    const known = kindNamed(kind);
    const asks = kind === "logs" && known.inputs(params).includes("observed_at");
    return known.outputs(params).map(() => asks);
  });
  return fromSnapshot.flatMap((yes, place) => (yes ? [place] : []));
}
