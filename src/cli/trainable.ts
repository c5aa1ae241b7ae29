import { type Preset, presetInputs } from "../features/presets.ts";
import { requireColumns } from "../profiles/missing.ts";
import type { Profiles } from "../profiles/read.ts";
import type { TargetDefinition } from "../targets/target.ts";

/**
 * Refuses a file that lacks what the target is made of, or all that the features are.
 *
 * @throws InsightsError `missing column: ...`
 */
export function requireTrainable(profiles: Profiles, definition: TargetDefinition, preset: Preset): void {
  const { inputs, context, name } = definition;
  // Where no profile tells its snapshot, the newest date of the file stands in for it.
  const needed = [...inputs, ...context].filter((column) => column !== "observed_at");
  requireColumns(profiles, needed, `the target ${name}`);
  // An id alone has a date in it, which says nothing by itself.
  const read = presetInputs(preset).filter((column) => column !== "created_at" && column !== "observed_at");
  if (read.every((column) => profiles.missing.includes(column)))
    requireColumns(profiles, read, `the preset ${preset.name}`);
}
