import type { Alert } from "../alert.ts";
import type { Content } from "./content.ts";
import type { Encoding, EncodingFacts } from "./encoding.ts";
import type { SourceFile } from "./file.ts";
import type { SourceFormat } from "./reading.ts";
import type { Compression } from "./text.ts";

/**
 * Tells of a text that is not plain UTF-8.
 *
 * @param facts what its beginning said
 * @param encoding what it was read as
 */
export function alertOnEncoding(facts: EncodingFacts, encoding: Encoding, alerts: Alert[]): void {
  if (encoding !== "utf-8") {
    const name = { "utf-16le": "UTF-16", "utf-16be": "UTF-16 (big-endian)", "windows-1252": "Windows-1252" };
    alerts.push({
      level: encoding === "windows-1252" ? "warning" : "info",
      code: "encoding_converted",
      column: null,
      message:
        `The text is ${name[encoding]}, not UTF-8, and was converted.` +
        (encoding === "windows-1252" ? " Look whether letters with accents are right." : ""),
    });
  } else if (facts.markBytes > 0) {
    alerts.push({
      level: "info",
      code: "byte_order_mark",
      column: null,
      message: "The text begins with a byte order mark, which was left out.",
    });
  }
}

/** Endings and the formats they promise. */
const PROMISES: Readonly<Record<string, readonly (SourceFormat | Compression)[]>> = {
  csv: ["csv", "tsv"],
  tsv: ["tsv", "csv"],
  json: ["json", "ndjson"],
  ndjson: ["ndjson", "json"],
  jsonl: ["ndjson", "json"],
  parquet: ["parquet"],
};

/** Tells of a file whose name says that it is something else than it is. */
export function alertOnName(file: SourceFile, content: Content, format: SourceFormat, alerts: Alert[]): void {
  const packed = /\.(gz|gzip|zst|zstd)$/i.exec(file.name)?.[1]?.toLowerCase();
  const promisedPacking = packed === undefined ? "none" : packed.startsWith("g") ? "gzip" : "zstd";
  const packing = content === "gzip" || content === "zstd" ? content : "none";
  const ending = /\.([a-z]+)(?:\.(?:gz|gzip|zst|zstd))?$/i.exec(file.name)?.[1]?.toLowerCase() ?? "";
  const promised = PROMISES[ending];
  const wrongFormat = promised !== undefined && !promised.includes(format);
  if (wrongFormat || packing !== promisedPacking) {
    const is = packing === "none" ? format.toUpperCase() : `${format.toUpperCase()} packed as ${packing}`;
    alerts.push({
      level: "warning",
      code: "misleading_name",
      column: null,
      message: `The name ${file.name} does not fit the content, which is ${is}; it was read as that.`,
    });
  }
}
