import type { Draw } from "./draw.ts";
import { emojiRun, fill, type Person } from "./person.ts";
import type { Language } from "./words/language.ts";

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
export function fillOne(draw: Draw, from: readonly string[], person: Person): string {
  return fill(draw, draw.pick(from), person);
}

/** A line with an e-mail address. */
export function callWithMail(draw: Draw, person: Person): string {
  return fillOne(draw, phrasesOf(person.language).mail, person);
}

/** A line of about `length` UTF-16 units: a saying, what one does, a call, a place, or emoji. */
export function drawLine(draw: Draw, person: Person, size: number, length: number): string {
  const { language } = person;
  const kind = draw.uniform();
  if (length < 6)
    return kind < 0.6 ? fillOne(draw, phrasesOf(language).short, person) : emojiRun(draw, person);
  const saying = size > 4 ? 0.3 : 0.52;
  if (kind < saying) return fitting(draw, language.sayings, person, length);
  if (kind < 0.72) return roles(draw, person, length);
  if (kind < 0.92) return fitting(draw, phrasesOf(language).other, person, length);
  return kind < 0.97 ? place(draw, person) : emojiRun(draw, person) + emojiRun(draw, person);
}

/** The best of a few phrases for the length, with a second one where it falls far short. */
function fitting(draw: Draw, from: readonly string[], person: Person, length: number): string {
  let best = fillOne(draw, from, person);
  for (let i = 0; i < 3 && Math.abs(best.length - length) > 8; i++) {
    const other = fillOne(draw, from, person);
    if (Math.abs(other.length - length) < Math.abs(best.length - length)) best = other;
  }
  if (best.length < length - 14) {
    const joint = draw.pick([". ", " ", " - ", ", ", " | "]);
    return best + joint + fitting(draw, person.language.sayings, person, length - best.length);
  }
  return draw.chance(0.22) ? `${best} ${emojiRun(draw, person)}` : best;
}

const JOINTS = [" | ", " | ", " • ", ", ", ", ", " / ", " ~ ", " & ", " "];

function roles(draw: Draw, person: Person, length: number): string {
  const from = person.language.roles;
  const joint = draw.chance(0.15) ? ` ${draw.pick(person.palette)} ` : draw.pick(JOINTS);
  const first = draw.between(0, from.length - 1);
  let line = fill(draw, from[first], person);
  // Steps through the list from a random place, so that no piece comes twice.
  const step = draw.between(1, 6);
  for (let k = 1; k < 5 && k * step < from.length && line.length < length - 6; k++) {
    line += joint + fill(draw, from[(first + k * step) % from.length], person);
  }
  return draw.chance(0.3) ? `${line} ${emojiRun(draw, person)}` : line;
}

function place(draw: Draw, person: Person): string {
  const { cities, flags } = person.language;
  if (draw.chance(0.4)) return draw.pick(flags);
  return draw.chance(0.5) ? `📍${draw.pick(cities)}` : `${draw.pick(cities)} ${draw.pick(flags)}`;
}
