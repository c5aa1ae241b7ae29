import { CANONICAL_NAMES } from "../../../src/profiles/canonical.ts";
import { columnWords } from "../../../src/profiles/columns/names.ts";
import { videoWords } from "../../../src/profiles/columns/videoNames.ts";
import { mapColumns } from "../../../src/profiles/mapping.ts";
import { COLUMN_NAMES, type Provider, videoColumns } from "../../../src/profiles/providers/layouts.ts";
import { PROVIDERS } from "../../../src/profiles/providers/recognise.ts";
import { VIDEO_LISTS } from "../../../src/profiles/providers/videoListLayout.ts";
import { describeMapping } from "../../../src/profiles/table.ts";

const code = (names: readonly string[]) => names.map((name) => `\`${name}\``).join(", ");

/** What the documentation says of one provider, from its mapping file. */
function section(provider: Provider): string {
  const { name, about, requires, wrappers, columns, avatar, video, unused } = provider;
  const all = [...Object.values(columns).flat(), ...avatar];
  if (video !== undefined) all.push(...videoColumns(video).flat());
  // The names are given as if a file had them all, so that what is derived is described as it is for a real file.
  const mapping = mapColumns([...new Set(all)], "");
  const described = describeMapping({ ...mapping, columns, avatar, video: video ?? null });
  const needs = requires.map((group) => (group.length > 1 ? `one of ${code(group)}` : code(group)));
  const lines = [`## ${name[0].toUpperCase()}${name.slice(1)}`, "", about, ""];
  if (needs.length > 0) lines.push(`Recognised by ${needs.join(" and ")}.`, "");
  if (wrappers.length > 0) lines.push(`Names may begin with ${code(wrappers)}.`, "");
  lines.push("| canonical | read from |", "|---|---|");
  for (const canonical of CANONICAL_NAMES) {
    const from = described[canonical];
    if (from === undefined) continue;
    const parts = from.split(", ").map((part) => part.replace(/^(\S+)/, "`$1`"));
    lines.push(`| \`${canonical}\` | ${parts.join(", ")} |`);
  }
  const missing = CANONICAL_NAMES.filter((canonical) => described[canonical] === undefined);
  if (missing.length > 0) lines.push("", `Missing: ${code(missing)}.`);
  if (unused.length > 0) lines.push("", `Known and not read: ${code(unused)}.`);
  return `${lines.join("\n")}\n`;
}

/** The names that are taken for a column where the values fit them, by language. */
function guessedNames(): string {
  const { languages, names } = columnWords();
  const lines = [
    "### Names in many languages",
    "",
    "Taken where the first values fit, see [Names as people have them](#names-as-people-have-them).",
    `Languages: ${Object.entries(languages)
      .map(([code, name]) => `${code} ${name}`)
      .join(", ")}.`,
    "",
    "| canonical | names |",
    "|---|---|",
  ];
  const row = (what: string, byLanguage: Readonly<Record<string, readonly string[]>>) => {
    const all = Object.entries(byLanguage).map(([language, list]) => `*${language}* ${list.join(", ")}`);
    if (all.length > 0) lines.push(`| ${what} | ${all.join("; ")} |`);
  };
  for (const canonical of CANONICAL_NAMES) row(code([canonical]), names[canonical] ?? {});
  lines.push("", "Of a video, in a list of videos:", "", "| | names |", "|---|---|");
  for (const [fact, byLanguage] of Object.entries(videoWords().names)) row(fact, byLanguage);
  return `${lines.join("\n")}\n`;
}

/** The tables of `docs/providers.md`, from the mapping files. */
export function providerTables(): string {
  return [...[...PROVIDERS, VIDEO_LISTS, COLUMN_NAMES].map(section), guessedNames()].join("\n");
}
