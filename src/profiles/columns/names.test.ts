import { describe, expect, it } from "vitest";
import { CANONICAL_COLUMNS, CANONICAL_NAMES } from "../canonical.ts";
import { columnWords, readColumnName, wordsOf } from "./names.ts";

const canonicals = (column: string) => readColumnName(column).candidates.map(({ canonical }) => canonical);

describe("wordsOf", () => {
  it.each([
    ["heartCount", ["heart", "count"]],
    ["TikTokURL", ["tiktok", "url"]],
    ["user_name", ["user", "name"]],
    ["  Taux d’engagement ", ["taux", "d", "engagement"]],
    ["ＦＯＬＬＯＷＥＲＳ", ["followers"]],
    ["Takipçi sayısı", ["takipci", "sayisi"]],
    ["# of videos", ["#", "of", "videos"]],
    ["Język", ["jezyk"]],
  ])("of %s", (name, words) => {
    expect(wordsOf(name)).toEqual(words);
  });
});

describe("readColumnName", () => {
  it.each([
    ["Followers (K)", "followers", 1000],
    ["Likes [Mio]", "likes", 1_000_000],
    ["粉丝数（万）", "followers", 10_000],
    ["ER %", "awg_engagement_rate", 0.01],
    ["Engagement rate in %", "awg_engagement_rate", 0.01],
    ["% engagement", "awg_engagement_rate", 0.01],
    ["Taux d'engagement en %", "awg_engagement_rate", 0.01],
    ["engagement_rate_pct", "awg_engagement_rate", 0.01],
    ["ER в процентах", "awg_engagement_rate", 0.01],
    ["エンゲージメント率（％）", "awg_engagement_rate", 0.01],
    ["معدل التفاعل ٪", "awg_engagement_rate", 0.01],
    ["Followers 2024-05-01", "followers", null],
    ["Followers (TikTok)", "followers", null],
    ["TikTok followers", "followers", null],
    ["Nombre de abonnés", "followers", null],
    ["n_followers", "followers", null],
    ["#videos", "videos_count", null],
    ["profile.userName", "account_id", null],
    ["user.total_favorited", "likes", null],
    ["Heart count", "likes", null],
    ["profile.stats.fans", "followers", null],
    ["user display name", "nickname", null],
  ])("tells %s, and its unit", (column, canonical, unit) => {
    expect(canonicals(column)).toEqual([canonical]);
    expect(readColumnName(column).unit).toBe(unit);
  });

  it.each([
    "Avg. likes",
    "average comments",
    "views",
    "Likes per video",
    "New followers",
    "Followers (Instagram)",
    "Followers %",
    "Engagement rate (K)",
    "Video likes",
    "Fake followers",
    "Followers growth",
    "total",
    "TikTok tt",
    "",
  ])("takes %j for no column of a profile", (column) => {
    expect(canonicals(column).filter((name) => name !== "account_id" && name !== "url")).toEqual([]);
  });

  it("takes no long text for a name, whatever it is made of", () => {
    expect(canonicals(`Fans${" count".repeat(20_000)}`)).toEqual([]);
    expect(canonicals(`Fans${" count".repeat(4)}`)).toEqual(["followers"]);
  });

  it("leaves open what a name may mean, and knows whose it is not", () => {
    expect(canonicals("Creator")).toEqual(["account_id", "nickname"]);
    expect(readColumnName("Instagram handle")).toMatchObject({ candidates: [], elsewhere: true });
    expect(readColumnName("description").candidates).toEqual([{ canonical: "biography", rank: 1 }]);
  });
});

describe("data/columns/names.json", () => {
  const { languages, names } = columnWords();

  it("has names in 16 languages, each of its canonical column", () => {
    expect(Object.keys(languages)).toHaveLength(16);
    for (const canonical of CANONICAL_NAMES) {
      for (const [language, list] of Object.entries(names[canonical] ?? {})) {
        expect(languages[language]).toBeDefined();
        for (const name of list) expect(canonicals(name), name).toContain(canonical);
      }
    }
  });

  it("never gives a count a name that a count of another kind has", () => {
    const counts = CANONICAL_NAMES.filter((name) => CANONICAL_COLUMNS[name].type === "BIGINT");
    for (const canonical of counts) {
      for (const name of Object.values(names[canonical] ?? {}).flat()) {
        expect(
          canonicals(name).filter((other) => counts.includes(other)),
          name,
        ).toEqual([canonical]);
      }
    }
  });

  it.each(["account_id", "followers", "likes", "videos_count", "biography", "awg_engagement_rate"] as const)(
    "has a name of %s in every language",
    (canonical) => {
      expect(Object.keys(names[canonical] ?? {}).sort()).toEqual(Object.keys(languages).sort());
    },
  );
});
