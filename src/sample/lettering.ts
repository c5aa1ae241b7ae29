/** Starts of alphabets that look like Latin letters: capital A, small a. People paste them to stand out. */
const ALPHABETS: readonly (readonly [number, number])[] = [
  [0x1d400, 0x1d41a], // mathematical bold
  [0x1d468, 0x1d482], // bold italic
  [0x1d4d0, 0x1d4ea], // bold script
  [0x1d56c, 0x1d586], // bold Fraktur
  [0x1d5d4, 0x1d5ee], // sans-serif bold
  [0x1d670, 0x1d68a], // monospace
  [0xff21, 0xff41], // full width
];

/** How many kinds of fancy letters there are. */
export const LETTERINGS = ALPHABETS.length;

/** The text with its letters A-Z and a-z replaced by those of a fancy alphabet, `kind` in 0..`LETTERINGS` - 1. */
export function fancy(text: string, kind: number): string {
  const [capital, small] = ALPHABETS[kind];
  let result = "";
  for (const sign of text) {
    const code = sign.charCodeAt(0);
    if (code >= 65 && code <= 90) result += String.fromCodePoint(capital + code - 65);
    else if (code >= 97 && code <= 122) result += String.fromCodePoint(small + code - 97);
    else result += sign;
  }
  return result;
}

/** Letters after which Arabic script does not connect, so that no stroke can be drawn out. */
const ENDING = new Set("اأإآدذرزوؤةىء");

/** Arabic text with a stroke drawn out (tatweel) in every word long enough, at letter `place` of the word. */
export function drawnOut(text: string, place: number): string {
  return text
    .split(" ")
    .map((word) => {
      const letter = word[place];
      const next = word[place + 1];
      if (letter === undefined || next === undefined || ENDING.has(letter)) return word;
      if (!isArabic(letter) || !isArabic(next)) return word;
      return `${word.slice(0, place + 1)}ــ${word.slice(place + 1)}`;
    })
    .join(" ");
}

function isArabic(sign: string): boolean {
  return sign >= "ء" && sign <= "ي";
}

/** Small letters a-z made capital. Only these: the case rules of a locale would differ between machines. */
export function upper(text: string): string {
  return text.replaceAll(/[a-z]/g, (letter) => String.fromCharCode(letter.charCodeAt(0) - 32));
}

/** Capital letters A-Z made small, and no others. */
export function lower(text: string): string {
  return text.replaceAll(/[A-Z]/g, (letter) => String.fromCharCode(letter.charCodeAt(0) + 32));
}

/** The first letter made capital, if it is one of a-z. */
export function capital(text: string): string {
  return upper(text.slice(0, 1)) + text.slice(1);
}
