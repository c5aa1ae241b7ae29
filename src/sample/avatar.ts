import type { Account } from "./account.ts";
import type { Draw } from "./draw.ts";

/** Where pictures are kept: address before and after the picture's name, and how many of 1000 profiles. */
const STORES: readonly (readonly [string, string, number])[] = [
  ["https://p16-sign-va.tiktokcdn.com/tos-maliva-avt-0068/", "~c5_720x720.jpeg", 269],
  ["https://p16-sign-sg.tiktokcdn.com/aweme/720x720/tos-alisg-avt-0068/", ".jpeg", 174],
  ["https://p16-sign.tiktokcdn-us.com/tos-useast5-avt-0068-tx/", "~c5_720x720.jpeg", 129],
  ["https://p16-sign-va.tiktokcdn.com/musically-maliva-obj/", "~c5_720x720.jpeg", 86],
  ["https://p16-sign-sg.tiktokcdn.com/aweme/720x720/tiktok-obj/", ".jpeg", 81],
  ["https://p16-sign-useast2a.tiktokcdn.com/tos-useast2a-avt-0068-giso/", "~c5_720x720.jpeg", 94],
  ["https://p19-sign.tiktokcdn-us.com/tos-useast5-avt-0068-tx/", "~c5_720x720.jpeg", 56],
  ["https://p77-sign-va.tiktokcdn.com/tos-maliva-avt-0068/", "~c5_720x720.jpeg", 62],
  ["https://p77-sign-sg.tiktokcdn.com/aweme/720x720/tos-alisg-avt-0068/", ".jpeg", 28],
];
const WEIGHTS = STORES.map(([, , weight]) => weight);
const TOTAL = WEIGHTS.reduce((a, b) => a + b, 0);
/** The 256 bytes in hexadecimal. */
const HEX = Array.from({ length: 256 }, (_, byte) => (256 + byte).toString(16).slice(1));
const TWO_DAYS = 172800;

/**
 * The address of a profile picture that does not exist. It is signed for 48 hours from the hour in which the profile was
 * read, as the real ones are; the signature says what it is.
 */
export function drawAvatar(draw: Draw, account: Account): string {
  const [before, after] = STORES[draw.weighted(WEIGHTS, TOTAL)];
  let name = "";
  for (let i = 0; i < 4; i++) {
    const bits = draw.bits();
    name += HEX[bits >>> 24] + HEX[(bits >>> 16) & 255] + HEX[(bits >>> 8) & 255] + HEX[bits & 255];
  }
  return `${before}${name}${after}?x-expires=${account.hour + TWO_DAYS}&x-signature=synthetic%3D`;
}
