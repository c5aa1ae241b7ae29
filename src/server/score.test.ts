import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { PROFILE, serverModel, someServer } from "../../test/support/server/server.ts";
import { scoreProfiles } from "../bundle/score.ts";
import { readProfiles } from "../profiles/read.ts";

const model = await serverModel();
const { post, ask, reports } = await someServer({
  model,
  limits: { records: 500, lineBytes: 20_000, bodyBytes: 300_000, smallBytes: 4000, pauseMs: 200 },
});
const NDJSON = { "content-type": "application/x-ndjson" };
const lines = async (answer: Response) =>
  (await answer.text())
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line));

describe("POST /v1/score", () => {
  it("gives the probabilities that files get", async () => {
    const sample = await readProfiles(
      fileURLToPath(new URL("../../examples/profiles.csv", import.meta.url)),
      { now: new Date(Date.UTC(2024, 0, 2)) },
    );
    const { rows, probabilities } = await scoreProfiles(sample.connection, model, sample.table);
    const raw = await sample.connection.runAndReadAll(
      `SELECT "row", * EXCLUDE (posted_at, created_at, observed_at, "row"), strftime(observed_at, '%Y-%m-%dT%H:%M:%S.%gZ') AS observed_at
       FROM profiles ORDER BY "row" LIMIT 400`,
    );
    const records = raw.getRowObjectsJson() as Record<string, unknown>[];
    await sample.close();
    // The date of birth is left to the id, as it is in files.
    const wanted = new Map(Array.from(rows, (row, i) => [String(row), probabilities[i]]));
    const sent = records.map((record) =>
      Object.fromEntries(
        Object.entries(record)
          .filter(([name, value]) => name !== "row" && value !== null)
          .map(([name, value]) => [
            name,
            /followers|following|likes|videos_count/.test(name) ? Number(value) : value,
          ]),
      ),
    );
    const body = sent.map((record) => JSON.stringify(record)).join("\n");
    const streamed = await lines(await post("/v1/score", body, NDJSON));
    expect(streamed).toHaveLength(400);
    streamed.forEach((answer, i) => {
      expect(answer.probability).toBeCloseTo(wanted.get(String(records[i].row)) as number, 9);
    });
    const array = await (await post("/v1/score", sent)).json();
    expect(array).toEqual(streamed);
    const singles = await Promise.all(
      sent.slice(0, 20).map(async (one) => (await post("/v1/score", one)).json()),
    );
    expect(singles).toEqual(streamed.slice(0, 20));
    expect(reports).toEqual([]);
  });

  it("answers one profile in kind", async () => {
    const answer = await post("/v1/score", PROFILE);
    expect(answer.status).toBe(200);
    const { probability, ...rest } = await answer.json();
    expect(rest).toEqual({
      id: PROFILE.id,
      account_id: PROFILE.account_id,
      active: probability >= model.threshold,
    });
    expect((await post("/v1/score", { ...PROFILE, biography: "x".repeat(9000) })).status).toBe(200);
    expect((await ask("/v1/score", { method: "POST", body: JSON.stringify(PROFILE) })).status).toBe(415);
    const bare = new Request("http://localhost/v1/score", {
      method: "POST",
      body: new TextEncoder().encode(JSON.stringify(PROFILE)),
    });
    expect((await ask(bare as never)).status).toBe(200);
  });

  it("takes a provider's names, and dates as they come", async () => {
    const { id, followers, account_id } = PROFILE;
    const { is_verified, following, likes, videos_count, biography, bio_link, nickname, observed_at } =
      PROFILE;
    const named = await post("/v1/score", {
      id,
      uniqueId: account_id,
      nickname,
      signature: biography,
      verified: is_verified,
      follower_count: followers,
      following_count: following,
      likes_count: String(likes),
      video_count: videos_count,
      bio_url: bio_link,
      timestamp: observed_at,
    });
    expect(await named.json()).toEqual(await (await post("/v1/score", PROFILE)).json());
    const [a, b, c] = await (
      await post("/v1/score", [
        { ...PROFILE, observed_at: "2024-01-31 12:00:00" },
        { ...PROFILE, observed_at: 1_706_702_400 },
        { ...PROFILE, observed_at: "2024-01-31T13:00:00+01:00" },
      ])
    ).json();
    expect([b.probability, c.probability]).toEqual([a.probability, a.probability]);
  });

  it("lets a bad record cost one record", async () => {
    const body = [PROFILE, { ...PROFILE, followers: -1 }, 7, null, [PROFILE], {}, PROFILE];
    const answers = await (await post("/v1/score", body)).json();
    expect(answers.map((one: { index?: number }) => one.index ?? "ok")).toEqual(["ok", 1, 2, 3, 4, 5, "ok"]);
    expect(answers[1].errors[0]).toMatchObject({ index: 1, path: "followers" });
    expect(JSON.stringify(answers[1])).not.toContain("-1");
    const text = `${JSON.stringify(PROFILE)}\r\n\n  \n{"id":\n"${"x".repeat(20_001)}"\n${JSON.stringify(PROFILE)}`;
    const streamed = await lines(await post("/v1/score", text, NDJSON));
    expect(streamed.map((one) => one.errors?.[0].message ?? "ok")).toEqual([
      "ok",
      "not JSON",
      "longer than 20000 bytes",
      "ok",
    ]);
    expect(streamed[1]).toMatchObject({ index: 1 });
    expect((await post("/v1/score", "", NDJSON)).status).toBe(200);
  });

  it.each([
    ["", 400],
    ["{", 400],
    ['{"id":1e999}', 422],
    ['"text"', 422],
    ["null", 422],
    ["{}", 422],
    ['{"id":"12","followers":1e308}', 422],
    ['{"id":"12","followers":1.5}', 422],
    ['{"id":"x"}', 422],
    ['{"id":9007199254740993}', 422],
    ['{"id":"12","observed_at":"yesterday"}', 422],
    ['{"id":"12","observed_at":1e300}', 422],
    ['{"id":"12","posted_at":[null]}', 422],
    ['{"id":"12","is_verified":"constructor"}', 422],
    ['{"id":"12","__proto__":{"followers":-1},"constructor":{"prototype":{"x":1}}}', 200],
    [`{"id":"12","other":${"[".repeat(1500)}${"]".repeat(1500)}}`, 200],
    [`{"id":"12","other":${"[".repeat(100_000)}${"]".repeat(100_000)}}`, 200],
    [`[${"0,".repeat(500)}0]`, 422],
    [`{"id":"12","nickname":"${"x".repeat(300_000)}"}`, 413],
    [`{${Array.from({ length: 600 }, (_, i) => `"f${i}":1`).join()}}`, 422],
  ])("answers %.40s with %i", async (body, status) => {
    const answer = await post("/v1/score", body);
    expect([answer.status, answer.status === 200 || (await answer.json()).status]).toEqual([
      status,
      status === 200 || status,
    ]);
    expect({}).not.toHaveProperty("x");
  });

  it("refuses what is not UTF-8 or not JSON by its own account", async () => {
    const odd = await ask("/v1/score", {
      method: "POST",
      body: Uint8Array.of(0x22, 0xff, 0x22),
      headers: { "content-type": "application/json" },
    });
    expect(odd.status).toBe(400);
    for (const kind of ["text/plain", "multipart/form-data; boundary=x", "x", "application/json, text/html"])
      expect((await post("/v1/score", "{}", { "content-type": kind })).status).toBe(415);
    for (const kind of ["APPLICATION/JSON; charset=utf-8", "application/vnd.x+json"])
      expect((await post("/v1/score", PROFILE, { "content-type": kind })).status).toBe(200);
  });

  it("does not wait for a sender who pauses", async () => {
    const slow = (kind: string) =>
      ask("/v1/score", {
        method: "POST",
        headers: { "content-type": kind },
        body: new ReadableStream({
          start: (controller) => controller.enqueue(new TextEncoder().encode(`${JSON.stringify(PROFILE)}\n`)),
        }),
        duplex: "half",
      } as RequestInit);
    expect((await slow("application/json")).status).toBe(408);
    const [last] = await lines(await slow(NDJSON["content-type"]));
    expect(last).toMatchObject({ index: 0, errors: [{ message: "Nothing came for 0 seconds." }] });
  });
});

describe("POST /v1/explain", () => {
  it("adds up to the logit of the same probability", async () => {
    const explained = await (await post("/v1/explain", PROFILE)).json();
    const scored = await (await post("/v1/score", PROFILE)).json();
    expect(explained.probability).toBeCloseTo(scored.probability, 9);
    const sum = explained.contributions.reduce(
      (total: number, { value }: { value: number }) => total + value,
      explained.base,
    );
    expect(sum).toBeCloseTo(explained.logit, 6);
  });

  it("refuses what is no profile", async () => {
    expect((await post("/v1/explain", [PROFILE])).status).toBe(422);
    expect((await post("/v1/explain", "{")).status).toBe(400);
    expect((await post("/v1/explain", { id: "1", nickname: "x".repeat(30_000) })).status).toBe(413);
    expect((await post("/v1/explain", PROFILE, NDJSON)).status).toBe(415);
  });
});

it("GET /v1/model tells what the model is", async () => {
  expect(await (await ask("/v1/model")).json()).toMatchObject({
    preset: "profile",
    networks: 1,
    calibrated: true,
    threshold: 0.5,
    trained: { rows: 5 },
  });
});
