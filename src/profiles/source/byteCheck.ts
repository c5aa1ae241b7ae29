import { isAscii, isUtf8 } from "node:buffer";
import { countInvalid, type EncodingCounts } from "./encoding.ts";
import type { RecordBatch } from "./scanner.ts";

/** Why a record's bytes are no text. */
export type ByteFlaw = "invalid_utf8" | "nul_byte";

/** What {@link ByteFlaw}s mean, for the detail of a reject. */
export const BYTE_FLAW_WORDS: Readonly<Record<ByteFlaw, string>> = {
  invalid_utf8: "bytes that are no UTF-8 text",
  nul_byte: "a NUL byte",
};

/** Checks that records are UTF-8 without NUL bytes, whole windows at once where nothing is wrong. */
export class ByteCheck {
  readonly counts: EncodingCounts = { validUtf8: 0, invalidUtf8: 0, implausible1252: 0 };

  /** Whether all of a batch is right. If not, each record must be asked about. */
  passes(window: Buffer, batch: RecordBatch): boolean {
    const bytes = window.subarray(0, batch.consumed);
    if (bytes.indexOf(0) >= 0 || !isUtf8(bytes)) {
      return false;
    }
    if (!isAscii(bytes)) {
      this.counts.validUtf8 += batch.count;
    }
    return true;
  }

  /** What is wrong with one record of a batch that did not pass. */
  flawOf(record: Buffer): ByteFlaw | undefined {
    if (!isUtf8(record)) {
      countInvalid(this.counts, record);
      return "invalid_utf8";
    }
    if (!isAscii(record)) {
      this.counts.validUtf8++;
    }
    return record.indexOf(0) >= 0 ? "nul_byte" : undefined;
  }
}
