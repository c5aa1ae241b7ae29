import { z } from "zod";
import { InsightsError, unknownName } from "../base/error.ts";
import { nextAbove } from "../base/statistics.ts";
import { countInWords, countOfThings, numberInWords, shareInWords } from "../base/words.ts";
import { type Cutoffs, cutoffs } from "./curves.ts";

const share = z.number().min(0).max(1);

/** What a threshold is chosen for. Shares are 0 to 1. */
export const policySchema = z.discriminatedUnion("kind", [
  /** Find as many as possible with at least this share of the picked right. */
  z.strictObject({ kind: z.literal("min_precision"), value: share }),
  /** Find at least this share of all, with as few wrong as possible. */
  z.strictObject({ kind: z.literal("min_recall"), value: share }),
  /** The best F1. */
  z.strictObject({ kind: z.literal("max_f1") }),
  /** The lowest cost, each kind of mistake at its price. */
  z.strictObject({
    kind: z.literal("cost"),
    falsePositive: z.number().min(0),
    falseNegative: z.number().min(0),
  }),
  /** As many as a team can contact: `size` accounts out of `of`, or out of the rows at hand where `of` is null. */
  z.strictObject({
    kind: z.literal("queue"),
    size: z.number().int().min(1),
    of: z.number().int().min(1).nullable(),
  }),
]);

/** What a threshold is chosen for. */
export type ThresholdPolicy = Readonly<z.infer<typeof policySchema>>;

/** The name of a policy. */
export type PolicyName = ThresholdPolicy["kind"];

/** A threshold, and what it does on the rows it was chosen on. */
export const choiceSchema = z.strictObject({
  policy: z.enum(["min_precision", "min_recall", "max_f1", "cost", "queue"]),
  /** A row is picked where its score is at or above it: one of the scores, or just above them all where nothing is best. */
  value: z.number(),
  /** Whether what was asked for was reached; if not, this is the nearest to it. */
  reached: z.boolean(),
  /** 0 where nothing is picked. */
  precision: z.number(),
  recall: z.number(),
  f1: z.number(),
  /** Share of the rows picked. */
  queue_rate: z.number(),
  /** What it means for a thousand accounts like these: picked, picked and positive, picked and negative, positive and not picked. */
  per_1000: z.strictObject({
    selected: z.number(),
    right: z.number(),
    wrong: z.number(),
    missed: z.number(),
  }),
  /** One plain sentence, or two. */
  explanation: z.string(),
});

/** A threshold, and what it does on the rows it was chosen on. */
export type PolicyChoice = Readonly<z.infer<typeof choiceSchema>>;

/** What a choice means for a thousand accounts like these. */
type PerThousand = PolicyChoice["per_1000"];

/** One way to cut the rows: `at` counts along the thresholds, and one past the last picks nothing. */
interface Cut {
  readonly at: number;
  readonly tp: number;
  readonly fp: number;
  readonly fn: number;
}

interface Policy<Chosen extends ThresholdPolicy = ThresholdPolicy> {
  /** The cut, and whether it is what was asked for. Exactly one, whatever the order of the rows. */
  choose(policy: Chosen, cuts: readonly Cut[], rows: number): { cut: Cut; reached: boolean };
  /** What was asked for. */
  wish(policy: Chosen): string;
  /** What was done instead where it could not be had. */
  instead: string;
}

const precision = ({ tp, fp }: Cut) => (tp + fp === 0 ? 0 : tp / (tp + fp));
const f1 = ({ tp, fp, fn }: Cut) => (2 * tp) / (2 * tp + fp + fn);

const POLICIES: { readonly [Kind in PolicyName]: Policy<Extract<ThresholdPolicy, { kind: Kind }>> } = {
  min_precision: {
    choose({ value }, cuts) {
      const some = cuts.slice(0, -1);
      const precise = some.filter((cut) => precision(cut) >= value);
      return precise.length > 0
        ? { cut: best(precise, (cut) => cut.tp, precision), reached: true }
        : { cut: best(some, precision, (cut) => cut.tp), reached: false };
    },
    wish: ({ value }) => `the most accounts found with at least ${shareInWords(value)} of the picked right`,
    instead: "No threshold is so precise; this is the most precise.",
  },
  min_recall: {
    choose({ value }, cuts) {
      const positives = cuts[0].tp;
      const enough = cuts.slice(0, -1).filter(({ tp }) => tp >= value * positives);
      return { cut: best(enough, precision, (cut) => cut.tp), reached: true };
    },
    wish: ({ value }) => `at least ${shareInWords(value)} of all found, with as few wrong as possible`,
    instead: "",
  },
  max_f1: {
    choose: (_, cuts) => ({ cut: best(cuts.slice(0, -1), f1, precision), reached: true }),
    wish: () => "the best balance of precision and recall (F1)",
    instead: "",
  },
  cost: {
    choose({ falsePositive, falseNegative }, cuts) {
      const cost = ({ fp, fn }: Cut) => falsePositive * fp + falseNegative * fn;
      return {
        cut: best(
          cuts,
          (cut) => -cost(cut),
          (cut) => cut.at,
        ),
        reached: true,
      };
    },
    wish: ({ falsePositive, falseNegative }) =>
      `the lowest cost, ${numberInWords(falsePositive)} for a wrong pick and ${numberInWords(falseNegative)} for a miss`,
    instead: "",
  },
  queue: {
    choose({ size, of }, cuts, rows) {
      const room = of === null ? size : (size * rows) / of;
      const fits = cuts.filter(({ tp, fp }) => tp + fp <= room);
      // The first that fits is the longest queue. Only picking nothing fits where the best scores are all the same.
      const cut = fits[0];
      return cut.at === cuts.length - 1 ? { cut: cuts[cut.at - 1], reached: false } : { cut, reached: true };
    },
    wish: ({ size, of }) =>
      of === null
        ? `the best ${countOfThings(size, "account")} of those at hand`
        : `the best ${countInWords(size)} of ${countOfThings(of, "account")}`,
    instead: "More accounts than that share the highest score; this takes them all.",
  },
};

/** The names of the policies. */
export const POLICY_NAMES = Object.keys(POLICIES) as PolicyName[];

/**
 * Chooses the threshold that a policy asks for. Of equally good ones: with `min_precision` the more precise, with `min_recall`
 * the one that finds more, with `max_f1` the more precise, with `cost` the one that picks fewer.
 *
 * Call it on rows the model has not seen, and judge it on others again.
 *
 * @param labels 0 or 1, both present
 * @param scores as many, on any scale
 * @throws OneClassError, and RangeError on lengths that differ, no rows, NaN scores, a label other than 0 and 1
 */
export function choosePolicy(
  policy: ThresholdPolicy,
  labels: Uint8Array,
  scores: Float64Array,
): PolicyChoice {
  const table = cutoffs(labels, scores);
  const rows = labels.length;
  const { choose, wish, instead } = POLICIES[policy.kind] as Policy;
  const { cut, reached } = choose(policy, cutsOf(table), rows);
  const { tp, fp, fn } = cut;
  const last = table.thresholds.length - 1;
  const value = cut.at <= last ? table.thresholds[cut.at] : nextAbove(table.thresholds[last]);
  const thousand = (count: number) => (1000 * count) / rows;
  const per_1000 = {
    selected: thousand(tp + fp),
    right: thousand(tp),
    wrong: thousand(fp),
    missed: thousand(fn),
  };
  return {
    policy: policy.kind,
    value,
    reached,
    precision: precision(cut),
    recall: tp / table.positives,
    f1: f1(cut),
    queue_rate: (tp + fp) / rows,
    per_1000,
    explanation: [`Chosen for ${wish(policy)}.`, reached ? "" : instead, meaning(per_1000)]
      .filter((sentence) => sentence !== "")
      .join(" "),
  };
}

/** Every way to cut, from picking all to picking nothing. */
function cutsOf({ thresholds, tp, fp, positives }: Cutoffs): Cut[] {
  const cuts = Array.from(thresholds, (_, at) => ({ at, tp: tp[at], fp: fp[at], fn: positives - tp[at] }));
  return [...cuts, { at: thresholds.length, tp: 0, fp: 0, fn: positives }];
}

/** The cut with the highest first number; of several the one with the highest second. */
function best(cuts: readonly Cut[], first: (cut: Cut) => number, second: (cut: Cut) => number): Cut {
  return cuts.reduce((one, other) => {
    const [had, has] = [first(one), first(other)];
    return has > had || (has === had && second(other) > second(one)) ? other : one;
  });
}

function meaning({ selected, right, wrong, missed }: PerThousand): string {
  if (selected === 0)
    return `Of 1,000 accounts like these none is picked, and ${rounded(missed)} are missed.`;
  return `Of 1,000 accounts like these it picks ${rounded(selected)}: ${rounded(right)} right and ${rounded(wrong)} wrong; ${rounded(missed)} are missed.`;
}

/** A count a thousand: whole, or below 10 with one digit. */
function rounded(count: number): string {
  return count < 10 ? String(Math.round(10 * count) / 10) : countInWords(Math.round(count));
}

const USAGE: Readonly<Record<PolicyName, string>> = {
  min_precision: "a share from 0 to 1, like 0.9",
  min_recall: "a share from 0 to 1, like 0.8",
  max_f1: "nothing",
  cost: "false_positive=1,false_negative=5",
  queue: "a number of accounts, like 500, or 500/20000",
};

/**
 * Reads a threshold policy from text, as the command line has it.
 *
 * @param name `min-precision`, `min-recall`, `max-f1`, `cost` or `queue`; underscores will do
 * @param text what follows it: `0.9`, `false_positive=1,false_negative=5`, `500`, `500/20000`; nothing for `max-f1`
 * @throws InsightsError `unknown policy: x (expected ...)`, `invalid min-precision: 88 (expected a share from 0 to 1, like
 *   0.9)`, exit code 2
 */
export function parsePolicy(name: string, text = ""): ThresholdPolicy {
  const kind = name.replaceAll("-", "_") as PolicyName;
  if (!POLICY_NAMES.includes(kind))
    throw unknownName(
      "policy",
      name,
      POLICY_NAMES.map((known) => known.replaceAll("_", "-")),
    );
  const policy = read(kind, text.trim());
  if (policy === null)
    throw new InsightsError(`invalid ${kind.replaceAll("_", "-")}: ${text} (expected ${USAGE[kind]})`, {
      exitCode: 2,
    });
  return policy;
}

function read(kind: PolicyName, text: string): ThresholdPolicy | null {
  switch (kind) {
    case "min_precision":
    case "min_recall": {
      const value = numberOf(text);
      return value === null || value > 1 ? null : { kind, value };
    }
    case "max_f1":
      return text === "" ? { kind } : null;
    case "cost":
      return readCost(text);
    case "queue": {
      const [size, of, ...more] = text.split("/").map(countOf);
      if (size === null || of === null || more.length > 0) return null;
      return of !== undefined && of < size ? null : { kind, size, of: of ?? null };
    }
  }
}

function readCost(text: string): ThresholdPolicy | null {
  const prices = new Map<string, number | null>();
  for (const part of text.split(",")) {
    const [name, price, ...more] = part.split("=").map((word) => word.trim());
    if (prices.has(name) || price === undefined || more.length > 0) return null;
    prices.set(name, numberOf(price));
  }
  const falsePositive = prices.get("false_positive") ?? null;
  const falseNegative = prices.get("false_negative") ?? null;
  if (prices.size !== 2 || falsePositive === null || falseNegative === null) return null;
  // With no price at all every threshold is as good.
  return falsePositive + falseNegative > 0 ? { kind: "cost", falsePositive, falseNegative } : null;
}

/** A plain number of at least 0, or null. */
function numberOf(text: string): number | null {
  return /^\d+(\.\d*)?$|^\.\d+$/.test(text.trim()) ? Number(text) : null;
}

/** A whole number of at least 1, thousands parted by commas or underscores if at all, or null. */
function countOf(text: string): number | null {
  const digits = text.trim().replace(/(?<=\d)[,_](?=\d{3})/g, "");
  return /^\d+$/.test(digits) && Number(digits) >= 1 ? Number(digits) : null;
}
