/** Where somebody can be reached outside TikTok, as a biography or a link tells it. */
export interface Contact {
  readonly kind: "email" | "handle" | "link" | "phone";
  /** For a handle, and for a phone number that is told for one (`whatsapp`); else null. */
  readonly platform: PlatformName | null;
  /**
   * An address in lower case; a handle without @; a web address with its scheme; a number with its digits and a leading plus
   * where there is one.
   */
  readonly value: string;
  /** Where it stood. */
  readonly source: "biography" | "bio_link";
}

/** Platforms that contacts are told for. */
export type PlatformName =
  | "instagram"
  | "youtube"
  | "snapchat"
  | "twitter"
  | "facebook"
  | "telegram"
  | "whatsapp"
  | "viber"
  | "discord"
  | "twitch"
  | "kick"
  | "threads"
  | "pinterest"
  | "vk"
  | "line"
  | "wechat"
  | "kakaotalk"
  | "onlyfans"
  | "patreon"
  | "spotify"
  | "soundcloud"
  | "linkedin"
  | "paypal"
  | "cashapp"
  | "etsy"
  | "wattpad"
  | "depop";

/** A part of a text that has been told to be something, so that nothing else is read from it. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** A contact with its place in the plain text. */
export interface Found extends Span {
  readonly kind: Contact["kind"];
  readonly platform: PlatformName | null;
  readonly value: string;
}

/** The text with blanks where something has been found, lines and places kept. */
export function blankOut(text: string, spans: readonly Span[]): string {
  let blanked = text;
  for (const { from, to } of spans) {
    blanked = blanked.slice(0, from) + "\u0000".repeat(to - from) + blanked.slice(to);
  }
  return blanked;
}
