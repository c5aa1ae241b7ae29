import type { DuckDBConnection } from "@duckdb/node-api";
import { InsightsError } from "../base/error.ts";
import { mannWhitney, percentile, proportionsZ } from "../base/statistics.ts";
import { countInWords, shareInWords } from "../base/words.ts";
import { type Preset, presetInputs } from "../features/presets.ts";
import { ACCOUNT_KEY } from "../profiles/accounts.ts";
import { type CanonicalName, isCanonical } from "../profiles/canonical.ts";
import type { Profiles } from "../profiles/read.ts";
import { BLANKED_TABLE, REJECTED_TABLE } from "../profiles/table.ts";
import { snapshotOf } from "../targets/snapshot.ts";
import { labelsOf, type TargetDefinition } from "../targets/target.ts";

/** Share of the records from which their loss is looked into. */
const LOST_SHARE = 0.1;

/** A difference this many standard errors wide comes about by chance once in a hundred times (two-sided). */
const BEYOND_CHANCE = 2.5758;

/** Fewer rows than this on a side are too few for the normal approximation. */
const FEWEST_ROWS = 10;

/** What tells an account's size, the best first. */
const SIZES: readonly CanonicalName[] = ["followers", "likes", "videos_count", "following"];

/** Columns that a video's own counts become, of which the first that training needs tells who lacks one. */
const MADE_OF: Readonly<Record<string, readonly CanonicalName[]>> = {
  video_likes: ["like_engagement_rate", "awg_engagement_rate"],
  video_comments: ["comment_engagement_rate", "awg_engagement_rate"],
};

/** Names of views made here. */
const LOST_VIEW = "lost_accounts";
const OTHERS_VIEW = "other_accounts";

/** What training needs and what became of it. */
interface Loss {
  /** How it begins: `followers of 30 of 100 records (30.0 %) cannot be read, such as "many"`. */
  readonly what: string;
  /** What to do instead. */
  readonly remedy: string;
  readonly column: CanonicalName | null;
  /** The accounts, as SQL with the columns of the profiles. */
  readonly accounts: string;
}

/**
 * Checks that records that were rejected, and accounts without a value of a column that training needs because it was blanked, are no others
 * than the rest. Where they are more than a tenth of the records, the share of positives (two-proportion z-test, where the target is known)
 * and the size (Mann-Whitney test of the first of followers, likes, videos and following that is known on both sides) are compared, each at
 * the level 0.01. Where followers cannot be read and no other size is known, nothing tells, and that counts as a difference.
 *
 * Records of which a source could not make fields are not looked into: nothing is known of them.
 *
 * @param allow go on all the same
 * @returns what was found, a sentence each; empty where there is nothing to say
 * @throws InsightsError with the first of these sentences, unless `allow`
 */
export async function checkLostRecords(
  profiles: Profiles,
  options: { readonly definition: TargetDefinition; readonly preset: Preset; readonly allow: boolean },
): Promise<string[]> {
  const { definition, preset, allow } = options;
  const { inputs, context } = definition;
  const needed = new Set<string>([...inputs, ...context, ...presetInputs(preset)]);
  const sentences: string[] = [];
  for (const loss of lossesOf(profiles, needed)) {
    const difference = await differenceOf(profiles, definition, loss);
    if (difference !== null) sentences.push(`${loss.what}, and ${difference}`);
    if (difference === null || allow) continue;
    throw new InsightsError(
      `a model of this file would not know all its accounts: ${sentences[0]} (${loss.remedy}; --allow-rejected trains without them)`,
      { place: { file: profiles.source.file } },
    );
  }
  return sentences;
}

function lossesOf(profiles: Profiles, needed: ReadonlySet<string>): Loss[] {
  const { source, table, rejectedCount, rejectedByReason, blanks } = profiles;
  const isMuch = (count: number) => count > LOST_SHARE * source.records;
  const told = (count: number) =>
    `${countInWords(count)} of ${countInWords(source.records)} records (${shareInWords(count / source.records)})`;
  const found = [...new Set(blanks.map(({ column }) => column))].flatMap((name): Loss[] => {
    const [blank, other] = blanks.filter(({ column }) => column === name);
    const count = blank.count + (other?.count ?? 0);
    const column = (MADE_OF[name] ?? [name as CanonicalName]).find((made) => needed.has(made));
    if (column === undefined || !isMuch(count)) return [];
    const wrong = blank.impossible ? "are none that an account can have" : "cannot be read";
    const where = blank.line === null ? "" : ` (line ${blank.line})`;
    return [
      {
        what: `${name.replace(/^video_/, "video ")} of ${told(count)} ${wrong}, such as ${JSON.stringify(blank.value.slice(0, 60))}${where}`,
        remedy: `mend the column${isCanonical(name) ? `, or take another: --map ${name}=COLUMN` : ""}`,
        column,
        accounts: `SELECT * FROM ${table} WHERE ${column} IS NULL AND ${ACCOUNT_KEY} IN (SELECT account FROM ${BLANKED_TABLE} WHERE regexp_matches(_blanks, '\\b${name}\\b'))`,
      },
    ];
  });
  if (!isMuch(rejectedCount)) return found;
  const [reason] = Object.keys(rejectedByReason);
  const what = `${told(rejectedCount)} were rejected, most of them for ${reason}`;
  const remedy = "insights inspect lists them; --map id=COLUMN or --map account_id=COLUMN says who they are";
  return [...found, { what, remedy, column: null, accounts: `SELECT * FROM ${REJECTED_TABLE}` }];
}

/** How the lost accounts differ from the others, in words; null where they do not. */
async function differenceOf(
  { connection, table }: Profiles,
  definition: TargetDefinition,
  { column, accounts }: Loss,
): Promise<string | null> {
  await connection.run(`CREATE OR REPLACE TEMP VIEW ${LOST_VIEW} AS ${accounts}`);
  await connection.run(
    `CREATE OR REPLACE TEMP VIEW ${OTHERS_VIEW} AS SELECT * FROM ${table} ANTI JOIN ${LOST_VIEW} USING ("row")`,
  );
  const target = await definition.fit(connection, table);
  const snapshot = await snapshotOf(connection, table);
  const [lost, others] = [
    await labelsOf(connection, target, LOST_VIEW, { snapshot }),
    await labelsOf(connection, target, OTHERS_VIEW, { snapshot }),
  ].map(({ labels }) => labels.filter((label) => label >= 0));
  const [ofLost, ofOthers] = [lost, others].map((labels) => ({
    n: labels.length,
    count: labels.reduce((sum, label) => sum + label, 0),
  }));
  if (Math.min(ofLost.n, ofOthers.n) >= FEWEST_ROWS && isBeyondChance(proportionsZ(ofLost, ofOthers))) {
    const share = ({ count, n }: typeof ofLost) => shareInWords(count / n);
    return `${share(ofLost)} of those are ${definition.name} against ${share(ofOthers)} of the others`;
  }
  for (const size of SIZES.filter((name) => name !== column)) {
    const [ofLost, ofOthers] = [
      await sortedValues(connection, size, LOST_VIEW),
      await sortedValues(connection, size, OTHERS_VIEW),
    ];
    if (Math.min(ofLost.length, ofOthers.length) < FEWEST_ROWS) continue;
    if (!isBeyondChance(mannWhitney(ofLost, ofOthers).z)) return null;
    const median = (sizes: Float64Array) => countInWords(percentile(sizes, 0.5));
    return `those have a median of ${median(ofLost)} ${size} against ${median(ofOthers)} of the others`;
  }
  return column === "followers" ? "nothing tells how large those accounts are" : null;
}

function isBeyondChance(z: number): boolean {
  return Math.abs(z) > BEYOND_CHANCE;
}

async function sortedValues(
  connection: DuckDBConnection,
  column: CanonicalName,
  view: string,
): Promise<Float64Array> {
  const reader = await connection.runAndReadAll(
    `SELECT CAST(${column} AS DOUBLE) FROM ${view} WHERE ${column} IS NOT NULL ORDER BY 1`,
  );
  return Float64Array.from(reader.getColumns()[0] ?? [], Number);
}
