import { connect, type Socket } from "node:net";
import { afterAll, describe, expect, it } from "vitest";
import { PROFILE, serverModel, someServer } from "../../test/support/server/server.ts";
import { InsightsError } from "../base/error.ts";
import { type Listening, listen } from "./listen.ts";
import { problemSchema } from "./problem.ts";

const model = await serverModel();
const server = await someServer({
  model,
  limits: { pauseMs: 300, bodyBytes: 1 << 20, fileBytes: 4 << 20 },
});
const { address, port, stop } = await listen(server.app, { host: "127.0.0.1", port: 0 });
let stopped = false;
afterAll(() => (stopped ? undefined : stop()));

/** Sends bytes as they are, and gives what comes back until the other side closes. */
function raw(write: (socket: Socket) => void): Promise<string> {
  return new Promise((resolve) => {
    let text = "";
    const socket = connect(port, "127.0.0.1", () => write(socket));
    socket.setEncoding("utf8").on("data", (data) => {
      text += data;
    });
    socket.on("error", () => {});
    socket.on("close", () => resolve(text));
  });
}

const head = (path: string, ...lines: string[]) =>
  `POST ${path} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n${lines.join("\r\n")}\r\n\r\n`;
const score = async (body: unknown, type = "application/json") =>
  fetch(`${address}/v1/score`, {
    method: "POST",
    headers: { "content-type": type },
    body: typeof body === "string" ? body : JSON.stringify(body),
  });

describe("a server with a socket", () => {
  it("batches what comes at once, and answers each with its own", async () => {
    const answers = await Promise.all(
      Array.from({ length: 64 }, async (_, i) =>
        (await score({ ...PROFILE, account_id: `n${i}`, followers: i * 100 })).json(),
      ),
    );
    expect(answers.map((one) => one.account_id)).toEqual(Array.from({ length: 64 }, (_, i) => `n${i}`));
    expect(new Set(answers.map((one) => one.probability)).size).toBeGreaterThan(32);
  });

  it("refuses 100 MB before they come, and when they come missing", async () => {
    const told = await raw((socket) =>
      socket.write(head("/v1/score", "Content-Type: application/json", `Content-Length: ${100 << 20}`)),
    );
    expect(told).toMatch(/^HTTP\/1.1 413 /);
    // Over the limit of 1 MiB, in chunks, without saying how much is to come.
    const chunk = `10000\r\n${" ".repeat(1 << 16)}\r\n`;
    const lengthless = await raw((socket) =>
      socket.write(
        head("/v1/score", "Content-Type: application/json", "Transfer-Encoding: chunked") + chunk.repeat(20),
      ),
    );
    expect(lengthless).toMatch(/^HTTP\/1.1 413 /);
    expect((await fetch(`${address}/healthz`)).status).toBe(200);
  });

  it("leaves the rest of a large body that it refuses, and lets its sender read why", async () => {
    let sent = 0;
    for (const wait of [0, 300]) {
      const answer = await raw((socket) => {
        // Its answer is read late, when more has been sent than is taken.
        socket.pause();
        setTimeout(() => socket.resume(), wait);
        const length = `Content-Length: ${40 << 20}`;
        socket.write(
          head("/v1/score", "Content-Type: application/json", length).replace("Connection: close\r\n", ""),
        );
        for (let i = 0; i < 39; i++)
          socket.write(Buffer.alloc(1 << 20, " "), (error) => (sent += error ? 0 : 1));
      });
      expect(answer).toMatch(/^HTTP\/1.1 413 /);
      expect(answer.toLowerCase()).toContain("connection: close");
      expect(problemSchema.parse(JSON.parse(answer.split("\r\n").at(-1) ?? "")).status).toBe(413);
    }
    // What the machine itself keeps of a connection counts as sent.
    expect(sent).toBeLessThan(2 * 12);
    // Of a small one the rest is read, and the connection is used again.
    const small = await raw((socket) => {
      socket.write("PUT /v1/score HTTP/1.1\r\nHost: x\r\nContent-Length: 200000\r\n\r\n");
      socket.write(" ".repeat(200_000));
      socket.write("GET /healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    });
    expect(small.match(/HTTP\/1.1 \d+/g)).toEqual(["HTTP/1.1 405", "HTTP/1.1 200"]);
    expect(server.reports).toEqual([]);
  });

  it("waits for nobody who pauses, goes away or says nonsense", async () => {
    const slow = raw((socket) =>
      socket.write(`${head("/v1/score", "Content-Type: application/json", "Content-Length: 50")}{"id":`),
    );
    const half = raw((socket) =>
      socket.end(`${head("/v1/score", "Content-Type: application/json", "Content-Length: 50")}{"id":`),
    );
    // Whoever has said all may close that half, and is still answered.
    const body = JSON.stringify(PROFILE);
    const length = `Content-Length: ${Buffer.byteLength(body)}`;
    const closed = raw((socket) =>
      socket.end(`${head("/v1/score", "Content-Type: application/json", length)}${body}`),
    );
    const gone = raw((socket) => {
      const text = `${head("/v1/imports?name=x.csv", "Content-Length: 5000")}id,followers\n`;
      socket.write(text, () => socket.destroy());
    });
    const nonsense = raw((socket) => socket.write("\u0016\u0003\u0001 nonsense\r\n\r\n"));
    expect(await slow).toMatch(/^HTTP\/1.1 408 /);
    expect(await half).toMatch(/^HTTP\/1.1 400 /);
    expect(await closed).toMatch(/^HTTP\/1.1 200 /);
    await gone;
    expect(await nonsense).toMatch(/^HTTP\/1.1 400 /);
    expect((await (await fetch(`${address}/v1/imports`)).json()).length).toBe(0);
    expect(server.reports).toEqual([]);
  });

  it("tells what is wrong with what is no request, in a problem document", async () => {
    const long = "a".repeat(20_000);
    for (const [sent, status] of [
      ["nonsense\r\n\r\n", 400],
      ["GET / HTTP/1.1\r\nHost: x\r\nno colon\r\n\r\n", 400],
      ["POST /v1/score HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n", 400],
      [`GET /${long} HTTP/1.1\r\nHost: x\r\n\r\n`, 431],
      [`GET / HTTP/1.1\r\nHost: x\r\nX-Long: ${long}\r\n\r\n`, 431],
      ["GET / HTTP/1.1\r\nHost: x\r\nExpect: 200-maybe\r\n\r\n", 417],
    ] as const) {
      const answer = await raw((socket) => socket.write(sent));
      const [first, ...rest] = answer.split("\r\n");
      expect([first.slice(0, 12), sent.slice(0, 40)]).toEqual([`HTTP/1.1 ${status}`, sent.slice(0, 40)]);
      expect(rest).toContain("Content-Type: application/problem+json");
      const body = rest.at(-1) ?? "";
      expect(rest).toContain(`Content-Length: ${Buffer.byteLength(body)}`);
      expect(problemSchema.parse(JSON.parse(body)).status).toBe(status);
    }
    // Behind a request that is one: nothing comes into the middle of its answer.
    const both = await raw((socket) =>
      socket.write("GET /healthz HTTP/1.1\r\nHost: x\r\n\r\nnonsense\r\n\r\n"),
    );
    expect(both.match(/^HTTP\/1.1 \d+/gm)).toEqual(["HTTP/1.1 400"]);
    expect(server.reports).toEqual([]);
  });

  it("streams NDJSON out while it still comes in", async () => {
    // A server that waits: here the sender pauses until the first answers have come.
    const patient = await listen((await someServer({ model })).app, { host: "127.0.0.1", port: 0 });
    let feed: ReadableStreamDefaultController<Uint8Array> | undefined;
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => {
        feed = controller;
      },
    });
    const group = new TextEncoder().encode(`${JSON.stringify(PROFILE)}\n`.repeat(1000));
    feed?.enqueue(group);
    const answer = await fetch(`${patient.address}/v1/score`, {
      method: "POST",
      headers: { "content-type": "application/x-ndjson" },
      body,
      duplex: "half",
    } as RequestInit);
    const reader = (answer.body as ReadableStream<Uint8Array>).getReader();
    const decoder = new TextDecoder();
    let text = "";
    while (text.split("\n").length <= 1000)
      text += decoder.decode((await reader.read()).value, { stream: true });
    feed?.enqueue(group);
    feed?.close();
    for (;;) {
      const { done, value } = await reader.read();
      if (done) break;
      text += decoder.decode(value, { stream: true });
    }
    expect(text.trimEnd().split("\n")).toHaveLength(2000);
    await patient.stop();
  });

  it("lets requests in flight finish when it stops, and takes no more", async () => {
    const body = JSON.stringify(PROFILE);
    // Kept alive: the server has to close the connection.
    const keep = head(
      "/v1/score",
      "Content-Type: application/json",
      `Content-Length: ${Buffer.byteLength(body)}`,
    ).replace("Connection: close\r\n", "");
    let sender: Socket | undefined;
    const inFlight = raw((socket) => {
      sender = socket;
      socket.write(keep + body.slice(0, 50));
    });
    // Idle when the server is told to stop, while another request is under way: closed by its answer, not under it.
    const request = "GET /healthz HTTP/1.1\r\nHost: x\r\n\r\n";
    let idle: Socket | undefined;
    let kept = Promise.resolve("");
    await new Promise<void>((answered) => {
      kept = raw((socket) => {
        idle = socket;
        socket.once("data", () => answered());
        socket.write(request);
      });
    });
    server.drain();
    stopped = true;
    const ended = stop();
    idle?.write(request);
    sender?.write(body.slice(50));
    await ended;
    const answer = await inFlight;
    const answers = (await kept).split(/(?=HTTP\/1.1 )/);
    expect(answers.map((text) => text.slice(0, 15))).toEqual(["HTTP/1.1 200 OK", "HTTP/1.1 200 OK"]);
    expect(answers.map((text) => /connection: close/i.test(text))).toEqual([false, true]);
    expect(answer).toMatch(/^HTTP\/1.1 200 OK/);
    expect(answer.toLowerCase()).toContain("connection: close");
    await expect(fetch(`${address}/healthz`)).rejects.toThrow();
  });
});

it("does not wait for a connection that has asked nothing yet, as browsers open in advance", async () => {
  const another = await listen(server.app, { host: "127.0.0.1", port: 0 });
  const silent = connect(another.port, "127.0.0.1");
  await new Promise((connected) => silent.once("connect", connected));
  // An answer on a later connection: the silent one has been taken.
  expect((await fetch(`${another.address}/healthz`)).status).toBe(200);
  const closed = new Promise((done) => silent.once("close", done));
  const start = Date.now();
  await another.stop();
  await closed;
  expect(Date.now() - start).toBeLessThan(15_000);
});

it("says why it cannot listen", async () => {
  const taken: Listening = await listen(server.app, { host: "127.0.0.1", port: 0 });
  await expect(listen(server.app, { host: "127.0.0.1", port: taken.port })).rejects.toThrow(
    `cannot listen: port ${taken.port} is taken`,
  );
  await expect(listen(server.app, { host: "203.0.113.1", port: 0 })).rejects.toThrow(InsightsError);
  await taken.stop();
  // A machine may have no IPv6.
  const six = await listen(server.app, { host: "::1", port: 0 }).catch((error) => error);
  if (six instanceof Error) expect(six).toBeInstanceOf(InsightsError);
  else {
    expect(six.address).toBe(`http://[::1]:${six.port}`);
    await six.stop();
  }
});
