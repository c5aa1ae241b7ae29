import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";

const root = fileURLToPath(new URL("..", import.meta.url));

it("packs every data file that the program reads and the model that ships, and no other", () => {
  const sources = readdirSync(join(root, "src"), { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts") && !name.endsWith(".test.ts"))
    .map((name) => readFileSync(join(root, "src", name), "utf8"));
  const read = sources.flatMap((text) =>
    [...text.matchAll(/dataFile\(\s*"([^"]+)"/g)].map(([, name]) => `data/${name}`),
  );
  expect(read).toContain("data/sample/languages.json");
  const [{ files }] = JSON.parse(
    execFileSync("npm", ["pack", "--dry-run", "--json", "--ignore-scripts"], { cwd: root, encoding: "utf8" }),
  ) as [{ files: { path: string }[] }];
  const packed = files.map(({ path }) => path);
  expect(packed.filter((path) => path.startsWith("data/")).sort()).toEqual(read.sort());
  const shipped = readdirSync(join(root, "models"), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(root, join(entry.parentPath, entry.name)));
  expect(packed.filter((path) => path.startsWith("models/")).sort()).toEqual(shipped.sort());
  expect(shipped.some((path) => path.endsWith("/model.json"))).toBe(true);
});
