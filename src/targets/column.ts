import { isCanonical } from "../profiles/canonical.ts";
import { keptName } from "../profiles/mapping.ts";
import { fixedTarget, type TargetDefinition } from "./definition.ts";
import { flagSql } from "./flags.ts";

/**
 * A label of the user's: a column of the file with a yes or a no (1, true, yes; 0, false, no) for every profile, unknown
 * where nothing stands. A canonical name means the canonical column; any other is a column of the file, to be kept when it
 * is read.
 *
 * @param name the column's name
 */
export function columnTarget(name: string): TargetDefinition {
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
