import { unknownName } from "../base/error.ts";
import type { CanonicalName } from "../profiles/canonical.ts";
import { kindNamed } from "./kinds.ts";
import type { Preset } from "./preset.ts";
import { original } from "./presets/original.ts";
import { originalLog } from "./presets/originalLog.ts";
import { profile } from "./presets/profile.ts";

export type { Preset } from "./preset.ts";

/** All presets by name. A new one is a file in `presets/` and an entry here. */
export const PRESETS: Readonly<Record<string, Preset>> = {
  original,
  profile,
  "original-log": originalLog,
};

/**
 * The preset of that name.
 *
 * @throws InsightsError `unknown preset: x (expected original, profile, original-log)`, exit code 2
 */
export function presetNamed(name: string): Preset {
  if (!Object.hasOwn(PRESETS, name)) throw unknownName("preset", name, Object.keys(PRESETS));
  return PRESETS[name];
}

/** The canonical columns that a preset's features are made of, each once. */
export function presetInputs(preset: Preset): CanonicalName[] {
  return [...new Set(preset.steps.flatMap(({ kind, params }) => kindNamed(kind).inputs(params)))];
}
