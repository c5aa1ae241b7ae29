import { copyFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";
import { ROOT, runHere, scratchFolder } from "../support/harness.ts";

const scratch = await scratchFolder();

it("prints provider, columns, rows, rejects with an example, and alerts", async () => {
  const path = join(scratch, "people.csv");
  await writeFile(path, "account_id,followers,likes,shoes\nada,12abc,5,a\nbo,7,6,b\nbo,7,6,b\ncy,8,9,c\n");
  const { code, stdout } = await runHere(["inspect", path]);
  expect(code).toBe(0);
  expect(stdout).toMatch(
    /^file +people\.csv\nformat +csv\nprovider +column names\nrecords +4\nprofiles +2\nduplicates +1\nrejected +1\n/,
  );
  expect(stdout).toContain("  followers   <- followers\n");
  expect(stdout).toContain("  not used: shoes\n");
  expect(stdout).toContain('  1 x invalid_followers (first: line 2, invalid followers: "12abc")\n');
  expect(stdout).toMatch(/\nalerts\n {2}[·!✗] /);
});

it("takes columns by --map, given more than once", async () => {
  const path = join(scratch, "other.csv");
  await writeFile(path, "who,fans,hearts\nada,12,5\n");
  const words = ["inspect", path, "--map", "account_id=who", "--map", "followers=fans", "--json"];
  const { stdout } = await runHere(words);
  expect(JSON.parse(stdout)).toMatchObject({
    provider: "mapped",
    rows: 1,
    columns: { mapped: { account_id: "who", followers: "fans" }, unmapped: ["hearts"] },
  });
  const wrong = await runHere(["inspect", path, "--map", "account_id=who", "--map", "shoes=fans"]);
  expect([wrong.code, wrong.stderr]).toEqual([
    expect.any(Number),
    expect.stringMatching(/unknown column: shoes/),
  ]);
});

it("shows what would drive the terminal escaped, in names of files and columns and in values", async () => {
  const path = join(scratch, "a\u001b[2J\u202eb.csv");
  await copyFile(join(ROOT, "test/found/csv-escape-in-name.csv"), path);
  const { stdout } = await runHere(["inspect", path]);
  expect(stdout).toContain("a\\u001b[2J\\u202eb.csv");
  expect(stdout).toContain("\\u001b[31mred\\u0007");
  expect(stdout).not.toMatch(/[\u001b\u0007\u202e]/);
  const json = await runHere(["inspect", path, "--json"]);
  expect(JSON.parse(json.stdout).columns.unmapped).toEqual(["\u001b[31mred\u0007"]);
  const value = join(scratch, "value.csv");
  await writeFile(value, "account_id,followers\nann,1\u009b31m\nbob,2\n");
  expect((await runHere(["inspect", value])).stdout).toContain("1\\u009b31m");
});
