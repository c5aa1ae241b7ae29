import { createHash } from "node:crypto";

/**
 * JSON for a `<script>` element: no `<` that could end the element or open a comment, no line separator that older
 * engines refuse. Still JSON.
 */
export function jsonForScript(value: unknown): string {
  return JSON.stringify(value).replace(
    /[<>\u2028\u2029]/g,
    (letter) => `\\u${letter.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
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
