import { tmpdir } from "node:os";
import { beforeAll, describe, expect, it } from "vitest";
import { fileWithoutRates } from "../../test/support/server/file.ts";
import { serverModel, someServer } from "../../test/support/server/server.ts";

const model = await serverModel();
const server = await someServer({ model, limits: { fileBytes: 1 << 20, pauseMs: 300 } });
const { ask, reports } = server;
const json = async (path: string, init?: RequestInit) => (await ask(path, init)).json();
const upload = (body: BodyInit, name = "people.csv") =>
  ask(`/v1/datasets?name=${encodeURIComponent(name)}`, { method: "POST", body });
/** Follows a job to its end, by its events. */
async function ended(job: string) {
  const text = await (await ask(`/v1/jobs/${job}/events`)).text();
  const events = text.match(/(?<=^data: ).*$/gm)?.map((data) => JSON.parse(data)) ?? [];
  return events.at(-1);
}

describe("a file that is sent", () => {
  let id: string;
  let job: string;
  beforeAll(async () => {
    const answer = await upload(fileWithoutRates(60), "../../etc/pe<o>ple ❤️.csv");
    expect(answer.status).toBe(202);
    const told = await answer.json();
    [id, job] = [told.dataset.id, told.job.id];
    expect(told.dataset).toMatchObject({ name: "people ❤️.csv", ready: { data: false } });
    expect(await ended(job)).toMatchObject({ state: "done", fraction: 1, error: null });
  });

  it("is told of, part by part", async () => {
    const told = await json(`/v1/datasets/${id}`);
    expect(told).toMatchObject({
      rows: 60,
      ready: { data: true, shortlist: true, study: false },
      job: { state: "done" },
    });
    expect(told.summary).toMatchObject({ records: 60, format: "csv", provider: "Bright Data" });
    expect(told.summary.figures.length).toBeGreaterThan(0);
    expect(told.without).toMatch(/^missing column: awg_engagement_rate.* \(people ❤️\.csv\)$/);
    expect((await json("/v1/datasets")).map((one: { id: string }) => one.id)).toEqual([id]);
    expect(await json(`/v1/jobs/${job}`)).toMatchObject({ state: "done" });
    const study = await ask(`/v1/datasets/${id}/study`);
    expect([study.status, (await study.json()).detail]).toEqual([409, told.without]);
  });

  it("is listed: sorted, filtered, page by page", async () => {
    const all = await json(`/v1/profiles?dataset=${id}&limit=500`);
    expect(all.total).toBe(60);
    expect(all.rows.map((row: { rank: number }) => row.rank)).toEqual(
      Array.from({ length: 60 }, (_, i) => i + 1),
    );
    const page = await json(`/v1/profiles?dataset=${id}&offset=10&limit=5`);
    expect(page.rows).toEqual(all.rows.slice(10, 15));
    const sorted = await json(`/v1/profiles?dataset=${id}&sort=followers:desc&min_followers=1000`);
    const followers = sorted.rows.map((row: { followers: number }) => row.followers);
    expect(followers).toEqual([...followers].sort((a, b) => b - a));
    expect(Math.min(...followers)).toBeGreaterThanOrEqual(1000);
    expect(sorted.total).toBeLessThan(60);
  });

  it.each([
    "sort=followers",
    "sort=biography:asc",
    "sort=followers:asc;DROP TABLE ranked",
    "limit=0",
    "limit=501",
    "limit=x",
    "offset=-1",
    "offset=1e99",
    "min_followers=NaN",
    "min_folowers=5",
    "limit=5&limit=6",
    "verified=1",
    "min_probability=2",
    "rows=1;2",
    `search=${"x".repeat(300)}`,
  ])("refuses %s", async (query) => {
    expect((await ask(`/v1/profiles?dataset=${id}&${query}`)).status).toBe(422);
  });

  it.each(["'; DROP TABLE ranked; --", "%", "_", "\\", '"', "\u0000", "\u200f<script>", "😀".repeat(100)])(
    "looks for %j as it stands",
    async (search) => {
      const answer = await ask(`/v1/profiles?dataset=${id}&search=${encodeURIComponent(search)}`);
      expect([200, 422]).toContain(answer.status);
      const tiers = await ask(
        `/v1/profiles?dataset=${id}&tiers=${encodeURIComponent(search)}&regions=${encodeURIComponent(search)}`,
      );
      expect([200, 422]).toContain(tiers.status);
      expect((await json(`/v1/profiles?dataset=${id}`)).total).toBe(60);
    },
  );

  it("tells all about an account, and which are like it", async () => {
    const [first] = (await json(`/v1/profiles?dataset=${id}`)).rows;
    const all = await json(`/v1/profiles/${first.row}?dataset=${id}`);
    expect(all).toMatchObject(first);
    expect(all.explanation.probability).toBeCloseTo(first.probability, 9);
    expect(all.like_this).toHaveLength(10);
    const distances = all.like_this.map((one: { distance: number }) => one.distance);
    expect(distances).toEqual([...distances].sort((a, b) => a - b));
    expect(all.like_this.map((one: { row: number }) => one.row)).not.toContain(first.row);
    expect((await ask(`/v1/profiles/99999?dataset=${id}`)).status).toBe(404);
    expect((await ask(`/v1/profiles/1e3x?dataset=${id}`)).status).toBe(422);
    expect((await ask("/v1/profiles/1?dataset=other")).status).toBe(404);
    expect((await ask("/v1/profiles/1")).status).toBe(422);
  });

  it("adds up by tiers", async () => {
    const tiers: { accounts: number; creators: number }[] = await json(`/v1/datasets/${id}/tiers`);
    expect(tiers.reduce((sum, { accounts }) => sum + accounts, 0)).toBe(60);
    const { rows } = await json(`/v1/profiles?dataset=${id}`);
    const expected = rows.reduce((sum: number, row: { probability: number }) => sum + row.probability, 0);
    expect(tiers.reduce((sum, { creators }) => sum + creators, 0)).toBeCloseTo(expected, 9);
  });

  it("lists the most likely only, however they are sorted, and says how many there would be", async () => {
    const all = await json(`/v1/profiles?dataset=${id}&min_followers=100`);
    expect(all.total).toBe(all.matching);
    const first = all.rows.slice(0, 5).map(({ row }: { row: number }) => row);
    const top = await json(`/v1/profiles?dataset=${id}&min_followers=100&top=5&sort=followers:desc`);
    expect([top.total, top.matching]).toEqual([5, all.matching]);
    expect(top.rows.map(({ row }: { row: number }) => row).sort()).toEqual(first.sort());
    const followers = top.rows.map((row: { followers: number }) => row.followers);
    expect(followers).toEqual([...followers].sort((a: number, b: number) => b - a));
    const rest = await json(`/v1/profiles?dataset=${id}&min_followers=100&top=5&offset=4&limit=10`);
    expect(rest.rows).toHaveLength(1);
    const many = await json(`/v1/profiles?dataset=${id}&min_followers=100&top=1000`);
    expect([many.total, many.matching]).toEqual([all.total, all.total]);
    expect((await ask(`/v1/profiles?dataset=${id}&top=0`)).status).toBe(422);
  });

  it("lists the short list, and exactly as many as are asked for, those that it prefers first", async () => {
    const all = await json(`/v1/profiles?dataset=${id}`);
    const large = all.rows.filter(
      ({ followers }: { followers: number | null }) => (followers ?? 1000) >= 1000,
    );
    const short = await json(`/v1/profiles?dataset=${id}&short=true`);
    expect(short).toMatchObject({ total: large.length, matching: large.length });
    expect(large.length).toBeLessThan(50);
    expect(short.rows).toEqual(large);
    const fifty = await json(`/v1/profiles?dataset=${id}&short=true&top=50`);
    expect([fifty.total, fifty.matching]).toEqual([50, 60]);
    const rows = fifty.rows.map(({ row }: { row: number }) => row);
    expect(rows).toEqual(expect.arrayContaining(large.map(({ row }: { row: number }) => row)));
    const kept = async (words: string) =>
      (await (await ask(`/v1/datasets/${id}/shortlist?${words}&format=ndjson`)).text()).trim().split("\n");
    expect(await kept("short=true")).toHaveLength(large.length);
    expect(await kept("short=true&top=50")).toHaveLength(50);
    expect(await kept("")).toHaveLength(60);
  });

  it("says when the profiles were read", async () => {
    const { read, rows } = await json(`/v1/datasets/${id}`);
    const seen = await Promise.all(
      Array.from({ length: rows }, async (_, row) => {
        const { observed_at } = await json(`/v1/profiles/${row}?dataset=${id}`);
        return Date.parse(observed_at) / 1000;
      }),
    );
    expect(read).toMatchObject({ first: Math.min(...seen), last: Math.max(...seen), untold: 0 });
  });

  it("gives lists to keep", async () => {
    const csv = await ask(`/v1/datasets/${id}/shortlist?top=3`);
    expect(csv.headers.get("content-disposition")).toBe('attachment; filename="shortlist.csv"');
    expect((await csv.text()).trim().split("\n")).toHaveLength(4);
    const lines = (await (await ask(`/v1/datasets/${id}/shortlist?top=3&format=ndjson`)).text())
      .trim()
      .split("\n");
    const { rows } = await json(`/v1/profiles?dataset=${id}`);
    const why = await Promise.all(
      rows
        .slice(0, 3)
        .map(
          async ({ row }: { row: number }) =>
            (await json(`/v1/profiles/${row}?dataset=${id}`)).explanation.reasons,
        ),
    );
    expect(lines.map((line) => JSON.parse(line).reasons)).toEqual(why);
    expect(why.flat().length).toBeGreaterThan(0);
    const one = await ask(`/v1/datasets/${id}/shortlist?rows=${rows[4].row}&format=markdown&contacts=false`);
    expect(one.headers.get("content-type")).toContain("text/markdown");
    expect(await one.text()).toContain(rows[4].account);
    for (const query of ["format=exe", "top=0", "rows=x", "rows=1)%20OR%20(1=1"])
      expect((await ask(`/v1/datasets/${id}/shortlist?${query}`)).status).toBe(422);
  });

  it("is forgotten when told", async () => {
    expect((await ask(`/v1/datasets/${id}`, { method: "DELETE" })).status).toBe(204);
    for (const path of [`/v1/datasets/${id}`, `/v1/profiles?dataset=${id}`, `/v1/jobs/${job}`])
      expect((await ask(path)).status).toBe(404);
    expect((await ask(`/v1/datasets/${id}`, { method: "DELETE" })).status).toBe(404);
  });
});

it("reads a file as its sender says", async () => {
  const body = Uint8Array.from(Buffer.from("nr;fans;who\n6812345678901234567;7;\xcf\xf0\xe8\n", "latin1"));
  const words = "map=id=nr&map=followers=fans&map=nickname=who&encoding=windows-1251";
  const { dataset, job } = await json(`/v1/datasets?name=a.csv&${words}`, { method: "POST", body });
  expect(await ended(job.id)).toMatchObject({ state: "done" });
  const { rows } = await json(`/v1/profiles?dataset=${dataset.id}`);
  expect(rows[0]).toMatchObject({ id: "6812345678901234567", followers: 7, name: "При" });
  expect((await ask(`/v1/datasets/${dataset.id}`, { method: "DELETE" })).status).toBe(204);
  for (const query of ["map=fans", "map=x=fans", "sample=2", `sheet=${"x".repeat(400)}`])
    expect((await ask(`/v1/datasets?${query}`, { method: "POST", body })).status).toBe(422);
});

describe("what cannot be read", () => {
  it("fails with a reason, whatever it is called", async () => {
    const picture = Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, ...Array(500).fill(7)]);
    for (const name of ["$&people.csv", "people.parquet", "people.json", "people.csv.gz", "people.exe"]) {
      const { dataset, job } = await (await upload(picture, name)).json();
      const last = await ended(job.id);
      expect([name, last.state, typeof last.error]).toEqual([name, "failed", "string"]);
      expect(last.error).not.toContain(tmpdir());
      expect(last.error).toContain(name);
      // Not to be asked for again: it will never be there.
      const listing = await ask(`/v1/profiles?dataset=${dataset.id}`);
      expect([listing.status, listing.headers.get("retry-after")]).toEqual([409, null]);
      expect((await listing.json()).detail).toBe(last.error);
      expect((await ask(`/v1/datasets/${dataset.id}`, { method: "DELETE" })).status).toBe(204);
    }
    expect(reports).toEqual([]);
  });

  it("is refused where it is empty, too large or does not come", async () => {
    expect((await upload("")).status).toBe(400);
    expect((await upload("x".repeat(2 << 20))).status).toBe(413);
    const endless = new ReadableStream({ pull: (c) => c.enqueue(new Uint8Array(1 << 16)) });
    const never = new ReadableStream({ start: (c) => c.enqueue(new Uint8Array(9)) });
    const sent = async (body: ReadableStream) =>
      (await ask("/v1/datasets", { method: "POST", body, duplex: "half" } as RequestInit)).status;
    expect(await sent(endless)).toBe(413);
    expect(await sent(never)).toBe(408);
    const broken = new ReadableStream({ start: (c) => c.error(new Error("gone")) });
    expect(await sent(broken)).toBe(400);
    expect(await json("/v1/datasets")).toEqual([]);
  });
});

it("reads two files one after the other, and lets one be cancelled", async () => {
  const [first, second] = await Promise.all(
    [upload(fileWithoutRates(40), "a.csv"), upload(fileWithoutRates(50), "b.csv")].map(async (answer) =>
      (await answer).json(),
    ),
  );
  const cancelled = await json(`/v1/jobs/${second.job.id}`, { method: "DELETE" });
  expect(cancelled.state).toBe("cancelled");
  expect((await ended(first.job.id)).state).toBe("done");
  expect((await ask("/v1/jobs/none")).status).toBe(404);
  expect((await ask("/v1/jobs/none", { method: "DELETE" })).status).toBe(404);
  expect((await ask("/v1/jobs/none/events")).status).toBe(404);
});

it("keeps no more files than it has room for", async () => {
  const statuses = [];
  for (let i = 0; i < 8; i++) statuses.push((await upload("id,followers\n6812345678901234567,1")).status);
  expect(statuses.slice(-2)).toEqual([429, 429]);
  await server.close();
});

it("keeps no more files than its memory is enough for", async () => {
  const { datasets } = await someServer({ memory: 200e6 });
  const places = [datasets.reserve(), datasets.reserve()];
  expect(() => datasets.reserve()).toThrow("There are 2 datasets already");
  places[0].release();
  datasets.reserve();
});

it("can be looked at without a model", async () => {
  const { ask } = await someServer();
  const answer = await ask("/v1/datasets?name=b.csv", { method: "POST", body: fileWithoutRates(20) });
  const { dataset, job } = await answer.json();
  await (await ask(`/v1/jobs/${job.id}/events`)).text();
  const told = await (await ask(`/v1/datasets/${dataset.id}`)).json();
  expect(told).toMatchObject({ rows: 20, model: null, ready: { data: true, shortlist: false } });
  expect(told.without).toContain("missing column");
  const listing = await ask(`/v1/profiles?dataset=${dataset.id}`);
  expect([listing.status, (await listing.json()).detail]).toEqual([409, told.without]);
});

it("says why a study stopped in the middle", async () => {
  const { ask } = await someServer();
  const body = "account_id,followers,following,likes,videos_count,is_verified,bio_link,biography,".concat(
    "like_engagement_rate,comment_engagement_rate,awg_engagement_rate\n",
    "ana,10,1,100,3,false,,none,0.2,0.1,0.3\nben,20,2,300,4,false,,none,0.2,0.1,0.3\n",
  );
  const { dataset, job } = await (await ask("/v1/datasets?name=d.csv", { method: "POST", body })).json();
  const events = await (await ask(`/v1/jobs/${job.id}/events`)).text();
  expect(events).toContain('"state":"done"');
  const facts = await (await ask(`/v1/datasets/${dataset.id}`)).json();
  expect(facts).toMatchObject({ rows: 2, ready: { data: true, study: false } });
  expect(facts.without).toMatch(/^only one class: 2 positive/);
});
