import { stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { DuckDBConnection } from "@duckdb/node-api";
import {
  type ActivityReport,
  activityJson,
  activityReport,
  quantilesOf,
} from "../analysis/activityReport.ts";
import { type SizeNormPoints, sizeNormPoints } from "../analysis/sizeNormPoints.ts";
import { InsightsError } from "../error.ts";
import { accountAgesFigure } from "../figures/accountAges.ts";
import { daysSinceLastPostFigure } from "../figures/daysSinceLastPost.ts";
import type { Figure } from "../figures/figure.ts";
import { postingTimesFigure } from "../figures/postingTimes.ts";
import { postsPerWeekFigure } from "../figures/postsPerWeek.ts";
import { sizeNormFigure } from "../figures/sizeNorm.ts";
import { targetTiersFigure } from "../figures/targetTiers.ts";
import { writeFigures } from "../figures/write.ts";
import { type Profiles, readProfiles } from "../profiles/read.ts";
import { checkOutput, writeFolder } from "../study/output.ts";
import { resolveTarget } from "../targets/resolve.ts";
import { type Labels, labelsOf, type Target } from "../targets/target.ts";
import { activityText } from "./activityText.ts";
import type { Effects } from "./effects.ts";

/** Options of `insights activity`. */
export interface ActivityCommandOptions {
  readonly map: Readonly<Record<string, string>>;
  /** Folder for the pictures; none are drawn without. */
  readonly out?: string;
  readonly json?: boolean;
}

/** The targets that are held against posting and size, as far as the file can tell. */
const COMPARED = ["engagement", "activity", "creator"];

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
    const labelled = await compared(profiles);
    const report = await activityReport(connection, table, labelled, effects.signal);
    const norm = await drawnNorm(connection, table, labelled);
    const json = `${JSON.stringify(
      {
        file: source.file,
        fingerprint: source.fingerprint,
        provider: profiles.provider,
        profiles: profiles.rows,
        ...activityJson(report),
        size_norm: norm === null ? null : norm.norm,
        alerts: [...profiles.alerts, ...report.alerts],
      },
      null,
      2,
    )}\n`;
    const figures = figuresOf(report, norm);
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

/** Refuses an output folder that is there already, before any work is done for it. */
async function requireNewFolder(folder: string): Promise<void> {
  const found = await stat(folder).catch(() => undefined);
  if (found?.isDirectory() === true) {
    throw new InsightsError(`output folder exists: ${folder} (choose another --out)`);
  }
  await checkOutput(folder, false);
}

/** The targets that the file's columns allow, with their answers. */
async function compared(profiles: Profiles): Promise<{ target: Target; labels: Labels }[]> {
  const { connection, table, missing } = profiles;
  const found: { target: Target; labels: Labels }[] = [];
  for (const name of COMPARED) {
    const definition = await resolveTarget(name);
    // Where no profile tells its snapshot, the newest date of the file stands in for it.
    const needed = [...definition.inputs, ...definition.context].filter((column) => column !== "observed_at");
    if (needed.some((column) => missing.includes(column))) continue;
    const target = await definition.fit(connection, table).catch((error: unknown) => {
      // A column that is there and empty; the alerts of reading have said so.
      if (error instanceof InsightsError) return null;
      throw error;
    });
    if (target !== null) found.push({ target, labels: await labelsOf(connection, target, table) });
  }
  return found;
}

async function drawnNorm(
  connection: DuckDBConnection,
  table: string,
  labelled: readonly { readonly target: Target }[],
): Promise<SizeNormPoints | null> {
  const norm = labelled.find(({ target }) => target.norm !== undefined)?.target.norm;
  return norm === undefined ? null : sizeNormPoints(connection, table, norm);
}

function figuresOf(report: ActivityReport, norm: SizeNormPoints | null): Figure[] {
  const { lastPost, pace, times, ages, targets } = report;
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
