import { type LeakageFinding, listed } from "./finding.ts";

/** What the audit has to know of a target. */
export interface AuditedTarget {
  readonly name: string;
  /** Columns it was made of. */
  readonly inputs: readonly string[];
}

/** Columns that say how others answered an account or when it posted: what `activity` and `creator` are about. */
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
const ABOUT_ACTIVITY: ReadonlySet<string> = new Set(["activity", "creator"]);

/**
 * The columns that no honest feature may be made of: what the target was made of, its parts (`awg_engagement_rate` is the
 * sum of two rates), and sums it is a part of. For `activity` and `creator` it is everything derived from posts and rates,
 * and nothing else: `creator` also reads `followers`, but only to know what is normal for the size, which by construction
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
 * Finds features made of the target's own columns.
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
  return names.flatMap((name, i): LeakageFinding[] => {
    const shared = madeOf[i].filter((column) => leaky.has(column));
    const finding = { features: [name], measure: "columns" };
    if (shared.length > 0) {
      const own = shared.filter((column) => target.inputs.includes(column));
      const how =
        own.length > 0
          ? `which the target ${target.name} was made of`
          : ABOUT_ACTIVITY.has(target.name)
            ? `which tells of posts or of the answers to them, and so does the target ${target.name}`
            : `which is a part of what the target ${target.name} was made of, or the other way round`;
      const columns = own.length > 0 ? own : shared;
      return [
        {
          ...finding,
          severity: "severe",
          code: "target_column",
          columns,
          message: `${name} is made of ${listed(columns)}, ${how}.`,
          value: columns.length,
        },
      ];
    }
    const norm = madeOf[i].filter((column) => target.inputs.includes(column) && column !== "observed_at");
    if (norm.length === 0) return [];
    return [
      {
        ...finding,
        severity: "info",
        code: "norm_column",
        columns: norm,
        message: `${name} is made of ${listed(norm)}, which the target ${target.name} uses to know what is normal; that alone says nothing of the label.`,
        value: norm.length,
      },
    ];
  });
}
