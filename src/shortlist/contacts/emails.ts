import { once } from "../../base/data.ts";
import { type Found, findAll } from "./contact.ts";
import { domainIn, isSentence } from "./domains.ts";
import { contactWords, isPlatformLabel } from "./platforms.ts";

/** Letters of scripts that part words with blanks: where they are not, an address may stand right beside a word. */
const LETTER = "\\p{Script=Latin}\\p{Script=Cyrillic}\\p{N}";
/** As long as they may be (RFC 5321, RFC 1035): without an end, each of many words for mail would read on to the end of the text. */
const LOCAL = `[${LETTER}](?:[${LETTER}._%+-]{0,62}[${LETTER}_+-])?`;
const LABEL = `[${LETTER}](?:[${LETTER}-]{0,61}[${LETTER}])?`;
/** An end of a domain; whether there is such a one, the list of public suffixes tells. */
const TOP = "[\\p{Script=Latin}\\p{Script=Cyrillic}]{2,24}";
const END = `(?![${LETTER}_-]|\\.[a-z0-9])`;
const START = `(?<![${LETTER}._%+@-])`;

/** An address as it was written: its name, its domain, and whether a sentence could read like it. */
interface Address {
  readonly local: string;
  readonly domain: string;
  readonly spoken?: boolean;
}

/** A way to write an address. */
export interface EmailPattern {
  readonly of: RegExp;
  /** A part of every match that few texts hold: one without it need not be looked through. */
  readonly needs: RegExp;
  /** Whether an @ is a part of every match too. */
  readonly signed: boolean;
  /** The address in a match. */
  readonly address: (match: RegExpExecArray) => Address;
}

/** Ways to write an address, the surest first. */
export const emailPatterns = once((): readonly EmailPattern[] => {
  const { mailProviders, mail, at, dot } = contactWords();
  const provider = Object.keys(mailProviders).join("|");
  const open = "[(\\[{<]{1,3}";
  const close = "[)\\]}>]{1,3}";
  // The word for @ between brackets or marks, as people hide it from machines.
  const hiddenAt = `(?:${open}\\s*(?:${at})\\s*${close}|[-*~|]\\s?at\\s?[-*~|])\\s*`;
  // The word for @ standing free. `at` is a word of its own, and needs more around it.
  const freeAt = "\\s+(?:at|arroba|chiocciola|arobase|małpa|malpa|собака|собачка)\\s+";

  const spelledDot = `(?:\\s*${open}\\s*(?:${dot}|\\.)\\s*${close}\\s*|\\s+(?:${dot})\\s+)`;
  const anyDotted = `(?:${spelledDot}|\\.)`;
  // A name before a hidden @ may spell its dots too.
  const spelledLocal = `${LOCAL}(?:${spelledDot}${LOCAL}){0,3}`;

  const anyDot = new RegExp(anyDotted, "giu");
  const plain = (part: string) => part.replace(anyDot, ".").replace(/\s/g, "");
  const written = ([, local, domain]: RegExpExecArray) => ({ local: plain(local), domain: plain(domain) });
  const provided = (local: string, name: string) => ({ local, domain: mailProviders[name.toLowerCase()] });
  /** Patterns in two parts, with an @ or without. Every match ends with one of the second, which is far quicker to look for than a name of any letters. */
  const inParts =
    (signed: boolean) =>
    (begin: string, end: string, address: EmailPattern["address"]): EmailPattern => ({
      of: new RegExp(begin + end, "giu"),
      needs: new RegExp(end, "iu"),
      signed,
      address,
    });
  const [withSign, withoutSign] = [inParts(true), inParts(false)];

  return [
    // name@mail.com, also where the line breaks after the @
    withSign(`${START}(${LOCAL})`, `@\\n?((?:${LABEL}\\.)+${TOP})${END}`, written),
    // name @ gmail.com
    withSign(
      `${START}(${LOCAL})`,
      `(?: ?@ | @ ?)((?:${provider})${anyDotted}${TOP}(?:\\.${TOP})?)${END}`,
      written,
    ),
    // name @ studio.com and name@studio . com at the beginning of a line, or after a word for mail: elsewhere it could be a job at a shop
    withSign(
      `(?<=^|\\n|(?:${mail})\\s*[:=>→-]*\\s*)(${LOCAL}) ?`,
      `@ ?((?:${LABEL}(?: \\. ?|\\.))+${TOP})${END}`,
      (match) => ({ ...written(match), spoken: true }),
    ),
    // n a m e @ s t u d i o . c o m
    withSign(`${START}((?:[a-z0-9._-] ){2,40})`, `@((?: [a-z0-9.-]){4,60})${END}`, written),
    // name@gmail dot com, name@gmail,com, name@gmail com, name@gmail
    withSign(`${START}(${LOCAL})`, `@((?:${LABEL})${spelledDot}${TOP})${END}`, written),
    withSign(
      `${START}(${LOCAL}) ?`,
      `@ ?(${provider})(?:\\s?,\\s?com| com|[.,]{2,}com)?${END}`,
      ([, local, name]) => provided(local, name),
    ),
    // name (at) mail.com, name[at]mail[dot]com, name -at- mail.com
    withoutSign(
      `${START}(${spelledLocal})\\s*`,
      `${hiddenAt}((?:${LABEL}${anyDotted})+${TOP})${END}`,
      written,
    ),
    withoutSign(`${START}(${LOCAL})\\s*`, `${hiddenAt}(${provider})${END}`, ([, local, name]) =>
      provided(local, name),
    ),
    // name_at_mail_dot_com
    {
      of: /(?<![\p{L}\p{N}._%+@-])([a-z0-9][a-z0-9._-]{0,62}?)([_-])at\2([a-z0-9][a-z0-9-]{0,61}?(?:\2dot\2[a-z0-9]{2,24})+)(?![\p{L}\p{N}_-])/giu,
      needs: /[_-]at[_-]/iu,
      signed: false,
      address: ([, local, mark, domain]) => ({ local, domain: domain.replaceAll(`${mark}dot${mark}`, ".") }),
    },
    // name at gmail.com, name at studio dot com, name arroba correo punto es
    withoutSign(
      `${START}(${spelledLocal})`,
      `${freeAt}((?:${provider})${anyDotted}${TOP}|${LABEL}(?:${spelledDot}${LABEL})*?${spelledDot}${TOP})${END}`,
      (match) => ({ ...written(match), spoken: true }),
    ),
    // "mail: hello at studio.com": without the word it could be a shop
    withoutSign(`(?:${mail})\\s*[:=>→-]*\\s*(${LOCAL})`, `${freeAt}((?:${LABEL}\\.)+${TOP})${END}`, written),
    // "name★studio.jp (put @ for ★)", as in Japan
    {
      of: new RegExp(
        `${START}(${LOCAL})([^\\p{L}\\p{N}\\s.@])((?:${LABEL}\\.)+${TOP})(?=[^\\n]{0,12}\\2 ?[をは→] ?@)`,
        "giu",
      ),
      needs: /[をは→] ?@/u,
      signed: true,
      address: ([, local, , domain]) => ({ local, domain }),
    },
    // "gmail: name"
    {
      of: new RegExp(
        `${START}(${provider})\\s*[:=]\\s*([a-z0-9][a-z0-9._+-]{0,62}[a-z0-9])(?![\\p{L}\\p{N}_@-]|\\.[a-z0-9])`,
        "giu",
      ),
      needs: new RegExp(`(?:${provider})\\s*[:=]`, "iu"),
      signed: false,
      address: ([, name, local]) => provided(local, name),
    },
  ];
});

/**
 * E-mail addresses in a plain text: as they are, and as people hide them from machines (`name (at) mail dot com`). The domain of
 * each ends in a public suffix; what is written on behind it without a blank is left to other readers.
 *
 * @param text as `plainText` gives it
 */
export function findEmails(text: string): Found[] {
  const sign = text.includes("@");
  const possible = emailPatterns().filter(({ signed, needs }) => (sign || !signed) && needs.test(text));
  return findAll(text, possible, (match, { address }) => {
    const { local, domain: written, spoken = false } = address(match);
    // "ig@name.fr" is a handle.
    if (isPlatformLabel(local)) return null;
    const domain = domainIn(written);
    if (domain === null) return null;
    const after = text.slice(match.index + match[0].length);
    if (spoken && isSentence(local, domain, after)) return null;
    const unread = written.length - domain.length;
    return { kind: "email", platform: null, value: `${local}@${domain}`.toLowerCase(), unread };
  });
}
