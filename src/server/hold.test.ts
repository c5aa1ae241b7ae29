import { mkdir, mkdtemp, readdir, rm } from "node:fs/promises";
import { connect, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { gzipSync } from "node:zlib";
import { afterAll, afterEach, expect, it } from "vitest";
import { fileWithoutRates } from "../../test/support/server/file.ts";
import { PROFILE, serverModel, someServer } from "../../test/support/server/server.ts";
import { listen } from "./listen.ts";

const temporary = await mkdtemp(join(tmpdir(), "hold-"));
process.env.TMPDIR = temporary;
afterAll(() => rm(temporary, { recursive: true, force: true }));

const MIB = 1 << 20;
const WITHIN = { timeout: 3500, interval: 20 };
const server = await someServer({
  model: await serverModel(),
  limits: { heldBytes: 4 * MIB, smallBytes: 1024, bodyBytes: 2 * MIB, pauseMs: 4000, bodyPace: 64 * MIB },
});
const { ask, post, reports } = server;
const { port, stop } = await listen(server.app, { host: "127.0.0.1", port: 0 });
afterAll(stop);

const sockets: Socket[] = [];
afterEach(() => {
  for (const socket of sockets.splice(0)) socket.destroy();
});

/** Begins to send a body, and hears what is answered. */
function begin(path: string, length: number, first = "[") {
  return new Promise<{ socket: Socket; answer: () => string; closed: Promise<void> }>((resolve) => {
    let text = "";
    const socket = connect(port, "127.0.0.1", () => {
      const head = `POST ${path} HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: ${length}\r\n\r\n`;
      socket.write(head + first, () => resolve({ socket, answer: () => text, closed }));
    });
    socket.setEncoding("latin1").on("data", (data) => {
      text += data;
    });
    socket.on("error", () => {});
    const closed = new Promise<void>((done) => socket.once("close", () => done()));
    sockets.push(socket);
  });
}

const statusOf = (answer: string) => answer.slice(9, 12);

it("receives as much at a time as it has memory for, and says when to come again", async () => {
  const bodies = await Promise.all(Array.from({ length: 20 }, () => begin("/v1/score", MIB)));
  const refused = () => bodies.filter(({ answer }) => statusOf(answer()) === "429");
  await expect.poll(() => refused().length, WITHIN).toBe(17);
  for (const { answer } of refused()) expect(answer().toLowerCase()).toContain("retry-after: 5");
  // Single profiles are scored as ever.
  expect((await post("/v1/score", PROFILE)).status).toBe(200);
  expect((await post("/v1/score", " ".repeat(MIB))).status).toBe(429);
  for (const { socket } of bodies) socket.destroy();
  const body = " ".repeat(MIB) + JSON.stringify(PROFILE);
  await expect.poll(async () => (await post("/v1/score", body)).status, WITHIN).toBe(200);
});

it("drops who sends too slowly, though never pausing", async () => {
  const { socket, answer, closed } = await begin("/v1/score", MIB);
  const drip = setInterval(() => socket.write(" "), 50);
  await Promise.race([closed, sleep(10_000)]);
  clearInterval(drip);
  expect(statusOf(answer())).toBe("408");
  expect(answer()).toContain("comes too slowly");
});

it("takes a place for a file before a byte of it", async () => {
  const files = await Promise.all(Array.from({ length: 20 }, () => begin("/v1/imports", 30 * MIB)));
  const [own] = await readdir(temporary);
  const received = async () => (await readdir(join(temporary, own))).length;
  await expect.poll(received, WITHIN).toBe(8);
  await expect.poll(() => files.filter(({ answer }) => statusOf(answer()) === "429").length, WITHIN).toBe(12);
  expect(await received()).toBe(8);
  for (const { socket } of files) socket.destroy();
  await expect.poll(received, WITHIN).toBe(0);
  await begin("/v1/imports", 30 * MIB);
  await expect.poll(received, WITHIN).toBe(1);
});

/** Follows a job to its end. */
async function ended(job: string) {
  const text = await (await ask(`/v1/jobs/${job}/events`)).text();
  return JSON.parse(text.match(/(?<=^data: ).*$/gm)?.at(-1) ?? "");
}

it("says how much a packed file may hold", async () => {
  const line = `6812345678901234567,${"x".repeat(2000)}\n`;
  const body = gzipSync(`id,biography\n${line.repeat(40_000)}`);
  const { job } = await (await ask("/v1/imports?name=a.csv.gz", { method: "POST", body })).json();
  expect(await ended(job.id)).toMatchObject({
    state: "failed",
    error: "packed too tightly: a.csv.gz holds more than 100 times its own size (unpack it first)",
  });
});

it("has no room where its folder is gone", async () => {
  const [own] = (await readdir(temporary)).filter((name) => name.includes("-server-"));
  await rm(join(temporary, own), { recursive: true });
  const answer = await ask("/v1/imports?name=a.csv", { method: "POST", body: fileWithoutRates(5) });
  expect(answer.status).toBe(507);
  await mkdir(join(temporary, own));
  const again = await ask("/v1/imports?name=a.csv", { method: "POST", body: fileWithoutRates(5) });
  expect(again.status).toBe(202);
  expect(reports).toEqual([]);
});
