import type { Draw } from "./draw.ts";
import { capital, drawnOut, fancy, LETTERINGS, lower, upper } from "./lettering.ts";
import { emojiRun, fill, type Person } from "./person.ts";

/** The longest nickname TikTok allows, in UTF-16 units. */
const LONGEST_NICKNAME = 30;

/** Invents the name a profile shows. One in five has an emoji; one in eighteen repeats the handle. */
export function drawNickname(draw: Draw, person: Person): string {
  const plain = drawPlain(draw, person);
  const styled = style(draw, plain, person);
  const name = draw.chance(0.25) ? withEmoji(draw, styled, person) : styled;
  return name.length <= LONGEST_NICKNAME ? name : plain.slice(0, LONGEST_NICKNAME).trimEnd();
}

function drawPlain(draw: Draw, person: Person): string {
  const { language, handle, given } = person;
  const form = draw.uniform();
  if (form < 0.055) return handle;
  if (form < 0.065) return `@${handle}`;
  if (form < 0.073) return `user${draw.between(1_000_000, 999_999_999)}`;
  if (form < 0.19) return fill(draw, draw.pick(language.titles), person);
  if (form < 0.22) return capital(draw.pick(language.stems));
  if (form < 0.24) return draw.pick(language.stems);
  if (form < 0.31) return `${given} ${draw.pick(language.given)}`;
  if (form < 0.35) return `${given}${draw.between(1, 99)}`;
  if (form < 0.37) return person.palette[0];
  if (form < 0.4) return handle.replaceAll(/[._]+/g, " ").trim() || handle;
  if (form < 0.58) return single(draw, person);
  if (language.family.length === 0) return form < 0.8 ? given : `${given} ${draw.pick(language.given)}`;
  const family = draw.pick(language.family);
  if (form < 0.9) return `${given} ${family}`;
  if (form < 0.94) return `${given} ${draw.pick(language.given)} ${family}`;
  return form < 0.97 ? `${family} ${given}` : `${given} ${family[0]}.`;
}

/** A given name as one word, alone or as it is changed when it is taken. */
function single(draw: Draw, person: Person): string {
  const { given, language, handle } = person;
  const form = draw.uniform();
  if (form < 0.3) return given;
  if (form < 0.45) return given + given.slice(-1).repeat(draw.between(1, 2));
  const cut = handle.split(/[._\d]/).find((part) => part.length > 3);
  if (form < 0.75 && cut !== undefined) return draw.chance(0.5) ? capital(cut) : cut;
  if (language.family.length > 0 && form < 0.9) return given + draw.pick(language.family);
  return given + draw.pick(language.given);
}

function style(draw: Draw, name: string, person: Person): string {
  const form = draw.uniform();
  if (person.language.tag === "ar") return form < 0.12 ? drawnOut(name, draw.between(1, 2)) : name;
  if (!/[a-z]/.test(name)) return name;
  if (form < 0.03) return upper(name);
  if (form < 0.1) return lower(name);
  if (form < 0.135) return fancy(name, draw.between(0, LETTERINGS - 1));
  if (form < 0.145) return [...name].join(" ");
  return name;
}

function withEmoji(draw: Draw, name: string, person: Person): string {
  const form = draw.uniform();
  const run = form < 0.2 ? draw.pick(person.language.flags) : emojiRun(draw, person);
  if (form < 0.55) return `${name} ${run}`;
  if (form < 0.8) return `${name}${run}`;
  return form < 0.92 ? `${run}${name}${run}` : `${run} ${name}`;
}
