import { type OpenAPIHono, z } from "@hono/zod-openapi";
import type { Context } from "hono";
import type { Model } from "../bundle/model.ts";
import type { CanonicalProfile } from "../features/profile.ts";
import { type Limits, readText } from "./limits.ts";
import { type JsonLine, readLines } from "./ndjson.ts";
import { type Fault, faultSchema, Problem, problemSchema } from "./problem.ts";
import { createRecordReader } from "./profileRecord.ts";
import { profileSchema } from "./schemas/profile.ts";
import { createScoreQueue, type ScoredProfile, type ScoreRows, scoredProfile } from "./scoring.ts";

const scoredSchema = z
  .object({
    id: z.string().nullable(),
    account_id: z.string().nullable(),
    probability: z.number().min(0).max(1),
    active: z.boolean(),
  })
  .openapi("Scored");

/** A record that could not be scored. */
const rejectedSchema = z
  .object({ index: z.number().int().min(0), errors: z.array(faultSchema) })
  .openapi("Rejected");

const answerSchema = z.union([scoredSchema, rejectedSchema]);

/** What the scoring route needs. */
export interface ScoreRouteOptions {
  readonly model: Pick<Model, "threshold">;
  readonly score: ScoreRows;
  readonly limits: Limits;
  /** Told how many profiles were scored and how many records were not. */
  readonly count: (scored: number, rejected: number) => void;
}

type Answer = ScoredProfile | { readonly index: number; readonly errors: readonly Fault[] };

/** Lines of NDJSON that go through the network together. */
const GROUP = 1000;

/** Adds `POST /v1/score`: one profile, an array, or NDJSON streamed in and out. */
export function addScoreRoute(app: OpenAPIHono, options: ScoreRouteOptions): void {
  const { model, score, limits, count } = options;
  const read = createRecordReader();
  const scoreSoon = createScoreQueue(score);

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

  /** Answers to some records, in their order. */
  function answers(lines: readonly JsonLine[], first: number): Answer[] {
    const profiles: Partial<CanonicalProfile>[] = [];
    const places: number[] = [];
    const all = lines.map((line, i): Answer | null => {
      const index = first + i;
      if (line.broken !== undefined) return { index, errors: [{ index, path: "", message: line.broken }] };
      const { profile, faults } = read(line.value, index);
      if (profile === undefined) return { index, errors: faults };
      profiles.push(profile);
      places.push(i);
      return null;
    });
    const probabilities = score(profiles);
    places.forEach((place, i) => {
      all[place] = scoredProfile(profiles[i], probabilities[i], model);
    });
    count(profiles.length, lines.length - profiles.length);
    return all as Answer[];
  }

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

  function stream(c: Context): Response {
    const groups = readLines(c.req.raw, limits, GROUP);
    const encoder = new TextEncoder();
    let first = 0;
    // A group is read when the receiver has room for its answer: memory stays flat however long the stream.
    const body = new ReadableStream<Uint8Array>({
      async pull(controller) {
        try {
          const { done, value } = await groups.next();
          if (done === true) return controller.close();
          const text = answers(value, first).map((answer) => `${JSON.stringify(answer)}\n`);
          first += value.length;
          controller.enqueue(encoder.encode(text.join("")));
        } catch (error) {
          controller.error(error);
        }
      },
      async cancel() {
        await groups.return();
      },
    });
    return c.body(body, 200, { "content-type": "application/x-ndjson" });
  }

  app.post("/v1/score", async (c) => {
    const kind = (c.req.header("content-type") ?? "application/json").split(";")[0].trim().toLowerCase();
    if (kind === "application/x-ndjson" || kind === "application/jsonl") return stream(c);
    const value = parseJson(await readJsonText(c, kind, limits));
    if (!Array.isArray(value)) return c.json(await one(value));
    if (value.length > limits.records) {
      throw new Problem(
        "too-large",
        `The array holds more than ${limits.records} profiles (send NDJSON instead).`,
      );
    }
    return c.json(
      answers(
        value.map((record) => ({ value: record })),
        0,
      ),
    );
  });
}

/**
 * The text of a JSON body.
 *
 * @throws Problem `unsupported-media-type` where it is said to be anything else
 */
export async function readJsonText(c: Context, kind: string, limits: Limits): Promise<string> {
  if (kind !== "application/json" && !kind.endsWith("+json")) {
    throw new Problem(
      "unsupported-media-type",
      `Expected application/json or application/x-ndjson, not ${kind.slice(0, 100)}.`,
    );
  }
  return readText(c.req.raw, limits);
}

/** @throws Problem `malformed-request` */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Problem(
      "malformed-request",
      text.trim() === "" ? "The body is empty." : "The body is not JSON.",
    );
  }
}
