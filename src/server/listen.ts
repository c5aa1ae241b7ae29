import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { Server as NetServer, type Socket } from "node:net";
import type { Duplex } from "node:stream";
import { setTimeout as sleep } from "node:timers/promises";
import { getRequestListener } from "@hono/node-server";
import { InsightsError } from "../base/error.ts";
import { type ProblemKind, wholeAnswer } from "./problem.ts";

/** Where to listen. */
export interface ListenOptions {
  readonly host: string;
  /** 0 takes any that is free. */
  readonly port: number;
}

/** A server that listens. */
export interface Listening {
  /** `http://127.0.0.1:4321`. */
  readonly address: string;
  readonly port: number;
  /** Takes no more requests but those under way already, lets them finish, and ends. Answers should say that they are a connection's last. */
  stop(): Promise<void>;
}

/** Milliseconds for a request's head to arrive, and for all of a request: uploads are long, and pauses are watched elsewhere. */
const HEAD_MS = 10_000;
const REQUEST_MS = 60 * 60_000;
const KEEP_ALIVE_MS = 10_000;
/**
 * Milliseconds in which a server that is to stop still takes requests on the connections it has, and lets go of each with an answer: to
 * close those that are idle at once would lose the requests that are under way on them.
 */
const LINGER_MS = 250;
/** Milliseconds that requests in flight have to finish when the server stops. */
const GRACE_MS = 30_000;

/**
 * Listens.
 *
 * @throws InsightsError where the port is taken or the host is not this machine's
 */
export async function listen(
  app: { readonly fetch: Parameters<typeof getRequestListener>[0] },
  { host, port }: ListenOptions,
): Promise<Listening> {
  const answer = getRequestListener(app.fetch);
  const server = createServer((incoming, outgoing) => {
    // Before Node's own listener, which would read all the rest.
    outgoing.prependOnceListener("finish", () => leaveRest(incoming));
    void answer(incoming, outgoing);
  });
  server.headersTimeout = HEAD_MS;
  server.requestTimeout = REQUEST_MS;
  server.keepAliveTimeout = KEEP_ALIVE_MS;
  const connections = new Set<Socket>();
  server.on("connection", (socket) => {
    connections.add(socket);
    socket.once("close", () => connections.delete(socket));
  });
  server.on("clientError", answerUnread);
  server.on("checkExpectation", ({ socket }) => {
    socket.end(wholeAnswer("unknown-expectation", "Expected 100-continue, or nothing."));
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => reject(listenError(error, host, port)));
    server.listen(port, host, () => resolve());
  });
  const taken = (server.address() as { port: number }).port;
  const name = host.includes(":") ? `[${host}]` : host;
  return {
    address: `http://${name}:${taken}`,
    port: taken,
    stop: async () => {
      // Only listening ends here: http's own way to close would end idle connections in the same breath.
      const closed = new Promise<void>((resolve) => {
        NetServer.prototype.close.call(server, () => resolve());
      });
      await Promise.race([closed, sleep(LINGER_MS, undefined, { ref: false })]);
      const late = setTimeout(() => server.closeAllConnections(), GRACE_MS);
      server.close();
      server.closeIdleConnections();
      // Browsers connect in advance. Node takes a connection that has asked nothing yet for a busy one.
      for (const socket of connections) if (socket.bytesRead === 0) socket.destroy();
      await closed;
      clearTimeout(late);
    },
  };
}

/** Bytes of a body that nobody wants and that are still read, so that the connection can be used again. */
const REST_BYTES = 1 << 20;
/** Milliseconds that a sender of more has to read its answer: where bytes are left unread, closing takes back what it has not read. */
const REST_MS = 500;

/** Whether so much of a body may still come that nobody reads it once the request is answered: the connection ends then. */
export function leavesRest(incoming: Pick<IncomingMessage, "complete" | "headers">): boolean {
  return (
    !incoming.complete && Number(incoming.headers["content-length"] ?? Number.POSITIVE_INFINITY) > REST_BYTES
  );
}

/**
 * Leaves the rest of a body where it is, and ends its connection soon. Node and Hono would read up to 64 MB of it to throw them away: who
 * sends much that is refused would keep the main thread busy.
 */
function leaveRest(incoming: IncomingMessage): void {
  if (!leavesRest(incoming)) return;
  const { socket } = incoming;
  // With a listener for "readable" nobody's resume() makes it flow. To read once tells Node that its body is minded.
  incoming.on("readable", () => {});
  incoming.read();
  socket.destroySoon = () => socket.end();
  socket.end();
  setTimeout(() => socket.destroy(), REST_MS).unref();
}

/** What cannot be read as a request, by Node's code for why; anything else is malformed. */
const UNREAD: Readonly<Record<string, readonly [ProblemKind, string]>> = {
  HPE_HEADER_OVERFLOW: ["head-too-large", "The address and the headers are longer than 16 KiB."],
  HPE_CHUNK_EXTENSIONS_OVERFLOW: ["too-large", "The extensions of a chunk are too long."],
  ERR_HTTP_REQUEST_TIMEOUT: ["too-slow", "The request did not come in time."],
};

/** Answers a request that never came to a route, where its sender is still there and has not begun to be answered. */
function answerUnread(error: NodeJS.ErrnoException, socket: Duplex): void {
  // As Node's own answer is held back: in the middle of another it would be taken for a part of that.
  const { _httpMessage: answer } = socket as { _httpMessage?: ServerResponse | null };
  if (socket.writable && !answer?.headersSent) {
    const [kind, detail] = UNREAD[error.code ?? ""] ?? ["malformed-request", "The request is not HTTP."];
    socket.write(wholeAnswer(kind, detail));
  }
  socket.destroy();
}

function listenError(error: NodeJS.ErrnoException, host: string, port: number): unknown {
  const why = {
    EADDRINUSE: `port ${port} is taken (choose another with --port; 0 takes any that is free)`,
    EACCES: `port ${port} may not be used (choose one above 1023 with --port)`,
    EADDRNOTAVAIL: `${host} is not an address of this machine`,
    ENOTFOUND: `${host} is not known`,
  }[error.code ?? ""];
  return why === undefined ? error : new InsightsError(`cannot listen: ${why}`, { cause: error });
}
