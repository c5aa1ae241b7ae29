import { type Account, FIRST_ACCOUNT } from "./account.ts";
import { population } from "./data.ts";
import { type Draw, mix } from "./draw.ts";

const BILLION = 1_000_000_000;

/** 2^32 = 4 * 10^9 + this. */
const REST = 2 ** 32 - 4 * BILLION;
const TWO_TO_15 = 32768;

const ZERO = 48;
const scratch = Buffer.alloc(20);

/**
 * An id as TikTok builds it, in decimal digits: `high` * 2^32 + `low`.
 *
 * @param high 0..2^31-1; Unix seconds in the ids of today
 * @param low 0..2^32-1
 */
export function formatId(high: number, low: number): string {
  return scratch.toString("latin1", 0, writeId(scratch, 0, high, low));
}

/**
 * Writes the digits of `high` * 2^32 + `low`. The number exceeds 2^53, so it is put together from smaller ones, which is
 * ten times faster than BigInt.
 *
 * @param at where the first digit goes
 * @returns the place behind the last digit
 */
export function writeId(target: Uint8Array, at: number, high: number, low: number): number {
  // high * 2^32 + low = 4 * 10^9 * high + REST * high + low, with high split so that no product exceeds 2^53.
  const upper = Math.floor(high / TWO_TO_15);
  const product = upper * REST;
  const carried = Math.floor(product / BILLION);
  const rest = (product - carried * BILLION) * TWO_TO_15 + (high % TWO_TO_15) * REST + low;
  const carriedAgain = Math.floor(rest / BILLION);
  const billions = 4 * high + carried * TWO_TO_15 + carriedAgain;
  const ones = rest - carriedAgain * BILLION;
  if (billions === 0) return writeDigits(target, at, ones, digitsOf(ones));
  // Digits come off integers of 32 bits much faster than off larger ones.
  const millions = Math.floor(billions / 1000);
  if (millions === 0)
    return writeDigits(target, writeDigits(target, at, billions, digitsOf(billions)), ones, 9);
  const next = writeDigits(target, at, millions, digitsOf(millions));
  return writeDigits(target, writeDigits(target, next, billions % 1000, 3), ones, 9);
}

/** Writes an integer below 2^31 in so many digits. */
function writeDigits(target: Uint8Array, at: number, integer: number, digits: number): number {
  let left = integer | 0;
  for (let i = at + digits - 1; i >= at; i--) {
    const tenth = (left / 10) | 0;
    target[i] = ZERO + left - 10 * tenth;
    left = tenth;
  }
  return at + digits;
}

function digitsOf(integer: number): number {
  let digits = 1;
  for (let bound = 10; integer >= bound; bound *= 10) digits++;
  return digits;
}

/**
 * The account's id. Its lower 32 bits are the row's number, scrambled one to one, so that no two rows share an id.
 * Ids from before 2018 carry no date: short numbers, or numbers of 17 and 18 digits whose upper bits decode to 1970.
 *
 * @param draw at the beginning of its stream
 */
export function drawAccountId(draw: Draw, account: Account, row: number): string {
  const low = mix(row ^ 0x5bd1e995);
  if (account.dated) return formatId(account.created, low);
  if (draw.chance(population().shares.shortId)) {
    if (draw.chance(0.22)) return `${70_000_000_000 + low * 3}`;
    // Multiplying by an odd number is one to one in the lower bits: rows below 2^27 keep numbers of their own.
    const scrambled = Math.imul(row, 0x2545f491);
    return `${row < 2 ** 20 ? 100_000 + (scrambled & 0xffffff) : 20_000_000 + (scrambled & 0x7ffffff)}`;
  }
  return formatId(undatedHigh(account.created), low);
}

const SEPARATOR = 44;
/** 35 addresses of at most 24 + 24 + 7 + 19 signs and a comma. */
const addresses = Buffer.alloc(35 * 80);

/**
 * The addresses of the videos posted at these times, newest first, parted by commas.
 *
 * @param before the address up to the video's id; ASCII
 */
export function drawVideos(draw: Draw, account: Account, posts: Float64Array, before: string): string {
  let at = 0;
  for (let i = 0; i < posts.length; i++) {
    if (i > 0) addresses[at++] = SEPARATOR;
    // The address is copied from the first one: faster than writing the text again.
    if (i === 0) addresses.write(before, "latin1");
    else addresses.copyWithin(at, 0, before.length);
    const high = account.videosDated ? posts[i] : undatedHigh(posts[i]);
    at = writeId(addresses, at + before.length, high, draw.bits());
  }
  return addresses.toString("latin1", 0, at);
}

/** Upper bits of the older kind of id: they rise with time, but decode to the year 1970. */
function undatedHigh(time: number): number {
  return 11_700_000 + Math.floor(Math.max(time - FIRST_ACCOUNT, 0) / 4);
}
