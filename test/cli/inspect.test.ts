import { copyFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, it } from "vitest";
import { ROOT, runHere, scratchFolder } from "../support/harness.ts";

const scratch = await scratchFolder();

it("prints provider, columns, rows, rejects with an example, and alerts", async () => {
  const path = join(scratch, "people.csv");
  await writeFile(
    path,
    "account_id,followers,likes,shoes\nada,12abc,5,a\n,1,1,x\nbo,7,6,b\nbo,7,6,b\ncy,8,9,c\n",
  );
  const { code, stdout } = await runHere(["inspect", path]);
  expect(code).toBe(0);
  expect(stdout).toMatch(
    /^file +people\.csv\nformat +csv\nprovider +column names\nrecords +5\nprofiles +3\nduplicates +1\nrejected +1\n/,
  );
  expect(stdout).toContain("  followers   <- followers\n");
  expect(stdout).toContain("  not used: shoes\n");
  expect(stdout).toContain("  1 x missing_id (first: line 3, missing id and account_id)\n");
  expect(stdout).toContain(
    '  ! 1 cell of followers cannot be read, such as "12abc" (line 2); it counts as missing.\n',
  );
  expect(stdout).toMatch(/\nalerts\n {2}[·!✗] /);
});

it("takes columns by --map, given more than once", async () => {
  const path = join(scratch, "other.csv");
  await writeFile(path, "who,fans,shoes\nada,12,5\n");
  const words = ["inspect", path, "--map", "account_id=who", "--map", "followers=fans", "--json"];
  const { stdout } = await runHere(words);
  expect(JSON.parse(stdout)).toMatchObject({
    provider: "mapped",
    rows: 1,
    columns: { mapped: { account_id: "who", followers: "fans" }, unmapped: ["shoes"] },
  });
  const wrong = await runHere(["inspect", path, "--map", "account_id=who", "--map", "shoes=fans"]);
  expect([wrong.code, wrong.stderr]).toEqual([
    expect.any(Number),
    expect.stringMatching(/unknown column: shoes/),
  ]);
});

it("leaves a column missing by --map canonical=, and takes a column with spaces and = in its name", async () => {
  const path = join(scratch, "fans.csv");
  await writeFile(path, "username,bio_link,Fans on 1 May,a=b\nada,https://a.example,12,5\n");
  const options = ["bio_link=", "followers=Fans on 1 May", "likes=a=b"].flatMap((map) => ["--map", map]);
  const { stdout } = await runHere(["inspect", path, ...options, "--json"]);
  const { mapped, unmapped } = JSON.parse(stdout).columns;
  expect(mapped).toEqual({ account_id: "username", followers: "Fans on 1 May", likes: "a=b" });
  expect(unmapped).toEqual(["bio_link"]);
});

it("takes columns by their names and values, and says so", async () => {
  const { stdout } = await runHere(["inspect", join(ROOT, "test/found/mk-d_unknown.csv")]);
  expect(stdout).toContain("  account_id    <- Creator\n");
  expect(stdout).toContain('"Creator" as account_id, "Hearts" as likes');
});

it("ends with the next command to copy, said options in it; for a list of accounts, what it is good for", async () => {
  const inspect = async (...words: string[]) => (await runHere(["inspect", ...words])).stdout;
  const spaced = join(scratch, "my people.csv");
  await copyFile(join(ROOT, "test/found/mk-c_german.csv"), spaced);
  const said = ["--decimal", "comma", "--map", "bio_link="];
  expect(await inspect(spaced, ...said)).toMatch(
    /\nnext: insights start ".*my people\.csv" --decimal comma --map bio_link=\n$/,
  );
  const list = await inspect(join(ROOT, "test/found/mk-e_handles.txt"));
  expect(list).toMatch(/\naccounts +30\n/);
  expect(list).toContain("insights shortlist PROFILES.csv --exclude mk-e_handles.txt --out people.csv");
  expect(list).not.toMatch(/next:|missing:|When the profiles were read/);
});

it("shows alerts in the order of their weight", async () => {
  const stdout = (await runHere(["inspect", join(ROOT, "test/found/mk-c_german.csv")])).stdout;
  const marks = [...stdout.matchAll(/^ {2}([·!✗]) /gm)].map(([, mark]) => mark).join("");
  expect(marks).toMatch(/^!+·+$/);
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
