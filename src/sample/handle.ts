import type { Draw } from "./draw.ts";
import { lower } from "./lettering.ts";
import type { Language } from "./words/language.ts";
import { words } from "./words/language.ts";

const SYLLABLES = words(`
  ba be bo da de di do fa fe fi ga go ha he hi ja jo ka ke ki ko la le li lo lu ma me mi mo na ne ni no pa pe pi po
  ra re ri ro ru sa se si so ta te ti to va ve vi vo wa ya yo za zo cha sha bri dra ela nor mar sil ver ton lin ber
`);
const ENDINGS = words("n r s l k m ns nd rt x z ry ly ska no ez in ova ski ton");
const LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789";
const LONGEST = 24;
/** Given names already made plain. */
const names = new Map<string, string>();

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
  return handle.length > LONGEST ? handle.slice(0, LONGEST).replace(/[._]+$/, "") : handle;
}

function named(draw: Draw, language: Language, given: string): string {
  const own = draw.chance(0.6) ? plain(given) : "";
  const stem = own.length > 2 ? own : draw.pick(language.stems);
  const form = draw.uniform();
  if (form < 0.34) return stem + separator(draw) + surname(draw);
  if (form < 0.46) return stem + separator(draw) + draw.pick(language.stems) + draw.pick(SYLLABLES);
  if (form < 0.56)
    return stem + separator(draw) + draw.pick(language.stems) + separator(draw) + surname(draw);
  if (form < 0.66) return surname(draw) + separator(draw) + stem;
  if (form < 0.84) return surname(draw) + draw.pick(ENDINGS);
  return stem + surname(draw);
}

/** The name in a-z, without its accents; empty for other scripts. */
function plain(name: string): string {
  let letters = names.get(name);
  if (letters === undefined) {
    letters = lower(name.normalize("NFD")).replaceAll(/[^a-z]/g, "");
    names.set(name, letters);
  }
  return letters;
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
  let name = draw.pick(SYLLABLES) + draw.pick(SYLLABLES);
  if (draw.chance(0.1)) name += draw.pick(SYLLABLES);
  return draw.chance(0.35) ? name + draw.pick(ENDINGS) : name;
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
