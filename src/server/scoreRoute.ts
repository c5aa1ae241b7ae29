import { type OpenAPIHono, z } from "@hono/zod-openapi";
import type { Context } from "hono";
import { createProfileScorer } from "../bundle/score.ts";
import { type Limits, readBytes } from "./limits.ts";
import { readLines } from "./ndjson.ts";
import { Problem, problemSchema, toldOf } from "./problem.ts";
import { createRecordReader } from "./profileRecord.ts";
import { profileSchema } from "./schemas/profile.ts";
import {
  type BatchOrder,
  parseJson,
  rejectedSchema,
  type ScoredProfile,
  type ScoringModel,
  scoredProfile,
  scoredSchema,
} from "./scoreBatch.ts";
import { scoreStream } from "./scoreStream.ts";
import type { ScoreThreads } from "./scoreThreads.ts";
import { createScoreQueue } from "./scoring.ts";

const answerSchema = z.union([scoredSchema, rejectedSchema]);

/** What the scoring route needs. */
export interface ScoreRouteOptions {
  readonly model: ScoringModel;
  readonly threads: ScoreThreads;
  readonly limits: Limits;
  /** Told how many profiles were scored and how many records were not. */
  readonly count: (scored: number, rejected: number) => void;
  /** Told of what is the server's fault. */
  readonly report: (error: unknown) => void;
}

/** Lines of NDJSON that go through the network together. */
const GROUP = 1000;

/** Adds `POST /v1/score`: one profile, an array, or NDJSON streamed in and out. */
export function addScoreRoute(
  app: OpenAPIHono,
  { model, threads, limits, count, report }: ScoreRouteOptions,
): void {
  const read = createRecordReader();
  const scoreSoon = createScoreQueue(createProfileScorer(model));

  app.openAPIRegistry.registerPath({
    method: "post",
    path: "/v1/score",
    summary: "Score profiles",
    description:
      "One profile, an array, or NDJSON streamed in and out. Fields have canonical names, or those of a known provider. " +
      "In an array and in NDJSON a bad record costs one record: its place holds `{ index, errors }`.",
    request: {
      body: {
        required: true,
        content: {
          "application/json": {
            schema: z.union([profileSchema, z.array(profileSchema).max(limits.records)]),
          },
          "application/x-ndjson": { schema: profileSchema },
        },
      },
    },
    responses: {
      200: {
        description: "The same shape as was sent",
        content: {
          "application/json": { schema: z.union([scoredSchema, z.array(answerSchema)]) },
          "application/x-ndjson": { schema: answerSchema },
        },
      },
      default: {
        description: "A problem",
        content: { "application/problem+json": { schema: problemSchema } },
      },
    },
  });

  async function one(value: unknown): Promise<ScoredProfile> {
    const { profile, faults } = read(value);
    if (profile === undefined) {
      count(0, 1);
      throw new Problem("invalid-request", "The profile is not valid.", faults);
    }
    const scored = scoredProfile(profile, await scoreSoon(profile), model);
    count(1, 0);
    return scored;
  }

  async function many(order: BatchOrder): Promise<Uint8Array<ArrayBuffer>> {
    const { bytes, scored, rejected } = await threads.score(order);
    count(scored, rejected);
    return bytes;
  }

  function stream(c: Context): Response {
    const body = scoreStream({
      groups: readLines(c.req.raw, limits, GROUP),
      score: (group, first) => many({ kind: "lines", first, ...group }),
      told: (error) => toldOf(error, report),
    });
    return c.body(body, 200, { "content-type": "application/x-ndjson" });
  }

  app.post("/v1/score", async (c) => {
    const kind = contentKind(c);
    if (kind === "application/x-ndjson" || kind === "application/jsonl") return stream(c);
    requireJson(kind);
    const bytes = await readBytes(c.req.raw, limits);
    if (bytes.byteLength <= limits.smallBytes) {
      const value = parseJson(bytes);
      if (!Array.isArray(value)) return c.json(await one(value));
    }
    return c.body(await many({ kind: "json", bytes }), 200, { "content-type": "application/json" });
  });
}

/** The kind of content that a request says it has, without its parameters; JSON where it says nothing. */
export function contentKind(c: Context): string {
  return (c.req.header("content-type") || "application/json").split(";")[0].trim().toLowerCase();
}

/** @throws Problem `unsupported-media-type` where the content is said to be anything but JSON */
export function requireJson(kind: string): void {
  if (kind === "application/json" || /^application\/[\w.-]+\+json$/.test(kind)) return;
  throw new Problem(
    "unsupported-media-type",
    `Expected application/json or application/x-ndjson, not ${kind.slice(0, 100)}.`,
  );
}
