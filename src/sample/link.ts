import type { Draw } from "./draw.ts";

/** Addresses people link to, `@` for the handle, and how many of the 191 links among 1000 profiles; shops and blogs of their own stand at the reserved ending `.example`. */
const SITES: readonly (readonly [string, number])[] = [
  ["https://linktr.ee/@", 60],
  ["https://www.youtube.com/c/@", 14],
  ["https://youtube.com/channel/@", 11],
  ["https://www.facebook.com/@", 8],
  ["https://www.snapchat.com/add/@", 10],
  ["https://t.me/@", 5],
  ["https://beacons.ai/@", 5],
  ["https://discord.gg/@", 5],
  ["https://www.instagram.com/@", 6],
  ["https://msha.ke/@", 4],
  ["https://lnk.bio/@", 4],
  ["https://direct.me/@", 4],
  ["https://www.twitch.tv/@", 4],
  ["https://vk.com/@", 2],
  ["https://@.example", 14],
  ["https://shop.@.example/", 8],
  ["https://www.@.example/links", 8],
  ["https://example.com/@", 8],
  ["https://example.org/shop/@?ref=bio&id=1", 5],
  ["http://www.@.example/", 2],
];
const WEIGHTS = SITES.map(([, weight]) => weight);
const TOTAL = WEIGHTS.reduce((a, b) => a + b, 0);

/** The address under a biography, made with the invented handle. */
export function drawLink(draw: Draw, handle: string): string {
  const [site] = SITES[draw.weighted(WEIGHTS, TOTAL)];
  // A host name has no underscores and neither begins nor ends with a sign.
  const name = site.includes("@.") ? handle.replaceAll(/[._]/g, "") : handle;
  return site.replace("@", name);
}
