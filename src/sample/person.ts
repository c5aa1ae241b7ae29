import type { Account } from "./account.ts";
import { commonWords, type Language, languages, type Weights, weightsOf } from "./data.ts";
import type { Draw } from "./draw.ts";
import { lower } from "./lettering.ts";
import { curveAt } from "./quantiles.ts";

/** 2020-06-29T18:30:00Z, midnight in India: TikTok closed there, and 54 of the 1000 last posts fall in the month before. */
export const INDIA_CLOSED = 1593455400;
/** The language of those accounts: Hindi and English in Latin letters. */
export const INDIAN = "hi-Latn";

/** Who is behind a profile, as far as words go. */
export interface Person {
  readonly language: Language;
  readonly handle: string;
  readonly given: string;
  /** The emoji this person uses. */
  readonly palette: readonly string[];
}

const DAY = 86400;
/** log10(followers) at which `Language.share` is given. */
const SHARE_AT: readonly number[] = [2.5, 3.6, 4.5];
/** Steps in which a log10(followers) is taken for the shares. */
const STEPS = 20;
/** The languages' shares at a step, made when first asked for. */
const sharesAt: Omit<Weights, "items">[] = [];

/** Draws the language a profile is written in: it depends on the size, and accounts that fell silent when TikTok closed in India are Indian. */
export function drawLanguage(draw: Draw, account: Account): Language {
  const fromClosing = account.lastPost - INDIA_CLOSED;
  if (fromClosing > -30 * DAY && fromClosing < 21 * DAY && draw.chance(0.85))
    return languages().find(({ tag }) => tag === INDIAN) as Language;
  return languages()[draw.weighted(shares(Math.floor(account.size * STEPS)))];
}

function shares(step: number): Omit<Weights, "items"> {
  sharesAt[step] ??= weightsOf(
    languages().map(({ share }) => curveAt({ knots: SHARE_AT, values: share }, (step + 0.5) / STEPS)),
  );
  return sharesAt[step];
}

/** Draws a person who writes a language. */
export function drawPerson(draw: Draw, language: Language): Person {
  const { emoji } = commonWords();
  const given = draw.pick(language.given);
  return {
    language,
    handle: drawHandle(draw, language, given),
    given,
    palette: [draw.pick(emoji), draw.pick(emoji), draw.pick(emoji)],
  };
}

/** Templates taken apart: text, slot, text, slot, ..., text; a slot after a blank begins with one. */
const templates = new Map<string, readonly string[]>();

/** The text with its slots filled; see `Language`. A slot that stays empty takes the blank before it along. */
export function fill(draw: Draw, template: string, person: Person): string {
  let parts = templates.get(template);
  if (parts === undefined) {
    parts = template
      .split(/( ?\{\w+\})/)
      .map((part, i) => (i % 2 === 0 ? part : part.replaceAll(/[{}]/g, "")));
    templates.set(template, parts);
  }
  let text = parts[0];
  for (let i = 1; i < parts.length; i += 2) {
    const spaced = parts[i][0] === " ";
    const filled = value(draw, spaced ? parts[i].slice(1) : parts[i], person);
    if (filled !== "") text += (spaced ? " " : "") + filled;
    text += parts[i + 1];
  }
  return text;
}

function value(draw: Draw, slot: string, person: Person): string {
  const { goals, days, pronouns, signs, statuses } = commonWords();
  switch (slot) {
    case "me":
      return person.handle;
    case "mail":
      return mail(draw, person);
    case "name":
      return person.given;
    case "city":
      return draw.pick(person.language.cities);
    case "flag":
      return draw.pick(person.language.flags);
    case "e":
      return draw.chance(0.2) ? "" : emojiRun(draw, person);
    case "age":
      return `${draw.chance(0.75) ? draw.between(13, 25) : draw.between(22, 48)}`;
    case "goal":
      return draw.pick(goals);
    case "n":
      return `${draw.between(2, 4)}`;
    case "n2":
      return `${draw.between(10, 48)}`;
    case "day":
      return draw.pick(days);
    case "year":
      return `${draw.between(2015, 2024)}`;
    case "pronouns":
      return draw.pick(pronouns);
    case "sign":
      return draw.pick(signs);
    case "status":
      return draw.pick(statuses);
    case "code":
      return `${person.handle
        .replaceAll(/[^a-z]/g, "")
        .slice(0, 6)
        .toUpperCase()}${draw.pick(["10", "15", "20"])}`;
    default:
      return `${draw.between(1, 28)}.${draw.between(1, 12)}`;
  }
}

/** An address at a domain that the standards keep for examples (RFC 2606): no one can own it. */
function mail(draw: Draw, person: Person): string {
  const { mailDomains, mailboxes } = commonWords();
  const domain = draw.pick(mailDomains);
  const plain = person.handle.replaceAll(/[._]+/g, ".").replaceAll(/^\.|\.$/g, "");
  if (draw.chance(0.3)) return `${draw.pick(mailboxes)}.${plain}@${domain}`;
  return draw.chance(0.15)
    ? `${draw.pick(mailboxes)}@${plain.replaceAll(".", "")}.example`
    : `${plain}@${domain}`;
}

/** One to three of the person's emoji, often the same one again. */
export function emojiRun(draw: Draw, person: Person): string {
  const first = draw.pick(person.palette);
  const form = draw.uniform();
  if (form < 0.68) return first;
  if (form < 0.8) return first + first;
  if (form < 0.88) return first + first + first;
  return first + draw.pick(person.palette);
}

const LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789";
/** The longest handle TikTok allows. */
const LONGEST_HANDLE = 24;

/** Languages whose writers often take a few letters without a meaning as a handle. */
const MASHES = new Set(["ar", "fa", "ur"]);

/**
 * Invents a handle of a-z, digits, dots and underscores, 4 to 24 characters, often from the given name. Shares as in 1000 real ones: letters only
 * 323, with a digit 454, a dot 163, an underscore 249, "user" and a number or "dy" and a code 35.
 */
export function drawHandle(draw: Draw, language: Language, given: string): string {
  const kind = draw.uniform();
  if (kind < 0.02)
    return draw.chance(0.5) ? `user${digits(draw, draw.between(7, 13))}` : `user${code(draw, 9)}`;
  if (kind < 0.035) return `dy${code(draw, 10)}`;
  if (draw.chance(MASHES.has(language.tag) ? 0.4 : 0.08)) return mash(draw);
  const handle = decorated(draw, named(draw, language, given));
  return handle.length > LONGEST_HANDLE ? handle.slice(0, LONGEST_HANDLE).replace(/[._]+$/, "") : handle;
}

function named(draw: Draw, language: Language, given: string): string {
  const { syllables, endings } = commonWords();
  const letters = draw.chance(0.6) ? plain(given) : "";
  const stem = letters.length > 2 ? letters : draw.pick(language.stems);
  const form = draw.uniform();
  if (form < 0.34) return stem + separator(draw) + surname(draw);
  if (form < 0.46) return stem + separator(draw) + draw.pick(language.stems) + draw.pick(syllables);
  if (form < 0.56)
    return stem + separator(draw) + draw.pick(language.stems) + separator(draw) + surname(draw);
  if (form < 0.66) return surname(draw) + separator(draw) + stem;
  if (form < 0.84) return surname(draw) + draw.pick(endings);
  return stem + surname(draw);
}

/** The name in a-z, without its accents; empty for other scripts. */
function plain(name: string): string {
  return lower(name.normalize("NFD")).replaceAll(/[^a-z]/g, "");
}

/** Digits at the end, underscores and dots around, doubled letters: what people do when the name is taken. */
function decorated(draw: Draw, name: string): string {
  const form = draw.uniform();
  let handle = name;
  if (form < 0.17) handle += `${draw.between(1, 99)}`.padStart(draw.chance(0.4) ? 2 : 1, "0");
  else if (form < 0.27)
    handle += draw.chance(0.5) ? `${draw.between(1982, 2012)}` : `${draw.between(0, 12)}`.padStart(2, "0");
  else if (form < 0.38) handle += separator(draw) + digits(draw, draw.between(3, 5));
  else if (form < 0.43) handle += handle.at(-1);
  else if (form < 0.47) handle = `${draw.between(0, 9)}${handle}`;
  if (handle.length < 6) handle += draw.chance(0.5) ? surname(draw) : digits(draw, 3);
  const around = draw.uniform();
  if (around < 0.05) return `_${handle}_`;
  if (around < 0.09) return `${handle}_`;
  if (around < 0.12) return `_${handle}`;
  if (around < 0.135) return `x${handle}x`;
  return handle;
}

function separator(draw: Draw): string {
  const form = draw.uniform();
  if (form < 0.6) return "";
  if (form < 0.78) return ".";
  return form < 0.97 ? "_" : "__";
}

/** A made-up surname of two or three syllables. */
function surname(draw: Draw): string {
  const { syllables, endings } = commonWords();
  let name = draw.pick(syllables) + draw.pick(syllables);
  if (draw.chance(0.1)) name += draw.pick(syllables);
  return draw.chance(0.35) ? name + draw.pick(endings) : name;
}

/** A few letters and digits with a sign between, of 4 to 8 characters. */
function mash(draw: Draw): string {
  const length = draw.between(4, 7);
  const signAt = draw.chance(0.55) ? draw.between(1, length - 1) : -1;
  let handle = "";
  for (let i = 0; i < length; i++) {
    if (i === signAt) handle += draw.chance(0.65) ? "_" : ".";
    handle += LETTERS[draw.between(0, i % 3 === 2 ? 35 : 25)];
  }
  return handle;
}

function digits(draw: Draw, length: number): string {
  let text = `${draw.between(1, 9)}`;
  while (text.length < length) text += draw.between(0, 9);
  return text;
}

function code(draw: Draw, length: number): string {
  let text = "";
  while (text.length < length) text += LETTERS[draw.between(0, 35)];
  return text;
}
