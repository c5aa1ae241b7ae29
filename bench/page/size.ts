import { readdir, readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";

const ASSETS = fileURLToPath(new URL("../../dist/web/assets/", import.meta.url));

/** Bytes of JavaScript that the page is made of, gzipped: without what draws charts, and that alone. */
export async function scriptBytes(): Promise<{ page: number; charts: number }> {
  const bytes = { page: 0, charts: 0 };
  for (const name of await readdir(ASSETS)) {
    if (!name.endsWith(".js")) continue;
    const part = name.startsWith("draw-") ? "charts" : "page";
    bytes[part] += gzipSync(await readFile(ASSETS + name)).length;
  }
  if (bytes.page === 0 || bytes.charts === 0)
    throw new Error("dist/web holds no page: run `npm run build` first");
  return bytes;
}
