import type { Found, PlatformName } from "./contact.ts";

const NUMBER = "(?:\\+|00)?\\(?\\d[\\d ().-]{6,18}\\d";
const BETWEEN = "\\s*(?:[:=~>→.|/(-]|number|numero|número|no|nr|номер){0,8}[\\s:]{0,4}";
/** What may stand between a word for a number and a long number: a few words and marks, none that begins another sentence. */
const NEAR = "[^\\d\\n\\0@|•;.,(+]{0,24}";
/** At least nine digits: shorter ones could be years and dates. */
const LONG_NUMBER = "(?:\\+|00)?\\(?\\d(?:[ ().-]{0,2}\\d){8,14}";

const WHATSAPP = "what'?s ?app|wtsapp|wh?ats|wsp|wpp|wp|wa|zapp?|ватсапп?|вацап|вотсап";
const WHATSAPP_FRAGMENT = "واتس ?اب|واتساب|واتس|व्हाट्सएप|व्हाट्सऐप|왓츠앱|ワッツアップ";

/** "0812 5555 0123 (WA)" */
const WHATSAPP_AFTER = new RegExp(
  `^\\s?[(/[-]\\s?(?:${WHATSAPP}|${WHATSAPP_FRAGMENT})(?![\\p{L}\\p{N}])`,
  "iu",
);

/** Words that a number to call comes after, in many languages; some of them tell other things too. */
const CONTACT =
  "contact[eo]?s?|contato|kontakte?|contatt[io]|iletişim|irtibat|связь|контакты?|booking|bookings|hubungi|cp|narahubung|sdt|sđt|đt|zalo|hotline|liên hệ|gsm|mob|ph|text|informaci[oó]n|informações|informazioni|informations|bilgi|auskunft|справки|pedidos|ventas|vendas|order|orders|info|номер|" +
  "commandes?|réservations?|reservas?|encomendas|agendamentos?|citas|turnos|bestellung(?:en)?|bestellen|anrufen|ordini|prenotazioni|zamówienia|kontakt(?:ieren)?|" +
  "sipariş|randevu|pesan|pemesanan|đặt hàng|запись|заказы?|звоните|запис|замовлення|objednávky|comenzi|rendelés";
const CONTACT_FRAGMENT = "โทร|ติดต่อ|للتواصل|تواصل|للطلب|رقم|電話|电话|문의|연락처|संपर्क|फोन|मोबाइल";

const PATTERNS: readonly { readonly platform: PlatformName | null; readonly of: RegExp }[] = [
  {
    platform: "whatsapp",
    of: new RegExp(
      `(?:(?<![\\p{L}\\p{N}_])(?:${WHATSAPP})(?![\\p{L}\\p{N}_])|${WHATSAPP_FRAGMENT})(?:${BETWEEN}(${NUMBER})|${NEAR}(${LONG_NUMBER}))`,
      "giu",
    ),
  },
  // "0812 5555 0123 WhatsApp"
  {
    platform: "whatsapp",
    of: new RegExp(
      `(?<![\\d+])(${LONG_NUMBER})\\s?[(/[-]?\\s?(?:(?:${WHATSAPP})(?![\\p{L}\\p{N}])|${WHATSAPP_FRAGMENT})(?!${BETWEEN}[+(]?\\d)`,
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
      `(?:(?<![\\p{L}\\p{N}_])(?:${CONTACT})(?![\\p{L}\\p{N}_])|${CONTACT_FRAGMENT})${NEAR}(${LONG_NUMBER})(?!\\d)`,
      "giu",
    ),
  },
  { platform: null, of: /(?<![\p{L}\p{N}_+])(\+\d[\d ().-]{8,18}\d)(?!\d)/giu },
];

/** "12.05.2025 - 14.05.2025" and "2024-06-01" are no numbers to call. */
const DATES =
  /(?<!\d)(?:[0-3]?\d[ .-]{1,2}[01]?\d[ .-]{1,2}(?:19|20)\d\d|(?:19|20)\d\d[.-][01]\d[.-][0-3]\d)(?!\d)/;

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
      // "555 0188 4 quotes": a last digit by itself belongs to what comes after.
      const number = (match[1] ?? match[2]).replace(/(?<=(?:\d\D{0,2}){9}) \d$/, "");
      const digits = number.replace(/\D/g, "").replace(/^00/, "");
      if (DATES.test(number)) continue;
      if (digits.length < FEWEST_DIGITS || digits.length > MOST_DIGITS) continue;
      if (found.some((other) => from < other.to && other.from < to)) continue;
      const after = platform ?? (WHATSAPP_AFTER.test(text.slice(to, to + 24)) ? "whatsapp" : null);
      const international = /^(?:\+|00)/.test(number.trim());
      found.push({ kind: "phone", platform: after, value: international ? `+${digits}` : digits, from, to });
    }
  }
  return found.sort((a, b) => a.from - b.from);
}
