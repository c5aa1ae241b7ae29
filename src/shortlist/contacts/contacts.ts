import { blankOut, type Contact, type Found, MOST_CHARACTERS, plainText, type Reading } from "./contact.ts";
import { findEmails } from "./emails.ts";
import { findHandles } from "./handles.ts";
import { findLinks, readLink } from "./links.ts";
import { findPhones } from "./phones.ts";

/** The parts of a profile that contacts are read from. */
export interface Reachable {
  readonly biography?: string | null | undefined;
  readonly bio_link?: string | null | undefined;
}

type Reader = (text: string) => Found[];

/** Readers of what is written out, the surest first: what one has read is blanked out for the next. */
const WRITTEN: readonly Reader[] = [findEmails, findLinks, findPhones];
const READERS: readonly Reader[] = [...WRITTEN, findHandles];

/**
 * Where an account can be reached outside TikTok: e-mail addresses, handles on other platforms, links and phone numbers in its
 * biography and its link, in the order in which they stand, each once.
 */
export function contactsOf({ biography, bio_link }: Reachable): Contact[] {
  const contacts: Contact[] = [];
  const add = (source: Contact["source"], { kind, platform, value }: Reading) => {
    const twice = contacts.some(
      (other) =>
        other.kind === kind &&
        other.platform === platform &&
        other.value.toLowerCase() === value.toLowerCase(),
    );
    if (!twice) contacts.push({ kind, platform, value, source });
  };
  for (const found of readText(biography ?? "", READERS)) add("biography", found);
  const link = linkOf(bio_link ?? "");
  if (link !== null) add("bio_link", link);
  return contacts;
}

/** The kinds of contacts that `contactsOf` would find besides handles: to read those takes longer than all else. */
export function kindsOfContacts({ biography, bio_link }: Reachable): ReadonlySet<Contact["kind"]> {
  const kinds = new Set(readText(biography ?? "", WRITTEN).map(({ kind }) => kind));
  const link = linkOf(bio_link ?? "");
  if (link !== null) kinds.add(link.kind);
  return kinds;
}

function readText(biography: string, readers: readonly Reader[]): Found[] {
  let text = plainText(biography);
  const found: Found[] = [];
  for (const read of readers) {
    const these = read(text);
    found.push(...these);
    text = blankOut(text, these);
  }
  return found.sort((a, b) => a.from - b.from);
}

function linkOf(text: string): Reading | null {
  const link = text.trim();
  if (link === "" || link.length > MOST_CHARACTERS) return null;
  const mail = /^mailto:([^?]+)/i.exec(link);
  if (mail !== null) return { kind: "email", platform: null, value: mail[1].toLowerCase() };
  return readLink(/^[a-z][a-z0-9+.-]*:\/\//i.test(link) ? link : `https://${link}`);
}
