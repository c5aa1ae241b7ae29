import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

/** What a report brings of others: Vega with all that is bundled into it, its interpreter, the font. */
const BROUGHT = ["vega", "vega-interpreter", "@fontsource-variable/inter"];

/** A package, as its folder tells. */
interface Package {
  readonly name: string;
  readonly version: string;
  readonly license?: string;
  readonly dependencies?: Readonly<Record<string, string>>;
}

let text: Promise<string> | undefined;

/** The licences of what a report brings, as their owners ask for: one text, each package with the words it comes with. Read once. */
export function notices(): Promise<string> {
  text ??= collect();
  return text;
}

async function collect(): Promise<string> {
  const found = new Map<string, string>();
  for (const name of BROUGHT) await collectFrom(name, import.meta.url, found);
  // Many have the same words, which need to stand there once.
  const titles = new Map<string, string[]>();
  for (const [title, licence] of [...found].sort(([a], [b]) => (a < b ? -1 : 1)))
    titles.set(licence, [...(titles.get(licence) ?? []), title]);
  return [...titles]
    .map(([licence, of]) => `${of.join("\n")}\n\n${licence}`)
    .join(`\n\n${"-".repeat(72)}\n\n`);
}

/** Adds a package and what it depends on. */
async function collectFrom(name: string, from: string, found: Map<string, string>): Promise<void> {
  const folder = await folderOf(name, from);
  const described = join(folder, "package.json");
  const { version, license, dependencies = {} } = JSON.parse(await readFile(described, "utf8")) as Package;
  const title = `${name} ${version} (${license ?? "see below"})`;
  if (found.has(title)) return;
  const file = (await readdir(folder)).sort().find((entry) => /^(licen[cs]e|copying)/i.test(entry));
  const words = file === undefined ? `Licence: ${license}` : await readFile(join(folder, file), "utf8");
  found.set(title, words.replaceAll("\r", "").trim());
  for (const dependency of Object.keys(dependencies)) await collectFrom(dependency, described, found);
}

/** The folder of a package as seen from a file. Not all packages let their `package.json` be asked for by name. */
async function folderOf(name: string, from: string): Promise<string> {
  for (const modules of createRequire(from).resolve.paths(name) ?? []) {
    const folder = join(modules, name);
    if (existsSync(join(folder, "package.json"))) return folder;
  }
  throw new Error(`package not found: ${name} (looked for from ${dirname(from)})`);
}
