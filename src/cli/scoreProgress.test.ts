import { describe, expect, it } from "vitest";
import type { Effects } from "./effects.ts";
import { showScoreProgress } from "./scoreProgress.ts";

function shown(interactive: boolean, columns = 80) {
  const lines: (string | undefined)[] = [];
  let now = 0;
  const effects = {
    terminal: { interactive, columns, colour: false },
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
