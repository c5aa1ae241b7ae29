import { listed } from "../base/words.ts";
import type { LeakageFinding } from "./finding.ts";

/** What the audit has to know of a target. */
export interface AuditedTarget {
  readonly name: string;
  /** Columns it was made of. */
  readonly inputs: readonly string[];
}

/** Columns that say how others answered an account or when it posted: what `activity`, `above_norm` and `creator` are about. */
const POSTS_AND_RATES = [
  "posted_at",
  "like_engagement_rate",
  "comment_engagement_rate",
  "awg_engagement_rate",
] as const;

/** Columns that are by definition the sum of others. */
const SUMS: Readonly<Record<string, readonly string[]>> = {
  awg_engagement_rate: ["like_engagement_rate", "comment_engagement_rate"],
};

/** Targets about posting or about being answered better than usual, whatever else they read. */
const ABOUT_ACTIVITY: ReadonlySet<string> = new Set(["activity", "above_norm", "creator"]);

/**
 * The columns that no honest feature may be made of: what the target was made of, its parts (`awg_engagement_rate` is the
 * sum of two rates), and sums it is a part of. For `activity`, `above_norm` and `creator` it is everything derived from posts
 * and rates, and nothing else: the last two also read `followers`, but only to know what is normal for the size, which by construction
 * cancels.
 */
export function leakyColumns(target: AuditedTarget): Set<string> {
  if (ABOUT_ACTIVITY.has(target.name)) return new Set(POSTS_AND_RATES);
  const leaky = new Set(target.inputs);
  for (const input of target.inputs) {
    for (const part of SUMS[input] ?? []) leaky.add(part);
    for (const [sum, parts] of Object.entries(SUMS)) if (parts.includes(input)) leaky.add(sum);
  }
  return leaky;
}

/**
 * Finds features made of the target's own columns: one finding for the features that share them.
 *
 * @param names features
 * @param madeOf the columns each is made of
 */
export function targetColumnFindings(
  names: readonly string[],
  madeOf: readonly (readonly string[])[],
  target: AuditedTarget,
): LeakageFinding[] {
  const leaky = leakyColumns(target);
  const found = new Map<string, { features: string[]; columns: string[]; severe: boolean }>();
  names.forEach((name, i) => {
    const shared = madeOf[i].filter((column) => leaky.has(column));
    // When a row was read is in every date, and says nothing of anybody.
    const norm = madeOf[i].filter((column) => target.inputs.includes(column) && column !== "observed_at");
    const columns = shared.length > 0 ? shared : norm;
    if (columns.length === 0) return;
    const key = columns.join();
    const group = found.get(key) ?? { features: [], columns, severe: shared.length > 0 };
    group.features.push(name);
    found.set(key, group);
  });
  return [...found.values()].map(({ features, columns, severe }) => {
    const why = severe
      ? reason(columns, target)
      : `only tells the target ${target.name} what is normal, and alone says nothing of the label`;
    const are = features.length === 1 ? "is" : "are";
    const same = features.join() === columns.join();
    return {
      severity: severe ? "severe" : "info",
      code: severe ? "target_column" : "norm_column",
      features,
      columns,
      message: same
        ? `${columns[0]} ${why}.`
        : `${listed(features)} ${are} made of ${listed(columns)}, which ${why}.`,
      measure: "features",
      value: features.length,
    };
  });
}

/** Why columns leak: what comes after their names. */
function reason(columns: readonly string[], { name, inputs }: AuditedTarget): string {
  if (columns.some((column) => inputs.includes(column))) return `went into the target ${name}`;
  if (ABOUT_ACTIVITY.has(name)) return `tells of posts or of the answers to them, as does the target ${name}`;
  const sum = inputs.find((input) => SUMS[input]?.some((part) => columns.includes(part)));
  if (sum !== undefined) return `went into ${sum}, and that into the target ${name}`;
  const parts = inputs.filter((input) => columns.some((column) => SUMS[column]?.includes(input)));
  return `has ${listed(parts)} in it, and so has the target ${name}`;
}
