import { columnInWords } from "../features/featureGroups.ts";
import type { DependenceCurve } from "../figures/partialDependence.ts";
import { CANONICAL_COLUMNS, isCanonical } from "../profiles/canonical.ts";
import type { Dependence } from "./inside.ts";

const YEAR = 365.25;

/** Partial dependences as a figure draws them: columns by their names for people, the account's age in years. */
export function dependenceCurves(dependences: readonly Dependence[]): DependenceCurve[] {
  return dependences.map(({ column, points, density }) => {
    const known = isCanonical(column);
    const unit = known ? 1 : YEAR;
    return {
      label: known ? columnInWords(column) : "account age in years",
      flag: known && CANONICAL_COLUMNS[column].type === "BOOLEAN",
      points: points.map((point) => ({ ...point, value: point.value / unit })),
      density: { edges: density.edges.map((edge) => edge / unit), counts: density.counts },
    };
  });
}
