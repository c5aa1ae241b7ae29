import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import {
  type ActivityReport,
  activityJson,
  activityReport,
  quantilesOf,
} from "../analysis/activityReport.ts";
import { comparedTargets } from "../analysis/comparedTargets.ts";
import { accountAgesFigure } from "../figures/accountAges.ts";
import { daysSinceLastPostFigure } from "../figures/daysSinceLastPost.ts";
import type { Figure } from "../figures/figure.ts";
import { postingTimesFigure } from "../figures/postingTimes.ts";
import { postsPerWeekFigure } from "../figures/postsPerWeek.ts";
import { sizeNormFigure } from "../figures/sizeNorm.ts";
import { targetTiersFigure } from "../figures/targetTiers.ts";
import { writeFigures } from "../figures/write.ts";
import { readProfiles } from "../profiles/read.ts";
import { requireNewFolder, writeFolder } from "../study/output.ts";
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
    const figures = figuresOf(report);
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

function figuresOf({ lastPost, pace, times, ages, targets, norm }: ActivityReport): Figure[] {
  const figures: Figure[] = [];
  if (lastPost !== null) {
    const { daysSinceLastPost: days, activity } = lastPost;
    figures.push(daysSinceLastPostFigure({ days, snapshot: activity.snapshot }));
  }
  if (pace !== null && quantilesOf(pace.postsPerWeek) !== null) figures.push(postsPerWeekFigure(pace));
  if (times !== null) figures.push(postingTimesFigure(times));
  if (ages !== null) figures.push(accountAgesFigure(ages));
  if (norm !== null) figures.push(sizeNormFigure(norm));
  if (targets.some(({ tables }) => tables.tiers.some(({ positive }) => positive !== null))) {
    figures.push(targetTiersFigure({ targets }));
  }
  return figures;
}
