import { once } from "../../base/data.ts";
import { type Found, findAll } from "./contact.ts";
import { contactWords } from "./platforms.ts";

const NUMBER = "(?:\\+|00)?\\(?\\d[\\d ().-]{6,18}\\d";
const BETWEEN = "\\s*(?:[:=~>→.|/(-]|number|numero|número|no|nr|номер){0,8}[\\s:]{0,4}";
/** What may stand between a word for a number and a long number: a few words and marks, none that begins another sentence. */
const NEAR = "[^\\d\\n\\0@|•;.,(+]{0,24}";
/** At least nine digits: shorter ones could be years and dates. */
const LONG_NUMBER = "(?:\\+|00)?\\(?\\d(?:[ ().-]{0,2}\\d){8,14}";

interface Pattern {
  readonly platform: string | null;
  readonly of: RegExp;
}

/** Ways to write a number, the surest first, and what says after one that it is for WhatsApp. */
const patterns = once(() => {
  const { whatsapp, whatsappJoined, call, callJoined } = contactWords();
  const numbers: readonly Pattern[] = [
    {
      platform: "whatsapp",
      of: new RegExp(
        `(?:(?<![\\p{L}\\p{N}_])(?:${whatsapp})(?![\\p{L}\\p{N}_])|${whatsappJoined})(?:${BETWEEN}(${NUMBER})|${NEAR}(${LONG_NUMBER}))`,
        "giu",
      ),
    },
    // "0812 5555 0123 WhatsApp"
    {
      platform: "whatsapp",
      of: new RegExp(
        `(?<![\\d+])(${LONG_NUMBER})\\s?[(/[-]?\\s?(?:(?:${whatsapp})(?![\\p{L}\\p{N}])|${whatsappJoined})(?!${BETWEEN}[+(]?\\d)`,
        "giu",
      ),
    },
    { platform: "viber", of: new RegExp(`(?<![\\p{L}\\p{N}_])(?:viber|вайбер)${BETWEEN}(${NUMBER})`, "giu") },
    {
      platform: null,
      of: new RegExp(
        `(?:(?<![\\p{L}\\p{N}_])(?:tel|tél|telf|phone|cel|celular|call|mobile|handy|hp|тел|телефон)(?![\\p{L}\\p{N}_])\\.?|[📞☎📱📲]|هاتف|جوال)${BETWEEN}(${NUMBER})`,
        "giu",
      ),
    },
    {
      platform: null,
      of: new RegExp(
        `(?:(?<![\\p{L}\\p{N}_])(?:${call})(?![\\p{L}\\p{N}_])|${callJoined})${NEAR}(${LONG_NUMBER})(?!\\d)`,
        "giu",
      ),
    },
    { platform: null, of: /(?<![\p{L}\p{N}_+])(\+\d[\d ().-]{8,18}\d)(?!\d)/giu },
  ];
  // "0812 5555 0123 (WA)"
  const whatsappAfter = new RegExp(
    `^\\s?[(/[-]\\s?(?:${whatsapp}|${whatsappJoined})(?![\\p{L}\\p{N}])`,
    "iu",
  );
  return { numbers, whatsappAfter };
});

/** "12.05.2025 - 14.05.2025" and "2024-06-01" are no numbers to call. */
const DATES =
  /(?<!\d)(?:[0-3]?\d[ .-]{1,2}[01]?\d[ .-]{1,2}(?:19|20)\d\d|(?:19|20)\d\d[.-][01]\d[.-][0-3]\d)(?!\d)/;

/** Digits of a number that somebody can call: with the country's code at most 15 (E.164). */
const FEWEST_DIGITS = 8;
const MOST_DIGITS = 15;

/**
 * Phone numbers in a plain text: those that are marked as such (`WhatsApp +55 11 91234-5678`, `📞 ...`) or have a plus.
 *
 * @param text as `plainText` gives it, other findings blanked out
 */
export function findPhones(text: string): Found[] {
  // Most texts hold too few digits: to count them takes a hundredth of the patterns.
  if ((text.match(/\d/g)?.length ?? 0) < FEWEST_DIGITS) return [];
  const { numbers, whatsappAfter } = patterns();
  return findAll(text, numbers, (match, { platform }) => {
    // "555 0188 4 quotes": a last digit by itself belongs to what comes after.
    const number = (match[1] ?? match[2]).replace(/(?<=(?:\d\D{0,2}){9}) \d$/, "");
    const digits = number.replace(/\D/g, "").replace(/^00/, "");
    if (DATES.test(number) || digits.length < FEWEST_DIGITS || digits.length > MOST_DIGITS) return null;
    const end = match.index + match[0].length;
    const after = whatsappAfter.test(text.slice(end, end + 24)) ? "whatsapp" : null;
    const international = /^(?:\+|00)/.test(number.trim());
    return { kind: "phone", platform: platform ?? after, value: international ? `+${digits}` : digits };
  });
}
