import type { Split } from "../evaluation/split.ts";
import { presetInputs, presetNamed } from "../features/presets.ts";
import type { Alert } from "../profiles/alert.ts";
import { requireColumns } from "../profiles/missing.ts";
import { type Profiles, readProfiles } from "../profiles/read.ts";
import { engagement } from "../targets/engagement.ts";
import { labelsOf, type Target } from "../targets/target.ts";
import { knownLabels, type Labelled, splitLabelled, viewOfRows } from "./labelled.ts";

/** Name of the view that holds the training rows and no others. */
export const TRAINING_VIEW = "training_profiles";

/** The profiles of a study, what is known of their target, and how they are split. */
export interface StudyData {
  readonly profiles: Profiles;
  readonly target: Target;
  readonly labelled: Labelled;
  /** Labels of all profiles, 1, 0 and -1 for unknown, with their row numbers. */
  readonly allLabels: { readonly rows: Float64Array; readonly labels: Int8Array };
  /** Positions into `labelled`. */
  readonly split: Split;
  readonly alerts: readonly Alert[];
}

/** What decides how profiles are read for a study. */
interface ReadOptions {
  readonly preset: string;
  readonly seed: number;
  readonly splitFile?: string | undefined;
  readonly map?: Readonly<Record<string, string>> | undefined;
  /** The present moment: no date after it is believed where a profile's snapshot is unknown. */
  readonly now: Date;
  readonly signal?: AbortSignal | undefined;
  readonly progress: (fraction: number | null, message: string) => void;
}

/**
 * Reads the profiles of a study, labels and splits them.
 *
 * @returns the data and what to say of it; the caller closes `profiles`
 * @throws InsightsError where the file, its contents or the split cannot be used
 */
export async function read(
  file: string,
  options: ReadOptions,
): Promise<{ result: StudyData; message: string }> {
  const { signal, progress } = options;
  const inputs = presetInputs(presetNamed(options.preset));
  const profiles = await readProfiles(file, {
    map: options.map,
    now: options.now,
    signal,
    onProgress: (done: number, total: number) => progress(total > 0 ? done / total : null, "reading"),
  });
  try {
    const target = engagement;
    requireColumns(profiles, target.inputs, `the target ${target.name}`);
    requireColumns(profiles, inputs, `the preset ${options.preset}`);
    const { connection } = profiles;
    const allLabels = await labelsOf(connection, target, profiles.table);
    const labelled = knownLabels(allLabels);
    const { split, alerts } = await splitLabelled(labelled, { seed: options.seed, file: options.splitFile });
    await viewOfRows(connection, TRAINING_VIEW, labelled, split.train);
    const rejected = profiles.rejectedCount === 0 ? "" : `, ${profiles.rejectedCount} rejected`;
    return {
      result: { profiles, target, labelled, allLabels, split, alerts },
      message: `${profiles.rows} profiles of ${profiles.provider}${rejected}`,
    };
  } catch (error) {
    await profiles.close();
    throw error;
  }
}
