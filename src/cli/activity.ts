import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Command } from "@commander-js/extra-typings";
import {
  type ActivityReport,
  activityJson,
  activityReport,
  quantilesOf,
} from "../analysis/activityReport.ts";
import { comparedTargets } from "../analysis/targetTables.ts";
import { claimFolder } from "../base/output/write.ts";
import type { Proportion } from "../base/statistics.ts";
import { countInWords, countOfThings, shareInWords } from "../base/words.ts";
import { activityFigures } from "../figures/activityFigures.ts";
import { writeFigures } from "../figures/write.ts";
import type { Profiles } from "../profiles/read.ts";
import {
  debugOption,
  jsonOption,
  type OptionsOf,
  outputOption,
  type ReadingFlags,
  readingOf,
  withReadingOptions,
} from "./options.ts";
import { withProfiles } from "./profiles.ts";
import { type Effects, formatTable } from "./terminal.ts";

/** The arguments and options of `insights activity`. */
export const declared = (command: Command) =>
  withReadingOptions(command)
    .argument("<file>", "the file to read")
    .addOption(outputOption("folder", "--out <folder>", "draw it too, into this new folder"))
    .addOption(jsonOption("the findings"))
    .addOption(debugOption());

type Options = OptionsOf<typeof declared> & ReadingFlags;

/**
 * `insights activity`: how lately, how often and when the accounts post, and whom the targets call active.
 *
 * @throws InsightsError where the file cannot be read or the folder not written
 */
export async function run(file: string, options: Options, effects: Effects): Promise<void> {
  const { out } = options;
  await using output = out === undefined ? undefined : await claimFolder(out, { reads: [file] });
  await withProfiles(file, { reading: readingOf(options) }, effects, async (profiles) => {
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
    await output?.fill(async (folder) => {
      await writeFile(join(folder, "activity.json"), json);
      await writeFigures(folder, figures, { signal: effects.signal });
    });
    effects.stdout(options.json === true ? json : activityText(profiles, report));
    if (out !== undefined)
      effects.stderr(`${countOfThings(figures.length, "picture")} and activity.json in ${out}\n`);
  });
}

const WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

/** A measure to two or three digits: `0.43`, `1.1`, `97`. */
function measure(value: number): string {
  return value >= 10 ? countInWords(value) : String(Number(value.toPrecision(2)));
}

/** Median and the middle half: `1.1 (half of them 0.43 to 3.1)`. */
function spread(values: Float64Array, unit: string): string {
  const quantiles = quantilesOf(values);
  if (quantiles === null) return "not known";
  const { p25, median, p75 } = quantiles;
  return `median ${measure(median)} ${unit}, the middle half ${measure(p25)} to ${measure(p75)}`;
}

function share(proportion: Proportion | null): string {
  return proportion === null ? "-" : shareInWords(proportion.share);
}

/** Place of the largest number. */
function largest(counts: readonly number[]): number {
  return counts.indexOf(Math.max(...counts));
}

function smallest(counts: readonly number[]): number {
  return counts.indexOf(Math.min(...counts));
}

/** What `insights activity` prints for people. */
export function activityText(
  profiles: Pick<Profiles, "source" | "provider" | "rows">,
  report: ActivityReport,
): string {
  const { source, provider, rows } = profiles;
  const lines = [
    formatTable([
      ["file", source.file],
      ["provider", provider],
      ["profiles", countInWords(rows)],
      ...activityRows(report),
    ]),
  ];
  if (report.targets.length > 0) lines.push("", ...targetLines(report));
  if (report.alerts.length > 0) lines.push("", ...report.alerts.map(({ message }) => message));
  return `${lines.join("\n")}\n`;
}

function activityRows({ lastPost, pace, times, ages }: ActivityReport): string[][] {
  const rows: string[][] = [];
  if (lastPost !== null) {
    const { activity, daysSinceLastPost } = lastPost;
    rows.push(
      ["measured from", activity.snapshot],
      ["dated posts", `in ${countInWords(activity.accounts)} accounts`],
      ["last post", `${spread(daysSinceLastPost, "days ago")}`],
      [
        "posted within",
        `30 days: ${shareInWords(activity.posted_within_30_days)}, 90 days: ${shareInWords(activity.posted_within_90_days)}`,
      ],
    );
  }
  if (pace !== null && pace.accounts > 0) {
    rows.push(
      [
        "posts a week",
        `${spread(pace.postsPerWeek, "over the listed posts")} (${countInWords(pace.accounts)} accounts with two or more)`,
      ],
      ["longest gap", spread(pace.longestGapDays, "days between two listed posts")],
    );
  }
  if (times !== null) {
    const hours = times.counts[0].map((_, hour) => times.counts.reduce((sum, day) => sum + day[hour], 0));
    const days = times.counts.map((day) => day.reduce((sum, posts) => sum + posts, 0));
    rows.push(
      [
        "hours (UTC)",
        `most posts from ${largest(hours)}:00, fewest from ${smallest(hours)}:00, of ${countInWords(times.posts)}`,
      ],
      [
        "weekdays (UTC)",
        `most posts on ${WEEKDAYS[largest(days)]}, fewest on ${WEEKDAYS[smallest(days)]}; posts from ${times.oldest.slice(0, 10)} to ${times.newest.slice(0, 10)}`,
      ],
    );
  }
  if (ages !== null) {
    const undated = ages.undated === 0 ? "" : ` (${countInWords(ages.undated)} accounts without a date)`;
    rows.push(["account age", `${spread(ages.years, "years")}${undated}`]);
  }
  return rows;
}

/** The tables: each target against posting, and against size. */
function targetLines({ targets }: ActivityReport): string[] {
  const [{ tables }] = targets;
  const posting = targets.map(({ name, tables: { positives, negatives, unknown, posted } }) => [
    name,
    shareInWords(positives / Math.max(1, positives + negatives)),
    countInWords(positives),
    share(posted.positive.posted),
    countInWords(negatives),
    share(posted.negative.posted),
    countInWords(unknown),
  ]);
  const tiers = tables.tiers.map(({ tier }, i) => [
    tier.name,
    countInWords(tables.tiers[i].positives + tables.tiers[i].negatives + tables.tiers[i].unknown),
    ...targets.map((target) => share(target.tables.tiers[i].positive)),
  ]);
  const lines = [
    `for whom each target is true, and how many of them posted within ${tables.days} days`,
    formatTable(
      [["target", "true", "accounts", "posted", "others", "posted", "unknown"], ...posting],
      [1, 2, 3, 4, 5, 6],
    ),
  ];
  if (targets.every((target) => target.tables.tiers.every(({ positive }) => positive === null))) return lines;
  return [
    ...lines,
    "",
    "share for whom it is true, by followers",
    formatTable(
      [["tier", "accounts", ...targets.map(({ name }) => name)], ...tiers],
      [1, ...targets.map((_, i) => i + 2)],
    ),
  ];
}
