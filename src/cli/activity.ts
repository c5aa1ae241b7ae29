import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { activityJson, activityReport } from "../analysis/activityReport.ts";
import { comparedTargets } from "../analysis/targetTables.ts";
import { requireNewFolder, writeFolder } from "../base/files.ts";
import { activityFigures } from "../figures/activityFigures.ts";
import { writeFigures } from "../figures/write.ts";
import { readProfiles } from "../profiles/read.ts";
import { activityText } from "./activityText.ts";
import type { Effects } from "./effects.ts";

/** Options of `insights activity`. */
export interface ActivityCommandOptions {
  readonly map: Readonly<Record<string, string>>;
  /** Folder for the pictures; none are drawn without. */
  readonly out?: string;
  readonly json?: boolean;
}

/**
 * `insights activity`: how lately, how often and when the accounts post, and whom the targets call active.
 *
 * @returns the exit code
 * @throws InsightsError where the file cannot be read or the folder not written
 */
export async function activityCommand(
  file: string,
  options: ActivityCommandOptions,
  effects: Effects,
): Promise<number> {
  const { out } = options;
  if (out !== undefined) await requireNewFolder(out);
  const profiles = await readProfiles(file, { map: options.map, now: effects.now(), signal: effects.signal });
  try {
    const { connection, table, source } = profiles;
    const labelled = await comparedTargets(connection, table, profiles.missing);
    const report = await activityReport(connection, table, labelled, { signal: effects.signal });
    const json = `${JSON.stringify(
      {
        file: source.file,
        fingerprint: source.fingerprint,
        provider: profiles.provider,
        profiles: profiles.rows,
        ...activityJson(report),
        size_norm: report.norm === null ? null : report.norm.norm,
        alerts: [...profiles.alerts, ...report.alerts],
      },
      null,
      2,
    )}\n`;
    const figures = activityFigures(report);
    if (out !== undefined) {
      await writeFolder(out, false, async (folder) => {
        await writeFile(join(folder, "activity.json"), json);
        await writeFigures(folder, figures, { signal: effects.signal });
      });
    }
    effects.stdout(options.json === true ? json : activityText(profiles, report));
    if (out !== undefined) {
      const pictures = figures.length === 1 ? "1 picture" : `${figures.length} pictures`;
      effects.stderr(`${pictures} and activity.json in ${out}\n`);
    }
    return 0;
  } finally {
    await profiles.close();
  }
}
