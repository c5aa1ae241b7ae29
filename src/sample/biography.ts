import { commonWords, type Language, population } from "./data.ts";
import type { Draw } from "./draw.ts";
import { capital, drawnOut, fancy, LETTERINGS, lower } from "./lettering.ts";
import { emojiRun, fill, type Person } from "./person.ts";
import { conditionalQuantile, curveAt } from "./quantiles.ts";

/** The longest biography TikTok allows, in UTF-16 units. */
const LONGEST = 80;
/**
 * Invents a biography of at most 80 UTF-16 units, in one to five lines; longer, with more lines and more often with an
 * address for larger accounts.
 *
 * @param size log10 of the followers
 * @returns the text, or null where it is missing
 */
export function drawBiography(draw: Draw, person: Person, size: number): string | null {
  const { conditional, curves, shares } = population();
  const { keywordLines, greetings } = commonWords();
  const { biographyMissing: missing, biographyUnset: unset } = shares;
  const written = 1 - missing - unset - shares.emojiOnly;
  const kind = draw.uniform();
  if (kind < missing) return null;
  if (kind < missing + unset) return "No bio yet";
  if (kind > written + missing + unset) return emojiOnly(draw, person);

  const lines: string[] = [];
  // The six words are spread evenly over all profiles, because in the real ones they carry no signal.
  if (draw.chance(shares.keyword / written)) lines.push(fillOne(draw, keywordLines, person));
  const address = draw.chance(curveAt(curves.mail, size) / written) ? callWithMail(draw, person) : undefined;
  const target = LONGEST * conditionalQuantile(conditional.biographyLength, size, draw.uniform());
  const free = drawLineCount(draw, size, target) - lines.length - (address === undefined ? 0 : 1);
  let used =
    (lines[0]?.length ?? 0) + (address?.length ?? 0) + lines.length + (address === undefined ? 0 : 1);
  for (let left = free; left > 0; left--) {
    const line = drawLine(draw, person, size, (target - used) / left - 1, LONGEST - used);
    if (line === "" || lines.includes(line)) continue;
    lines.push(line);
    used += line.length + 1;
  }
  if (address !== undefined) lines.splice(draw.between(Math.min(1, lines.length), lines.length), 0, address);
  if (lines.length === 0) return draw.pick(greetings);
  return within(joinLines(draw, style(draw, lines, person)), lines.join("\n"));
}

function drawLineCount(draw: Draw, size: number, target: number): number {
  const { curves, counts } = population();
  // Short texts are seldom broken, long ones more often than the average for their size.
  const share = curveAt(curves.lineBreak, size) * (target < 12 ? 0.25 : target < 24 ? 0.9 : 1.25);
  if (!draw.chance(share)) return 1;
  const lines = 2 + draw.weighted(counts.lines);
  return Math.min(lines, Math.max(2, Math.floor(target / 9)));
}

function emojiOnly(draw: Draw, person: Person): string {
  let text = "";
  for (let runs = draw.between(1, 4); runs > 0; runs--) text += emojiRun(draw, person);
  return text;
}

function style(draw: Draw, lines: readonly string[], person: Person): readonly string[] {
  const form = draw.uniform();
  if (person.language.tag === "ar" && form < 0.1) return lines.map((line) => drawnOut(line, 1));
  if (form > 0.025 || lines.some((line) => line.includes("@"))) return lines;
  const kind = draw.between(0, LETTERINGS - 1);
  return lines.map((line) => fancy(line, kind));
}

function joinLines(draw: Draw, lines: readonly string[]): string {
  const text = lines.join(draw.chance(0.2) ? " \n" : "\n");
  return draw.chance(0.03) ? text.replace("\n", "\n\n") : text;
}

/** The adorned text, or the plain one where that is too long. */
function within(adorned: string, plain: string): string {
  return adorned.length <= LONGEST ? adorned : plain;
}

/** The phrases of a language, sorted by use. */
interface Phrases {
  /** Calls with an address. */
  readonly mail: readonly string[];
  /** Calls without. */
  readonly other: readonly string[];
  /** Roles of at most seven units. */
  readonly short: readonly string[];
}

const sorted = new Map<Language, Phrases>();

function phrasesOf(language: Language): Phrases {
  let phrases = sorted.get(language);
  if (phrases === undefined) {
    const mail = language.calls.filter((call) => call.includes("{mail}"));
    phrases = {
      mail: mail.length > 0 ? mail : ["{mail}"],
      other: language.calls.filter((call) => !call.includes("{mail}")),
      short: language.roles.filter((role) => role.length < 8),
    };
    sorted.set(language, phrases);
  }
  return phrases;
}

/** One of the phrases, its slots filled. */
function fillOne(draw: Draw, from: readonly string[], person: Person): string {
  return fill(draw, draw.pick(from), person);
}

/** A line with an e-mail address. */
function callWithMail(draw: Draw, person: Person): string {
  return fillOne(draw, phrasesOf(person.language).mail, person);
}

/**
 * A line of about `length` UTF-16 units and at most `room`: a saying, what one does, a call, a place, or emoji.
 *
 * @returns the line, or an empty text where nothing was found that fits
 */
function drawLine(draw: Draw, person: Person, size: number, length: number, room: number): string {
  const { language } = person;
  const kind = draw.uniform();
  let line: string;
  if (length < 6) line = shortOne(draw, person);
  else if (kind < (size > 4 ? 0.27 : 0.47)) line = fitting(draw, language.sayings, person, length, room);
  else if (kind < 0.63) line = roles(draw, person, length);
  else if (kind < 0.93) line = fitting(draw, phrasesOf(language).other, person, length, room);
  else line = kind < 0.985 ? place(draw, person) : emojiRun(draw, person) + emojiRun(draw, person);
  return line.length <= room ? line : "";
}

/** A word or a sign. */
function shortOne(draw: Draw, person: Person): string {
  const kind = draw.uniform();
  if (kind < 0.3) return fillOne(draw, phrasesOf(person.language).short, person);
  if (kind < 0.35) return emojiRun(draw, person);
  if (kind < 0.6) return person.given;
  if (kind < 0.75) return fill(draw, "{age}", person);
  return draw.pick(person.language.cities);
}

/** The best of a few phrases for the length, with a second one behind it where it falls far short. */
function fitting(draw: Draw, from: readonly string[], person: Person, length: number, room: number): string {
  let best = "";
  let miss = Number.POSITIVE_INFINITY;
  for (let i = 0; i < 5 && miss > 8; i++) {
    const phrase = varied(draw, fillOne(draw, from, person));
    const missed = Math.abs(phrase.length - length);
    if (phrase.length > room || missed >= miss) continue;
    best = phrase;
    miss = missed;
  }
  if (best !== "" && best.length < length - 10) {
    const joint = /[\p{L}\p{N})]$/u.test(best) ? draw.pick([". ", " - ", " ~ ", ", ", " | "]) : " ";
    const left = best.length + joint.length;
    const second = fitting(draw, person.language.sayings, person, length - left, room - left);
    if (second !== "" && !best.includes(second) && !second.includes(best)) return best + joint + second;
  }
  return draw.chance(0.2) && best.length + 4 < room ? `${best} ${draw.pick(person.palette)}` : best;
}

/** The phrase as different people would type it: other case, other signs at its end. */
function varied(draw: Draw, phrase: string): string {
  const form = draw.uniform();
  if (form > 0.3 || !/[\p{L}]$/u.test(phrase) || phrase.includes("@") || phrase.includes(":")) return phrase;
  if (form < 0.06) return `${phrase}!`;
  if (form < 0.09) return `${phrase}...`;
  if (form < 0.14) return `${phrase}.`;
  if (form < 0.16) return `${phrase}!!`;
  return form < 0.26 ? lower(phrase) : capital(phrase);
}

function roles(draw: Draw, person: Person, length: number): string {
  const from = person.language.roles;
  const joint = draw.chance(0.15) ? ` ${draw.pick(person.palette)} ` : draw.pick(commonWords().joints);
  const first = draw.between(0, from.length - 1);
  let line = fill(draw, from[first], person);
  // Neighbours in the list go together; stepping from a random place, no piece comes twice.
  const step = draw.between(1, 3);
  for (let k = 1; k < 7 && k * step < from.length && line.length < length - 3; k++) {
    line += joint + fill(draw, from[(first + k * step) % from.length], person);
  }
  return draw.chance(0.3) ? `${line} ${draw.pick(person.palette)}` : line;
}

function place(draw: Draw, person: Person): string {
  const { cities, flags } = person.language;
  if (draw.chance(0.3)) return draw.pick(flags);
  return draw.chance(0.5) ? `📍${draw.pick(cities)}` : `${draw.pick(cities)} ${draw.pick(flags)}`;
}
