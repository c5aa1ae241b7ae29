import { unknownName } from "../error.ts";
import { engagement } from "./engagement.ts";
import type { Target } from "./target.ts";

/** All targets by name. A new one is a file beside this and an entry here. */
export const TARGETS: Readonly<Record<string, Target>> = { engagement };

/**
 * The target of that name.
 *
 * @throws InsightsError `unknown target: x (expected engagement)`, exit code 2
 */
export function targetNamed(name: string): Target {
  if (!Object.hasOwn(TARGETS, name)) throw unknownName("target", name, Object.keys(TARGETS));
  return TARGETS[name];
}
