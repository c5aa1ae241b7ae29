import { once } from "../../base/data.ts";
import { type Found, findAll, type Reading } from "./contact.ts";
import { isDomain } from "./domains.ts";
import { contactWords, isNameWithDots, platforms } from "./platforms.ts";

/** Ends that are words too: with www or a path only. */
const ANY_TOP = "[a-z]{2,24}";

/** As long as it may be (RFC 1035). */
const LABEL = "[\\p{L}\\p{N}](?:[\\p{L}\\p{N}-]{0,61}[\\p{L}\\p{N}])?";
const PATH = '(?:[/?#][^\\s\\u0000<>"“”|\\p{Extended_Pictographic}\\p{Regional_Indicator}]*)?';

/** Ways to write an address, the surest first. */
const patterns = once(() =>
  [
    new RegExp(`https?:\\/\\/\\s?(${LABEL}(?:\\.${LABEL})+(?::\\d+)?${PATH})`, "giu"),
    new RegExp(`(?<![\\p{L}\\p{N}@._/-])(www\\.(?:${LABEL}\\.)+${ANY_TOP}${PATH})`, "giu"),
    new RegExp(
      `(?<![\\p{L}\\p{N}@._/-])((?:${LABEL}\\.)+${ANY_TOP}/[^\\s\\u0000\\p{Extended_Pictographic}]+)`,
      "giu",
    ),
    new RegExp(
      `(?<![\\p{L}\\p{N}@._/-])((?:${LABEL}\\.)+(?<top>${contactWords().domainEnds}))(?![\\p{L}\\p{N}_-]|\\.[\\p{L}\\p{N}])`,
      "giu",
    ),
  ].map((of) => ({ of })),
);

/** What ends a sentence rather than an address. */
const TRAILING = /[.,;:!?'"”’»)\]}>*~…-]+$/u;

/**
 * Web addresses in a plain text, with or without their scheme. One that leads to an account of a platform is a handle there,
 * and one that leads to a chat by number a phone number.
 *
 * @param text as `plainText` gives it, other findings blanked out
 */
export function findLinks(text: string): Found[] {
  if (!text.includes(".")) return [];
  return findAll(text, patterns(), (match) => {
    const top = match.groups?.top;
    if (top !== undefined && isNameWithDots(text.slice(0, match.index), top)) return null;
    const address = match[1].replace(TRAILING, "");
    const schemed = /^https?:/i.test(match[0]);
    if (!schemed && !isDomain(address.split(/[/?#]/)[0])) return null;
    return readLink(/^http:/i.test(match[0]) ? `http://${address}` : `https://${address}`);
  });
}

/**
 * What a web address leads to.
 *
 * @returns null where it cannot be one, or leads to TikTok itself
 */
export function readLink(address: string): Reading | null {
  if (!URL.canParse(address)) return null;
  const url = new URL(address);
  const host = url.hostname.replace(/^www\./, "");
  if (!host.includes(".") || /(?:^|\.)tiktok\.com$/.test(host)) return null;
  for (const { name, pages = [] } of platforms()) {
    for (const page of pages) {
      const account = page.host.test(host)
        ? page.path.exec(url.pathname + (name === "whatsapp" ? url.search : ""))
        : null;
      if (account === null) continue;
      const value = decoded(account[1]);
      if (name === "whatsapp") return { kind: "phone", platform: name, value: `+${value}` };
      return { kind: "handle", platform: name, value };
    }
  }
  // A platform's front page leads nowhere.
  const bare = url.pathname === "/" && url.search === "";
  if (
    (bare || url.pathname.startsWith("/add")) &&
    platforms().some(({ pages = [] }) => pages.some((page) => page.host.test(host)))
  )
    return null;
  return {
    kind: "link",
    platform: null,
    value: bare
      ? `${url.protocol}//${host}`
      : `${url.protocol}//${host}${url.pathname.replace(/\/$/, "")}${url.search}`,
  };
}

/** A part of an address without its percent signs; as it is where they are no UTF-8. */
export function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
