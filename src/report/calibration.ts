import type { TrainingResults } from "../training/results.ts";
import { range, score } from "./numbers.ts";

/** Whether its probabilities mean what they say. */
export function calibrationWords({ slope, intercept, intervals }: TrainingResults["calibration"]): string {
  const right = ({ low, high }: { low: number; high: number }, value: number) =>
    low <= value && high >= value;
  const numbers = `a line through them has a slope of ${score(slope, 2)} (95 % interval ${range(intervals.slope, 2)}; 1 is right) and an intercept of ${score(intercept, 2)} (${range(intervals.intercept, 2)}; 0 is right)`;
  if (right(intervals.slope, 1) && right(intervals.intercept, 0))
    return `Its probabilities can be taken at their word: ${numbers}.`;
  if (!right(intervals.slope, 1))
    return `Its probabilities are too ${slope < 1 ? "extreme" : "timid"}: ${numbers}.`;
  return `Its probabilities are too ${intercept < 0 ? "high" : "low"} on the whole: ${numbers}.`;
}
