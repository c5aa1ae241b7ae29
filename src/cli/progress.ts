import { capitalised, countInWords, durationInWords } from "../base/words.ts";
import type { ScoringProgress } from "../scoring/run.ts";
import { STUDY_STEPS, type StudyEvent, type StudyStep } from "../study/events.ts";
import type { TrainingStep } from "../training/trained.ts";
import { recipeInWords } from "../tuning/space.ts";
import type { TuningProgress } from "../tuning/tune.ts";
import type { Effects } from "./terminal.ts";

/** What shows how something goes: on a terminal in lines that are redrawn, elsewhere in few quiet ones. */
export interface Progress<Told extends unknown[]> {
  /** Called with how far it is. */
  readonly tell: (...told: Told) => void;
  /** Clears what was drawn; called when it ends, however it ends, and more than once without harm. */
  readonly close: () => void;
}

const BAR_CELLS = 24;

/** A bar of the share done: `████████░░░░`. */
function bar(fraction: number): string {
  const full = Math.round(BAR_CELLS * Math.min(1, Math.max(0, fraction)));
  return "█".repeat(full) + "░".repeat(BAR_CELLS - full);
}

/** Time left by the pace so far, `6.0 s left`; empty in the first second and percent, when the pace is not yet known. */
function timeLeft(spent: number, done: number, total = 1): string {
  if (spent < 1000 || done / total < 0.001) return "";
  return `${durationInWords((spent * (total - done)) / done)} left`;
}

/** Draws lines, each cut to the terminal's width; at most every 80 ms unless forced, for redrawing costs time too. */
function drawer({ terminal, redraw, elapsed }: Effects) {
  let drawn = Number.NEGATIVE_INFINITY;
  return {
    draw: (text: string, force = true): void => {
      if (!terminal.interactive || (!force && elapsed() - drawn < 80)) return;
      drawn = elapsed();
      const width = Math.max(20, terminal.columns - 1);
      redraw(text.replace(/.+/g, (line) => [...line].slice(0, width).join("")));
    },
    close: () => {
      if (terminal.interactive) redraw(undefined);
    },
  };
}

const STUDY_TITLES: Readonly<Record<StudyStep, string>> = {
  read: "Read profiles",
  analyse: "Analyse",
  features: "Fit features",
  audit: "Audit",
  train: "Train networks",
  evaluate: "Judge",
  recommend: "Recommend",
  find: "Find",
  draw: "Draw figures",
  write: "Write",
};

/**
 * Shows how a study goes: on a terminal a line for the running step, and everywhere one for each finished step.
 *
 * @param told whether what is worth knowing of the file was told before
 */
export function showStudyProgress(effects: Effects, told = false): Progress<[StudyEvent]> {
  const { elapsed, stderr } = effects;
  const { draw, close } = drawer(effects);
  let started = 0;
  const tell = (event: StudyEvent): void => {
    const title = `${STUDY_STEPS.indexOf(event.step) + 1}/${STUDY_STEPS.length}`;
    const step = STUDY_TITLES[event.step].padEnd(15);
    if (event.kind === "start") {
      started = elapsed();
      draw(`${title} ${step} `);
    } else if (event.kind === "done") {
      close();
      stderr(title, "dim");
      stderr(` ${step} ${event.message} `);
      stderr(`(${durationInWords(event.milliseconds)})\n`, "dim");
      if (!told) for (const sentence of event.told) stderr(`${sentence}\n`);
    } else {
      const { fraction, message } = event;
      const left = fraction === null ? "" : timeLeft(elapsed() - started, fraction);
      const shown = fraction === null ? "" : `${bar(fraction)} `;
      draw(`${title} ${step} ${shown}${left === "" ? "" : `${left}, `}${message}`, false);
    }
  };
  return { tell, close };
}

const TRAINING_TITLES: Readonly<Record<TrainingStep, string>> = {
  audit: "Look for leaks",
  train: "Train networks",
  compare: "Train others to compare",
  judge: "Judge",
};

/** Shows how a training goes: on a terminal one line, elsewhere one as each step starts. */
export function showTrainProgress(effects: Effects): Progress<[TrainingStep, number, number]> {
  const { terminal, elapsed, stderr } = effects;
  const { draw, close } = drawer(effects);
  let step: TrainingStep | undefined;
  let started = 0;
  const tell = (now: TrainingStep, done: number, total: number): void => {
    if (now !== step) {
      step = now;
      started = elapsed();
      if (!terminal.interactive) stderr(`${TRAINING_TITLES[now]}\n`);
    }
    const left = timeLeft(elapsed() - started, done, total);
    const count = total > 1 ? `  ${done} of ${total}${left === "" ? "" : `, ${left}`}` : "";
    draw(`${TRAINING_TITLES[now]}${count}`);
  };
  return { tell, close };
}

/** Shows on a terminal how scoring goes: rows, rows a second, time left by the pace of this run. Elsewhere it says nothing. */
export function showScoreProgress(effects: Effects): Progress<[ScoringProgress]> {
  const { draw, close } = drawer(effects);
  const started = effects.elapsed();
  const tell = ({ rows, share, before }: ScoringProgress): void => {
    const spent = effects.elapsed() - started;
    const pace = spent >= 1000 && rows > 0 ? `${countInWords((1000 * rows) / spent)} a second` : "";
    const left = timeLeft(spent, share - before, 1 - before);
    const all = [`${countInWords(rows)} profiles`, `${Math.floor(100 * share)} %`, pace, left];
    draw(all.filter((words) => words !== "").join(", "));
  };
  return { tell, close };
}

/** Shows on a terminal how many rows of a sample are made. Elsewhere it says nothing. */
export function showSampleProgress(effects: Effects): Progress<[number, number]> {
  const { draw, close } = drawer(effects);
  const started = effects.elapsed();
  const tell = (rows: number, total: number): void => {
    const left = timeLeft(effects.elapsed() - started, rows, total);
    draw(`${countInWords(rows)} of ${countInWords(total)} profiles${left === "" ? "" : `, ${left}`}`);
  };
  return { tell, close };
}

/** Shows on a terminal what is being done, and how much of that is done. Elsewhere it says nothing. */
export function showStepProgress(effects: Effects): Progress<[string, number | null]> {
  const { draw, close } = drawer(effects);
  const tell = (step: string, fraction: number | null): void =>
    draw(fraction === null ? capitalised(step) : `${capitalised(step)} ${bar(fraction)}`, false);
  return { tell, close };
}

/** Which rows a search looks at. */
function searchedRows({ search, searches }: TuningProgress): string {
  return search === 0 ? "all rows" : `without fold ${search} of ${searches - 1}`;
}

/** The best so far and the recipe in use, a line each. */
function standing({ best, usual }: TuningProgress): string[] {
  if (best === null) return [];
  const { trial, log_loss } = best;
  return [
    `best   ${log_loss.toFixed(4)}  ${trial.trial === 0 ? "the usual recipe" : `trial ${trial.trial}: ${recipeInWords(trial.recipe)}`}`,
    ...(usual === null || trial.trial === 0 ? [] : [`usual  ${usual.toFixed(4)}`]),
  ];
}

/**
 * Shows how a tuning goes: on a terminal a board with the rung, the trials on it, the best so far and the time left; elsewhere
 * one line a finished rung.
 */
export function showTuneProgress(effects: Effects): Progress<[TuningProgress]> {
  const { terminal, stderr, elapsed } = effects;
  const { draw, close } = drawer(effects);
  let first: { at: number; fraction: number } | undefined;
  const board = (progress: TuningProgress): string => {
    const { step, fraction, rung, rungs, evaluated, alive, search } = progress;
    if (step === "audit") return "Look for leaks";
    // What an earlier run had done says nothing of this one's pace.
    first ??= { at: elapsed(), fraction };
    const left = timeLeft(elapsed() - first.at, fraction - first.fraction, 1 - first.fraction);
    const where =
      step === "judge"
        ? `judge the choice on fold ${search}`
        : `rung ${rung + 1} of ${rungs}  ${evaluated} of ${alive} trials`;
    return [
      `Tune  ${bar(fraction)}  ${Math.floor(100 * fraction)} %${left === "" ? "" : `  ${left}`}`,
      `${searchedRows(progress)}  ${where}`,
      ...standing(progress),
    ].join("\n");
  };
  const tell = (progress: TuningProgress): void => {
    const { step, rung, rungs, evaluated, alive, best, usual } = progress;
    if (terminal.interactive) {
      draw(board(progress), evaluated === 0);
      return;
    }
    if (step === "audit") stderr("Look for leaks\n");
    if (step !== "search" || evaluated < alive) return;
    const scores =
      best === null
        ? "none could be trained"
        : `best log loss ${best.log_loss.toFixed(4)} (trial ${best.trial.trial}), usual recipe ${usual?.toFixed(4) ?? "none"}`;
    stderr(
      `${searchedRows(progress)}, rung ${rung + 1} of ${rungs}: ${alive} ${alive === 1 ? "trial" : "trials"}, ${scores}\n`,
    );
  };
  return { tell, close };
}
