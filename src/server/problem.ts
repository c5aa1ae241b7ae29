import { STATUS_CODES } from "node:http";
import { z } from "@hono/zod-openapi";
import type { Context } from "hono";
import { InsightsError } from "../base/error.ts";

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
  })
  .openapi("Problem");

/** What can go wrong, by the last word of its type: the status and the title. */
const PROBLEMS = {
  "malformed-request": [400, "The request cannot be read"],
  unauthorised: [401, "A token is needed"],
  "another-site": [403, "Pages of other sites may not ask that"],
  "not-found": [404, "There is no such thing"],
  "method-not-allowed": [405, "The method is not allowed here"],
  "too-slow": [408, "The request took too long to arrive"],
  conflict: [409, "That cannot be done now"],
  "too-large": [413, "The request is too large"],
  "unsupported-media-type": [415, "The kind of content is not known here"],
  "unknown-expectation": [417, "What is expected is not known here"],
  "invalid-request": [422, "The request is not valid"],
  "too-many": [429, "There is too much to do"],
  "head-too-large": [431, "The head of the request is too large"],
  fault: [500, "The server is at fault"],
  "not-ready": [503, "The server is not ready"],
} as const satisfies Record<string, readonly [number, string]>;

/** Kind of a problem. */
export type ProblemKind = keyof typeof PROBLEMS;

/** Characters of a path that are told back. */
const LONGEST_INSTANCE = 200;

const TYPE = "urn:influencer-insights:problem:";

/** A request that cannot be served, and why: thrown by routes, answered as a problem document. */
export class Problem extends Error {
  override readonly name = "Problem";
  readonly kind: ProblemKind;
  readonly errors: readonly Fault[] | undefined;
  /** Methods that are allowed instead, of a `method-not-allowed`. */
  readonly allowed: readonly string[];

  constructor(kind: ProblemKind, detail: string, errors?: readonly Fault[], allowed: readonly string[] = []) {
    super(detail);
    this.allowed = allowed;
    this.kind = kind;
    this.errors = errors;
  }
}

/**
 * The answer for whatever a route threw: what the user can mend is told, what is a fault of ours is not.
 *
 * @param report told of faults of ours
 */
export function answerProblem(c: Context, error: unknown, report: (error: unknown) => void): Response {
  const problem = problemOf(error);
  if (problem.kind === "fault") report(error);
  const [status, title] = PROBLEMS[problem.kind];
  const body = {
    type: `${TYPE}${problem.kind}`,
    title,
    status,
    detail: problem.message,
    instance: c.req.path.slice(0, LONGEST_INSTANCE),
    ...(problem.errors === undefined ? {} : { errors: problem.errors }),
  };
  const headers: Record<string, string> = { "content-type": "application/problem+json" };
  if (problem.kind === "unauthorised") headers["www-authenticate"] = "Bearer";
  if (problem.allowed.length > 0) headers.allow = problem.allowed.join(", ");
  return c.body(JSON.stringify(body), status, headers);
}

/** A problem document as a whole answer, head and all, for a connection that no route has come to; its last. */
export function wholeAnswer(kind: ProblemKind, detail: string): string {
  const [status, title] = PROBLEMS[kind];
  const body = JSON.stringify({ type: `${TYPE}${kind}`, title, status, detail });
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    "Content-Type: application/problem+json",
    "X-Content-Type-Options: nosniff",
    `Content-Length: ${Buffer.byteLength(body)}`,
    "Connection: close",
  ];
  return `${head.join("\r\n")}\r\n\r\n${body}`;
}

/**
 * What a sender is told of something that was thrown, where there is only room for a sentence.
 *
 * @param report told of faults of ours
 */
export function toldOf(error: unknown, report: (error: unknown) => void): string {
  const problem = problemOf(error);
  if (problem.kind === "fault") report(error);
  return problem.message;
}

function problemOf(error: unknown): Problem {
  if (error instanceof Problem) return error;
  if (error instanceof InsightsError) return new Problem("invalid-request", error.message);
  return new Problem("fault", "Something went wrong. It was not the request.");
}

/** A zod error as faults, without the values: they may be personal. */
export function faultsOf(error: z.ZodError, index?: number): Fault[] {
  return error.issues.map(({ path, message }) => ({
    ...(index === undefined ? {} : { index }),
    path: path.map(String).join("."),
    message,
  }));
}
