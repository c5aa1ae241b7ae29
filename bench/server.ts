/**
 * What the server can take: `npm run bench:server [-- PROFILES [MODEL]] [--peer]`, after `npm run build`.
 *
 * In a process of its own stand the server as it was built, with a model (trained on the sample where none is given: the preset `profile`), and a
 * route of Hono that answers at once. Prints requests per second of single profiles beside those of the bare route, profiles per second in
 * batches of 1000, and what PROFILES (1,000,000) profiles of NDJSON cost in time and memory. The client, autocannon, runs beside it on the
 * same cores; what it takes of them is printed too. `--peer` measures FastAPI with scikit-learn beside it (`../shared/peers/serve_fastapi.py`
 * in a virtual environment of its own). Ends with exit code 1 where a mark is missed.
 */
import { type ChildProcess, execFileSync, fork, spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import autocannon from "autocannon";
import { Hono } from "hono";
import { SAMPLE_COLUMNS, sampleRecords } from "../src/sample/sample.ts";
import { mark, number, timed } from "./measure.ts";
import { findPeer } from "./peer.ts";

const CONNECTIONS = 64;
const SECONDS = 8;
const BATCH = 1000;
const COUNTS = new Set(["followers", "following", "likes", "videos_count"]);
const SENT = ["id", "account_id", "nickname", "biography", "bio_link", "is_verified", ...COUNTS];

/** Made-up profiles as requests have them, the snapshot with them. */
function requests(rows: number): string[] {
  const places = SAMPLE_COLUMNS.map(([name], place) => ({ name, place })).filter(({ name }) =>
    SENT.includes(name),
  );
  return [...sampleRecords({ rows, seed: 9 })].map((record) => {
    const fields = places.flatMap(({ name, place }) => {
      const text = record[place];
      if (text === null || text === "") return [];
      return [[name, COUNTS.has(name) ? Number(text) : name === "is_verified" ? text === "true" : text]];
    });
    return JSON.stringify({ ...Object.fromEntries(fields), observed_at: "2023-08-01T00:00:00Z" });
  });
}

/** A module as users run it, and not through the loader that runs benches, which makes functions slower. */
function built<Module>(name: string): Promise<Module> {
  return import(new URL(`../dist/${name}.js`, import.meta.url).href);
}

/** The process with the server: tells its addresses, and what it has cost when asked. */
async function serve(folder: string): Promise<void> {
  const { loadModel } = await built<typeof import("../src/bundle/model.ts")>("bundle/model");
  const { createServer } = await built<typeof import("../src/server/server.ts")>("server/server");
  const { listen } = await built<typeof import("../src/server/listen.ts")>("server/listen");
  const server = await createServer({
    model: await loadModel(folder),
    version: "bench",
    now: () => new Date(),
    elapsed: () => performance.now(),
    report: (error) => console.error(error),
  });
  const bare = new Hono().post("/", async (c) => c.json(await c.req.json()));
  const [one, other] = await Promise.all(
    [server.app, bare].map((app) => listen(app, { host: "127.0.0.1", port: 0 })),
  );
  process.on("message", () => {
    const { user, system } = process.cpuUsage();
    process.send?.({ seconds: (user + system) / 1e6, peak: process.resourceUsage().maxRSS / 1024 });
  });
  process.send?.({ server: one.address, bare: other.address });
}

function heard<Message>(child: ChildProcess): Promise<Message> {
  return new Promise((resolve, reject) => {
    child.once("message", (message) => resolve(message as Message));
    child.once("exit", (code) => reject(new Error(`the server ended with ${code}`)));
  });
}

/** Seconds of processor time, and megabytes at the most, that the server has taken so far. */
async function costs(child: ChildProcess): Promise<{ seconds: number; peak: number }> {
  child.send("costs");
  return heard(child);
}

async function fire(url: string, bodies: readonly string[], connections: number, seconds = SECONDS) {
  const headers = { "content-type": "application/json" };
  const result = await autocannon({
    url,
    connections,
    duration: seconds,
    requests: bodies.map((body) => ({ method: "POST" as const, headers, body })),
  });
  if (result.non2xx + result.errors > 0) throw new Error(`${result.non2xx + result.errors} requests failed`);
  return { perSecond: result.requests.average, total: result.requests.total, p99: result.latency.p99 };
}

const PEER_CONNECTIONS = 32;
const PEER_PORT = 8765;

/** Single profiles beside FastAPI with scikit-learn, taking turns. Prints why where there is no such peer. */
async function besidePeer(url: string, bodies: readonly string[]): Promise<void> {
  const folder = fileURLToPath(new URL("../../shared/peers", import.meta.url));
  const found = findPeer("serve_fastapi.py", ["fastapi", "uvicorn", "scikit-learn"]);
  if (typeof found === "string") {
    console.log(`skipped the peer: ${found}`);
    return;
  }
  const [python] = found.command([]);
  const words = [
    "-B",
    "-m",
    "uvicorn",
    "serve_fastapi:app",
    "--port",
    String(PEER_PORT),
    "--log-level",
    "error",
  ];
  const peer = spawn(python, words, { cwd: folder, stdio: "ignore" });
  try {
    const address = `http://127.0.0.1:${PEER_PORT}`;
    for (;;) {
      const answer = await fetch(`${address}/openapi.json`).catch(() => null);
      if (answer?.ok === true) break;
      if (peer.exitCode !== null) {
        console.log(`skipped the peer: it does not start (fastapi, uvicorn and scikit-learn in ${python}?)`);
        return;
      }
      await new Promise((done) => setTimeout(done, 200));
    }
    await fire(`${address}/v1/score`, bodies, PEER_CONNECTIONS, 3);
    for (let round = 0; round < 2; round++) {
      const other = await fire(`${address}/v1/score`, bodies, PEER_CONNECTIONS);
      const ours = await fire(url, bodies, PEER_CONNECTIONS);
      console.log(
        `single profiles, ${PEER_CONNECTIONS} connections: ${number(ours.perSecond)} requests/s, ` +
          `FastAPI with scikit-learn ${number(other.perSecond)}`,
      );
      mark("single profiles: times the peer", ours.perSecond / other.perSecond, 10, "at least");
    }
  } finally {
    peer.kill();
  }
}

async function stream(url: string, lines: readonly string[], profiles: number): Promise<number> {
  const group = new TextEncoder().encode(`${lines.join("\n")}\n`);
  let left = Math.ceil(profiles / lines.length);
  const body = new ReadableStream<Uint8Array>({
    pull: (controller) => {
      if (left-- > 0) controller.enqueue(group);
      else controller.close();
    },
  });
  const headers = { "content-type": "application/x-ndjson" };
  const answer = await fetch(url, { method: "POST", headers, body, duplex: "half" } as RequestInit);
  let answers = 0;
  for await (const piece of answer.body as unknown as AsyncIterable<Uint8Array>) {
    for (let at = piece.indexOf(10); at !== -1; at = piece.indexOf(10, at + 1)) answers++;
  }
  return answers;
}

async function bench(profiles: number, given: string | undefined, peer: boolean): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "bench-server-"));
  const model = given ?? join(folder, "out", "model");
  if (given === undefined) {
    const [main, sample] = ["dist/cli/main.js", "examples/profiles.csv"].map((path) =>
      fileURLToPath(new URL(`../${path}`, import.meta.url)),
    );
    execFileSync(process.execPath, [main, "train", sample, "--out", join(folder, "out")], {
      stdio: "ignore",
    });
  }
  const child = fork(fileURLToPath(import.meta.url), ["serve", model]);
  try {
    const { server, bare } = await heard<{ server: string; bare: string }>(child);
    const url = `${server}/v1/score`;
    const bodies = requests(BATCH);
    // Each is warmed up, and the two take turns: a machine's load changes.
    await fire(bare, bodies, CONNECTIONS, 2);
    await fire(url, bodies, CONNECTIONS, 3);
    const rounds = [];
    for (let round = 0; round < 2; round++) {
      rounds.push([await fire(bare, bodies, CONNECTIONS), await fire(url, bodies, CONNECTIONS)]);
    }
    for (const [plain, scored] of rounds) {
      console.log(
        `single profiles, ${CONNECTIONS} connections: ${number(scored.perSecond)} requests/s, p99 ${scored.p99} ms; ` +
          `bare route ${number(plain.perSecond)} requests/s, p99 ${plain.p99} ms; ratio ${(scored.perSecond / plain.perSecond).toFixed(2)}`,
      );
      mark("single profiles: of the bare route", scored.perSecond / plain.perSecond, 0.3, "at least");
      mark("single profiles: p99 in ms", scored.p99, 50, "at most");
    }

    if (peer) await besidePeer(url, bodies);

    const batch = `[${bodies.join(",")}]`;
    await fire(url, [batch], 4, 3);
    for (let round = 0; round < 2; round++) {
      const before = await costs(child);
      const { result: batches, processor } = await timed(() => fire(url, [batch], 4));
      const sent = batches.total * BATCH;
      const each = (seconds: number) => ((1e6 * seconds) / sent).toFixed(1);
      const used = (await costs(child)).seconds - before.seconds;
      console.log(
        `batches of ${BATCH}: ${number(batches.perSecond * BATCH)} profiles/s, p99 ${batches.p99} ms; ` +
          `${each(used)} µs of processor time a profile, and ${each(processor)} of the client's`,
      );
      mark("batches: profiles a second", batches.perSecond * BATCH, 150_000, "at least");
    }

    const { result: answers, seconds } = await timed(() => stream(url, bodies, profiles));
    const { peak } = await costs(child);
    console.log(
      `NDJSON: ${number(answers)} profiles in ${seconds.toFixed(1)} s, ${number(answers / seconds)} profiles/s, ` +
        `at most ${number(peak)} MB in memory, all that was before counted in`,
    );
    if (answers !== Math.ceil(profiles / BATCH) * BATCH)
      throw new Error(`${answers} answers to ${profiles} profiles`);
    mark("NDJSON: peak memory in MB", peak, 500, "at most");
  } finally {
    child.kill();
    await rm(folder, { recursive: true, force: true });
  }
}

const words = process.argv.slice(2);
const [first = "1000000", second] = words.filter((word) => word !== "--peer");
if (first === "serve") await serve(second);
else await bench(Number(first), second, words.includes("--peer"));
