import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const root = fileURLToPath(new URL("..", import.meta.url));
const source = join(root, "src");

/** The rooms of the house, lowest first: a room imports only from itself and from rooms before it. */
const FLOORS = [
  "base",
  "onnx",
  "profiles",
  "sample",
  "features",
  "targets",
  "network",
  "evaluation",
  "analysis",
  "leakage",
  "figures",
  "bundle",
  "scoring",
  "training",
  "explain",
  "shortlist",
  "workspace",
  "tuning",
  "report",
  "study",
  "index.ts",
  "server",
  "cli",
];

const files = ["src", "web", "test", "bench", "scripts", "examples"]
  .flatMap((room) =>
    readdirSync(join(root, room), { recursive: true, encoding: "utf8" }).map((name) =>
      join(root, room, name),
    ),
  )
  .filter((name) => /\.tsx?$/.test(name) && !name.includes("node_modules"));
const room = (path: string) => relative(source, path).split("/")[0];

/** The files that each file of src/ and web/ imports, values and types alike. */
function importsOf(path: string): string[] {
  const found = readFileSync(path, "utf8").matchAll(/(?:from|import|import\()\s*"(\.[^"]+)"/g);
  return [...found].map(([, target]) => resolve(dirname(path), target));
}

/** Circles of files that import each other, each told once, as the way round. */
function circles(paths: readonly string[]): string[] {
  const done = new Set<string>();
  const found: string[] = [];
  const walk = (path: string, way: readonly string[]) => {
    const at = way.indexOf(path);
    if (at >= 0) found.push([...way.slice(at), path].map((name) => relative(root, name)).join(" -> "));
    if (at >= 0 || done.has(path)) return;
    for (const next of importsOf(path)) if (paths.includes(next)) walk(next, [...way, path]);
    done.add(path);
  };
  for (const path of paths) walk(path, []);
  return found;
}

describe("the house", () => {
  it("keeps every file under 350 lines", () => {
    const long = files.filter((path) => readFileSync(path, "utf8").split("\n").length > 350);
    expect(long.map((path) => relative(root, path))).toEqual([]);
  });

  it("has no file whose name says nothing", () => {
    expect(
      files.filter((path) =>
        /(^|\/)(utils?|helpers?|common|misc|manager)(\.|\/)/i.test(relative(root, path)),
      ),
    ).toEqual([]);
  });

  it("imports one way only", () => {
    const wrong: string[] = [];
    for (const path of files.filter((name) => name.startsWith(source) && !name.includes("/kernel/"))) {
      const from = FLOORS.indexOf(room(path));
      expect(from, `${relative(root, path)} stands in no known room`).toBeGreaterThanOrEqual(0);
      for (const [, target] of readFileSync(path, "utf8").matchAll(/(?:from|import\()\s*"(\.[^"]+)"/g)) {
        const to = resolve(dirname(path), target);
        if (to.startsWith(source) && FLOORS.indexOf(room(to)) > from)
          wrong.push(`${relative(root, path)} -> ${target}`);
      }
    }
    expect(wrong).toEqual([]);
  });

  it("has no circles between files", () => {
    const paths = files.filter((path) => /^(src|web)\//.test(relative(root, path)));
    expect(circles(paths)).toEqual([]);
  });

  it("has test support outside of what ships", () => {
    const shipped = files.filter((path) => path.startsWith(source) && !/\.test\.tsx?$/.test(path));
    const wrong = shipped.filter((path) =>
      importsOf(path).some((target) => relative(root, target).startsWith("test/")),
    );
    expect(wrong.map((path) => relative(root, path))).toEqual([]);
    expect(files.filter((path) => path.startsWith(source) && path.includes("/testing/"))).toEqual([]);
  });

  it("has a line in the map for each room, and a room for each line", () => {
    const map = readFileSync(join(root, "CONTRIBUTING.md"), "utf8");
    const lines = [...map.matchAll(/^\| `src\/([^/`]+)\/` \| \S/gm)].map(([, name]) => name);
    expect(lines).toEqual(FLOORS.filter((name) => name !== "index.ts"));
    const rooms = readdirSync(source).filter((name) => !name.includes("."));
    expect(lines.toSorted()).toEqual(rooms.toSorted());
  });

  it("loads DuckDB in one place, where it is loaded in half the time", () => {
    const values = /import (?!type )[^;]*from "@duckdb\/node-api"/;
    const found = files.filter(
      (path) =>
        path.startsWith(source) && !/\.test\.tsx?$/.test(path) && values.test(readFileSync(path, "utf8")),
    );
    expect(found.map((path) => relative(source, path))).toEqual([]);
  });

  it("starts the server without what draws figures, which takes long to load", () => {
    const values = /^(?:import|export) (?!type )[^;]*?from "(\.[^"]+)"/gm;
    const loaded = new Set([join(source, "cli/serve.ts")]);
    for (const path of loaded)
      for (const [, target] of readFileSync(path, "utf8").matchAll(values))
        loaded.add(resolve(dirname(path), target));
    expect([...loaded].map((path) => relative(source, path))).toContain("server/server.ts");
    expect(
      [...loaded].filter((path) => /"(?:vega|fontkit|react-dom)/.test(readFileSync(path, "utf8"))),
    ).toEqual([]);
  });

  it("prints, reads the clock and exits only in the command line", () => {
    const effects =
      /\bconsole\.|process\.(stdout|stderr|exit|argv|env)\b|Date\.now\(|new Date\(\)|Math\.random\(/;
    const allowed = new Set(["study/events.ts"]);
    const found = files
      .filter(
        (path) => path.startsWith(source) && !/\.test\.tsx?$|\/kernel\//.test(path) && room(path) !== "cli",
      )
      .filter((path) => effects.test(readFileSync(path, "utf8").replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, "")))
      .map((path) => relative(source, path));
    expect(found.filter((path) => !allowed.has(path))).toEqual([]);
  });

  it("documents everything it exports", () => {
    const bare: string[] = [];
    for (const path of files.filter(
      (name) => name.startsWith(source) && !/\.test\.tsx?$|\/kernel\//.test(name),
    )) {
      const lines = readFileSync(path, "utf8").split("\n");
      lines.forEach((line, i) => {
        const overload = i > 0 && /^export (async )?function .*;$/.test(lines[i - 1]);
        if (/^export (async )?(abstract )?(function|class|interface|type) \w/.test(line) && !overload) {
          if (!/\*\/\s*$/.test(lines[i - 1] ?? ""))
            bare.push(`${relative(root, path)}:${i + 1} ${line.slice(0, 60)}`);
        }
      });
    }
    expect(bare).toEqual([]);
  });

  it("names only files that exist in its documents", () => {
    const documents = ["README.md", "CONTRIBUTING.md"].concat(
      readdirSync(join(root, "docs"), { recursive: true, encoding: "utf8" })
        .filter((name) => name.endsWith(".md"))
        .map((name) => join("docs", name)),
    );
    const missing = documents.flatMap((document) =>
      [
        ...readFileSync(join(root, document), "utf8").matchAll(
          /`((?:src|web|test|bench|scripts|data)\/[\w./-]+)`/g,
        ),
      ]
        .map(([, path]) => path)
        .filter((path) => !existsSync(join(root, path)))
        .map((path) => `${document}: ${path}`),
    );
    expect(missing).toEqual([]);
  });
});
