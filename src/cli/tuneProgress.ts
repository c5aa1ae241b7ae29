import { durationInWords } from "../base/words.ts";
import { recipeInWords } from "../tuning/space.ts";
import type { TuningProgress } from "../tuning/tune.ts";
import { bar } from "./bar.ts";
import type { Effects } from "./effects.ts";

/** Which rows a search looks at. */
function whichRows({ search, searches }: TuningProgress): string {
  return search === 0 ? "all rows" : `without fold ${search} of ${searches - 1}`;
}

/** The best so far and the usual recipe, a line each. */
function standing({ best, usual }: TuningProgress): string[] {
  if (best === null) return [];
  const { trial, log_loss } = best;
  return [
    `best   ${log_loss.toFixed(4)}  ${trial.trial === 0 ? "the usual recipe" : `trial ${trial.trial}: ${recipeInWords(trial.recipe)}`}`,
    ...(usual === null || trial.trial === 0 ? [] : [`usual  ${usual.toFixed(4)}`]),
  ];
}

/**
 * Shows how a tuning goes: on a terminal a board that is redrawn, with the rung, the trials on it, the best so far and the time
 * left by the pace so far; otherwise one line a finished rung.
 *
 * @returns a listener for the tuning; call `close` when it ends, however it ends
 */
export function showTuneProgress({ terminal, redraw, stderr, elapsed }: Effects): {
  tell: (progress: TuningProgress) => void;
  close: () => void;
} {
  let first: { at: number; fraction: number } | undefined;
  let drawn = Number.NEGATIVE_INFINITY;
  const board = (progress: TuningProgress): string => {
    const { step, fraction, rung, rungs, evaluated, alive } = progress;
    if (step === "audit") return "Look for leaks";
    // What an earlier run had done says nothing of this one's pace.
    first ??= { at: elapsed(), fraction };
    const spent = elapsed() - first.at;
    const gone = fraction - first.fraction;
    const left =
      spent < 2000 || gone < 0.002 ? "" : `  ${durationInWords((spent * (1 - fraction)) / gone)} left`;
    const where =
      step === "judge"
        ? `judge the choice on fold ${progress.search}`
        : `rung ${rung + 1} of ${rungs}  ${evaluated} of ${alive} trials`;
    return [
      `Tune  ${bar(fraction)}  ${Math.floor(100 * fraction)} %${left}`,
      `${whichRows(progress)}  ${where}`,
      ...standing(progress),
    ]
      .map((line) => [...line].slice(0, Math.max(20, terminal.columns - 1)).join(""))
      .join("\n");
  };
  return {
    tell: (progress) => {
      const { step, rung, rungs, evaluated, alive, best, usual } = progress;
      if (terminal.interactive) {
        const now = elapsed();
        // Redrawing oftener than the eye sees would slow the tuning down.
        if (now - drawn < 80 && evaluated > 0) return;
        drawn = now;
        redraw(board(progress));
        return;
      }
      if (step === "audit") stderr("Look for leaks\n");
      if (step !== "search" || evaluated < alive) return;
      const scores =
        best === null
          ? "none could be trained"
          : `best log loss ${best.log_loss.toFixed(4)} (trial ${best.trial.trial}), usual recipe ${usual?.toFixed(4) ?? "none"}`;
      stderr(
        `${whichRows(progress)}, rung ${rung + 1} of ${rungs}: ${alive} ${alive === 1 ? "trial" : "trials"}, ${scores}\n`,
      );
    },
    close: () => {
      if (terminal.interactive) redraw(undefined);
    },
  };
}
