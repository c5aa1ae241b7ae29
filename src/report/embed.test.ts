import { gunzipSync } from "node:zlib";
import { expect, it } from "vitest";
import { contentHash, contentPolicy, packJson, sourceForScript } from "./embed.ts";

it("packs any data as text that means nothing in a page, and loses none of it", () => {
  const value = { text: "</script><!-- \u2028\u2029 & ]]> \" '", list: [1, null, true] };
  const packed = packJson(value);
  expect(packed).toMatch(/^[A-Za-z0-9+/=]+$/);
  expect(JSON.parse(gunzipSync(Buffer.from(packed, "base64")).toString("utf8"))).toEqual(value);
});

it("refuses a script that would end its element", () => {
  expect(sourceForScript("a < b")).toBe("a < b");
  expect(() => sourceForScript('x = "</SCRIPT>"')).toThrow(/cannot stand in a page/);
  expect(() => sourceForScript('x = "<!--"')).toThrow(/cannot stand in a page/);
});

it("hashes as browsers do", () => {
  // printf %s 'alert(1)' | openssl dgst -sha256 -binary | base64
  expect(contentHash("alert(1)")).toBe("'sha256-bhHHL3z2vDgxUt0W3dWQOrprscmda2Y5pLsLg4GF+pI='");
});

it("allows nothing but the given scripts and styles", () => {
  const policy = contentPolicy(["alert(1)"], []);
  expect(policy).toContain("default-src 'none'");
  expect(policy).toContain(`script-src ${contentHash("alert(1)")};`);
  expect(policy).toContain("style-src-elem 'none'");
  expect(policy).not.toMatch(/unsafe-eval|https?:|script-src[^;]*unsafe-inline/);
});
