/**
 * Whether the server holds while everything that is known to hurt it comes at once: `npm run bench:attack [-- SECONDS]` (60), after
 * `npm run build`.
 *
 * The server has a file of ROWS (300,000) made-up accounts and a model that explains by Shapley values. For SECONDS a process of its own
 * sends bodies of 31 MiB that stop in the middle, more of them byte by byte, files of 30 MB twenty at a time, a packed file of 3.8 GB of
 * the same line, and asks for explanations, people and files of 5000 of them, of which it drops half. Meanwhile this process asks for
 * `/healthz` fifty times a second and does what everybody does: scores, lists, explains. Prints what that cost, and the memory that it took
 * to add the accounts. Ends with exit code 1 where a mark is missed.
 */
import { execFileSync, fork, spawn } from "node:child_process";
import { once } from "node:events";
import { createWriteStream, readFileSync } from "node:fs";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { connect } from "node:net";
import { loadavg, tmpdir } from "node:os";
import { join } from "node:path";
import { pipeline } from "node:stream/promises";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { createGzip } from "node:zlib";
import { linesWithoutRates } from "../test/support/server/file.ts";
import { PROFILE } from "../test/support/server/server.ts";
import { mark, number } from "./measure.ts";

const { values: options, positionals } = parseArgs({
  allowPositionals: true,
  options: { rows: { type: "string", default: "300000" } },
});
const MAIN = fileURLToPath(new URL("../dist/cli/main.js", import.meta.url));
const SAMPLE = fileURLToPath(new URL("../examples/profiles.csv", import.meta.url));
const JSON_TYPE = { "content-type": "application/json" };
const MIB = 1 << 20;

/** Repeats something for ever, whatever becomes of it. */
function forEver(times: number, work: (turn: number) => Promise<unknown>): void {
  for (let i = 0; i < times; i++)
    void (async () => {
      for (let turn = i; ; turn++) {
        await work(turn).catch(() => {});
        await sleep(20);
      }
    })();
}

/** How often which status was answered to what this process sent. */
const statuses: Record<string, number> = {};

function count(status: number | string): void {
  statuses[status] = (statuses[status] ?? 0) + 1;
}

/** Milliseconds after which a request is taken for lost, and a server that is not as before for broken. */
const LONGEST_MS = 90_000;

/** Asks, reads all that is answered, and tells the status. */
async function statusOf(url: string, init?: RequestInit): Promise<number> {
  const answer = await fetch(url, { signal: AbortSignal.timeout(LONGEST_MS), ...init });
  count(answer.status);
  await answer.arrayBuffer();
  return answer.status;
}

/** A body of 31 MiB that does not end: it stops after some bytes, or drips. */
function halfBody(address: string, first: number, drip: boolean): Promise<void> {
  return new Promise((resolve) => {
    const { hostname, port } = new URL(address);
    const socket = connect(Number(port), hostname);
    const head = `POST /v1/score HTTP/1.1\r\nHost: ${hostname}:${port}\r\nContent-Type: application/json\r\nContent-Length: ${31 * MIB}\r\n\r\n`;
    socket.write(head);
    socket.write(Buffer.alloc(first, " "));
    const dripping = drip ? setInterval(() => socket.write(" "), 100) : undefined;
    socket.on("error", () => {});
    socket.setEncoding("latin1").on("data", (text: string) => {
      if (text.startsWith("HTTP")) count(text.slice(9, 12));
    });
    socket.once("close", () => {
      clearInterval(dripping);
      resolve();
    });
  });
}

/** Sends a file; deletes it again once it is read, or has been refused. */
async function sendFile(address: string, name: string, body: Buffer): Promise<void> {
  const answer = await fetch(`${address}/v1/imports?name=${name}`, {
    method: "POST",
    body: new Uint8Array(body),
  });
  const { job } = await answer.json();
  count(answer.status);
  if (answer.status !== 202) return;
  await (await fetch(`${address}/v1/jobs/${job.id}/events`)).arrayBuffer();
  const { import: number } = await (await fetch(`${address}/v1/jobs/${job.id}`)).json();
  if (number !== null) await statusOf(`${address}/v1/imports/${number}`, { method: "DELETE" });
}

/** The process that attacks, until it is killed. It tells its parent every second what was answered. */
async function attack(address: string, folder: string, rows: number): Promise<void> {
  const [file, bomb] = await Promise.all(
    ["file.csv", "bomb.csv.gz"].map((name) => readFile(join(folder, name))),
  );
  const explain = { method: "POST", headers: JSON_TYPE, body: JSON.stringify(PROFILE) };
  setInterval(() => process.send?.(statuses), 1000);
  forEver(30, () => halfBody(address, 30 * MIB, false));
  forEver(30, () => halfBody(address, MIB, true));
  forEver(20, () => sendFile(address, "file.csv", file));
  forEver(1, () => sendFile(address, "bomb.csv.gz", bomb));
  forEver(8, () => statusOf(`${address}/v1/explain`, explain));
  forEver(8, (turn) => statusOf(`${address}/v1/people/${1 + ((turn * 7919) % rows)}`));
  forEver(4, (turn) => {
    const gone = turn % 2 === 0 ? AbortSignal.timeout(1000) : null;
    return statusOf(`${address}/v1/people/export?limit=5000`, { signal: gone });
  });
}

/** What somebody does who means well, and how it is answered. */
class Everybody {
  readonly answered = new Map<string, number>();
  lost = 0;
  private readonly asks: readonly (() => Promise<number>)[];

  constructor(address: string) {
    const post = (path: string, body: unknown) => () =>
      statusOf(`${address}${path}`, { method: "POST", headers: JSON_TYPE, body: JSON.stringify(body) });
    this.asks = [
      post("/v1/score", PROFILE),
      post("/v1/score", Array(200).fill(PROFILE)),
      post("/v1/explain", PROFILE),
      () => statusOf(`${address}/v1/people?limit=200`),
      () => statusOf(`${address}/v1/workspace`),
    ];
  }

  /** Asks for everything once. Who is turned away at the door is told so; anything else than an answer is a loss. */
  async ask(): Promise<number[]> {
    const statuses = await Promise.all(this.asks.map((ask) => ask().catch(() => 0)));
    for (const status of statuses) {
      const kind = status === 200 ? "answered" : status === 429 ? "turned away" : "lost";
      if (kind === "lost") this.lost++;
      this.answered.set(kind, (this.answered.get(kind) ?? 0) + 1);
    }
    return statuses;
  }
}

/** Writes what the attack sends, and the file that the server has. */
async function prepare(folder: string, rows: number): Promise<void> {
  async function* lines(count: number, most: number) {
    let bytes = 0;
    for (const line of linesWithoutRates(count)) {
      bytes += line.length;
      if (bytes > most) return;
      yield `${line}\n`;
    }
  }
  await pipeline(lines(rows, Number.POSITIVE_INFINITY), createWriteStream(join(folder, "people.csv")));
  await pipeline(lines(rows, 30e6), createWriteStream(join(folder, "file.csv")));
  const line = Buffer.from(`6812345678901234567,${"x".repeat(979)}\n`.repeat(1000));
  await pipeline(
    async function* () {
      yield "id,biography\n";
      for (let i = 0; i < 3800; i++) yield line;
    },
    createGzip({ level: 9 }),
    createWriteStream(join(folder, "bomb.csv.gz")),
  );
}

async function startServer(folder: string) {
  const child = spawn(
    process.execPath,
    [MAIN, "serve", join(folder, "out", "model"), join(folder, "people.csv"), "--in-memory", "--port", "0"],
    {
      stdio: ["ignore", "pipe", "inherit"],
    },
  );
  const address = await new Promise<string>((resolve, reject) => {
    child.stdout.setEncoding("utf8").once("data", (text: string) => resolve(new URL(text).origin));
    child.once("exit", (code) => reject(new Error(`the server ended with ${code}`)));
  });
  /** Megabytes that the process has now. */
  const memory = () => (Number(readFileSync(`/proc/${child.pid}/statm`, "utf8").split(" ")[1]) * 4096) / 1e6;
  let adding = 0;
  const watching = setInterval(() => {
    adding = Math.max(adding, memory());
  }, 20);
  while ((await (await fetch(`${address}/v1/imports`)).json()).length === 0) await sleep(500);
  clearInterval(watching);
  const ended = once(child, "exit");
  const stop = async () => {
    child.kill();
    setTimeout(() => child.kill("SIGKILL"), LONGEST_MS).unref();
    await ended;
  };
  return { address, memory, adding, stop };
}

async function health(address: string): Promise<number> {
  const started = performance.now();
  const status = await statusOf(`${address}/healthz`).catch(() => 0);
  return status === 200 ? performance.now() - started : Number.POSITIVE_INFINITY;
}

async function bench(seconds: number, rows: number): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "bench-attack-"));
  const training = ["train", SAMPLE, "--target", "activity", "--out", join(folder, "out")];
  execFileSync(process.execPath, [MAIN, ...training], { stdio: "ignore" });
  await prepare(folder, rows);
  const { address, memory, adding, stop } = await startServer(folder);
  const everybody = new Everybody(address);
  try {
    await everybody.ask();
    const before = memory();
    const attacker = fork(fileURLToPath(import.meta.url), ["attack", address, folder, String(rows)]);
    let attacked = {};
    attacker.on("message", (told: object) => {
      attacked = told;
    });
    await once(attacker, "message");
    const until = performance.now() + 1000 * seconds;
    const times: number[] = [];
    let peak = before;
    const asking = (async () => {
      while (performance.now() < until) await everybody.ask();
    })();
    while (performance.now() < until) {
      times.push(await health(address));
      peak = Math.max(peak, memory());
      await sleep(20);
    }
    attacker.kill("SIGKILL");
    const ended = performance.now();
    await asking;
    const still = async () =>
      (await health(address)) < 10 && (await everybody.ask()).every((status) => status === 200);
    const sinceEnd = () => performance.now() - ended;
    while (!(await still()) && sinceEnd() < LONGEST_MS) await sleep(100);
    const back = sinceEnd() / 1000;
    times.sort((a, b) => a - b);
    const at = (share: number) => times[Math.floor(share * (times.length - 1))];
    console.log(
      `${seconds} s, ${number(rows)} accounts, load of the machine ${loadavg()[0].toFixed(1)}: ` +
        `memory ${number(before)} MB before, ${number(peak)} MB at the most, ${number(memory())} MB after; ` +
        `/healthz ${times.length} times, median ${at(0.5).toFixed(1)} ms, longest ${at(1).toFixed(0)} ms; ` +
        `the attack was answered ${JSON.stringify(attacked)}; others: ${[...everybody.answered].map(([kind, count]) => `${count} ${kind}`).join(", ")}`,
    );
    mark("memory while the accounts are added", adding, 1500, "at most", " MB");
    mark("memory under attack", peak, 1500, "at most", " MB");
    mark("/healthz, 99th percentile", at(0.99), 100, "at most", " ms");
    mark("accepted requests lost", everybody.lost, 0, "at most");
    mark("seconds until all is as before", back, 10, "at most");
  } finally {
    await stop();
    await rm(folder, { recursive: true, force: true });
  }
}

if (positionals[0] === "attack") await attack(positionals[1], positionals[2], Number(positionals[3]));
else await bench(Number(positionals[0] ?? 60), Number(options.rows));
