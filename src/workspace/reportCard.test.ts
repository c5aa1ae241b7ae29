import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { insertRows, NOW } from "../../test/support/workspace.ts";
import { IN_MEMORY, openWorkspace, type Workspace } from "./open.ts";
import { type QuestionCard, type ReportCard, reportCardSchema, reportCards } from "./reportCard.ts";

let workspace: Workspace;
beforeEach(async () => {
  workspace = await openWorkspace(IN_MEMORY, { now: NOW });
});
afterEach(() => workspace.close());

type Row = Parameters<typeof insertRows>[2][number];

const NORM = JSON.stringify({ log10_followers: [3], log_rate: [Math.log(0.05 + 1e-4)], rows: [20] });
const model = (name: string, rest: Row = {}): Row => ({
  ...{ model: name, name, horizon: 30, shipped: false, norm: NORM, added_at: "2024-01-01 00:00:00", ...rest },
});
const snapshot = (person: number, number: number, observed_at: string | null, rest: Row = {}): Row => ({
  ...{ person, import: number, observed_at, observed_known: true, ...rest },
});
const forecast = (person: number, number: number, still_posting: number | null, rest: Row = {}): Row => ({
  ...{ person, import: number, model: "m", still_posting, ...rest },
});

async function cards(tables: Record<string, readonly Row[]>): Promise<ReportCard[]> {
  for (const [table, rows] of Object.entries({ models: [model("m")], ...tables }))
    await insertRows(workspace, table, rows);
  const found = await workspace.read(reportCards);
  for (const card of found) reportCardSchema.parse(card);
  return found;
}
async function questions(tables: Record<string, readonly Row[]>): Promise<readonly QuestionCard[]> {
  return (await cards(tables))[0].questions;
}

const A = "2023-08-01 12:00:00";
const DUE = "2023-08-31 12:00:00";
const B = "2023-09-10 00:00:00";
const OLD = "2023-07-20 00:00:00";
const NONE = {
  ...{
    undated: 0,
    too_early: 0,
    not_seen_again: 0,
    without_posts: 0,
    out_of_reach: 0,
    without_rate: 0,
    nothing_new: 0,
  },
};

describe("still_posting", () => {
  /** Judges one forecast of 0.9 by what is listed later: true, false, or the reason why not. */
  async function fate(earlier: Row, later: Row): Promise<boolean | string> {
    const [card] = await questions({
      snapshots: [snapshot(1, 1, A, earlier), snapshot(1, 2, B, later)],
      forecasts: [forecast(1, 1, 0.9)],
    });
    expect(card.forecasts).toBe(1);
    if (card.judged === 1) return card.groups[0].came_true === 1;
    return Object.entries(card.not_judged).find(([, n]) => n === 1)?.[0] ?? "nothing";
  }

  const NEW = "2023-09-05 00:00:00";
  it.each<[string, Row, Row, boolean | string]>([
    ["a post within the days", {}, { posted_at: [NEW, "2023-08-20 00:00:00", OLD] }, true],
    ["a post in the last second of the days", {}, { posted_at: [NEW, DUE, OLD] }, true],
    ["a post a second later", {}, { posted_at: [NEW, "2023-08-31 12:00:01", OLD] }, false],
    ["a post in the very second of the reading", {}, { posted_at: [A] }, false],
    ["a post a second after the reading", {}, { posted_at: ["2023-08-01 12:00:01"] }, true],
    [
      "a post after the reading that was listed then",
      { last_post: "2023-08-01 20:00:00" },
      { posted_at: ["2023-08-01 20:00:00"] },
      false,
    ],
    ["nothing since", { last_post: OLD }, { posted_at: [OLD] }, false],
    ["only newer posts, of more than are listed", {}, { posted_at: [NEW], videos_count: 2 }, "out_of_reach"],
    ["only newer posts, which are all there are", {}, { posted_at: [NEW], videos_count: 1 }, false],
    ["only newer posts, fewer than are ever listed", {}, { posted_at: [NEW] }, false],
    ["only newer posts, a whole list of them", {}, { posted_at: new Array(10).fill(NEW) }, "out_of_reach"],
    ["no dated post", {}, { posted_at: [] }, "without_posts"],
    ["no posts", {}, { posted_at: null }, "without_posts"],
    ["an unknown moment of the forecast", { observed_known: false }, { posted_at: [OLD] }, "undated"],
    ["no moment of the forecast", { observed_at: null }, { posted_at: [OLD] }, "undated"],
    ["an unknown moment later", {}, { observed_known: false, posted_at: [OLD] }, false],
    ["no moment later", {}, { observed_at: null, posted_at: [OLD] }, "too_early"],
    [
      "a reading before the days are over",
      {},
      { observed_at: "2023-08-31 11:59:59", posted_at: [OLD] },
      "too_early",
    ],
    ["a reading as the days are over", {}, { observed_at: DUE, posted_at: [OLD] }, false],
  ])("%s", async (_, earlier, later, expected) => {
    expect(await fate(earlier, later)).toBe(expected);
  });

  it("tells those who were not seen again from those for whom it is too early", async () => {
    const [card] = await questions({
      snapshots: [
        snapshot(1, 1, A),
        snapshot(2, 1, A),
        snapshot(3, 2, B),
        snapshot(2, 2, B, { posted_at: [OLD] }),
      ],
      forecasts: [forecast(1, 1, 0.5), forecast(2, 1, 0.5), forecast(3, 2, 0.5)],
    });
    expect(card).toMatchObject({ forecasts: 3, judged: 1, people: 1, likely: null });
    expect(card.not_judged).toEqual({ ...NONE, not_seen_again: 1, too_early: 1 });
  });

  it("holds each forecast of a person to the first reading after its days", async () => {
    const posts = (...days: string[]) => ({ posted_at: days.map((day) => `2023-${day} 00:00:00`) });
    const [card] = await questions({
      snapshots: [
        snapshot(1, 1, "2023-06-01 00:00:00", posts("05-30")),
        // Within the thirty days of the first: tells nothing of it.
        snapshot(1, 2, "2023-06-20 00:00:00", posts("05-30")),
        snapshot(1, 3, "2023-07-25 00:00:00", posts("07-02", "05-30")),
        snapshot(1, 4, "2023-08-30 00:00:00", posts("07-02", "06-15", "05-30")),
      ],
      forecasts: [1, 2, 3, 4].map((number) => forecast(1, number, 0.1 * number)),
    });
    // The first is held to the third reading, which shows no post within its days; the second to it too, and that shows one; the third to the fourth.
    expect(card).toMatchObject({ forecasts: 4, judged: 3, people: 1, not_judged: { ...NONE, too_early: 1 } });
    expect(card.groups.map(({ from, came_true }) => [from, came_true])).toEqual([
      [0.1, 0],
      [0.2, 1],
      [0.3, 0],
    ]);
  });

  it("counts a moment once that comes in two files", async () => {
    const [card] = await questions({
      snapshots: [snapshot(1, 1, A), snapshot(1, 2, A), snapshot(1, 3, B, { posted_at: [OLD] })],
      forecasts: [forecast(1, 1, 0.9), forecast(1, 2, 0.9)],
    });
    expect(card).toMatchObject({ forecasts: 1, judged: 1 });
  });

  it("counts by steps of ten percent, with Wilson's intervals, and from 80 % on", async () => {
    const said = [0.05, 0.1, 0.19, 0.8, 0.85, 0.9, 0.95, 1];
    const did = [0, 0, 1, 1, 1, 1, 0, 1];
    const [card] = await questions({
      snapshots: said.flatMap((_, i) => [
        snapshot(i, 1, A),
        snapshot(i, 2, B, { posted_at: did[i] === 1 ? ["2023-08-20 00:00:00"] : [OLD] }),
      ]),
      forecasts: said.map((p, i) => forecast(i, 1, p)),
    });
    expect(card.groups.map(({ from, to, forecasts, came_true }) => [from, to, forecasts, came_true])).toEqual(
      [
        [0, 0.1, 1, 0],
        [0.1, 0.2, 2, 1],
        [0.8, 0.9, 2, 2],
        [0.9, 1, 3, 2],
      ],
    );
    expect(card.groups[3].predicted).toBeCloseTo(0.95, 12);
    // Wilson 1927 in Python 3: (p + z²/2n ± z √(p (1 - p)/n + z²/4n²)) / (1 + z²/n), z = 1.959963984540054.
    expect(card.likely).toMatchObject({ forecasts: 5, people: 5, came_true: 4, share: 0.8 });
    expect(card.likely?.low).toBeCloseTo(0.3755346297625253, 9);
    expect(card.likely?.high).toBeCloseTo(0.9637758913675698, 9);
    const brier = said.reduce((sum, p, i) => sum + (p - did[i]) ** 2, 0) / 8;
    expect(card.brier).toBeCloseTo(brier, 12);
  });
});

describe("well_answered", () => {
  it("is judged by the later rate against the model's norm, where rate and size are known", async () => {
    const later = [
      { followers: 1000, awg_engagement_rate: 0.0501 },
      { followers: 1000, awg_engagement_rate: 0.0499 },
      { followers: null, awg_engagement_rate: 0.9 },
      { followers: 1000, awg_engagement_rate: null },
      // Without a new post the rate is that of before.
      { followers: 1000, awg_engagement_rate: 0.9, posted_at: [OLD] },
    ];
    const [still, well] = await questions({
      snapshots: later.flatMap((rest, i) => [
        // The earlier rate plays no part.
        snapshot(i, 1, A, { followers: 1000, awg_engagement_rate: 0.9, last_post: OLD }),
        snapshot(i, 2, B, { posted_at: [B], videos_count: 500, ...rest }),
      ]),
      forecasts: later.map((_, i) => forecast(i, 1, i === 0 ? 0.5 : null, { well_answered: 0.6 })),
    });
    expect(still).toMatchObject({ forecasts: 1, judged: 0, not_judged: { ...NONE, out_of_reach: 1 } });
    expect(well).toMatchObject({ question: "well_answered", forecasts: 5, judged: 2 });
    expect(well.not_judged).toEqual({ ...NONE, without_rate: 2, nothing_new: 1 });
    expect(well.groups).toMatchObject([{ from: 0.6, forecasts: 2, came_true: 1, share: 0.5 }]);
  });

  it("is judged without a new post where no rate was known", async () => {
    const [, well] = await questions({
      snapshots: [
        snapshot(1, 1, A, { last_post: OLD }),
        snapshot(1, 2, B, { posted_at: [OLD], followers: 1000, awg_engagement_rate: 0.9 }),
      ],
      forecasts: [forecast(1, 1, 0.5, { well_answered: 0.2 })],
    });
    expect(well).toMatchObject({ judged: 1, groups: [{ from: 0.2, came_true: 1 }] });
  });
});

describe("models", () => {
  it("stand side by side, the one that ships first, each with its horizon", async () => {
    const found = await cards({
      models: [
        model("own", { horizon: 60, norm: null }),
        model("shipped", { shipped: true, added_at: "2024-01-02 00:00:00" }),
        model("other target", { horizon: null }),
        model("unused"),
      ],
      snapshots: [snapshot(1, 1, A), snapshot(1, 2, B, { posted_at: ["2023-08-20 00:00:00"] })],
      forecasts: ["own", "shipped"].map((name) =>
        forecast(1, 1, 0.7, { model: name, well_answered: name === "own" ? 0.4 : null }),
      ),
    });
    expect(found.map((card) => [card.name, card.shipped, card.horizon])).toEqual([
      ["shipped", true, 30],
      ["own", false, 60],
      ["unused", false, 30],
    ]);
    expect(found[0].questions).toMatchObject([{ question: "still_posting", judged: 1 }]);
    expect(found[1].questions).toMatchObject([
      { question: "still_posting", judged: 0, brier: null, not_judged: { ...NONE, too_early: 1 } },
      { question: "well_answered", judged: 0, not_judged: { ...NONE, too_early: 1 } },
    ]);
    expect(found[2].questions).toEqual([]);
  });

  it("are none in an empty workspace", async () => {
    expect(await workspace.read(reportCards)).toEqual([]);
  });
});
