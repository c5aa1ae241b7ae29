import type { z } from "@hono/zod-openapi";
import type { Context } from "hono";
import { contentKind, type Limits, requireJson, withBytes } from "../body.ts";
import type { Desk } from "../desk.ts";
import type { Gate, LaneName } from "../gate.ts";
import { faultsOf, Problem } from "../problem.ts";
import type { PeopleQuestion } from "./answers.ts";

/** How routes about people ask the desk, and read what they are told. */
export interface Asking {
  /** Asks the desk. @returns JSON */
  tell(c: Context, question: PeopleQuestion): Promise<Uint8Array<ArrayBuffer>>;
  /** Asks the desk, and answers with what comes back. */
  ask(c: Context, question: PeopleQuestion): Promise<never>;
  /** A body of JSON. @throws Problem `unsupported-media-type`, `malformed-request`, `invalid-request`, and as `withBytes` does */
  bodyOf<Schema extends z.ZodType>(c: Context, schema: Schema): Promise<z.infer<Schema>>;
  readonly now: () => Date;
  /** Whether the workspace takes made-up people. */
  readonly takesSample: boolean;
}

/** Questions that wait until a file is written or read: that of the workspace anew, one to take along, or one that names people. */
const LONG: ReadonlySet<PeopleQuestion["kind"]> = new Set(["remove import", "forget", "export", "mark file"]);

/** An edit, which tells its moment, waits for others and for the file that is written anew: questions must not wait behind it. */
function laneOf(question: PeopleQuestion): LaneName {
  if (LONG.has(question.kind)) return "long";
  return "now" in question ? "editing" : "listing";
}

/** Makes a way to ask. */
export function createAsking(
  desk: Desk,
  gate: Gate,
  limits: Limits,
  { now, takesSample }: Pick<Asking, "now" | "takesSample">,
): Asking {
  const tell: Asking["tell"] = (c, question) => {
    return gate.work(laneOf(question), c.req.raw.signal, (signal) => desk.people(question, now(), signal));
  };
  return {
    tell,
    async ask(c, question) {
      const answer = await tell(c, question);
      return c.body(answer, 200, { "content-type": "application/json" }) as never;
    },
    bodyOf(c, schema) {
      requireJson(contentKind(c));
      return withBytes(c.req.raw, limits, gate, limits.lineBytes, (bytes) => {
        const { data, error } = schema.safeParse(parsed(bytes));
        if (error !== undefined)
          throw new Problem("invalid-request", "The request is not valid.", faultsOf(error));
        return data as z.infer<typeof schema>;
      });
    },
    now,
    takesSample,
  };
}

function parsed(bytes: Uint8Array): unknown {
  try {
    return JSON.parse(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    throw new Problem("malformed-request", "The body is not JSON.");
  }
}
