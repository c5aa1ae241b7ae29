import { describe, expect, it } from "vitest";
import type { Effects } from "./effects.ts";
import { showProgress } from "./progress.ts";

/** Effects that write down what is drawn and printed, on a clock that the test moves. */
function board(interactive: boolean, columns = 80) {
  const drawn: (string | undefined)[] = [];
  const printed: string[] = [];
  const clock = { now: 0 };
  const effects: Effects = {
    stdout: () => {},
    stderr: (text) => void printed.push(text),
    terminal: { interactive, columns, colour: false },
    redraw: (text) => void drawn.push(text),
    now: () => new Date(0),
    elapsed: () => clock.now,
    signal: new AbortController().signal,
  };
  return { ...showProgress(effects), drawn, printed, clock };
}

describe("progress", () => {
  it("prints a quiet line a finished step where it cannot redraw", () => {
    const { tell, close, drawn, printed } = board(false);
    tell({ kind: "start", step: "train" });
    tell({ kind: "progress", step: "train", fraction: 0.5, message: "epoch 10" });
    tell({ kind: "done", step: "train", message: "20 epochs", milliseconds: 1234 });
    close();
    expect(drawn).toEqual([]);
    expect(printed).toEqual(["5/9 Train networks  20 epochs (1.2 s)\n"]);
  });

  it("redraws a bar with the time left, at most every 80 ms, within the terminal's width", () => {
    const { tell, drawn, printed, clock } = board(true, 72);
    tell({ kind: "start", step: "train" });
    for (const now of [2000, 2010, 4000]) {
      clock.now = now;
      tell({
        kind: "progress",
        step: "train",
        fraction: now / 8000,
        message: "seed 1: epoch 10, loss 0.693, validation 0.690",
      });
    }
    expect(drawn.slice(1)).toEqual([
      "5/9 Train networks  ██████░░░░░░░░░░░░░░░░░░ 6.0 s left, seed 1: epoch ",
      "5/9 Train networks  ████████████░░░░░░░░░░░░ 4.0 s left, seed 1: epoch ",
    ]);
    tell({ kind: "done", step: "train", message: "20 epochs", milliseconds: 8000 });
    expect(drawn.at(-1)).toBeUndefined();
    expect(printed).toHaveLength(1);
  });

  it("shows no bar where the share is unknown, and clears the line when closed", () => {
    const { tell, close, drawn } = board(true);
    tell({ kind: "start", step: "read" });
    tell({ kind: "progress", step: "read", fraction: null, message: "reading" });
    close();
    expect(drawn.some((line) => line?.includes("░"))).toBe(false);
    expect(drawn.at(-1)).toBeUndefined();
  });
});
