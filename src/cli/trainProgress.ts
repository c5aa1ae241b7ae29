import { durationInWords } from "../base/words.ts";
import type { TrainingStep } from "../training/trainProfiles.ts";
import type { Effects } from "./effects.ts";

const TITLES: Readonly<Record<TrainingStep, string>> = {
  audit: "Look for leaks",
  train: "Train networks",
  compare: "Train others to compare",
  distil: "Make one network of them",
  judge: "Judge",
};

/**
 * Shows how a training goes: on a terminal one line, redrawn, with the time left by the pace so far; otherwise one quiet
 * line as each step starts.
 *
 * @returns a listener for the training's steps; call `close` when it ends, however it ends
 */
export function showTrainProgress({ terminal, redraw, stderr, elapsed }: Effects): {
  tell: (step: TrainingStep, done: number, total: number) => void;
  close: () => void;
} {
  let step: TrainingStep | undefined;
  let started = 0;
  return {
    tell: (now, done, total) => {
      if (now !== step) {
        step = now;
        started = elapsed();
        if (!terminal.interactive) stderr(`${TITLES[now]}\n`);
      }
      if (!terminal.interactive) return;
      const spent = elapsed() - started;
      const left =
        done > 0 && spent >= 1000 ? `, ${durationInWords((spent * (total - done)) / done)} left` : "";
      redraw(`${TITLES[now]}${total > 1 ? `  ${done} of ${total}${left}` : ""}`);
    },
    close: () => {
      if (terminal.interactive) redraw(undefined);
    },
  };
}
