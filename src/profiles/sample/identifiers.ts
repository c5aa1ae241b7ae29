import type { Account } from "./account.ts";
import { type Draw, mix } from "./draw.ts";
import { FIRST_ACCOUNT, SHORT_ID_SHARE } from "./shares.ts";

const BILLION = 1_000_000_000;
const TWO_TO_32 = 4294967296;
/** 2^32 = 4 * 10^9 + this. */
const REST = TWO_TO_32 - 4 * BILLION;
const TWO_TO_15 = 32768;

/**
 * An id as TikTok builds it, in decimal digits: `high` * 2^32 + `low`. It exceeds 2^53, so it is put together from two
 * numbers of nine digits and more, which is ten times faster than BigInt.
 *
 * @param high 0..2^31-1; Unix seconds in the ids of today
 * @param low 0..2^32-1
 */
export function formatId(high: number, low: number): string {
  // high * 2^32 + low = 4 * 10^9 * high + REST * high + low, with high split so that no product exceeds 2^53.
  const upper = Math.floor(high / TWO_TO_15);
  const product = upper * REST;
  const carried = Math.floor(product / BILLION);
  const rest = (product - carried * BILLION) * TWO_TO_15 + (high % TWO_TO_15) * REST + low;
  const carriedAgain = Math.floor(rest / BILLION);
  const billions = 4 * high + carried * TWO_TO_15 + carriedAgain;
  const ones = rest - carriedAgain * BILLION;
  if (billions === 0) return `${ones}`;
  // In small integers, which are printed much faster than large ones.
  const thousands = Math.floor(billions / 1000);
  const digits = `${BILLION + ones}`.slice(1);
  return thousands === 0
    ? `${billions}${digits}`
    : `${thousands}${`${1000 + (billions % 1000)}`.slice(1)}${digits}`;
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
  if (draw.chance(SHORT_ID_SHARE)) {
    if (draw.chance(0.22)) return `${70_000_000_000 + low * 3}`;
    // Multiplying by an odd number is one to one in the lower bits: rows below 2^27 keep numbers of their own.
    const scrambled = Math.imul(row, 0x2545f491);
    return `${row < 2 ** 20 ? 100_000 + (scrambled & 0xffffff) : 20_000_000 + (scrambled & 0x7ffffff)}`;
  }
  return formatId(undatedHigh(account.created), low);
}

/** The id of the video of a time. */
export function drawVideoId(draw: Draw, account: Account, post: number): string {
  return formatId(account.videosDated ? post : undatedHigh(post), draw.bits());
}

/** Upper bits of the older kind of id: they rise with time, but decode to the year 1970. */
function undatedHigh(time: number): number {
  return 11_700_000 + Math.floor(Math.max(time - FIRST_ACCOUNT, 0) / 4);
}
