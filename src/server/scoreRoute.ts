import { setImmediate as nextTurn } from "node:timers/promises";
import { type OpenAPIHono, z } from "@hono/zod-openapi";
import type { Context } from "hono";
import { asksQuestions } from "../bundle/answers.ts";
import type { CanonicalProfile } from "../features/profile.ts";
import { SCORE_PATH } from "./app.ts";
import { contentKind, type Limits, parseJson, readLines, requireJson, withBytes } from "./body.ts";
import type { Gate } from "./gate.ts";
import { messageOf, Problem, problemResponse, type Report } from "./problem.ts";
import { createProfileReader } from "./profile.ts";
import { PROFILE_REF } from "./profileDescription.ts";
import {
  type AnswerProfiles,
  type BatchOrder,
  createAnswerer,
  creatorSchema,
  rejectedSchema,
  type ScoredProfile,
  type ScoringModel,
  scoredSchema,
} from "./scoreBatch.ts";
import { scoreStream } from "./scoreStream.ts";
import type { ScoreThreads } from "./scoreThreads.ts";

/** A record of many. */
const RECORD = { anyOf: [PROFILE_REF, { description: "What is no profile costs only itself" }] };

/** Lines of NDJSON that are scored together. */
const GROUP = 1000;

/**
 * Adds `POST /v1/score`: one profile, an array, or NDJSON streamed in and out.
 *
 * @param count gets the number of scored profiles and of rejected records
 */
export function addScoreRoute(
  app: OpenAPIHono,
  model: ScoringModel,
  threads: ScoreThreads,
  limits: Limits,
  gate: Gate,
  count: (scored: number, rejected: number) => void,
  report: Report,
): void {
  const read = createProfileReader();
  const score = createTogether(createAnswerer(model));
  const scored = asksQuestions(model) ? creatorSchema : scoredSchema;
  const answerSchema = z.union([scored, rejectedSchema]);

  app.openAPIRegistry.registerPath({
    method: "post",
    path: SCORE_PATH,
    summary: "Score profiles",
    description:
      "One profile, an array, or NDJSON streamed in and out. Fields have canonical names, or those of a known provider. " +
      "In an array and in NDJSON a bad record costs one record: its place holds `{ index, errors }`. " +
      "`posted_at` holds the dates of posts, in any order; they say something where `observed_at` is known.",
    request: {
      body: {
        required: true,
        content: {
          "application/json": {
            schema: { anyOf: [PROFILE_REF, { type: "array", items: RECORD, maxItems: limits.records }] },
          },
          "application/x-ndjson": { schema: RECORD },
        },
      },
    },
    responses: {
      200: {
        description: "The same shape as was sent",
        content: {
          "application/json": { schema: z.union([scored, z.array(answerSchema)]) },
          "application/x-ndjson": { schema: answerSchema },
        },
      },
      default: problemResponse,
    },
  });

  async function one(value: unknown): Promise<string> {
    const { profile, faults } = read(value);
    if (profile === undefined) {
      count(0, 1);
      throw new Problem("invalid-request", "The profile is not valid.", faults);
    }
    const scored = await score(profile);
    count(1, 0);
    return JSON.stringify(scored);
  }

  async function many(order: BatchOrder): Promise<Uint8Array<ArrayBuffer>> {
    const { bytes, scored, rejected } = await threads.score(order);
    count(scored, rejected);
    return bytes;
  }

  function stream(c: Context): Response {
    const held = gate.hold(limits.streamBytes);
    const body = scoreStream({
      groups: readLines(c.req.raw, limits, GROUP),
      score: (lines, first) => many({ kind: "lines", first, lines }),
      message: (error) => messageOf(error, report),
      ended: held.release,
    });
    return answer(body, "application/x-ndjson");
  }

  app.post(SCORE_PATH, async (c) => {
    const kind = contentKind(c);
    if (kind === "application/x-ndjson" || kind === "application/jsonl") return stream(c);
    requireJson(kind);
    const { raw } = c.req;
    return withBytes(raw, limits, gate, limits.bodyBytes, async (bytes) => {
      if (bytes.byteLength <= limits.smallBytes) {
        const value = parseJson(bytes);
        if (!Array.isArray(value)) return answer(await one(value), "application/json");
      }
      const scored = await gate.work("scoring", raw.signal, () => many({ kind: "json", bytes }));
      return answer(scored, "application/json");
    });
  });
}

/** An answer with all its headers: a plain object is written as it is, without Hono's slower `Headers`. */
function answer(body: BodyInit, type: string): Response {
  const headers = { "content-type": type, "cache-control": "no-store", "x-content-type-options": "nosniff" };
  return new Response(body, { headers });
}

/**
 * Scores the single profiles that come in one turn of the event loop together, and answers them one after the other. A client that is woken
 * for each answer takes the processor from the server: alone, 32 connections cost twice the processor time.
 */
function createTogether(
  score: AnswerProfiles,
): (profile: Partial<CanonicalProfile>) => Promise<ScoredProfile> {
  let waiting: Partial<CanonicalProfile>[] = [];
  let scored: Promise<ScoredProfile[]> | undefined;
  return async (profile) => {
    const place = waiting.push(profile) - 1;
    scored ??= nextTurn().then(() => {
      const profiles = waiting;
      waiting = [];
      scored = undefined;
      return score(profiles);
    });
    return (await scored)[place];
  };
}
