import { z } from "@hono/zod-openapi";
import { EVIDENCE_WORDS } from "../bundle/answers.ts";
import type { Model } from "../bundle/model.ts";
import { createProfileScorer } from "../bundle/score.ts";
import { createExplainer, type Explainer } from "../explain/explainer.ts";
import type { CanonicalProfile } from "../features/profile.ts";
import { type Limits, type LineGroup, parseJson } from "./body.ts";
import { explanationFacts } from "./explanation.ts";
import { type Fault, faultSchema, Problem } from "./problem.ts";
import { createProfileReader } from "./profile.ts";

/** A scored profile in an answer. */
export const scoredSchema = z
  .object({
    id: z.string().nullable(),
    account_id: z.string().nullable(),
    probability: z.number().min(0).max(1),
    active: z.boolean(),
  })
  .openapi("Scored");

/** A profile scored by a model that answers the two questions. */
export const creatorSchema = scoredSchema
  .extend({
    /** Probability that a post comes within the model's horizon. */
    still_posting: z.number().min(0).max(1),
    /** Probability that the engagement is above the norm for the size. */
    well_answered: z.number().min(0).max(1),
    /** What each is answered from, `still_posting` first. */
    evidence: z.enum(EVIDENCE_WORDS),
  })
  .openapi("ScoredCreator");

/** A record that could not be scored. */
export const rejectedSchema = z
  .object({ index: z.number().int().min(0), errors: z.array(faultSchema) })
  .openapi("Rejected");

/** See {@link scoredSchema} and {@link creatorSchema}. */
export type ScoredProfile = z.infer<typeof scoredSchema> | z.infer<typeof creatorSchema>;

type Answer = ScoredProfile | { readonly index: number; readonly errors: readonly Fault[] };

/** The parts of a model that scoring and explaining need. They can be sent to another thread. */
export type ScoringModel = Pick<Model, "pipeline" | "answers" | "combinations" | "threshold" | "background">;

/** Records to be scored together: the bytes of a JSON body, or some lines of NDJSON with the index of the first. Or one to be explained. */
export type BatchOrder =
  | { readonly kind: "explain"; readonly bytes: Uint8Array }
  | { readonly kind: "json"; readonly bytes: Uint8Array }
  | { readonly kind: "lines"; readonly first: number; readonly lines: LineGroup };

/** Scored records, or an explanation, ready to be sent. */
export interface BatchAnswer {
  /** JSON, or lines of NDJSON. The buffer holds nothing else, so that it can be given to another thread. */
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly scored: number;
  readonly rejected: number;
}

/** Scores profiles; the answers are in the order of the profiles. */
export type AnswerProfiles = (profiles: readonly Partial<CanonicalProfile>[]) => ScoredProfile[];

/** Makes what answers profiles with their probabilities, which are those that they get in a file. */
export function createAnswerer(model: ScoringModel): AnswerProfiles {
  const score = createProfileScorer(model);
  return (profiles) => {
    const { probabilities, answers } = score(profiles);
    return profiles.map(({ id = null, account_id = null }, i) => ({
      id,
      account_id,
      probability: probabilities[i],
      active: probabilities[i] >= model.threshold,
      ...(answers && {
        still_posting: answers.still_posting[i],
        well_answered: answers.well_answered[i],
        evidence: answers.evidence[i],
      }),
    }));
  };
}

/**
 * Makes what scores many records at once, or explains one, from bytes to bytes.
 *
 * @returns throws Problem where a body is no JSON, too long an array, or one profile that is not valid
 */
export function createBatchScorer(
  model: ScoringModel,
  { records, lineBytes }: Pick<Limits, "records" | "lineBytes">,
): (order: BatchOrder) => BatchAnswer {
  const read = createProfileReader();
  const score = createAnswerer(model);
  let explainer: Explainer | undefined;

  function one(value: unknown): Partial<CanonicalProfile> {
    const { profile, faults } = read(value);
    if (profile === undefined) throw new Problem("invalid-request", "The profile is not valid.", faults);
    return profile;
  }

  function answersTo(values: readonly unknown[], first: number) {
    const profiles: Partial<CanonicalProfile>[] = [];
    const rejected = new Map<number, Answer>();
    values.forEach((value, i) => {
      const index = first + i;
      const { profile, faults } =
        value instanceof Broken
          ? { faults: [{ index, path: "", message: value.message }] }
          : read(value, index);
      if (faults === undefined) profiles.push(profile);
      else rejected.set(i, { index, errors: faults });
    });
    const scored = score(profiles).values();
    const answers = values.map((_, i): Answer => rejected.get(i) ?? (scored.next().value as ScoredProfile));
    return { answers, scored: profiles.length, rejected: rejected.size };
  }

  return (order) => {
    if (order.kind === "lines") {
      const values = order.lines.map((line) => parseLine(line, lineBytes));
      const { answers, ...counts } = answersTo(values, order.first);
      return { bytes: encoded(answers.map((answer) => `${JSON.stringify(answer)}\n`).join("")), ...counts };
    }
    const value = parseJson(order.bytes);
    if (order.kind === "explain") {
      explainer ??= createExplainer(model);
      const facts = explanationFacts(explainer.explain(one(value)));
      return { bytes: encoded(JSON.stringify(facts)), scored: 0, rejected: 0 };
    }
    if (Array.isArray(value)) {
      if (value.length > records) {
        const detail = `The array holds more than ${records} profiles (send NDJSON instead).`;
        throw new Problem("invalid-request", detail);
      }
      const { answers, ...counts } = answersTo(value, 0);
      return { bytes: encoded(JSON.stringify(answers)), ...counts };
    }
    return { bytes: encoded(JSON.stringify(score([one(value)])[0])), scored: 1, rejected: 0 };
  };
}

function encoded(text: string): Uint8Array<ArrayBuffer> {
  const bytes = new TextEncoder().encode(text);
  return bytes.byteLength === bytes.buffer.byteLength ? bytes : bytes.slice();
}

/** A line that is no record. */
class Broken {
  readonly message: string;

  constructor(message: string) {
    this.message = message;
  }
}

function parseLine(line: string | null, lineBytes: number): unknown {
  if (line === null) return new Broken(`longer than ${lineBytes} bytes`);
  try {
    return JSON.parse(line);
  } catch {
    return new Broken("not JSON");
  }
}
