import { createHash } from "node:crypto";
import { gzipSync } from "node:zlib";

/**
 * JSON as a text of letters, digits, `+`, `/` and `=` only: deflated, in base64. It needs no escaping wherever it stands in
 * a page, whatever the data, and is a fifth of the size. `browser/interactive.ts` unpacks it.
 */
export function packJson(value: unknown): string {
  return gzipSync(JSON.stringify(value), { level: 9 }).toString("base64");
}

/**
 * JavaScript for a `<script>` element.
 *
 * @throws Error where the source holds `</script` or `<!--`, which would end the element or hide what follows
 */
export function sourceForScript(source: string): string {
  if (/<\/script|<!--/i.test(source))
    throw new Error("a script holds </script or <!-- and cannot stand in a page");
  return source;
}

/** The hash by which a content security policy allows one inline element: `'sha256-…'`. */
export function contentHash(text: string): string {
  return `'sha256-${createHash("sha256").update(text, "utf8").digest("base64")}'`;
}

/**
 * The content security policy of the report: nothing is loaded from anywhere, only the given scripts and style sheets run,
 * none may evaluate text. Style attributes stay allowed, for bars and drawings.
 */
export function contentPolicy(scripts: readonly string[], styles: readonly string[]): string {
  return [
    "default-src 'none'",
    `script-src ${scripts.map(contentHash).join(" ") || "'none'"}`,
    `style-src-elem ${styles.map(contentHash).join(" ") || "'none'"}`,
    "style-src-attr 'unsafe-inline'",
    "font-src data:",
    "img-src data:",
    "base-uri 'none'",
    "form-action 'none'",
  ].join("; ");
}
