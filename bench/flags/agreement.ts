import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { z } from "zod";
import { postingFacts } from "../../src/explain/postingFacts.ts";
import { readProfiles } from "../../src/profiles/read.ts";
import { FLAG_NAMES, type FlagFacts, type FlagName, flagsOf } from "../../src/shortlist/flags.ts";
import type { Compared } from "../contacts/agreement.ts";

/** Least share of the flags found that has to be right, on each set. */
export const LEAST_PRECISION = 0.95;
/** Least share of the flags there that has to be found, on each set. */
export const LEAST_RECALL = 0.7;

/** An account with the flags that a careful person would give it. */
export interface LabelledAccount {
  readonly set: string;
  readonly language: string | null;
  readonly facts: FlagFacts;
  readonly flags: readonly FlagName[];
}

const flags = z.array(z.enum(FLAG_NAMES));
const count = z.number().nullable();
/** Facts that are not told are those of an account in which there is nothing to see. */
const madeUp = z.strictObject({
  set: z.string(),
  language: z.string(),
  nickname: z.string(),
  biography: z.string(),
  is_private: z.boolean().nullable().default(null),
  followers: count.default(12_000),
  following: count.default(150),
  likes: count.default(90_000),
  videos_count: count.default(120),
  account_age_days: count.default(900),
  posts_last_30_days: count.default(8),
  flags,
});
const ofSample = z.strictObject({ set: z.literal("sample"), account: z.string(), flags });

/**
 * The labelled accounts of `data/flags.ndjson`, by set: made-up ones, and accounts of the synthetic sample by their handles. Each
 * set was labelled by reading before the rules were run over it.
 */
export async function labelledAccounts(): Promise<ReadonlyMap<string, readonly LabelledAccount[]>> {
  const sample = await sampleFacts();
  const text = readFileSync(new URL("../../data/flags.ndjson", import.meta.url), "utf8");
  const sets = new Map<string, LabelledAccount[]>();
  for (const line of text.trimEnd().split("\n")) {
    const labelled = labelledOf(JSON.parse(line), sample);
    sets.set(labelled.set, [...(sets.get(labelled.set) ?? []), labelled]);
  }
  return sets;
}

function labelledOf(record: { set?: unknown }, sample: ReadonlyMap<string, FlagFacts>): LabelledAccount {
  if (record.set !== "sample") {
    const { set, language, flags, ...facts } = madeUp.parse(record);
    return { set, language, flags, facts };
  }
  const { set, account, flags } = ofSample.parse(record);
  const facts = sample.get(account);
  if (facts === undefined) throw new Error(`no such account in the sample: ${account}`);
  return { set, language: null, flags, facts };
}

/** What the rules look at, for each account of the sample that ships. */
async function sampleFacts(): Promise<Map<string, FlagFacts>> {
  const profiles = await readProfiles(fileURLToPath(new URL("../../examples/profiles.csv", import.meta.url)));
  const reader = await profiles.connection.runAndReadAll(
    `SELECT account_id, nickname, biography, is_private, followers::DOUBLE, following::DOUBLE, likes::DOUBLE,
       videos_count::DOUBLE, (epoch(observed_at) - epoch(created_at)) / 86400, epoch(observed_at),
       list_transform(posted_at, lambda post: epoch(post)) FROM ${profiles.table}`,
  );
  const rows = reader.getRowsJS() as unknown[][];
  await profiles.close();
  return new Map(
    rows.map(([account, ...values]) => {
      const [
        nickname,
        biography,
        is_private,
        followers,
        following,
        likes,
        videos_count,
        age,
        observed,
        posts,
      ] = values as [string, string, boolean, number, number, number, number, number, number, number[]];
      const history = postingFacts(posts ?? [], observed);
      const posts_last_30_days = history?.posts_last_30_days ?? null;
      return [
        account as string,
        {
          ...{ nickname, biography, is_private, followers, following, likes, videos_count },
          ...{ account_age_days: age, posts_last_30_days },
        },
      ];
    }),
  );
}

/** A flag, and whether the rules find it rightly, find it wrongly, or miss it. */
export interface ComparedFlag extends Pick<Compared, "was"> {
  readonly flag: FlagName;
  readonly words: string;
  readonly in: LabelledAccount;
}

/** Compares what the rules find in accounts with the labels, flag by flag. */
export function compareFlags(accounts: readonly LabelledAccount[]): ComparedFlag[] {
  return accounts.flatMap((labelled) => {
    const found = flagsOf(labelled.facts);
    const names = new Set(found.map(({ name }) => name));
    return [
      ...found.map(({ name, words }) => ({
        ...{ flag: name, words, in: labelled },
        was: labelled.flags.includes(name) ? ("right" as const) : ("wrong" as const),
      })),
      ...labelled.flags
        .filter((name) => !names.has(name))
        .map((flag) => ({ flag, words: "", in: labelled, was: "missed" as const })),
    ];
  });
}
