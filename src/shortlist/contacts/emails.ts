import type { Found } from "./contact.ts";
import { isPlatformLabel } from "./platforms.ts";

/** Mail providers whose name alone tells the whole domain. */
const PROVIDERS: Readonly<Record<string, string>> = {
  gmail: "gmail.com",
  googlemail: "googlemail.com",
  hotmail: "hotmail.com",
  outlook: "outlook.com",
  yahoo: "yahoo.com",
  icloud: "icloud.com",
  protonmail: "protonmail.com",
  naver: "naver.com",
};
const PROVIDER = Object.keys(PROVIDERS).join("|");

/** Letters of scripts that part words with blanks: where they are not, an address may stand right beside a word. */
const LETTER = "\\p{Script=Latin}\\p{Script=Cyrillic}\\p{N}";
/** As long as they may be (RFC 5321, RFC 1035): without an end, each of many words for mail would read on to the end of the text. */
const LOCAL = `[${LETTER}](?:[${LETTER}._%+-]{0,62}[${LETTER}_+-])?`;
const LABEL = "[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?";
const END = `(?![${LETTER}_-]|\\.[a-z0-9])`;
const START = `(?<![${LETTER}._%+@-])`;

/** The word for @ between brackets or marks, as people hide it from machines. */
const AT_WORD = "at|a|ät|et|arroba|aroba|chiocciola|arobase|malpa|małpa|собака|собачка|kuyruklu ?a|@";
const HIDDEN_AT = `\\s*(?:[(\\[{<]\\s*(?:${AT_WORD})\\s*[)\\]}>]|[-_*~|]\\s?at\\s?[-_*~|])\\s*`;
/** The word for @ standing free. `at` is a word of its own, and needs more around it. */
const FREE_AT = "\\s+(?:at|arroba|chiocciola|arobase|małpa|malpa|собака|собачка)\\s+";

const DOT_WORD = "dot|punto|ponto|point|punkt|kropka|точка|nokta|titik";
const DOT = `(?:\\s*[(\\[{<]\\s*(?:${DOT_WORD}|\\.)\\s*[)\\]}>]\\s*|\\s+(?:${DOT_WORD})\\s+|\\.)`;
const SPELLED_DOT = `(?:\\s*[(\\[{<]\\s*(?:${DOT_WORD}|\\.)\\s*[)\\]}>]\\s*|\\s+(?:${DOT_WORD})\\s+)`;
/** A name before a hidden @ may spell its dots too. */
const SPELLED_LOCAL = `${LOCAL}(?:${SPELLED_DOT}${LOCAL}){0,3}`;
const TOP = "[a-z]{2,24}";

/** Words before an address that say it is one. */
const MAIL_WORD =
  "e-?mail|mail|correo|courriel|почта|имейл|мейл|posta|e-?posta|メール|이메일|อีเมล|بريد|ايميل|إيميل|📧|📩|💌|✉|📨|📬|📮|📥";

interface Pattern {
  readonly of: RegExp;
  /** Whether there is an @ in every match: a text without one need not be looked through. */
  readonly signed?: true;
  /** The address in a match; null where it is none after all. */
  readonly address: (match: RegExpExecArray) => string | null;
}

const ANY_DOT = new RegExp(DOT, "giu");
const written = (local: string, domain: string) =>
  [local, domain].map((part) => part.replace(ANY_DOT, ".").replace(/\s/g, "")).join("@");

const PATTERNS: readonly Pattern[] = [
  // name@mail.com, and with spaces where the domain is a mail provider's.
  {
    signed: true,
    of: new RegExp(`${START}(${LOCAL})@((?:${LABEL}\\.)+${TOP})${END}`, "giu"),
    // "ig@name.fr" tells a handle.
    address: ([, local, domain]) => (isPlatformLabel(local) ? null : `${local}@${domain}`),
  },
  {
    signed: true,
    of: new RegExp(`${START}(${LOCAL})(?: ?@ | @ ?)((?:${PROVIDER})${DOT}${TOP}(?:\\.${TOP})?)${END}`, "giu"),
    address: ([, local, domain]) => (isPlatformLabel(local) ? null : written(local, domain)),
  },
  // name@gmail dot com, name@gmail,com, name@gmail com, name@gmail
  {
    signed: true,
    of: new RegExp(`${START}(${LOCAL})@((?:${LABEL})${SPELLED_DOT}${TOP})${END}`, "giu"),
    address: ([, local, domain]) => (isPlatformLabel(local) ? null : written(local, domain)),
  },
  {
    signed: true,
    of: new RegExp(`${START}(${LOCAL}) ?@ ?(${PROVIDER})(?:\\s?,\\s?com| com|[.,]{2,}com)?${END}`, "giu"),
    address: ([, local, provider]) =>
      isPlatformLabel(local) ? null : `${local}@${PROVIDERS[provider.toLowerCase()]}`,
  },
  // name (at) mail.com, name[at]mail[dot]com, name -at- mail.com
  {
    of: new RegExp(`${START}(${SPELLED_LOCAL})${HIDDEN_AT}((?:${LABEL}${DOT})+${TOP})${END}`, "giu"),
    address: ([, local, domain]) => written(local, domain),
  },
  {
    of: new RegExp(`${START}(${LOCAL})${HIDDEN_AT}(${PROVIDER})${END}`, "giu"),
    address: ([, local, provider]) => `${local}@${PROVIDERS[provider.toLowerCase()]}`,
  },
  // name at gmail.com, name at studio dot com, name arroba correo punto es
  {
    of: new RegExp(
      `${START}(${SPELLED_LOCAL})${FREE_AT}((?:${PROVIDER})${DOT}${TOP}|${LABEL}(?:${SPELLED_DOT}${LABEL})*?${SPELLED_DOT}${TOP})${END}`,
      "giu",
    ),
    address: ([, local, domain]) => written(local, domain),
  },
  // "mail: hello at studio.com": without the word it could be a shop
  {
    of: new RegExp(
      `(?:${MAIL_WORD})\\s*[:=>→-]*\\s*(${LOCAL})${FREE_AT}((?:${LABEL}\\.)+${TOP})${END}`,
      "giu",
    ),
    address: ([, local, domain]) => `${local}@${domain}`,
  },
  // "name★studio.jp (put @ for ★)", as in Japan
  {
    signed: true,
    of: new RegExp(
      `${START}(${LOCAL})([^\\p{L}\\p{N}\\s.@])((?:${LABEL}\\.)+${TOP})(?=[^\\n]{0,12}\\2 ?[をは→] ?@)`,
      "giu",
    ),
    address: ([, local, , domain]) => `${local}@${domain}`,
  },
  // "gmail: name"
  {
    of: new RegExp(
      `${START}(${PROVIDER})\\s*[:=]\\s*([a-z0-9][a-z0-9._+-]{0,62}[a-z0-9])(?![\\p{L}\\p{N}_@-]|\\.[a-z0-9])`,
      "giu",
    ),
    address: ([, provider, local]) => `${local}@${PROVIDERS[provider.toLowerCase()]}`,
  },
];

/**
 * E-mail addresses in a plain text: as they are, and as people hide them from machines (`name (at) mail dot com`).
 *
 * @param text as `plainText` gives it
 */
export function findEmails(text: string): Found[] {
  const found: Found[] = [];
  const sign = text.includes("@");
  for (const { of, signed, address } of PATTERNS) {
    if (signed === true && !sign) continue;
    for (const match of text.matchAll(of)) {
      const value = address(match as RegExpExecArray)?.toLowerCase();
      if (value === undefined || value === null) continue;
      const from = match.index;
      const to = from + match[0].length;
      if (found.some((other) => from < other.to && other.from < to)) continue;
      found.push({ kind: "email", platform: null, value, from, to });
    }
  }
  return found.sort((a, b) => a.from - b.from);
}
