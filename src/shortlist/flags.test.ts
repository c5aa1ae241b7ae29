import { describe, expect, it } from "vitest";
import { agreementOf } from "../../bench/contacts/agreement.ts";
import {
  compareFlags,
  LEAST_PRECISION,
  LEAST_RECALL,
  labelledAccounts,
} from "../../bench/flags/agreement.ts";
import { FLAG_NAMES, FLAGS, type FlagFacts, flagsOf } from "./flags.ts";

const sets = await labelledAccounts();

/** An account with nothing to see. */
const PLAIN: FlagFacts = {
  nickname: "Ann",
  biography: "recipes for busy people",
  is_private: false,
  followers: 12_000,
  following: 150,
  likes: 90_000,
  videos_count: 120,
  account_age_days: 900,
  posts_last_30_days: 8,
};
const wordsOf = (facts: Partial<FlagFacts>) => flagsOf({ ...PLAIN, ...facts }).map(({ words }) => words);

describe("flagsOf", () => {
  it.each(["TAKİPÇİ SATIN AL", "follow   back", "ꜰ4ꜰ", "ｇｉｖｅａｗａｙ", "give\u200baway", "ＳＤＶ"])(
    "reads %s",
    (biography) => {
      expect(wordsOf({ biography })).toHaveLength(1);
    },
  );

  it.each([...sets])("agrees with a careful reader on the %s set", (_, accounts) => {
    const { precision, recall } = agreementOf(compareFlags(accounts));
    expect(precision).toBeGreaterThanOrEqual(LEAST_PRECISION);
    expect(recall).toBeGreaterThanOrEqual(LEAST_RECALL);
  });

  it("has accounts for each flag", () => {
    const labelled = new Set([...sets.values()].flat().flatMap(({ flags }) => flags));
    expect(FLAG_NAMES.filter((name) => !labelled.has(name))).toEqual([]);
    expect(Object.keys(FLAGS)).toEqual(FLAG_NAMES);
  });

  it("finds nothing in an account of which nothing is known", () => {
    const unknown = Object.fromEntries(Object.keys(PLAIN).map((name) => [name, null]));
    expect(flagsOf(unknown as unknown as FlagFacts)).toEqual([]);
    expect(flagsOf(PLAIN)).toEqual([]);
  });

  it.each<[Partial<FlagFacts>, string[]]>([
    [{ biography: "Monthly GIVEAWAYS ✨" }, ['biography says "GIVEAWAYS"']],
    [{ biography: "no giveaways. f4f" }, ['biography says "f4f"']],
    [{ biography: "don't dm me about f4f" }, []],
    [{ nickname: "𝓕4𝓕 𝓺𝓾𝓮𝓮𝓷" }, ['name says "F4F"']],
    [{ nickname: "Luna Boutique ✨" }, ['name says "Boutique"']],
    [{ nickname: "Boutique" }, []],
    [{ biography: "boutique" }, []],
    [{ biography: "write to @f4f" }, []],
    [{ is_private: true, videos_count: 0 }, ["the account is private", "no videos on the page"]],
    [{ following: 5_000, followers: 50_000 }, ["follows 5,000 and has 50,000 followers"]],
    [{ following: 5_000, followers: 50_001 }, []],
    [{ following: 4_999, followers: 5_000 }, []],
    [{ following: 2_000, followers: 1_999 }, ["follows 2,000 and has 1,999 followers"]],
    [{ following: 2_000, followers: 2_000 }, []],
    [{ following: 1_999, followers: 10 }, []],
    [{ likes: 0, followers: 1_000 }, ["no likes with 1,000 followers"]],
    [{ likes: 0, followers: 999 }, []],
    [{ likes: 3_999, videos_count: 10 }, ["3,999 likes in 10 videos with 12,000 followers"]],
    [{ likes: 4_000, videos_count: 10 }, []],
    [{ likes: null, videos_count: 10 }, []],
    [{ likes: 10, videos_count: 10, followers: null }, []],
    [{ likes: 10, videos_count: null }, []],
    [{ likes: 900_000, followers: null, videos_count: 1 }, []],
    [{ following: 9_000, followers: null }, []],
    [{ following: null, followers: 10 }, []],
    [{ likes: 0, followers: null }, []],
    [{ likes: 3_999, videos_count: 9 }, []],
    [{ likes: 2_400_001, videos_count: 2 }, ["2,400,001 likes in 2 videos with 12,000 followers"]],
    [{ likes: 2_400_000, videos_count: 2 }, []],
    [{ likes: 99_999, videos_count: 1, followers: 10 }, []],
    [
      { account_age_days: 90, posts_last_30_days: 30, followers: 10_000 },
      ["account 3 months old with 10,000 followers and 30 posts in 30 days"],
    ],
    [{ account_age_days: 91, posts_last_30_days: 30 }, []],
    [{ account_age_days: 90, posts_last_30_days: 29 }, []],
    [{ account_age_days: 90, posts_last_30_days: 30, followers: 9_999 }, []],
    [
      { account_age_days: 60, posts_last_30_days: null, videos_count: 60 },
      ["account 60 days old with 12,000 followers and 60 videos"],
    ],
    [{ account_age_days: 60, posts_last_30_days: null, videos_count: 59 }, []],
  ])("says of %j what was seen", (facts, words) => expect(wordsOf(facts)).toEqual(words));

  it("tells flags in one order, however they were found", () => {
    const all = flagsOf({
      ...PLAIN,
      biography: "f4f giveaway",
      is_private: true,
      following: 9_000,
      likes: 0,
    });
    expect(all.map(({ name }) => name)).toEqual(
      FLAG_NAMES.filter((name) =>
        ["giveaway", "follow-for-follow", "following", "zero-likes", "private"].includes(name),
      ),
    );
  });
});
