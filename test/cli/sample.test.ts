import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { runHere, scratchFolder } from "../support/harness.ts";

const scratch = await scratchFolder();

it("writes the same people for the same seed, and refuses to replace a file", async () => {
  const write = (name: string, ...more: string[]) =>
    runHere(["sample", "--rows", "50", "--seed", "9", "--out", join(scratch, name), ...more]);
  const { code, stdout, stderr } = await write("a.csv");
  expect({ code, stdout }).toEqual({ code: 0, stdout: "" });
  expect(stderr).toContain("50 made-up profiles (seed 9)");
  await write("b.csv");
  expect(readFileSync(join(scratch, "a.csv"), "utf8")).toBe(readFileSync(join(scratch, "b.csv"), "utf8"));
  const again = await write("a.csv");
  expect([again.code, again.stderr]).toEqual([1, expect.stringContaining("--force")]);
  expect((await write("a.csv", "--force")).code).toBe(0);
  const wrong = await write("a.xlsx");
  expect([wrong.code, wrong.stderr]).toEqual([expect.any(Number), expect.stringContaining("unknown ending")]);
});

it("makes the same people some days later, a few of them gone and a few new, and says how many there are", async () => {
  const sample = (...more: string[]) => runHere(["sample", "--rows", "1000", "--out", ...more]);
  const { code, stderr } = await sample(join(scratch, "later.csv"), "--later", "30");
  expect(code).toBe(0);
  const said = /^([\d,]+) made-up profiles \(seed \d+\), read 30 days later, in /.exec(stderr)?.[1];
  const { code: inspected, stdout } = await runHere(["inspect", join(scratch, "later.csv"), "--json"]);
  expect(inspected).toBe(0);
  expect(JSON.parse(stdout).rows).toBe(Number(said?.replace(",", "")));
  expect(said).not.toBe("1,000");
  const wrong = await sample(join(scratch, "never.csv"), "--later", "366");
  expect([wrong.code, wrong.stderr]).toEqual([2, expect.stringContaining("from 1 to 365")]);
});

it("shows how far it is on a terminal", async () => {
  const drawn: (string | undefined)[] = [];
  let now = 0;
  await runHere(["sample", "--rows", "5000", "--out", join(scratch, "shown.csv")], {
    terminal: { interactive: true, columns: 80 },
    redraw: (text) => void drawn.push(text),
    elapsed: () => {
      now += 1500;
      return now;
    },
  });
  expect(drawn.some((text) => /^[\d,]+ of 5,000 profiles, [\d.]+ s left$/.test(text ?? ""))).toBe(true);
  expect(drawn.at(-1)).toBeUndefined();
});

it("leaves nothing behind when stopped", async () => {
  const out = join(scratch, "stopped.csv");
  const { code, stderr } = await runHere(["sample", "--rows", "100000", "--out", out], {
    signal: AbortSignal.abort(new Error("interrupted")),
  });
  expect([code, stderr]).toEqual([1, "interrupted: nothing was written\n"]);
  expect(existsSync(out)).toBe(false);
});
