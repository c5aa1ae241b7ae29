import { existsSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { readXlsx } from "hucre/xlsx";
import { beforeAll, describe, expect, it } from "vitest";
import type { ShortlistEntry } from "../../src/shortlist/shortlist.ts";
import { ROOT, runHere as runLater, scratchFolder } from "../support/harness.ts";

const PROFILES = join(ROOT, "examples/profiles.csv");
const folder = await scratchFolder();
const model = join(folder, "trained/model");

/** Runs a command line days after the sample's profiles were read. */
const runHere = (words: readonly string[]) =>
  runLater(words, { now: () => new Date("2023-08-10T00:00:00Z") });

/** Runs the command and gives the list that it wrote. */
async function list(name: string, ...words: string[]): Promise<ShortlistEntry[]> {
  const out = join(folder, `${name}.ndjson`);
  const { code, stderr } = await runHere(["shortlist", model, PROFILES, "--out", out, ...words]);
  expect(stderr).toBe("");
  expect(code).toBe(0);
  return (await readFile(out, "utf8"))
    .split("\n")
    .filter(Boolean)
    .map((line) => JSON.parse(line));
}

describe("insights shortlist", () => {
  beforeAll(async () => {
    // A model of one question, which does not see posts; the one of two ships, and is listed with elsewhere.
    const { code } = await runHere([
      ...["train", PROFILES, "--target", "engagement", "--out", join(folder, "trained")],
      ...["--folds", "2", "--repeats", "1", "--networks", "1"],
    ]);
    expect(code).toBe(0);
  }, 60_000);

  it("lists the likeliest accounts first, with reasons and contacts", async () => {
    const entries = await list("top", "--top", "30");
    expect(entries.map(({ rank }) => rank)).toEqual(Array.from({ length: 30 }, (_, i) => i + 1));
    const probabilities = entries.map(({ probability }) => probability);
    expect(probabilities).toEqual([...probabilities].sort((a, b) => b - a));
    expect(entries.every(({ url, account }) => url === `https://www.tiktok.com/@${account}`)).toBe(true);
    expect(entries.every(({ reasons }) => reasons.length >= 1 && reasons.length <= 3)).toBe(true);
    expect(entries.some(({ contacts }) => contacts.length > 0)).toBe(true);
  });

  it("keeps to every filter", async () => {
    const entries = await list(
      "filtered",
      ...["--min-followers", "2000", "--max-followers", "400000", "--tier", "nano,micro,mid", "--top", "30"],
      ...["--active-days", "200", "--where", "following < followers", "--min-probability", "0.1"],
    );
    expect(entries.length).toBeGreaterThan(5);
    for (const { followers, tier, days_since_last_post: days, probability } of entries) {
      expect(followers).toBeGreaterThanOrEqual(2000);
      expect(followers).toBeLessThanOrEqual(400_000);
      expect(["nano", "micro", "mid"]).toContain(tier);
      expect(days).toBeLessThanOrEqual(200);
      expect(probability).toBeGreaterThanOrEqual(0.1);
    }
    const mailed = await list("mailed", "--has-email", "--top", "20");
    expect(mailed.length).toBeGreaterThan(0);
    expect(mailed.every(({ contacts }) => contacts.some(({ kind }) => kind === "email"))).toBe(true);
    const verified = await list("verified", "--verified", "--top", "20");
    expect(verified.length).toBeGreaterThan(0);
    expect(verified.every((entry) => entry.verified)).toBe(true);
  });

  it("knows no age of an account whose number tells none", async () => {
    const entries = await list("ages", "--top", "60");
    const old = entries.filter(({ id }) => id !== null && id.length < 19);
    expect(old.length).toBeGreaterThan(3);
    expect(old.every(({ account_age_days: days }) => days === null)).toBe(true);
    expect(
      entries
        .filter(({ last_post: day }) => day === null)
        .every((entry) => entry.days_since_last_post === null),
    ).toBe(true);
  });

  it.each(["csv", "ndjson", "md"])("leaves out whom an earlier list holds, as .%s", async (ending) => {
    const earlier = join(folder, `earlier.${ending}`);
    const { code, stdout } = await runHere(["shortlist", model, PROFILES, "--out", earlier, "--top", "10"]);
    expect(code).toBe(0);
    expect(stdout).not.toContain("left out");
    const [first, next] = [
      await list(`first-${ending}`, "--top", "20"),
      await list(`next-${ending}`, "--top", "10", "--exclude", earlier),
    ];
    expect(next.map(({ account }) => account)).toEqual(first.slice(10).map(({ account }) => account));
  });

  it("says how many an earlier list left out, also where that is nobody", async () => {
    const strangers = join(folder, "strangers.txt");
    await writeFile(strangers, `${"@somebody.else\n".repeat(20)}https://vm.tiktok.com/ZMabc/\n`);
    const words = ["shortlist", model, PROFILES, "--out", join(folder, "all.csv"), "--top", "5"];
    const { stdout, stderr } = await runHere([...words, "--exclude", strangers]);
    expect(stderr).toContain(
      "warning: of strangers.txt some records name nobody and count for nothing: 1 short_link\n",
    );
    expect(stdout).toContain(
      "1,000 match, 721 of them of at least 1,000 followers (--all lists everybody), 0 left out as not wanted again",
    );
  });

  it("lists the accounts of a file alone, and names those that are not there", async () => {
    const [{ account }, , third] = await list("some", "--top", "3");
    const wanted = join(folder, "wanted.txt");
    await writeFile(
      wanted,
      `handle\n@${third?.account}\n@somebody.else\nhttps://www.tiktok.com/@${account}\n`,
    );
    const out = join(folder, "only.csv");
    const { stdout } = await runHere(["shortlist", model, PROFILES, "--out", out, "--only", wanted]);
    expect(stdout).toContain("1 account of --only not in the file: somebody.else\n");
    expect(stdout).toContain("2 accounts listed");
    const refused = await runHere(["shortlist", model, wanted, "--out", join(folder, "no.csv")]);
    expect(refused.code).toBe(1);
    expect(refused.stderr).toContain("wanted.txt is a list of 3 accounts");
  });

  it("lists as many as are asked for, at most 200 of those that it prefers, or everybody", async () => {
    const usual = await list("usual");
    expect(usual).toHaveLength(200);
    expect(usual.every(({ followers }) => (followers ?? 0) >= 1000)).toBe(true);
    expect(await list("fifty", "--top", "50")).toHaveLength(50);
    expect(await list("everybody", "--all")).toHaveLength(1000);
  });

  it("keeps to flags, which it tells in words", async () => {
    const flagged = await list("flagged", "--flag", "following,likes", "--top", "10");
    expect(flagged).toHaveLength(10);
    for (const { flags } of flagged) {
      expect(flags.some(({ name }) => name === "following" || name === "likes")).toBe(true);
      expect(flags.every(({ words }) => words.length > 5)).toBe(true);
    }
    const clean = await list("clean", "--no-flags", "--top", "100");
    expect(clean.every(({ flags }) => flags.length === 0)).toBe(true);
  });

  it("says why nobody is listed", async () => {
    const words = ["shortlist", model, PROFILES, "--out", join(folder, "nobody.csv")];
    const { code, stdout, stderr } = await runHere([
      ...[...words, "--language", "en", "--verified", "--min-followers", "900000000000"],
    ]);
    expect(code).toBe(0);
    expect(stdout).toContain("0 accounts listed");
    expect(stderr.split("\n").sort()).toEqual([
      "",
      "warning: --language leaves everybody out: the file has no predicted_lang (profiles.csv)",
      "warning: --min-followers leaves everybody out: no account is like that (profiles.csv)",
    ]);
  });

  it("says how many of the list have long been silent, where that was not asked for", async () => {
    const entries = await list("silent", "--top", "60");
    const silent = entries.filter(({ days_since_last_post: days }) => days !== null && days > 90).length;
    expect(silent).toBeGreaterThan(1);
    const words = ["shortlist", model, PROFILES, "--top", "60", "--out"];
    const { stdout } = await runHere([...words, join(folder, "silent.csv")]);
    expect(stdout).toContain(`${silent} of them posted nothing for 90 days; --active-days 90 `);
    const recent = await runHere([...words, join(folder, "recent.csv"), "--active-days", "400"]);
    expect(recent.stdout).not.toContain("posted nothing");
  });

  it("says how old the profiles are, and warns where they are old", async () => {
    const words = ["shortlist", model, PROFILES, "--top", "5", "--out"];
    const soon = await runHere([...words, join(folder, "soon.csv")]);
    expect(soon.stderr).toBe("");
    expect(soon.stdout).toMatch(/^Profiles read from 18 Jul 2023 to \d+ Aug 2023, the first 23 days ago/m);
    const later = await runLater([...words, join(folder, "later.csv")], {
      now: () => new Date("2026-12-01T00:00:00Z"),
    });
    expect(later.stdout).toMatch(/^Profiles read from 18 Jul 2023 to .*, the first 3\.4 years ago/m);
    expect(later.stderr).toMatch(/^warning: profiles older than 30 days tell who was posting then/);
  });

  it("compares an account with others of its tier, or with nobody", async () => {
    const large = await list("large", "--where", "followers > 2000000");
    const most = Math.max(...large.map(({ followers }) => followers ?? 0));
    expect(large.filter(({ followers }) => followers === most)).toHaveLength(1);
    const tiers = await list(
      "tiers",
      "--where",
      "followers > 2000000",
      "--tiers",
      `large=1M,largest=${most}`,
    );
    for (const { tier, engagement_percentile: share } of tiers) {
      if (tier === "largest") expect(share).toBeNull();
      else expect(share).toBeGreaterThanOrEqual(0);
    }
    expect(tiers.filter(({ tier }) => tier === "largest")).toHaveLength(1);
  });

  it("leaves personal data out when told", async () => {
    const entries = await list("bare", "--top", "50", "--no-contacts");
    expect(JSON.stringify(entries)).not.toMatch(/"contacts"|example\.(com|org|net)/);
  });

  it("writes a workbook by its name, and chosen columns in their order", async () => {
    const out = join(folder, "book.xlsx");
    const columns = ["first_name", "handle", "why", "link", "email"];
    const words = ["shortlist", model, PROFILES, "--out", out, "--top", "40"];
    const { code, stderr } = await runHere([...words, "--columns", columns.join(",")]);
    expect([code, stderr]).toEqual([0, ""]);
    const { rows } = (await readXlsx(await readFile(out))).sheets[0];
    expect(rows[0]).toEqual(columns);
    expect(rows).toHaveLength(41);
    expect(
      rows.slice(1).every(([, handle, why]) => /^@/.test(String(handle)) && /\.$/.test(String(why))),
    ).toBe(true);
  });

  it("writes the format that is asked for", async () => {
    const out = join(folder, "german.csv");
    const { code } = await runHere(["shortlist", model, PROFILES, "--out", out, "--format", "semicolon"]);
    expect(code).toBe(0);
    expect(await readFile(out, "utf8")).toMatch(/^\uFEFFrank;account;.*\r\n1;.*;0,\d+;/);
  });

  it.each([
    [["--out", "x.csv", "--format", "xlsx"], 2, "--format xlsx is for .xlsx, not for x.csv"],
    [["--out", "x.csv", "--format", "csv", "--excel"], 2, "cannot be used with option"],
    [["--out", "x.csv", "--columns", "name,status"], 2, "unknown column: status (expected rank, account, "],
    [["--out", "x.xls"], 2, "unknown format: x.xls (expected .csv, .xlsx, .ndjson or .md)"],
    [
      ["--out", "x.csv", "--tier", "micro,huge"],
      2,
      "unknown tier: huge (expected starter, nano, micro, mid, macro, mega)",
    ],
    [["--out", "x.csv", "--flag", "giveaways"], 2, "unknown flag: giveaways (expected giveaway, reselling, "],
    [["--out", "x.md", "--excel"], 2, "--excel is for .csv, not for x.md"],
    [
      ["--out", "x.csv", "--min-followers", "5", "--max-followers", "4"],
      2,
      "invalid followers: at least 5 and at most 4",
    ],
    [["--out", "x.csv", "--where", "1; drop table ranked"], 2, "semicolon"],
    [["--out", "x.csv", "--exclude", "nobody.csv"], 1, "no such file: nobody.csv"],
    [["--out", "x.csv", "--exclude", join(ROOT, "docs/images/page-study.png")], 1, "is a picture"],
    [["--out", "x.csv", "--exclude", ROOT], 1, "this is a folder, not a file"],
    [["--out", "x.csv", "--where", "followers >"], 2, "invalid condition: followers > stops in the middle"],
    [["--out", "x.csv", "--top", "0"], 2, "expected a whole number"],
  ])("refuses %j", async (words, expected, message) => {
    const { code, stderr } = await runHere(["shortlist", model, PROFILES, ...words]);
    expect(code).toBe(expected);
    expect(stderr).toContain(message);
    expect(existsSync("x.csv")).toBe(false);
  });

  it("names the options that are for the file of people, where that cannot be read", async () => {
    const people = join(folder, "unknown.csv");
    await writeFile(people, "nom,n\nAna Lima,12\nBo Berg,40\n");
    const { code, stderr } = await runHere([
      "shortlist",
      model,
      PROFILES,
      "--out",
      "x.csv",
      "--only",
      people,
    ]);
    expect(code).toBe(1);
    expect(stderr).toContain("--people-map canonical=column");
    expect(stderr).not.toContain(" --map");
  });

  it("replaces nothing without being told", async () => {
    const out = join(folder, "taken.csv");
    await writeFile(out, "mine");
    const { code, stderr } = await runHere(["shortlist", model, PROFILES, "--out", out]);
    expect(code).toBe(1);
    expect(stderr).toContain("output file exists");
    expect(await readFile(out, "utf8")).toBe("mine");
  });
});
