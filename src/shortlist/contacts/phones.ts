import type { Found, PlatformName } from "./contact.ts";

const NUMBER = "(?:\\+|00)?\\(?\\d[\\d ().-]{6,18}\\d";
const BETWEEN = "\\s*(?:[:=~>→.|/(-]|number|numero|número|no|nr|номер)*[\\s:]*";

const PATTERNS: readonly { readonly platform: PlatformName | null; readonly of: RegExp }[] = [
  {
    platform: "whatsapp",
    of: new RegExp(
      `(?:(?<![\\p{L}\\p{N}_])(?:what'?s ?app|wtsapp|whats|wsp|wpp|wp|wa|ватсап|вацап|вотсап)(?![\\p{L}\\p{N}_])|واتس ?اب|واتساب|واتس|व्हाट्सएप)${BETWEEN}(${NUMBER})`,
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
  { platform: null, of: /(?<![\p{L}\p{N}_+])(\+\d[\d ().-]{8,18}\d)(?!\d)/giu },
];

/** Digits of a number that somebody can call: with the country's code at most 15 (E.164). */
const FEWEST_DIGITS = 8;
const MOST_DIGITS = 15;

/**
 * Phone numbers in a plain text: those that are told as such (`WhatsApp +55 11 91234-5678`, `📞 ...`) or have a plus.
 *
 * @param text as `plainText` gives it, other findings blanked out
 */
export function findPhones(text: string): Found[] {
  const found: Found[] = [];
  for (const { platform, of } of PATTERNS) {
    for (const match of text.matchAll(of)) {
      const [from, to] = [match.index, match.index + match[0].length];
      const digits = match[1].replace(/\D/g, "").replace(/^00/, "");
      if (digits.length < FEWEST_DIGITS || digits.length > MOST_DIGITS) continue;
      if (found.some((other) => from < other.to && other.from < to)) continue;
      const international = /^(?:\+|00)/.test(match[1].trim());
      found.push({ kind: "phone", platform, value: international ? `+${digits}` : digits, from, to });
    }
  }
  return found.sort((a, b) => a.from - b.from);
}
