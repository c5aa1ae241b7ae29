import { InsightsError } from "../../../base/error.ts";
import { countInWords } from "../../../base/words.ts";
import type { SourceFile, UnpackLimits } from "../file.ts";

/** Unpacked bytes up to which a file may hold any number of times its own. */
const ALWAYS_UNPACKED = 64 << 20;
/** Well over what packing makes of a list of different accounts. */
const MOST_TIMES = 200;

/**
 * Refuses a packing that was made to fill memory and disk of whoever unpacks it. The measure is the file that was given, however many
 * packings are put into each other in it.
 *
 * @param unpacked bytes so far
 * @param packed the file from which they come
 * @throws InsightsError where a file holds more than it may
 */
export function refuseBomb(unpacked: number, packed: SourceFile, limits?: UnpackLimits): void {
  const { unpackedTimes = MOST_TIMES, unpackedBytes = Number.POSITIVE_INFINITY } = limits ?? {};
  const { name, size } = packed.given ?? packed;
  const times = Math.max(ALWAYS_UNPACKED, size * unpackedTimes);
  if (unpacked <= Math.min(times, unpackedBytes)) return;
  const most =
    unpackedBytes < times ? `${countInWords(unpackedBytes)} bytes` : `${unpackedTimes} times its own size`;
  throw new InsightsError(`packed too tightly: ${name} holds more than ${most} (unpack it first)`);
}

/** Passes unpacked blocks on as long as {@link refuseBomb} allows. */
export async function* bounded(
  blocks: AsyncIterable<Buffer>,
  packed: SourceFile,
  limits?: UnpackLimits,
): AsyncGenerator<Buffer, void, void> {
  let unpacked = 0;
  for await (const block of blocks) {
    unpacked += block.length;
    refuseBomb(unpacked, packed, limits);
    yield block;
  }
}
