import { countInWords, durationInWords } from "../base/words.ts";
import type { ScoringProgress } from "../scoring/run.ts";
import type { Effects } from "./effects.ts";

/**
 * Shows on a terminal how scoring goes, in one line that is redrawn: rows, rows a second, time left by the pace of this run.
 * Elsewhere it says nothing.
 *
 * @returns a listener for the run's progress; call `close` when it ends, however it ends
 */
export function showScoreProgress({ terminal, redraw, elapsed }: Effects): {
  tell: (progress: ScoringProgress) => void;
  close: () => void;
} {
  const started = elapsed();
  return {
    tell: ({ rows, share, before }) => {
      if (!terminal.interactive) return;
      const spent = elapsed() - started;
      const words = [`${countInWords(rows)} profiles`, `${Math.floor(100 * share)} %`];
      if (spent >= 1000 && rows > 0) words.push(`${countInWords((1000 * rows) / spent)} a second`);
      const done = share - before;
      if (spent >= 1000 && done > 0.001) {
        words.push(`${durationInWords((spent * (1 - share)) / done)} left`);
      }
      redraw([...words.join(", ")].slice(0, Math.max(20, terminal.columns - 1)).join(""));
    },
    close: () => {
      if (terminal.interactive) redraw(undefined);
    },
  };
}
