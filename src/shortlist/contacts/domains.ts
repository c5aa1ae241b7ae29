import { parse } from "tldts";
import { contactWords, isPlatformLabel } from "./platforms.ts";

/** The public suffixes that registries give out (the ICANN part of the Public Suffix List), without those of companies. */
const LISTED = { allowPrivateDomains: false, extractHostname: false } as const;

/** Whether a domain ends in a public suffix and has a name before it: `studio.co.uk`, but neither `co.uk` nor `mail.con`. */
export function isDomain(domain: string): boolean {
  const { isIcann, domain: registered } = parse(domain.toLowerCase(), LISTED);
  return isIcann === true && registered !== null;
}

/** Where a word in capitals, or one that begins with a capital, is written right after small letters: `com|IG`, `com|Follow`. */
const GLUED = /(?<=\p{Ll})(?=\p{Lu})/u;

/**
 * The part of a domain that is one. People write on without a blank: `mail.comIG: name`, `mail.comhttps://...`, `mail.com.IG`.
 *
 * @param domain as it is written, in its own case
 * @returns the beginning that is a domain; null where there is none
 */
export function domainIn(domain: string): string | null {
  if (isDomain(domain)) return domain;
  const labels = domain.split(".");
  const last = labels[labels.length - 1];
  const before = labels.slice(0, -1).join(".");
  const parted = [last.split(GLUED)[0], ...withoutWord(last)].map((end) => `${before}.${end}`);
  return [...parted, ...(isPlatformLabel(last) ? [before] : [])].find(isDomain) ?? null;
}

/** What is left of the end of a domain without a platform or `https` written right after it. */
function withoutWord(end: string): string[] {
  return Array.from({ length: Math.max(0, end.length - 3) }, (_, i) => end.length - 2 - i)
    .filter((at) => /^https?$/i.test(end.slice(at)) || isPlatformLabel(end.slice(at)))
    .map((at) => end.slice(0, at));
}

/** Whether `NAME at DOMAIN` is a sentence: "live at example dot com street", "shop at my dot place". */
export function isSentence(local: string, domain: string, after: string): boolean {
  const { noLocal, noDomain, streets } = contactWords();
  const next = /^\s*([\p{L}]+)/u.exec(after)?.[1];
  return (
    noLocal.has(local.toLowerCase()) ||
    noDomain.has(domain.toLowerCase().split(".")[0]) ||
    (next !== undefined && streets.has(next.toLowerCase()))
  );
}
