import type { Labelled } from "../labelled.ts";
import { russian, ukrainian } from "./cyrillic.ts";
import { chinese, japanese, korean, thai } from "./eastAsia.ts";
import { english } from "./english.ts";
import { englishWithout } from "./englishWithout.ts";
import { french, italian } from "./frenchItalian.ts";
import { dutch, german, polish } from "./germanPolish.ts";
import { hindi, indonesian, vietnamese } from "./southAsia.ts";
import { portuguese, spanish } from "./spanishPortuguese.ts";
import { arabic, turkish } from "./turkishArabic.ts";

/** Biographies that were labelled before anybody had looked at the rules; the rules have been mended with them since. */
export const FIRST: readonly Labelled[] = [
  ...english,
  ...englishWithout,
  ...spanish,
  ...portuguese,
  ...french,
  ...italian,
  ...german,
  ...polish,
  ...dutch,
  ...turkish,
  ...arabic,
  ...russian,
  ...ukrainian,
  ...hindi,
  ...indonesian,
  ...vietnamese,
  ...thai,
  ...japanese,
  ...korean,
  ...chinese,
];
