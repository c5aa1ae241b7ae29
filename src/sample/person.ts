import type { Account } from "./account.ts";
import type { Draw } from "./draw.ts";
import { drawHandle } from "./handle.ts";
import { curve } from "./quantiles.ts";
import { INDIA_CLOSED } from "./shares.ts";
import { emoji } from "./words/emoji.ts";
import { LANGUAGES } from "./words/index.ts";
import { indian } from "./words/indian.ts";
import type { Language } from "./words/language.ts";

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
const sharesAt: { weights: readonly number[]; total: number }[] = [];

/** Draws the language a profile is written in: it depends on the size, and accounts that fell silent when TikTok closed in India are Indian. */
export function drawLanguage(draw: Draw, account: Account): Language {
  const fromClosing = account.lastPost - INDIA_CLOSED;
  if (fromClosing > -30 * DAY && fromClosing < 21 * DAY && draw.chance(0.85)) return indian;
  const { weights, total } = shares(Math.floor(account.size * STEPS));
  return LANGUAGES[draw.weighted(weights, total)];
}

function shares(step: number): { weights: readonly number[]; total: number } {
  let found = sharesAt[step];
  if (found === undefined) {
    const weights = LANGUAGES.map((language) => curve(SHARE_AT, language.share, (step + 0.5) / STEPS));
    found = { weights, total: weights.reduce((a, b) => a + b, 0) };
    sharesAt[step] = found;
  }
  return found;
}

/** Draws a person who writes a language. */
export function drawPerson(draw: Draw, language: Language): Person {
  const given = draw.pick(language.given);
  return {
    language,
    handle: drawHandle(draw, language, given),
    given,
    palette: [draw.pick(emoji), draw.pick(emoji), draw.pick(emoji)],
  };
}

const GOALS = ["500", "1k", "1k", "1k", "2k", "5k", "5k", "10k", "10k", "10k", "20k", "50k", "100k", "1M"];
const DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Sat", "Sunday", "day"];
const PRONOUNS = ["she/her", "she/her", "he/him", "they/them", "she/they"];
const SIGNS = [
  "Aries",
  "Taurus",
  "Gemini",
  "Cancer",
  "Leo",
  "Virgo",
  "Libra",
  "Scorpio",
  "Pisces",
  "♏️",
  "♌️",
  "♓️",
];
const STATUS = ["taken", "single", "engaged", "married", "taken 🔐"];
const DOMAINS = ["example.com", "example.com", "example.com", "example.org", "example.net"];
const MAILBOXES = ["hi", "hello", "info", "team", "biz", "contact", "me"];

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
      return draw.pick(GOALS);
    case "n":
      return `${draw.between(2, 4)}`;
    case "n2":
      return `${draw.between(10, 48)}`;
    case "day":
      return draw.pick(DAYS);
    case "year":
      return `${draw.between(2015, 2024)}`;
    case "pronouns":
      return draw.pick(PRONOUNS);
    case "sign":
      return draw.pick(SIGNS);
    case "status":
      return draw.pick(STATUS);
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
  const domain = draw.pick(DOMAINS);
  const plain = person.handle.replaceAll(/[._]+/g, ".").replaceAll(/^\.|\.$/g, "");
  if (draw.chance(0.3)) return `${draw.pick(MAILBOXES)}.${plain}@${domain}`;
  return draw.chance(0.15)
    ? `${draw.pick(MAILBOXES)}@${plain.replaceAll(".", "")}.example`
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
