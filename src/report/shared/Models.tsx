import type { ReactElement } from "react";
import type { TrainingResults } from "../../training/results.ts";
import { duration, range, score } from "../numbers.ts";
import { Estimate, Table } from "./Table.tsx";

type Board = NonNullable<TrainingResults["leaderboard"]>;
type Entry = Board["entries"][number];

/** A number of the board with its interval. */
function estimate(of: Entry["roc_auc"]): ReactElement {
  return <Estimate value={of.value} interval={of} />;
}

/** Models on the same folds, best first, and whether the rows can tell them apart. */
export function Leaderboard({ board, ours }: { readonly board: Board; readonly ours: string }): ReactElement {
  return (
    <>
      <p>{standing(board, ours)}</p>
      <Table
        caption="Models on the same folds"
        className="results board"
        columns={[
          "model",
          "ROC AUC",
          "average precision",
          "F1 at best",
          "Brier score",
          "against the best",
          "training",
        ]}
        rows={board.entries.map((entry) => ({
          key: entry.name,
          strong: entry.name === ours,
          cells: [
            entry.name,
            estimate(entry.roc_auc),
            estimate(entry.average_precision),
            estimate(entry.f1),
            estimate(entry.brier),
            entry.difference === null ? "best" : estimate(entry.difference),
            duration(entry.training_ms),
          ],
        }))}
      />
    </>
  );
}

/** Where ours stands, in words. */
export function standing({ entries }: Board, ours: string): string {
  const [best, second] = entries;
  const own = entries.find(({ name }) => name === ours) ?? best;
  const apart = (difference: Entry["difference"]) => difference !== null && difference.high < 0;
  if (own === best) {
    if (second === undefined) return "There was nothing to hold it against.";
    return apart(second.difference)
      ? `Ours ranks best, and the next, ${second.name}, is behind it by more than chance.`
      : `Ours ranks best; these accounts are too few to tell it from the next, ${second.name}.`;
  }
  const well = apart(own.difference)
    ? `The best ranking is that of ${best.name}, and ours is behind it by more than chance: here the simpler one would do.`
    : `The best ranking is that of ${best.name}, but these accounts are too few to tell ours from it: the interval of the difference holds 0.`;
  const behind = entries.filter((entry) => apart(entry.difference)).map(({ name }) => name);
  return behind.length === 0 || apart(own.difference)
    ? well
    : `${well} Clearly behind: ${behind.join(", ")}.`;
}

/** Numbers of the table, and what each is. */
const SHOWN = [
  ["roc_auc", "area under the ROC curve"],
  ["average_precision", "average precision"],
  ["precision", "precision"],
  ["recall", "recall"],
  ["f1", "F1"],
  ["brier", "Brier score"],
] as const;

/** How the recommended model does on accounts it had not seen, with intervals. */
export function MeasuredTable({
  measured,
}: {
  readonly measured: TrainingResults["out_of_fold"];
}): ReactElement {
  return (
    <Table
      caption={`On accounts it had not seen; picked from a probability of ${score(measured.threshold)}`}
      fit
      columns={["measure", "value", "95 % interval"]}
      rows={SHOWN.map(([name, words]) => ({
        key: name,
        cells: [words, score(measured[name]), range(measured.intervals[name])],
      }))}
    />
  );
}

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
