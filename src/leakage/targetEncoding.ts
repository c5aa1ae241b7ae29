import type { AuditedFeatures } from "./features.ts";
import type { LeakageFinding } from "./finding.ts";

/** More different values than this are no encoding of groups worth the name, and would cost memory. */
const MOST_GROUPS = 2000;

/** Groups from which an exact line is no accident, and from which it is none when the outermost groups are pure. */
const MANY_GROUPS = 8;
const FEW_GROUPS = 4;

/**
 * Finds features that are the mean of the labels of the rows that share their value (target-mean encoding fitted on the very
 * rows): the positive rate of the groups then lies on a straight line exactly, where honest groups scatter about it by
 * chance. Such a feature leaks even where its AUC is modest.
 *
 * All rows are looked at, for a sample of a group has another mean.
 */
export function targetEncodingFindings(
  features: AuditedFeatures,
  madeOf: readonly (readonly string[])[],
  labels: Uint8Array,
): LeakageFinding[] {
  return features.names.flatMap((name, at): LeakageFinding[] => {
    const groups = groupsOf(features, at, labels);
    if (groups === null || !liesOnLine(groups)) return [];
    return [
      {
        severity: "severe",
        code: "target_encoding",
        features: [name],
        columns: madeOf[at],
        message: `${name} is the mean of the labels of the rows that share it, in all of its ${groups.length} groups: it was made from the labels of these very rows.`,
        measure: "groups",
        value: groups.length,
      },
    ];
  });
}

interface Group {
  readonly value: number;
  rows: number;
  positives: number;
}

function groupsOf({ names, values }: AuditedFeatures, at: number, labels: Uint8Array): Group[] | null {
  const groups = new Map<number, Group>();
  for (let row = 0; row < labels.length; row++) {
    const value = values[row * names.length + at];
    let group = groups.get(value);
    if (group === undefined) {
      if (groups.size === MOST_GROUPS) return null;
      group = { value, rows: 0, positives: 0 };
      groups.set(value, group);
    }
    group.rows++;
    group.positives += labels[row];
  }
  return [...groups.values()].sort((a, b) => a.value - b.value);
}

function liesOnLine(groups: readonly Group[]): boolean {
  if (groups.length < FEW_GROUPS || groups.some(({ value }) => Number.isNaN(value))) return false;
  const rate = ({ rows, positives }: Group) => positives / rows;
  const [lowest, highest] = [rate(groups[0]), rate(groups[groups.length - 1])];
  const pure = Math.abs(highest - lowest) === 1;
  if (!pure && groups.length < MANY_GROUPS) return false;
  let rows = 0;
  let [xMean, yMean, sxx, sxy, syy] = [0, 0, 0, 0, 0];
  for (const group of groups) {
    rows += group.rows;
    const step = group.value - xMean;
    const rise = rate(group) - yMean;
    xMean += (group.rows / rows) * step;
    yMean += (group.rows / rows) * rise;
    sxx += group.rows * step * (group.value - xMean);
    syy += group.rows * rise * (rate(group) - yMean);
    sxy += group.rows * step * (rate(group) - yMean);
  }
  if (!(sxx > 0) || syy < 1e-3 * rows) return false;
  const left = syy - (sxy * sxy) / sxx;
  // 32-bit features leave some 1e-13 of it.
  return left < 1e-9 * syy;
}
