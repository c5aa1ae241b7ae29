import { z } from "@hono/zod-openapi";
import type { Model } from "../bundle/model.ts";
import { createProfileScorer } from "../bundle/score.ts";
import type { CanonicalProfile } from "../features/profile.ts";
import type { Limits } from "./limits.ts";
import type { LineGroup } from "./ndjson.ts";
import { type Fault, faultSchema, Problem } from "./problem.ts";
import { createRecordReader } from "./profileRecord.ts";

/** A scored profile, as the API tells it. */
export const scoredSchema = z
  .object({
    id: z.string().nullable(),
    account_id: z.string().nullable(),
    probability: z.number().min(0).max(1),
    active: z.boolean(),
  })
  .openapi("Scored");

/** A record that could not be scored. */
export const rejectedSchema = z
  .object({ index: z.number().int().min(0), errors: z.array(faultSchema) })
  .openapi("Rejected");

/** See {@link scoredSchema}. */
export type ScoredProfile = z.infer<typeof scoredSchema>;

type Answer = ScoredProfile | { readonly index: number; readonly errors: readonly Fault[] };

/** What is needed of a model to score: it can be sent to another thread. */
export type ScoringModel = Pick<Model, "pipeline" | "network" | "calibration" | "threshold">;

/** Records to be scored together: the bytes of a JSON body, or some lines of NDJSON, the first with its index. */
export type BatchOrder =
  | { readonly kind: "json"; readonly bytes: Uint8Array }
  | ({ readonly kind: "lines"; readonly first: number } & LineGroup);

/** Scored records, ready to be sent. */
export interface BatchAnswer {
  /** JSON, or lines of NDJSON. The buffer holds nothing else: it can be given to another thread. */
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly scored: number;
  readonly rejected: number;
}

/** What is told of a scored profile. */
export function scoredProfile(
  { id, account_id }: Partial<CanonicalProfile>,
  probability: number,
  { threshold }: Pick<Model, "threshold">,
): ScoredProfile {
  return { id: id ?? null, account_id: account_id ?? null, probability, active: probability >= threshold };
}

/**
 * Makes what scores many records at once, from bytes to text.
 *
 * @returns throws Problem where a body is no JSON, too long an array, or one profile that is not valid
 */
export function createBatchScorer(
  model: ScoringModel,
  { records, lineBytes }: Pick<Limits, "records" | "lineBytes">,
): (order: BatchOrder) => BatchAnswer {
  const read = createRecordReader();
  const score = createProfileScorer(model);

  /** @param values as parsed; a string says why one could not be */
  function answers(values: readonly (unknown | Broken)[], first: number) {
    const profiles: Partial<CanonicalProfile>[] = [];
    const places: number[] = [];
    const all = values.map((value, i): Answer | null => {
      const index = first + i;
      if (value instanceof Broken) return { index, errors: [{ index, path: "", message: value.why }] };
      const { profile, faults } = read(value, index);
      if (profile === undefined) return { index, errors: faults };
      profiles.push(profile);
      places.push(i);
      return null;
    });
    const probabilities = score(profiles);
    places.forEach((place, i) => {
      all[place] = scoredProfile(profiles[i], probabilities[i], model);
    });
    return { all: all as Answer[], scored: profiles.length, rejected: values.length - profiles.length };
  }

  function lines({ bytes, long, first }: Extract<BatchOrder, { kind: "lines" }>): BatchAnswer {
    const texts = new TextDecoder().decode(bytes).split("\n");
    texts.pop();
    const tooLong = new Set(long);
    const values = texts.map((text, i) => {
      if (tooLong.has(i)) return new Broken(`longer than ${lineBytes} bytes`);
      try {
        return JSON.parse(text) as unknown;
      } catch {
        return new Broken("not JSON");
      }
    });
    const { all, scored, rejected } = answers(values, first);
    return { bytes: encoded(all.map((answer) => `${JSON.stringify(answer)}\n`).join("")), scored, rejected };
  }

  return (order) => {
    if (order.kind === "lines") return lines(order);
    const value = parseJson(order.bytes);
    if (Array.isArray(value)) {
      if (value.length > records) {
        throw new Problem(
          "too-large",
          `The array holds more than ${records} profiles (send NDJSON instead).`,
        );
      }
      const { all, scored, rejected } = answers(value, 0);
      return { bytes: encoded(JSON.stringify(all)), scored, rejected };
    }
    const { profile, faults } = read(value);
    if (profile === undefined) throw new Problem("invalid-request", "The profile is not valid.", faults);
    const [probability] = score([profile]);
    const text = JSON.stringify(scoredProfile(profile, probability, model));
    return { bytes: encoded(text), scored: 1, rejected: 0 };
  };
}

function encoded(text: string): Uint8Array<ArrayBuffer> {
  const bytes = new TextEncoder().encode(text);
  return bytes.byteLength === bytes.buffer.byteLength ? bytes : bytes.slice();
}

/** A line that is no record. */
class Broken {
  readonly why: string;

  constructor(why: string) {
    this.why = why;
  }
}

/**
 * A JSON body.
 *
 * @throws Problem `malformed-request` where it is not UTF-8, or no JSON
 */
export function parseJson(bytes: Uint8Array): unknown {
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new Problem("malformed-request", "The body is not UTF-8.");
  }
  try {
    return JSON.parse(text);
  } catch {
    throw new Problem(
      "malformed-request",
      text.trim() === "" ? "The body is empty." : "The body is not JSON.",
    );
  }
}
