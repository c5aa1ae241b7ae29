import { describe, expect, it } from "vitest";
import { showScoreProgress, showStudyProgress } from "./progress.ts";
import type { Effects } from "./terminal.ts";

/** Effects that write down what is drawn and printed, on a clock that the test moves. */
function board(interactive: boolean, columns = 80) {
  const drawn: (string | undefined)[] = [];
  const printed: string[] = [];
  const clock = { now: 0 };
  const effects: Effects = {
    stdout: () => {},
    stderr: (text) => void printed.push(text),
    terminal: { interactive, columns },
    redraw: (text) => void drawn.push(text),
    now: () => new Date(0),
    elapsed: () => clock.now,
    signal: new AbortController().signal,
    usualWorkspace: "",
  };
  return { ...showStudyProgress(effects), drawn, printed, clock };
}

describe("showStudyProgress", () => {
  it("prints a quiet line a finished step where it cannot redraw", () => {
    const { tell, close, drawn, printed } = board(false);
    tell({ kind: "start", step: "train" });
    tell({ kind: "progress", step: "train", fraction: 0.5, message: "epoch 10" });
    tell({ kind: "done", step: "train", message: "20 epochs", told: ["warning: odd"], milliseconds: 1234 });
    close();
    expect(drawn).toEqual([]);
    expect(printed.join("")).toBe("5/10 Train networks  20 epochs (1.2 s)\nwarning: odd\n");
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
      "5/10 Train networks  ██████░░░░░░░░░░░░░░░░░░ 6.0 s left, seed 1: epoch",
      "5/10 Train networks  ████████████░░░░░░░░░░░░ 4.0 s left, seed 1: epoch",
    ]);
    tell({ kind: "done", step: "train", message: "20 epochs", told: [], milliseconds: 8000 });
    expect(drawn.at(-1)).toBeUndefined();
    expect(printed.join("")).toContain("20 epochs (8.0 s)");
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

function shown(interactive: boolean, columns = 80) {
  const lines: (string | undefined)[] = [];
  let now = 0;
  const effects = {
    terminal: { interactive, columns },
    redraw: (text: string | undefined) => lines.push(text),
    elapsed: () => now,
  } as unknown as Effects;
  const { tell, close } = showScoreProgress(effects);
  return {
    lines,
    close,
    at: (ms: number, rows: number, share: number, before = 0) => {
      now = ms;
      tell({ rows, share, before } as Parameters<typeof tell>[0]);
    },
  };
}

describe("showScoreProgress", () => {
  it("tells rows, their pace and the time left on a terminal, and takes the line away in the end", () => {
    const { at, close, lines } = shown(true);
    at(500, 0, 0);
    at(2000, 100_000, 0.25);
    close();
    expect(lines[0]).toBe("0 profiles, 0 %");
    expect(lines[1]).toMatch(/^100,000 profiles, 25 %, 50,000 a second, 6\.0 s left$/);
    expect(lines[2]).toBeUndefined();
  });

  it("counts the pace of this run only, and keeps to the terminal's width", () => {
    const { at, lines } = shown(true, 24);
    at(2000, 100_000, 0.75, 0.5);
    expect(lines[0]).toBe("100,000 profiles, 75 %,");
  });

  it("says nothing where there is no terminal", () => {
    const { at, close, lines } = shown(false);
    at(2000, 1, 0.5);
    close();
    expect(lines).toEqual([]);
  });
});
