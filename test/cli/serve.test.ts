import { mkdirSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { saveModel } from "../../src/bundle/save.ts";
import { ROOT, runHere, scratchFolder, start } from "../support/harness.ts";
import { PROFILE, serverModel } from "../support/server/server.ts";

const scratch = await scratchFolder();
const folder = join(scratch, "model");
await saveModel(folder, await serverModel());
const temporary = join(scratch, "temporary");
mkdirSync(temporary);

const children: ReturnType<typeof start>[] = [];
afterAll(() => {
  for (const { child } of children) child.kill("SIGKILL");
});

/** Starts a server; gives its address, told on its standard output, without the path. */
async function serve(...words: string[]) {
  const started = start(["serve", "--in-memory", "--port", "0", ...words], { env: { TMPDIR: temporary } });
  children.push(started);
  const address = await new Promise<string>((resolve, reject) => {
    started.child.stdout.on("data", (text: string) => resolve(new URL(text).origin));
    started.child.on("exit", (code) => reject(new Error(`ended with ${code}: ${started.seen()}`)));
  });
  return { ...started, address };
}

const score = (address: string, body: string, type = "application/json") =>
  fetch(`${address}/v1/score`, { method: "POST", headers: { "content-type": type }, body });

describe("insights serve", () => {
  it("leaves nothing behind where it is killed, once another starts", async () => {
    const [killed, living] = [await serve(folder), await serve(folder)];
    const body = "id,followers\n6812345678901234567,1";
    await fetch(`${killed.address}/v1/imports?name=people.csv`, { method: "POST", body });
    const before = readdirSync(temporary);
    expect(before).toHaveLength(2);
    killed.child.kill("SIGKILL");
    await killed.finished;
    expect(readdirSync(temporary).sort()).toEqual(before.sort());
    const next = await serve(folder);
    const after = readdirSync(temporary);
    expect([after.length, after.filter((name) => before.includes(name)).length]).toEqual([2, 1]);
    for (const { child } of [living, next]) child.kill("SIGTERM");
    await Promise.all([living.finished, next.finished]);
    expect(readdirSync(temporary)).toEqual([]);
  }, 60_000);

  it("loses no request that it has taken when it is told to stop", async () => {
    const { child, finished, address } = await serve(folder);
    const counts = { ok: 0, refused: 0, wrong: [] as unknown[] };
    let stopped = false;
    const body = JSON.stringify(PROFILE);
    const sender = async () => {
      while (!stopped) {
        try {
          const answer = await score(address, body);
          // A head without its body, or another status, would be a request that was taken and lost.
          const told = (await answer.json()) as { probability?: number };
          if (answer.status === 200 && told.probability !== undefined) counts.ok++;
          else counts.wrong.push(told);
        } catch (error) {
          const code = (error as { cause?: { code?: string } }).cause?.code;
          if (code === "ECONNREFUSED") counts.refused++;
          // A connection that was closed while it lay idle took nothing.
          else if (code !== "ECONNRESET" && code !== "UND_ERR_SOCKET") counts.wrong.push(code ?? error);
          stopped = true;
        }
      }
    };
    const senders = Array.from({ length: 16 }, sender);
    const lines = `${body}\n`.repeat(20_000);
    const stream = score(address, lines, "application/x-ndjson").then((answer) => answer.text());
    while (counts.ok < 200) await new Promise((done) => setTimeout(done, 10));
    child.kill("SIGTERM");
    const text = await stream;
    expect(text.trimEnd().split("\n")).toHaveLength(20_000);
    const { code, stderr } = await finished;
    stopped = true;
    await Promise.all(senders);
    expect(counts.wrong).toEqual([]);
    expect(code).toBe(130);
    expect(stderr).not.toContain("fault");
    expect(stderr).not.toContain("handle");
    expect(readdirSync(temporary)).toEqual([]);
  });

  it("stops in the middle of a job, and leaves nothing behind", async () => {
    const { child, finished, address } = await serve("--sample");
    const body = "id,followers\n6812345678901234567,1";
    const { job } = await (await fetch(`${address}/v1/imports`, { method: "POST", body })).json();
    // The sample is being read.
    expect(job.state).toBe("queued");
    const events = fetch(`${address}/v1/jobs/${job.id}/events`).then((answer) => answer.text());
    await new Promise((done) => setTimeout(done, 300));
    child.kill("SIGTERM");
    expect(await events).toContain('"state":"cancelled"');
    expect((await finished).code).toBe(130);
    expect(readdirSync(temporary)).toEqual([]);
  });

  it("asks for a token where others can reach it, and for one that is worth its name", async () => {
    const open = await runHere(["serve", "--host", "0.0.0.0", "--port", "0"]);
    expect([open.code, open.stderr]).toEqual([
      2,
      expect.stringContaining("no token: 0.0.0.0 is reached from other machines"),
    ]);
    const short = await runHere(["serve", "--token", "short", "--port", "0"]);
    expect([short.code, short.stderr]).toEqual([2, expect.stringContaining("shorter than 16 characters")]);
  });

  it("says what it cannot open", async () => {
    const sample = join(ROOT, "examples/profiles.csv");
    for (const [words, told] of [
      [["nowhere"], "no such file or folder: nowhere"],
      [[sample, sample], "two files"],
      [[folder, folder], "two folders"],
      [["--sample", sample], "--sample and a file"],
      [[join(ROOT, "examples")], "expected a folder with model.json"],
    ] as const) {
      const { code, stderr } = await runHere(["serve", "--port", "0", ...words]);
      expect([code === 0, stderr]).toEqual([false, expect.stringContaining(told)]);
    }
  });

  it("answers to its own names only, until it is told to stop", async () => {
    const controller = new AbortController();
    let address = "";
    const ended = runHere(["serve", folder, "--in-memory", "--port", "0", "--name", "insights.example"], {
      signal: controller.signal,
      stdout: (text) => {
        address = text.trim();
      },
    });
    while (address === "") await new Promise((done) => setTimeout(done, 10));
    const { port } = new URL(address);
    expect((await fetch(`http://127.0.0.1:${port}/readyz`)).status).toBe(200);
    expect((await fetch(`http://localhost:${port}/v1/model`)).status).toBe(200);
    controller.abort();
    expect((await ended).code).toBe(0);
  });
});
