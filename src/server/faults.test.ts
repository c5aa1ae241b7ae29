import { connect, type Socket } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { afterAll, afterEach, describe, expect, it, vi } from "vitest";
import { fileWithoutRates } from "../../test/support/server/file.ts";
import { addFile, peopled } from "../../test/support/server/people.ts";
import { PROFILE, serverModel, someServer } from "../../test/support/server/server.ts";
import { listen } from "./listen.ts";

const { app, ...rest } = await someServer({ model: await serverModel() });
const server = peopled(rest);
const { ask, json, post, reports } = server;
const { address, port, stop } = await listen(app, { host: "127.0.0.1", port: 0 });
afterAll(stop);
afterEach(() => vi.restoreAllMocks());

/** Adds a file to the workspace. @returns the number of its import */
const added = async (body: string, name: string): Promise<number> =>
  (await addFile(server, body, name)).import;

/** Texts that a page or a terminal could take for more than texts. */
const NASTY = [
  "<script>alert(1)</script>",
  "</script><img src=x onerror=alert(1)>",
  "\u202egnp.exe\u202c \u2066x\u2069",
  "zero\u200bwidth\u200d\ufeff joined",
  '"quoted" \\ {{7*7}} ${x} %s',
  "👩‍👩‍👧‍👦".repeat(20),
  "ب\u0301\u0302\u0303".repeat(50),
];

describe("texts full of markup and marks", () => {
  it("come back as they are from scoring", async () => {
    const sent = NASTY.map((text) => ({ ...PROFILE, account_id: text, nickname: text, biography: text }));
    const answers = await (await post("/v1/score", sent)).json();
    expect(answers.map((one: { account_id: string }) => one.account_id)).toEqual(NASTY);
    const lines = await post("/v1/score", sent.map((one) => JSON.stringify(one)).join("\n"), {
      "content-type": "application/x-ndjson",
    });
    expect(lines.headers.get("x-content-type-options")).toBe("nosniff");
    const text = await lines.text();
    expect(
      text
        .trimEnd()
        .split("\n")
        .map((line) => JSON.parse(line)),
    ).toEqual(answers);
  });

  it("come back as they are from a file, of 10,000 emoji too", async () => {
    const texts = [...NASTY, "😀".repeat(10_000)];
    const people = texts.map((text, i) => ({
      ...PROFILE,
      id: String(BigInt(PROFILE.id) + BigInt(i)),
      account_id: `handle${i}`,
      nickname: text,
      biography: text,
    }));
    const number = await added(people.map((one) => JSON.stringify(one)).join("\n"), "people.ndjson");
    const { rows } = await json("/v1/people");
    expect(new Set(rows.map((row: { name: string }) => row.name))).toEqual(new Set(texts));
    for (const { person, name } of rows) {
      const one = await ask(`/v1/people/${person}`);
      expect(one.headers.get("content-type")).toContain("application/json");
      expect((await one.json()).biography).toBe(name);
    }
    expect((await ask(`/v1/imports/${number}`, { method: "DELETE" })).status).toBe(204);
  });

  it("cost one record where they are longer than a profile's can be", async () => {
    const body = [
      { ...PROFILE, biography: "😀".repeat(10_001) },
      { ...PROFILE, biography: "😀".repeat(10_000) },
    ];
    const [long, fits] = await (await post("/v1/score", body)).json();
    expect(long.errors[0]).toMatchObject({ index: 0, path: "biography" });
    expect(fits.probability).toBeTypeOf("number");
    expect((await post("/v1/score", body[0])).status).toBe(422);
  });
});

it("keeps two files that come at once apart", async () => {
  const [first, second] = await Promise.all([
    added(fileWithoutRates(31), "a.csv"),
    added(fileWithoutRates(47), "b.csv"),
  ]);
  const told = await Promise.all([first, second].map((number) => json(`/v1/imports/${number}`)));
  expect(told.map(({ name, rows }) => [name, rows])).toEqual([
    ["a.csv", 31],
    ["b.csv", 47],
  ]);
  expect((await json(`/v1/people?imports=${second}`)).total).toBe(47);
  for (const number of [first, second]) await ask(`/v1/imports/${number}`, { method: "DELETE" });
});

it("answers listings that run while their import is deleted: of what was there, or of what is", async () => {
  const number = await added(fileWithoutRates(60), "people.csv");
  const { rows } = await json("/v1/people?limit=5");
  const asked = Array.from({ length: 5 }, () => [
    "/v1/people?limit=500",
    `/v1/people/${rows[0].person}`,
    `/v1/imports/${number}`,
    "/v1/people/export?limit=5",
  ]).flat();
  const answers = asked.map((path) => ask(path));
  // By then some run, and most wait for their turn.
  await Promise.race(answers);
  const gone = ask(`/v1/imports/${number}`, { method: "DELETE" });
  for (const answer of await Promise.all(answers)) {
    const text = await answer.text();
    expect([200, 404]).toContain(answer.status);
    if (answer.status === 404) expect(JSON.parse(text).detail).toMatch(/^There is no such (?:person|import)/);
    else expect(text).not.toBe("");
  }
  expect((await gone).status).toBe(204);
  expect((await json("/v1/people")).of).toBe(0);
  expect(reports).toEqual([]);
});

/** A connection that has sent something. */
function sent(text: string): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, "127.0.0.1", () => socket.write(text, () => resolve(socket)));
    socket.once("error", reject);
  });
}

const head = (method: string, path: string, ...lines: string[]) =>
  `${[`${method} ${path} HTTP/1.1`, "Host: x", ...lines].join("\r\n")}\r\n\r\n`;
const chunk = (text: string) => `${Buffer.byteLength(text).toString(16)}\r\n${text}\r\n`;

it("says nothing of clients that go away in the middle", async () => {
  const said = (["log", "info", "warn", "error"] as const).map((name) =>
    vi.spyOn(console, name).mockImplementation(() => {}),
  );
  const [JSON_TYPE, LINES] = ["application/json", "application/x-ndjson"].map(
    (kind) => `Content-Type: ${kind}`,
  );
  const line = `${JSON.stringify(PROFILE)}\n`;
  const body = await (await ask("/v1/imports?sample=1", { method: "POST" })).json();
  const broken = [
    `${head("POST", "/v1/score", JSON_TYPE, "Content-Length: 500")}{`,
    `${head("POST", "/v1/score", JSON_TYPE, "Content-Length: 500000")}{`,
    head("POST", "/v1/score", JSON_TYPE, "Transfer-Encoding: chunked") + chunk("{"),
    head("POST", "/v1/score", LINES, "Transfer-Encoding: chunked") + chunk(line),
    head("POST", "/v1/score", LINES, "Transfer-Encoding: chunked") + chunk(line.repeat(3000)),
    head("POST", "/v1/score", LINES, "Content-Length: 9000000") + line.repeat(3000),
    `${head("POST", "/v1/imports?name=x.csv", "Content-Length: 5000")}id,foll`,
    head("GET", `/v1/jobs/${body.job.id}/events`),
    head("GET", "/openapi.json").repeat(20),
  ];
  const ways = [
    (socket: Socket) => socket.resetAndDestroy(),
    (socket: Socket) => socket.end(() => setTimeout(() => socket.destroy(), 50)),
  ];
  await Promise.all(
    broken.flatMap((text) =>
      ways.flatMap((leave) =>
        [0, 400].map(async (after) => {
          const socket = await sent(text);
          socket.on("error", () => {});
          // The one that leaves late reads what has come; the other reads nothing.
          if (after > 0) socket.resume();
          await sleep(after);
          const closed = new Promise((resolve) => socket.once("close", resolve));
          leave(socket);
          await closed;
        }),
      ),
    ),
  );
  await ask(`/v1/jobs/${body.job.id}`, { method: "DELETE" });
  expect((await fetch(`${address}/healthz`)).status).toBe(200);
  for (const one of said) expect(one.mock.calls).toEqual([]);
  expect(reports).toEqual([]);
}, 60_000);

it("takes 2,000 connections in a row, and keeps nothing of them", async () => {
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc") as () => void;
  const body = JSON.stringify(PROFILE);
  const length = `Content-Length: ${Buffer.byteLength(body)}`;
  const whole =
    head("POST", "/v1/score", "Connection: close", "Content-Type: application/json", length) + body;
  const one = async () => {
    const socket = await sent(whole);
    let text = "";
    socket.setEncoding("latin1").on("data", (data) => {
      text += data;
    });
    await new Promise((resolve) => socket.once("close", resolve));
    return text.slice(9, 12);
  };
  const run = async (connections: number) => {
    const statuses = new Map<string, number>();
    for (let i = 0; i < connections; i += 20) {
      for (const status of await Promise.all(Array.from({ length: 20 }, one)))
        statuses.set(status, (statuses.get(status) ?? 0) + 1);
    }
    expect([...statuses]).toEqual([["200", connections]]);
    await sleep(100);
    collect();
    const { heapUsed, external } = process.memoryUsage();
    const sockets = process.getActiveResourcesInfo().filter((name) => name === "TCPSocketWrap").length;
    return { bytes: heapUsed + external, sockets };
  };
  const before = await run(500);
  const after = await run(2000);
  expect(after.sockets).toBeLessThanOrEqual(before.sockets);
  // A connection that is kept holds a socket with its parser, a request and an answer: several KB.
  expect(after.bytes - before.bytes).toBeLessThan(2 << 20);
}, 60_000);
