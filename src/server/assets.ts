import { createHash } from "node:crypto";
import { readdir, readFile } from "node:fs/promises";
import { extname, join } from "node:path";
import { promisify } from "node:util";
import { gzip } from "node:zlib";
import type { Context } from "hono";

/** A file of the page, in memory: there are a few, of about a megabyte. */
export interface Asset {
  readonly type: string;
  readonly plain: Uint8Array<ArrayBuffer>;
  /** Null where it would not be smaller. */
  readonly packed: Uint8Array<ArrayBuffer> | null;
  /** Of the contents: the two forms are told apart by an ending. */
  readonly tag: string;
}

const TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".json": "application/json",
  ".svg": "image/svg+xml",
  ".png": "image/png",
  ".woff2": "font/woff2",
};

/** Fonts and pictures are packed already. */
const PACKED_ALREADY = /\.(?:png|woff2)$/;

const pack = promisify(gzip);

/** Reads a file of the page and packs it. */
export async function readAsset(path: string): Promise<Asset> {
  const plain = new Uint8Array(await readFile(path));
  const packed = PACKED_ALREADY.test(path) ? null : new Uint8Array(await pack(plain));
  return {
    type: TYPES[extname(path)] ?? "application/octet-stream",
    plain,
    packed: packed !== null && packed.length < plain.length ? packed : null,
    tag: createHash("sha256").update(plain).digest("base64url").slice(0, 22),
  };
}

/**
 * Reads the files of a folder, by name. A name of a request is looked up among them, and no path is ever made of it.
 *
 * @returns none where there is no such folder
 */
export async function readAssets(folder: string): Promise<ReadonlyMap<string, Asset>> {
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  const names = entries.filter((entry) => entry.isFile()).map(({ name }) => name);
  return new Map(
    await Promise.all(names.map(async (name) => [name, await readAsset(join(folder, name))] as const)),
  );
}

/**
 * Answers with a file: packed for who takes that, and with nothing for who has it.
 *
 * @param caching the header `cache-control`
 */
export function answerAsset(
  c: Context,
  { type, plain, packed, tag }: Asset,
  caching: string,
  status: 200 | 404 = 200,
): Response {
  const zipped = packed !== null && takesGzip(c.req.header("accept-encoding") ?? "");
  const etag = `"${tag}${zipped ? "-gz" : ""}"`;
  const headers: Record<string, string> = { "cache-control": caching, etag, vary: "accept-encoding" };
  const known = (c.req.header("if-none-match") ?? "").split(",").map((one) => one.trim().replace(/^W\//, ""));
  if (status === 200 && (known.includes(etag) || known.includes("*"))) return c.body(null, 304, headers);
  const bytes = zipped ? packed : plain;
  headers["content-type"] = type;
  headers["content-length"] = String(bytes.length);
  if (zipped) headers["content-encoding"] = "gzip";
  return c.body(bytes, status, headers);
}

/** `gzip`, `x, gzip;q=0.5`, `*`; not `gzip;q=0`. */
function takesGzip(accepted: string): boolean {
  const weights = accepted.split(",").map((one) => {
    const [name, weight = "q=1"] = one.split(";").map((part) => part.trim().toLowerCase());
    return [name, Number(weight.replace(/^q=/, "")) > 0] as const;
  });
  const of = (name: string) => weights.find(([given]) => given === name)?.[1];
  return of("gzip") ?? of("*") ?? false;
}
