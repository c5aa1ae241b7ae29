import { durationInWords } from "../base/words.ts";
import { STUDY_STEPS, type StudyEvent, type StudyStep } from "../study/events.ts";
import { bar } from "./bar.ts";
import type { Effects } from "./effects.ts";

/** Each step in a few words, as a person would say it. */
const TITLES: Record<StudyStep, string> = {
  read: "Read profiles",
  analyse: "Analyse",
  features: "Fit features",
  audit: "Audit",
  train: "Train networks",
  evaluate: "Judge",
  recommend: "Recommend",
  draw: "Draw figures",
  write: "Write",
};

/** Time left, by the pace so far; nothing is said in a step's first second, when the pace is not yet known. */
function timeLeft(fraction: number | null, milliseconds: number): string {
  if (fraction === null || fraction <= 0.01 || milliseconds < 1000) return "";
  return `${durationInWords((milliseconds * (1 - fraction)) / fraction)} left, `;
}

/**
 * Shows how a study goes: on a terminal a line for the running step, redrawn; otherwise one quiet line a finished step.
 *
 * @param effects where to write
 * @returns a listener for the study's events; call `close` when the study ends, however it ends
 */
export function showProgress(effects: Effects): { tell: (event: StudyEvent) => void; close: () => void } {
  const { terminal, elapsed } = effects;
  const dim = (text: string) => (terminal.colour ? `\u001b[2m${text}\u001b[22m` : text);
  let started = 0;
  let drawn = Number.NEGATIVE_INFINITY;
  const tell = (event: StudyEvent): void => {
    const number = `${STUDY_STEPS.indexOf(event.step) + 1}/${STUDY_STEPS.length}`;
    const title = TITLES[event.step].padEnd(15);
    if (event.kind === "start") started = elapsed();
    if (event.kind === "done") {
      if (terminal.interactive) effects.redraw(undefined);
      effects.stderr(
        `${dim(number)} ${title} ${event.message} ${dim(`(${durationInWords(event.milliseconds)})`)}\n`,
      );
      return;
    }
    if (!terminal.interactive) return;
    const now = elapsed();
    // Redrawing oftener than the eye sees would slow the study down.
    if (event.kind === "progress" && now - drawn < 80) return;
    drawn = now;
    const fraction = event.kind === "progress" ? event.fraction : null;
    const message = event.kind === "progress" ? `${timeLeft(fraction, now - started)}${event.message}` : "";
    const line = `${number} ${title} ${fraction === null ? "" : `${bar(fraction)} `}${message}`;
    effects.redraw([...line].slice(0, Math.max(20, terminal.columns - 1)).join(""));
  };
  return {
    tell,
    close: () => {
      if (terminal.interactive) effects.redraw(undefined);
    },
  };
}
