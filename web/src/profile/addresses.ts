import type { Contact } from "../../../src/shortlist/contacts/contact.ts";

/** Where profiles of a platform stand; handles of others are shown as text. */
const PLACES: Readonly<Record<string, string>> = {
  instagram: "https://www.instagram.com/",
  youtube: "https://www.youtube.com/@",
  twitter: "https://x.com/",
  twitch: "https://www.twitch.tv/",
  facebook: "https://www.facebook.com/",
  telegram: "https://t.me/",
  threads: "https://www.threads.net/@",
};

/** Where a contact leads; null where it is not certain to be what it looks like. */
export function contactAddress({ kind, platform, value }: Contact): string | null {
  if (kind === "email") {
    return /^[\w.!#$%&'*+/=?^`{|}~-]+@[a-z0-9-]+(?:\.[a-z0-9-]+)+$/i.test(value)
      ? `mailto:${encodeURI(value)}`
      : null;
  }
  if (kind === "link") return webAddress(value);
  const place = kind === "handle" && platform !== null ? PLACES[platform] : undefined;
  return place === undefined || !/^[\w.-]+$/.test(value) ? null : place + encodeURIComponent(value);
}

/** A web address as it can be followed; null for anything else, scripts first of all. */
export function webAddress(text: string): string | null {
  if (!URL.canParse(text)) return null;
  const { protocol, href } = new URL(text);
  return protocol === "http:" || protocol === "https:" ? href : null;
}

/** Where the link of a biography leads; one without a scheme is taken as https. Null where it cannot be followed. */
export function bioAddress(link: string | null): string | null {
  if (link === null) return null;
  return webAddress(/^[a-z][\w+.-]*:/i.test(link) ? link : `https://${link}`);
}
