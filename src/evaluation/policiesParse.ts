import { InsightsError, unknownName } from "../base/error.ts";
import { POLICY_NAMES, type PolicyName, type ThresholdPolicy } from "./policies.ts";

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
