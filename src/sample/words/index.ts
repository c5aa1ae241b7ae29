import { arabic, hebrew, persian, urdu } from "./arabic.ts";
import { russian, ukrainian } from "./cyrillic.ts";
import { burmese, chinese, japanese, khmer, korean, lao, thai } from "./eastAsian.ts";
import { dutch, polish, romanian, turkish } from "./easternLatin.ts";
import { english } from "./english.ts";
import { french, german, italian } from "./european.ts";
import { portuguese, spanish } from "./iberian.ts";
import { bengali, gujarati, hindi, indian, malayalam, punjabi, tamil } from "./indian.ts";
import type { Language } from "./language.ts";
import { indonesian, tagalog, vietnamese } from "./southEastAsian.ts";

/** Every language a profile may be written in. */
export const LANGUAGES: readonly Language[] = [
  english,
  spanish,
  portuguese,
  french,
  german,
  italian,
  dutch,
  polish,
  romanian,
  turkish,
  indonesian,
  tagalog,
  vietnamese,
  indian,
  hindi,
  bengali,
  malayalam,
  tamil,
  gujarati,
  punjabi,
  arabic,
  urdu,
  persian,
  hebrew,
  russian,
  ukrainian,
  thai,
  japanese,
  korean,
  chinese,
  khmer,
  burmese,
  lao,
];
