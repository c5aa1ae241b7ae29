import type { Contact, PlatformName } from "../../src/shortlist/contacts/contact.ts";

/** A contact as a careful person would read it from a biography. */
export type Label = Pick<Contact, "kind" | "platform" | "value">;

/** A made-up biography with the contacts in it. */
export interface Labelled {
  readonly language: string;
  readonly biography: string;
  readonly contacts: readonly Label[];
}

/** A biography before its language is told; without contacts, nothing must be read from it. */
export const bio = (biography: string, ...contacts: Label[]) => ({ biography, contacts });

/** Biographies in a language. */
export const inLanguage = (language: string, bios: readonly ReturnType<typeof bio>[]): Labelled[] =>
  bios.map(({ biography, contacts }) => ({ language, biography, contacts }));

/** An address in lower case. */
export const email = (value: string): Label => ({ kind: "email", platform: null, value });

/** A name on a platform, without @. */
export const on = (platform: PlatformName, value: string): Label => ({ kind: "handle", platform, value });

/** An address of a page that is nobody's page on a platform, with its scheme, without `www.` and the last slash. */
export const link = (value: string): Label => ({ kind: "link", platform: null, value });

/** Digits, with a leading plus where it is written. */
export const phone = (value: string, platform: PlatformName | null = null): Label => ({
  kind: "phone",
  platform,
  value,
});
