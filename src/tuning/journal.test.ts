import { appendFile, mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { replaceFiles } from "../base/output/write.ts";
import { JOURNAL, type JournalOptions, openJournal } from "./journal.ts";

const scratch = await mkdtemp(join(tmpdir(), "insights-journal-"));
afterAll(() => rm(scratch, { recursive: true, force: true }));
const options: JournalOptions = {
  of: { file: "abc", "--seed": 1, "--active-days": null },
  startedAt: new Date(Date.UTC(2024, 0, 2)),
  force: false,
};
const evaluation = { rung: 1, trial: 4, log_loss: 0.1 + 0.2, roc_auc: 2 / 3, failed: null };
const judged = { search: 2, trial: 4, probabilities: [1 / 3, 1e-17] };

let folder = "";
let path = "";
let places = 0;
beforeEach(async () => {
  folder = join(scratch, `tuning ${++places}`);
  path = join(folder, JOURNAL);
  const journal = await openJournal(folder, options);
  journal.addEvaluation(2, evaluation, 5);
  journal.addJudged(judged, 7);
  journal.close();
});

describe("a journal", () => {
  it("gives back to the bit what was written", async () => {
    const journal = await openJournal(folder, { ...options, startedAt: new Date() });
    expect(journal.evaluation(2, 1, 4)).toEqual(evaluation);
    expect(journal.judged(2, 4)).toEqual(judged);
    expect(journal.evaluation(1, 1, 4)).toBeUndefined();
    expect([journal.earlier, journal.spent(), journal.startedAt]).toEqual([
      2,
      12,
      "2024-01-02T00:00:00.000Z",
    ]);
    journal.close();
  });

  it("forgets a line that was cut off, and goes on after the last whole one", async () => {
    const whole = await readFile(path, "utf8");
    await appendFile(path, '{"search":0,"rung":0,"tri');
    const journal = await openJournal(folder, options);
    expect(journal.earlier).toBe(2);
    journal.addEvaluation(0, evaluation, 1);
    journal.close();
    const text = await readFile(path, "utf8");
    expect(text.startsWith(whole)).toBe(true);
    expect(JSON.parse(text.slice(whole.length))).toMatchObject({ search: 0, rung: 1, trial: 4 });
    await writeFile(path, whole.slice(0, 20));
    const anew = await openJournal(folder, options);
    expect(anew.earlier).toBe(0);
    anew.close();
    expect(await readFile(path, "utf8")).toBe(`${whole.split("\n")[0]}\n`);
  });

  it("is not gone on with for other data or options, nor when damaged", async () => {
    await expect(
      openJournal(folder, { ...options, of: { ...options.of, "--seed": 2, "--active-days": 9 } }),
    ).rejects.toThrow(`another tuning is in ${folder}: --seed 1, now 2; --active-days none, now 9 (`);
    const lines = (await readFile(path, "utf8")).split("\n");
    lines[1] = lines[1].slice(0, 30);
    await writeFile(path, lines.join("\n"));
    await expect(openJournal(folder, options)).rejects.toThrow(
      /damaged journal.*\(.*trials\.ndjson, line 2\)/,
    );
    const put = (name: string, text: string) => {
      const claimed = { target: folder, partial: `${folder}.half` };
      return replaceFiles(claimed, ["tuning.json"], (half) => writeFile(join(half, name), text)).finally(() =>
        rm(claimed.partial, { recursive: true }),
      );
    };
    await mkdir(join(folder, ".partial"));
    await put("tuning.json", "{}");
    // The earlier result stays until the new one and its checksums are whole.
    await expect(put("checksums.json", "")).rejects.toThrow("EEXIST");
    expect(await readFile(join(folder, "tuning.json"), "utf8")).toBe("{}");
    expect(await readdir(folder)).toContain(".partial");
    const anew = await openJournal(folder, { ...options, force: true });
    expect(anew.earlier).toBe(0);
    anew.close();
    await expect(readFile(join(folder, "tuning.json"))).rejects.toThrow("ENOENT");
  });

  it("is not gone on with where another version wrote it, whose trials are of other recipes", async () => {
    const text = await readFile(path, "utf8");
    for (const [version, age] of [
      [1, "an earlier"],
      [99, "a later"],
    ] as const) {
      await writeFile(path, text.replace(/"schema_version":\d+/, `"schema_version":${version}`));
      await expect(openJournal(folder, options)).rejects.toThrow(
        `tuning of ${age} version: ${folder} (choose another --out, or start over with --force)`,
      );
    }
    const anew = await openJournal(folder, { ...options, force: true });
    expect(anew.earlier).toBe(0);
    anew.close();
  });

  it("leaves files alone that only have the names of a tuning's, even when forced", async () => {
    const mine = [
      ["tuning.json", "{}", /tuning\.json: the program did not write it/],
      ["trials.ndjson", '{"mine":1}\n', /trials\.ndjson: it is no journal of a tuning/],
    ] as const;
    for (const [name, text, message] of mine) {
      const other = join(scratch, `named-${name}`);
      (await openJournal(other, options)).close();
      await writeFile(join(other, name), text);
      await expect(openJournal(other, { ...options, force: true })).rejects.toThrow(message);
      expect(await readFile(join(other, name), "utf8")).toBe(text);
    }
    const linked = join(scratch, "linked");
    await mkdir(linked);
    await symlink(path, join(linked, "trials.ndjson"));
    await expect(openJournal(linked, { ...options, force: true })).rejects.toThrow("it is no ordinary file");
  });

  it("leaves a folder of other things alone, even when forced", async () => {
    const other = join(scratch, "other");
    await mkdir(other, { recursive: true });
    await writeFile(join(other, "letter.txt"), "dear");
    for (const force of [false, true]) {
      await expect(openJournal(other, { ...options, force })).rejects.toThrow(
        `output folder exists and holds no tuning: ${other}`,
      );
    }
  });
});
