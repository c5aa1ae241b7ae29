import { countOfThings } from "../base/words.ts";
import type { Step } from "../features/feature.ts";
import { columnInWords, type FeatureGroup, findingOf } from "../features/featureGroups.ts";
import { textPattern } from "../features/kinds/textPattern.ts";
import { kindNamed } from "../features/kinds.ts";
import type { CanonicalProfile, TextName } from "../features/profile.ts";

/** How findings are put that come out stiff from their names alone. Others are told as `has its NAME words`. */
const FOUND: Readonly<Record<string, string>> = {
  "contact email": "by e-mail",
  "contact contact": "in words",
  "contact mention": "by another handle",
  "contact address": "by a web address",
  "emoji place": "of places",
  "emoji heart": "of hearts",
  "emoji face": "of faces",
  "emoji pointing": "that point",
  "script latin": "in Latin letters",
  "script arabic": "in Arabic letters",
  "script cyrillic": "in Cyrillic letters",
  "script east asian": "in East Asian letters",
  "script indic": "in letters of India",
};

/** What is said of a topic: where something was found, followed by the findings, and where nothing was. */
const TOPICS: Readonly<Record<string, readonly [found: string, nothing: string]>> = {
  contact: ["offers contact", "offers no contact"],
  emoji: ["has emoji", "has none of the emoji looked for"],
  script: ["is written", "has no letters of a script looked for"],
  craft: ["names a craft", "names no craft"],
  platform: ["names another platform", "names no other platform"],
  follow: ["asks to be followed", "does not ask to be followed"],
  hashtag: ["has a hashtag", "has no hashtag"],
  goal: ["names a goal like 10k", "names no goal like 10k"],
  keyword: ["has a keyword", "has no keyword"],
};

/**
 * What a profile's text shows of a group: `biography offers contact by e-mail and in words`, `has a link
 * (page of links)`, `biography of 74 characters`. Never quotes the text.
 *
 * @param group of steps that look into one column of text
 */
export function textInWords(group: FeatureGroup, profile: Partial<CanonicalProfile>): string {
  const column = group.columns[0] as TextName;
  const name = columnInWords(column);
  const text = profile[column] ?? "";
  if (group.topic === "length") {
    return text === "" ? `no ${name}` : `${name} of ${countOfThings([...text].length, "character")}`;
  }
  const findings = group.steps.filter(({ kind }) => kind !== "missing" && kind !== "textLength");
  const found = findings.filter((step) => finds(step, profile));
  if (group.topic === null) {
    if (text === "") return `no ${name}`;
    const what = found.map((step) => labelOf(step, column)).join(", ");
    return what === "" ? `has a ${name}` : `has a ${name} (${what})`;
  }
  const [some, none] = TOPICS[group.topic] ?? [`has its ${group.topic} words`, `has no ${group.topic} words`];
  if (found.length === 0) return `${name} ${none}`;
  const labels = found.map((step) => labelOf(step, column));
  // The host of an e-mail address looks like a web address, and is no second way.
  const told = labels.filter((label) => label !== "address" || !labels.includes("email"));
  const details = told.flatMap((label) => FOUND[`${group.topic} ${label}`] ?? []);
  return [name, some, details.join(" and ")].filter((part) => part !== "").join(" ");
}

/** Whether a step gives anything but 0 for a profile. Only for kinds that learn nothing from rows. */
function finds({ kind, params }: Step, profile: Partial<CanonicalProfile>): boolean {
  return kindNamed(kind)
    .evaluate(params, {}, profile)
    .some((value) => value !== 0);
}

function labelOf(step: Step, column: TextName): string {
  return step.kind === textPattern.kind
    ? textPattern.params.parse(step.params).pattern.replaceAll("_", " ")
    : findingOf(step, column);
}
