import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { scratchFolder } from "../../test/support/harness.ts";
import { presetNamed } from "../features/presets.ts";
import { readProfiles } from "../profiles/read.ts";
import { resolveTarget } from "../targets/resolve.ts";
import { checkLostRecords } from "./lostRecords.ts";

const folder = await scratchFolder();
const path = join(folder, "profiles.csv");

interface Account {
  readonly id: string;
  readonly followers: string;
  readonly likes: string;
  readonly good: boolean;
}

/** The sentences about 400 accounts, every second of them good, whose followers grow; `change` writes some of them as nobody reads them. */
async function check(
  change: (account: Account, i: number) => Partial<Account>,
  { allow = false, likes = true } = {},
) {
  const accounts = Array.from({ length: 400 }, (_, i): Account => {
    const account = {
      id: `${7_000_000_000_000_000_001n + BigInt(i)}`,
      followers: `${1000 + 10 * i}`,
      likes: `${20_000 + 300 * i}`,
      good: i % 2 === 0,
    };
    return { ...account, ...change(account, i) };
  });
  const lines = accounts.map((account) =>
    [
      account.id,
      account.followers,
      ...(likes ? [account.likes, "12"] : []),
      "yes,no".split(",")[account.good ? 0 : 1],
    ].join(","),
  );
  const header = `id,followers,${likes ? "likes,videos_count," : ""}good`;
  return checkLines([header, ...lines], allow);
}

async function checkLines(lines: readonly string[], allow = false, target = "column:good") {
  await writeFile(path, `${lines.join("\n")}\n`);
  const definition = await resolveTarget(target);
  const profiles = await readProfiles(path, { keep: definition.columns });
  try {
    return await checkLostRecords(profiles, { definition, preset: presetNamed("profile"), allow });
  } finally {
    await profiles.close();
  }
}

const unreadable = { followers: "very many" };

it("refuses where the accounts that cannot be read are the large ones, and names column, counts and remedy", async () => {
  const large = (_: Account, i: number) => (i >= 300 ? unreadable : {});
  await expect(check(large)).rejects.toThrow(
    /followers of 100 of 400 records \(25 %\) cannot be read, such as "very many" \(line 302\), and those have a median of 124,850 likes against 64,850 of the others \(mend the column, or take another: --map followers=COLUMN; --allow-rejected trains without them\) \(profiles\.csv\)/,
  );
  const [told] = await check(large, { allow: true });
  expect(told).toMatch(/^followers of 100 of 400 records/);
});

it("refuses where the labels differ, though the sizes do not", async () => {
  const good = ({ good }: Account, i: number) => (good && i % 3 === 0 ? unreadable : {});
  await expect(check(good)).rejects.toThrow(
    /and 100 % of those are column:good against 39\.\d % of the others/,
  );
});

it("lets pass what is lost at random, and what is little", async () => {
  expect(await check((_, i) => (i % 5 === 0 ? unreadable : {}))).toEqual([]);
  expect(await check((_, i) => (i >= 361 ? unreadable : {}))).toEqual([]);
});

it("refuses where records are rejected and those are the large ones", async () => {
  await expect(check((_, i) => (i >= 300 ? { id: "" } : {}))).rejects.toThrow(
    /100 of 400 records \(25 %\) were rejected, most of them for missing_id, and those have a median of 4,495 followers against 2,495 of the others/,
  );
});

it("refuses where no other size is there to tell", async () => {
  await expect(check((_, i) => (i % 5 === 0 ? unreadable : {}), { likes: false })).rejects.toThrow(
    /followers of 80 of 400 .* and nothing tells how large those accounts are/,
  );
});

describe("in a file of videos", () => {
  /** The sentences about 100 authors of two videos each; `change` writes what stands for a video's likes and for its author. */
  const checkVideos = (
    change: (author: number, video: number) => { likes?: string; author?: string; followers?: string },
  ) => {
    const videos = Array.from({ length: 200 }, (_, i) => {
      const [author, video] = [Math.floor(i / 2), i % 2];
      const { likes = "50", author: handle = `someone${author}`, followers } = change(author, video);
      const id = 7_000_000_000_000_000_001n + BigInt(i);
      return `${id},${handle},${followers ?? 1000 + author},${likes},3,1000,${author % 4 < 2 ? "yes" : "no"}`;
    });
    const header = "video_id,author_username,author_followers,digg_count,comment_count,play_count,good";
    return checkLines([header, ...videos], false, "engagement");
  };

  it("refuses where the likes of all videos of large authors cannot be read", async () => {
    await expect(checkVideos((author) => (author >= 80 ? { likes: "lots" } : {}))).rejects.toThrow(
      /video likes of 40 of 200 records \(20 %\) cannot be read, such as "lots" \(line 162\), and those have a median of 1,090 followers against 1,040 of the others \(mend the column; --allow-rejected/,
    );
  });

  it("lets pass where each author has another video left to tell", async () => {
    expect(
      await checkVideos((author, video) => (author >= 50 && video === 0 ? { likes: "lots" } : {})),
    ).toEqual([]);
  });

  it("compares the authors whose videos are rejected, each once, with the others", async () => {
    const large = (author: number) => (author >= 80 ? { author: "" } : {});
    await expect(checkVideos(large)).rejects.toThrow(
      /40 of 200 records \(20 %\) were rejected, .* a median of 1,090 followers against 1,040 of/,
    );
    // 22 videos of 9 sizes: too few to tell by.
    const few = (author: number) =>
      author >= 89 ? { author: "", followers: `${Math.min(1000 + author, 1097)}` } : {};
    expect(await checkVideos(few)).toEqual([]);
  });
});

it("refuses where large accounts have likes that they cannot have", async () => {
  await expect(
    check((_, i) => (i >= 300 ? { followers: `${1_000_000 + i}`, likes: "0" } : {})),
  ).rejects.toThrow(
    /^a model .*: likes of 100 of 400 records \(25 %\) are none that an account can have, such as "0" \(line 302\), and those have a median of 1,000,350 followers/,
  );
});
