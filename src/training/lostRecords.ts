import type { DuckDBConnection } from "@duckdb/node-api";
import { InsightsError } from "../base/error.ts";
import { quoteLiteral } from "../base/quote.ts";
import { countInWords, shareInWords } from "../base/words.ts";
import { type Preset, presetInputs } from "../features/presets.ts";
import type { CanonicalName } from "../profiles/canonical.ts";
import type { Profiles } from "../profiles/read.ts";
import { LOST_TABLE } from "../profiles/table.ts";
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

/** Names of views made here. */
const LOST_VIEW = "lost_of_column";
const OTHERS_VIEW = "others_of_column";

/** What training needs and what became of it. */
interface Loss {
  /** How it begins: `followers of 30 of 100 records (30.0 %) cannot be read, such as "many"`. */
  readonly what: string;
  /** What to do instead. */
  readonly remedy: string;
  readonly column: CanonicalName | null;
  /** Condition on {@link LOST_TABLE}. */
  readonly where: string;
}

/**
 * Checks that records that were rejected, and those whose value of a column that training needs cannot be read, are no others than the
 * rest. Where they are more than a tenth of the records, the share of positives (two-proportion z-test, where the target is known)
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
  const { source, rejectedCount, rejectedByReason, blanks } = profiles;
  const isMuch = (count: number) => count > LOST_SHARE * source.records;
  const told = (count: number) =>
    `${countInWords(count)} of ${countInWords(source.records)} records (${shareInWords(count / source.records)})`;
  const found: Loss[] = blanks
    .filter(({ column, count }) => needed.has(column) && isMuch(count))
    .map(({ column, count, value, line }) => ({
      what: `${column} of ${told(count)} cannot be read, such as ${JSON.stringify(value.slice(0, 60))}${line === null ? "" : ` (line ${line})`}`,
      remedy: `mend the column, or take another: --map ${column}=COLUMN`,
      column: column as CanonicalName,
      where: `list_contains(string_split(_blanks, ','), ${quoteLiteral(column)})`,
    }));
  if (isMuch(rejectedCount)) {
    const [reason] = Object.keys(rejectedByReason);
    found.push({
      what: `${told(rejectedCount)} were rejected, most of them for ${reason}`,
      remedy: "insights inspect lists them; --map id=COLUMN or --map account_id=COLUMN says who they are",
      column: null,
      where: "_reason IS NOT NULL",
    });
  }
  return found;
}

/** How the lost records differ from the others, in words; null where they do not. */
async function differenceOf(
  { connection, table }: Profiles,
  definition: TargetDefinition,
  { column, where }: Loss,
): Promise<string | null> {
  await connection.run(
    `CREATE OR REPLACE TEMP VIEW ${LOST_VIEW} AS SELECT * EXCLUDE (_reason, _blanks) FROM ${LOST_TABLE} WHERE ${where}`,
  );
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
    count: labels.length,
    positives: labels.reduce((sum, label) => sum + label, 0),
  }));
  if (sharesDiffer(ofLost, ofOthers)) {
    const share = ({ positives, count }: typeof ofLost) => shareInWords(positives / count);
    return `${share(ofLost)} of those are ${definition.name} against ${share(ofOthers)} of the others`;
  }
  for (const size of SIZES.filter((name) => name !== column)) {
    const found = await compareSizes(connection, size);
    if (found === null) continue;
    return found.differ
      ? `those have ${countInWords(found.lost)} ${size} in the middle against ${countInWords(found.others)} of the others`
      : null;
  }
  return column === "followers" ? "nothing tells how large those accounts are" : null;
}

interface Share {
  readonly count: number;
  readonly positives: number;
}

/** The two-proportion z-test with a pooled share. */
function sharesDiffer(a: Share, b: Share): boolean {
  if (Math.min(a.count, b.count) < FEWEST_ROWS) return false;
  const pooled = (a.positives + b.positives) / (a.count + b.count);
  const error = Math.sqrt(pooled * (1 - pooled) * (1 / a.count + 1 / b.count));
  return Math.abs(a.positives / a.count - b.positives / b.count) > BEYOND_CHANCE * error;
}

/**
 * The Mann-Whitney test of a count of the lost against the others, by its normal approximation with the correction for ties, and the two
 * medians; null where it is known of too few.
 */
async function compareSizes(
  connection: DuckDBConnection,
  size: CanonicalName,
): Promise<{ differ: boolean; lost: number; others: number } | null> {
  const reader = await connection.runAndReadAll(
    `WITH sizes AS (SELECT true AS lost, ${size} AS x FROM ${LOST_VIEW} UNION ALL SELECT false, ${size} FROM ${OTHERS_VIEW}),
       ranked AS (SELECT lost, x, count(*) OVER (PARTITION BY x)::DOUBLE AS ties, rank() OVER (ORDER BY x)::DOUBLE AS first FROM sizes WHERE x IS NOT NULL)
     SELECT count(*) FILTER (lost) AS n, count(*) FILTER (NOT lost) AS m, sum(first + (ties - 1) / 2) FILTER (lost) AS ranks,
       sum(ties * ties - 1) AS tied, median(x) FILTER (lost) AS lost, median(x) FILTER (NOT lost) AS others FROM ranked`,
  );
  const [row] = reader.getRowObjects();
  const [n, m, ranks, tied, lost, others] = Object.values(row).map((value) => Number(value ?? 0));
  if (Math.min(n, m) < FEWEST_ROWS) return null;
  const all = n + m;
  const expected = (n * (all + 1)) / 2;
  const variance = ((n * m) / 12) * (all + 1 - tied / (all * (all - 1)));
  return { differ: Math.abs(ranks - expected) > BEYOND_CHANCE * Math.sqrt(variance), lost, others };
}
