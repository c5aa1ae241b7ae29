import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { NOW, sampleWorkspace, shippedRanking } from "../../test/support/workspace.ts";
import { SAMPLE_COLUMNS, sampleRecords, writeSample } from "../sample/sample.ts";
import { addImport } from "./addImport.ts";
import { MARKED } from "./find.ts";
import type { Workspace } from "./open.ts";
import { reportCards } from "./reportCard.ts";

/** The sample that ships, and the same people thirty days later. What a workspace tells of both is held to plain arithmetic on the two files. */
const SAMPLE = { rows: 1000, seed: 1 };
const DAY = 86_400;

/** An account as one of the files has it, worked out anew: times are Unix seconds. */
interface Read {
  readonly id: string;
  readonly handle: string;
  readonly read: number;
  /** Dated posts, newest first. */
  readonly posts: readonly number[];
  readonly followers: number;
  readonly likes: number;
  readonly videos: number;
  readonly rate: number;
}

function readAll(later?: number): Read[] {
  const names: readonly string[] = SAMPLE_COLUMNS.map(([name]) => name);
  return [...sampleRecords({ ...SAMPLE, later })].map((record) => {
    const of = (name: string) => record[names.indexOf(name)] ?? "";
    const ids = of("top_videos").match(/\d+(?=,|$)/g) ?? [];
    return {
      id: of("id"),
      handle: of("account_id"),
      read: Number(/x-expires=(\d+)/.exec(of("profile_pic_url"))?.[1]) - 2 * DAY,
      posts: ids
        .map((id) => Number(BigInt(id) >> 32n))
        .filter((seconds) => seconds > Date.UTC(2014, 0, 1) / 1000),
      followers: Number(of("followers")),
      likes: Number(of("likes")),
      videos: Number(of("videos_count")),
      rate: Number(of("awg_engagement_rate")),
    };
  });
}

const FIRST = readAll();
const LATER = readAll(30);
const before = new Map(FIRST.map((one) => [one.id, one]));
const after = new Map(LATER.map((one) => [one.id, one]));

let workspace: Workspace;
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "two-readings-"));
  const path = join(folder, "later.csv");
  await writeSample(path, { ...SAMPLE, later: 30 });
  workspace = await sampleWorkspace();
  await addImport(workspace, path, { model: await shippedRanking(), now: NOW, synthetic: true });
}, 120_000);
afterAll(async () => {
  await workspace.close();
  await rm(folder, { recursive: true, force: true });
});

const ask = (sql: string) =>
  workspace.read(async (connection) => (await connection.runAndReadAll(sql)).getRowObjectsJS());

const silence = ({ read, posts }: Read) => Math.max(read - posts[0], 0) / DAY;

function newsOf(id: string): string | null {
  const [then, now] = [before.get(id), after.get(id)];
  if (then === undefined) return "new";
  if (now === undefined || then.posts.length === 0 || now.posts.length === 0) return null;
  if (silence(then) <= 30) return silence(now) > 30 ? "silent" : null;
  return silence(now) <= 30 ? "woke" : null;
}

describe("a sample and the same people thirty days later, in one workspace", () => {
  it("are everybody of both files once, under the last handle", async () => {
    const rows = await ask("SELECT id, account_id, snapshots FROM people");
    const ids = new Set([...before.keys(), ...after.keys()]);
    expect(rows).toHaveLength(ids.size);
    for (const { id, account_id, snapshots } of rows) {
      const [then, now] = [before.get(String(id)), after.get(String(id))];
      expect(account_id).toBe((now ?? then)?.handle);
      expect(snapshots).toBe(then === undefined || now === undefined ? 1 : 2);
    }
  });

  it("grow as the files say", async () => {
    const rows = await ask(
      `SELECT id, epoch(before) AS read, followers_growth, likes_growth, videos_growth, followers_growth_rate, rate_change, news FROM ${MARKED}`,
    );
    for (const { id, ...told } of rows) {
      const [then, now] = [before.get(String(id)), after.get(String(id))];
      const both = then !== undefined && now !== undefined;
      // Exactly thirty days lie between the two.
      expect(told).toEqual({
        read: both ? then.read : null,
        followers_growth: both ? now.followers - then.followers : null,
        likes_growth: both ? now.likes - then.likes : null,
        videos_growth: both ? now.videos - then.videos : null,
        followers_growth_rate: both ? (now.followers - then.followers) / then.followers : null,
        rate_change: both ? now.rate - then.rate : null,
        news: newsOf(String(id)),
      });
    }
    const news = new Set(rows.map((row) => row.news));
    expect(news).toEqual(new Set(["new", "silent", "woke", null]));
  });

  it("are forecast as the report card says", async () => {
    const forecasts = await ask(
      "SELECT id, f.still_posting AS p FROM forecasts f JOIN snapshots USING (person, import) WHERE import = 1",
    );
    const not = { not_seen_again: 0, without_posts: 0, out_of_reach: 0 };
    let unchanged = 0;
    const judged: { p: number; posted: boolean }[] = [];
    for (const { id, p } of forecasts) {
      const then = before.get(String(id)) as Read;
      const now = after.get(String(id));
      if (now === undefined) not.not_seen_again++;
      else if (now.posts.length === 0) not.without_posts++;
      else {
        const known = Math.max(then.read, then.posts[0] ?? 0);
        const end = then.read + 30 * DAY;
        if (now.posts[0] <= known) unchanged++;
        const posted = now.posts.some((post) => post > known && post <= end);
        const oldest = now.posts[now.posts.length - 1];
        if (!posted && oldest > end && now.posts.length < now.videos) not.out_of_reach++;
        else judged.push({ p: Number(p), posted });
      }
    }
    const [card, ...others] = await workspace.read(reportCards);
    expect(others).toEqual([]);
    const [still, well] = card.questions;
    expect(still).toMatchObject({
      forecasts: FIRST.length + LATER.length,
      judged: judged.length,
      people: judged.length,
      not_judged: { ...not, too_early: LATER.length, undated: 0, without_rate: 0, nothing_new: 0 },
    });
    for (const { from, to, forecasts, came_true, predicted } of still.groups) {
      const some = judged.filter(({ p }) => p >= from && (p < to || to === 1));
      expect(forecasts).toBe(some.length);
      expect(came_true).toBe(some.filter(({ posted }) => posted).length);
      expect(predicted).toBeCloseTo(some.reduce((sum, { p }) => sum + p, 0) / some.length, 9);
    }
    expect(still.groups.reduce((sum, { forecasts }) => sum + forecasts, 0)).toBe(judged.length);
    const likely = judged.filter(({ p }) => p >= 0.8);
    expect(still.likely).toMatchObject({
      forecasts: likely.length,
      came_true: likely.filter(({ posted }) => posted).length,
    });
    expect(still.brier).toBeCloseTo(
      judged.reduce((sum, { p, posted }) => sum + (p - (posted ? 1 : 0)) ** 2, 0) / judged.length,
      9,
    );
    expect(well.not_judged.nothing_new).toBe(unchanged);
    expect(well.judged).toBe(still.judged + still.not_judged.out_of_reach - unchanged);
  });
});
