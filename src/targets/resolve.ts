import { InsightsError, unknownName } from "../base/error.ts";
import { isCanonical } from "../profiles/canonical.ts";
import { keptName } from "../profiles/mapping.ts";
import { conditionTarget } from "./condition.ts";
import { flagSql } from "./flags.ts";
import { activity, creator, engagement } from "./named.ts";
import { fixedTarget, type TargetDefinition } from "./target.ts";

/** Targets by name, the recommended one first. A new one is a function in `named.ts` and an entry here. */
const TARGETS: Readonly<Record<string, (options: TargetOptions) => TargetDefinition>> = {
  creator: ({ activeDays }) => creator(activeDays),
  activity: ({ activeDays }) => activity(activeDays),
  engagement: () => fixedTarget(engagement),
};

/** What a target may be called, for help texts. */
export const TARGET_FORMS = [...Object.keys(TARGETS), "column:NAME", "an SQL condition"] as const;

const COLUMN = "column:";

/** What a user says beside the target itself. */
export interface TargetOptions {
  /** Days before the snapshot within which the last post must be, for `activity` and `creator` (30 without it): a creator's horizon. */
  readonly activeDays?: number | undefined;
}

/**
 * The target that a user means: a name, `column:NAME` for a label of their own, or one SQL condition over canonical
 * columns.
 *
 * @throws InsightsError `unknown target: x (expected creator, activity, engagement, column:NAME, an SQL condition)`, and
 *   for conditions that are not allowed, see `parseCondition`; exit code 2
 */
export async function resolveTarget(text: string, options: TargetOptions = {}): Promise<TargetDefinition> {
  const target = text.trim();
  if (Object.hasOwn(TARGETS, target)) return TARGETS[target](options);
  if (target.startsWith(COLUMN)) {
    const column = target.slice(COLUMN.length).trim();
    if (column === "") throw new InsightsError("invalid target: column: names no column", { exitCode: 2 });
    return columnTarget(column);
  }
  // A single word that is no column was meant to be a name.
  const word = /^[a-z_]\w*$/i.test(target) && !/^(true|false|null)$/i.test(target);
  if (word && !isCanonical(target.toLowerCase())) throw unknownName("target", target, TARGET_FORMS);
  return conditionTarget(target);
}

/**
 * A label of the user's: a column of the file with a yes or a no (1, true, yes; 0, false, no) for every profile, unknown
 * where nothing stands. A canonical name means the canonical column; any other is a column of the file, to be kept when it
 * is read.
 *
 * @param name the column's name
 */
function columnTarget(name: string): TargetDefinition {
  const canonical = isCanonical(name);
  const column = canonical ? name : keptName(name);
  return fixedTarget(
    {
      name: keptName(name),
      about: `the column ${name} of the file`,
      expression: flagSql(column),
      inputs: canonical ? [name] : [],
      flags: [column],
    },
    canonical ? [] : [name],
  );
}
