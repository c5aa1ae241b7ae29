import { STATUS_CODES } from "node:http";
import { z } from "@hono/zod-openapi";
import type { Context } from "hono";
import { HTTPException } from "hono/http-exception";
import { InsightsError } from "../base/error.ts";
import { isDiskFull, machineError } from "../base/files.ts";
import { FullWorkspaceError } from "../workspace/workspaceError.ts";

/** One fault of a request: where it stands and what is wrong. */
export const faultSchema = z
  .object({
    /** Position of the record in the request, from 0. */
    index: z.number().int().min(0).optional(),
    /** Field of the record, `followers`. */
    path: z.string(),
    message: z.string(),
  })
  .openapi("Fault");

/** See {@link faultSchema}. */
export type Fault = z.infer<typeof faultSchema>;

/** A problem document (RFC 9457). */
export const problemSchema = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.number().int(),
    detail: z.string(),
    /** Path of the request; missing where none could be read. */
    instance: z.string().optional(),
    errors: z.array(faultSchema).optional(),
    /** What is there now, where it is another than whoever changes it has looked at. */
    present: z.any().optional(),
  })
  .openapi("Problem");

/** Gets what is the server's fault. */
export type Report = (error: unknown) => void;

/** Kinds of problems with status and title. */
const PROBLEMS = {
  "malformed-request": [400, "The request cannot be read"],
  unauthorised: [401, "A token is needed"],
  "another-site": [403, "Pages of other sites may not ask that"],
  "not-found": [404, "There is no such thing"],
  "method-not-allowed": [405, "The method is not allowed here"],
  "too-slow": [408, "The request took too long to arrive"],
  conflict: [409, "That cannot be done now"],
  stale: [409, "Somebody has changed that meanwhile"],
  "too-large": [413, "The request is too large"],
  "unsupported-media-type": [415, "The kind of content is not known here"],
  "unknown-expectation": [417, "What is expected is not known here"],
  "invalid-request": [422, "The request is not valid"],
  "columns-unknown": [422, "The columns of the file are not known"],
  "too-many": [429, "There is too much to do"],
  "head-too-large": [431, "The head of the request is too large"],
  fault: [500, "The server is at fault"],
  "not-ready": [503, "The server is not ready"],
  overdue: [503, "The work took too long"],
  "no-space": [507, "There is no room for that"],
} as const satisfies Record<string, readonly [number, string]>;

/** Kind of a problem. */
export type ProblemKind = keyof typeof PROBLEMS;

/** Seconds after which to ask again, where that may help. */
const RETRY_AFTER = { "retry-after": "5" };

/** Most characters of a path that an answer repeats. */
const LONGEST_INSTANCE = 200;

const TYPE = "urn:influencer-insights:problem:";

/** A request that cannot be served, and why: thrown by routes, answered as a problem document. */
export class Problem extends Error {
  override readonly name = "Problem";
  readonly kind: ProblemKind;
  readonly errors: readonly Fault[] | undefined;
  /** What else the document holds. */
  readonly more: ProblemMore | undefined;

  /** Whether the same request may be served another time. */
  get passes(): boolean {
    const [status] = PROBLEMS[this.kind];
    return status === 408 || status === 429 || status >= 500;
  }

  constructor(kind: ProblemKind, detail: string, errors?: readonly Fault[], more?: ProblemMore) {
    super(detail);
    this.kind = kind;
    this.errors = errors;
    this.more = more;
  }
}

/** What a document of some kind of problem holds beside the words. */
export interface ProblemMore {
  /** Of `stale`: what is there now. */
  readonly present?: unknown;
  /** Of `columns-unknown`: what each column may be. */
  readonly columns?: unknown;
}

/** What was thrown, in a form that another thread can be told. */
export type Failure =
  | Pick<Problem, "kind" | "message" | "errors" | "more">
  | { readonly refused: string }
  | { readonly fault: string; readonly name: string; readonly stack: string | undefined };

/** What was thrown, to be told to another thread. */
export function failureOf(error: unknown): Failure {
  const refused = error instanceof InsightsError && !isDiskFull(error) && !isWorkspaceFull(error);
  const problem = refused ? undefined : knownProblem(error);
  if (problem !== undefined) {
    const { kind, message, errors, more } = problem;
    return { kind, message, errors, more };
  }
  if (error instanceof InsightsError) return { refused: error.message };
  const { name, message, stack } = error instanceof Error ? error : new Error(String(error));
  return { fault: message, name, stack };
}

/** What another thread has thrown. */
export function errorOf(failure: Failure): Error {
  if ("kind" in failure) return new Problem(failure.kind, failure.message, failure.errors, failure.more);
  if ("refused" in failure) return new InsightsError(failure.refused);
  const { fault, name, stack } = failure;
  return Object.assign(new Error(fault), { name, stack });
}

/** How routes describe their problem documents in the description of the API. */
export const problemResponse = {
  description: "A problem",
  content: { "application/problem+json": { schema: problemSchema } },
};

/** How routes describe an answer of JSON, or a problem, in the description of the API. */
export const jsonResponses = <Schema extends z.ZodType>(description: string, schema: Schema) => ({
  200: { description, content: { "application/json": { schema } } },
  default: problemResponse,
});

/** Headers of every problem document. */
const HEADERS = {
  "content-type": "application/problem+json",
  "cache-control": "no-store",
  "x-content-type-options": "nosniff",
};

/**
 * Answers whatever a route threw. The detail of a `Problem` or an `InsightsError` is told; anything else is a fault of the server, of which
 * only the report hears.
 *
 * @param headers more headers of the answer
 */
export function answerProblem(
  c: Context,
  error: unknown,
  report: Report,
  headers: Readonly<Record<string, string>> = {},
): Response {
  // Hono's own middleware throws answers that are ready.
  if (error instanceof HTTPException && error.res !== undefined) return error.getResponse();
  const problem = problemOf(error, report);
  const { status, ...body } = documentOf(problem);
  const instance = c.req.path.slice(0, LONGEST_INSTANCE);
  const document = {
    ...body,
    status,
    instance,
    ...(problem.errors && { errors: problem.errors }),
    ...problem.more,
  };
  const later = status === 429 || status === 503 ? RETRY_AFTER : {};
  return c.body(JSON.stringify(document), status, { ...HEADERS, ...later, ...headers });
}

/** A problem document as a whole HTTP answer, for a connection whose request no route has seen. It closes the connection. */
export function wholeAnswer(kind: ProblemKind, detail: string): string {
  const document = documentOf({ kind, message: detail });
  const body = JSON.stringify(document);
  const head = [
    `HTTP/1.1 ${document.status} ${STATUS_CODES[document.status]}`,
    "Content-Type: application/problem+json",
    "X-Content-Type-Options: nosniff",
    `Content-Length: ${Buffer.byteLength(body)}`,
    "Connection: close",
  ];
  return `${head.join("\r\n")}\r\n\r\n${body}`;
}

/** The message for whatever was thrown, where an answer has room for a sentence only. */
export function messageOf(error: unknown, report: Report): string {
  return problemOf(error, report).message;
}

function problemOf(error: unknown, report: Report): Problem {
  const problem = knownProblem(error);
  if (problem !== undefined) return problem;
  report(error);
  return new Problem("fault", "Something went wrong. It was not the request.");
}

/** The disk is full. */
export const noSpace = () => new Problem("no-space", "There is no room on the disk for temporary files.");

/** Whether the disk of the workspace was full. */
function isWorkspaceFull(error: unknown): boolean {
  for (let at = error; at instanceof Error; at = at.cause) if (at instanceof FullWorkspaceError) return true;
  return false;
}

/** The problem in what was thrown: what the user can mend, or a disk or a memory that is full; undefined for a fault of the program. */
function knownProblem(error: unknown): Problem | undefined {
  if (error instanceof Problem) return error;
  // It says what was done all the same.
  if (error instanceof InsightsError && isWorkspaceFull(error)) return new Problem("no-space", error.message);
  if (isDiskFull(error)) return noSpace();
  const mendable = machineError(error);
  if (mendable === undefined) return undefined;
  return new Problem(error instanceof InsightsError ? "invalid-request" : "no-space", mendable.message);
}

function documentOf({ kind, message }: Pick<Problem, "kind" | "message">) {
  const [status, title] = PROBLEMS[kind];
  return { type: `${TYPE}${kind}`, title, status, detail: message };
}

/** A zod error as faults. Values are left out: they may be personal. */
export function faultsOf(error: z.ZodError, index?: number): Fault[] {
  return error.issues.map(({ path, message }) => ({
    ...(index === undefined ? {} : { index }),
    path: path.map(String).join("."),
    message,
  }));
}

/**
 * What the log says of a fault: its kind and its place in the program, without its message. Messages of the database and of JSON repeat
 * parts of records, and a log holds no personal data.
 */
export function faultInLog(error: unknown): string {
  if (!(error instanceof Error)) return typeof error;
  const { code } = error as NodeJS.ErrnoException;
  const stack = error.stack ?? "";
  const message = stack.indexOf(error.message);
  // The place is looked for after the message, which may hold lines that look like places.
  const place = /^\s+at (.+)$/m.exec(message === -1 ? "" : stack.slice(message + error.message.length));
  const kind = typeof code === "string" ? `${error.name} ${code}` : error.name;
  return place === null ? kind : `${kind} at ${place[1]}`;
}
