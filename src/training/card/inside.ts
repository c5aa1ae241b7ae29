import type { TrainingResults } from "../results.ts";

/** Groups that the card names at most. */
const MOST = 5;

/** What the model relies on: the groups of features whose shuffle makes the ranking worse in nearly every fold. */
export function insideSection({ importance }: TrainingResults): string {
  const relied = importance.groups.filter(({ low }) => low > 0).slice(0, MOST);
  const explained =
    "What this means for a single account, `insights explain` tells. Figures: `figures/permutation-importance.png`, `figures/partial-dependence.png`.";
  if (relied.length === 0) {
    return `No single group of features makes the ranking worse in nearly every fold when it is shuffled: they stand in for each other.
${explained}`;
  }
  const lines = relied.map(
    ({ group, mean, low, high }) =>
      `- ${group}: ${mean.toFixed(3)} (${low.toFixed(3)} to ${high.toFixed(3)} over folds and shuffles)`,
  );
  return `By how much ROC AUC falls on rows held out from a fold's networks when a group of features is shuffled, the main ones. Groups that say
the same stand in for each other, so that each seems to count less than both do. Not causes.

${lines.join("\n")}

${explained}`;
}
