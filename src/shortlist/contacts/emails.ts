import { once } from "../../base/data.ts";
import { type Found, findAll } from "./contact.ts";
import { contactWords, isPlatformLabel } from "./platforms.ts";

/** Letters of scripts that part words with blanks: where they are not, an address may stand right beside a word. */
const LETTER = "\\p{Script=Latin}\\p{Script=Cyrillic}\\p{N}";
/** As long as they may be (RFC 5321, RFC 1035): without an end, each of many words for mail would read on to the end of the text. */
const LOCAL = `[${LETTER}](?:[${LETTER}._%+-]{0,62}[${LETTER}_+-])?`;
const LABEL = "[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?";
const END = `(?![${LETTER}_-]|\\.[a-z0-9])`;
const START = `(?<![${LETTER}._%+@-])`;

interface Pattern {
  readonly of: RegExp;
  /** Whether there is an @ in every match: a text without one need not be looked through. */
  readonly signed?: true;
  /** The address in a match; null where it is none after all. */
  readonly address: (match: RegExpExecArray) => string | null;
}

/** Ways to write an address, the surest first. */
const patterns = once((): readonly Pattern[] => {
  const { mailProviders, mail, at, dot } = contactWords();
  const provider = Object.keys(mailProviders).join("|");
  // The word for @ between brackets or marks, as people hide it from machines.
  const hiddenAt = `\\s*(?:[(\\[{<]\\s*(?:${at})\\s*[)\\]}>]|[-_*~|]\\s?at\\s?[-_*~|])\\s*`;
  // The word for @ standing free. `at` is a word of its own, and needs more around it.
  const freeAt = "\\s+(?:at|arroba|chiocciola|arobase|małpa|malpa|собака|собачка)\\s+";

  const anyDotted = `(?:\\s*[(\\[{<]\\s*(?:${dot}|\\.)\\s*[)\\]}>]\\s*|\\s+(?:${dot})\\s+|\\.)`;
  const spelledDot = `(?:\\s*[(\\[{<]\\s*(?:${dot}|\\.)\\s*[)\\]}>]\\s*|\\s+(?:${dot})\\s+)`;
  // A name before a hidden @ may spell its dots too.
  const spelledLocal = `${LOCAL}(?:${spelledDot}${LOCAL}){0,3}`;
  const TOP = "[a-z]{2,24}";

  const anyDot = new RegExp(anyDotted, "giu");
  const written = (local: string, domain: string) =>
    [local, domain].map((part) => part.replace(anyDot, ".").replace(/\s/g, "")).join("@");

  return [
    // name@mail.com, and with spaces where the domain is a mail provider's.
    {
      signed: true,
      of: new RegExp(`${START}(${LOCAL})@((?:${LABEL}\\.)+${TOP})${END}`, "giu"),
      // "ig@name.fr" is a handle.
      address: ([, local, domain]) => (isPlatformLabel(local) ? null : `${local}@${domain}`),
    },
    {
      signed: true,
      of: new RegExp(
        `${START}(${LOCAL})(?: ?@ | @ ?)((?:${provider})${anyDotted}${TOP}(?:\\.${TOP})?)${END}`,
        "giu",
      ),
      address: ([, local, domain]) => (isPlatformLabel(local) ? null : written(local, domain)),
    },
    // name@gmail dot com, name@gmail,com, name@gmail com, name@gmail
    {
      signed: true,
      of: new RegExp(`${START}(${LOCAL})@((?:${LABEL})${spelledDot}${TOP})${END}`, "giu"),
      address: ([, local, domain]) => (isPlatformLabel(local) ? null : written(local, domain)),
    },
    {
      signed: true,
      of: new RegExp(`${START}(${LOCAL}) ?@ ?(${provider})(?:\\s?,\\s?com| com|[.,]{2,}com)?${END}`, "giu"),
      address: ([, local, name]) =>
        isPlatformLabel(local) ? null : `${local}@${mailProviders[name.toLowerCase()]}`,
    },
    // name (at) mail.com, name[at]mail[dot]com, name -at- mail.com
    {
      of: new RegExp(`${START}(${spelledLocal})${hiddenAt}((?:${LABEL}${anyDotted})+${TOP})${END}`, "giu"),
      address: ([, local, domain]) => written(local, domain),
    },
    {
      of: new RegExp(`${START}(${LOCAL})${hiddenAt}(${provider})${END}`, "giu"),
      address: ([, local, name]) => `${local}@${mailProviders[name.toLowerCase()]}`,
    },
    // name at gmail.com, name at studio dot com, name arroba correo punto es
    {
      of: new RegExp(
        `${START}(${spelledLocal})${freeAt}((?:${provider})${anyDotted}${TOP}|${LABEL}(?:${spelledDot}${LABEL})*?${spelledDot}${TOP})${END}`,
        "giu",
      ),
      address: ([, local, domain]) => written(local, domain),
    },
    // "mail: hello at studio.com": without the word it could be a shop
    {
      of: new RegExp(`(?:${mail})\\s*[:=>→-]*\\s*(${LOCAL})${freeAt}((?:${LABEL}\\.)+${TOP})${END}`, "giu"),
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
        `${START}(${provider})\\s*[:=]\\s*([a-z0-9][a-z0-9._+-]{0,62}[a-z0-9])(?![\\p{L}\\p{N}_@-]|\\.[a-z0-9])`,
        "giu",
      ),
      address: ([, name, local]) => `${local}@${mailProviders[name.toLowerCase()]}`,
    },
  ];
});

/**
 * E-mail addresses in a plain text: as they are, and as people hide them from machines (`name (at) mail dot com`).
 *
 * @param text as `plainText` gives it
 */
export function findEmails(text: string): Found[] {
  const possible = text.includes("@") ? patterns() : patterns().filter(({ signed }) => signed !== true);
  return findAll(text, possible, (match, { address }) => {
    const value = address(match);
    return value === null ? null : { kind: "email", platform: null, value: value.toLowerCase() };
  });
}
