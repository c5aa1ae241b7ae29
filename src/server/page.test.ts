import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import { OpenAPIHono } from "@hono/zod-openapi";
import { afterAll, expect, it } from "vitest";
import { addPageRoutes } from "./page.ts";

const folder = await mkdtemp(join(tmpdir(), "page-routes-"));
afterAll(() => rm(folder, { recursive: true, force: true }));

it("gives the page for every state, and its files for as long as they are called so", async () => {
  await mkdir(join(folder, "assets"));
  await writeFile(join(folder, "index.html"), "<html>page</html>");
  await writeFile(join(folder, "assets", "a-1.js"), "1");
  await writeFile(join(folder, "secret"), "secret");
  await writeFile(join(folder, "licenses.md"), "licences of others");
  const app = new OpenAPIHono();
  addPageRoutes(app, [join(folder, "nowhere"), folder]);
  for (const path of [
    "/",
    "/people",
    "/people/3?search=x",
    "/files/1",
    "/study/1?threshold=0.5",
    "/forecasts",
  ]) {
    const answer = await app.request(path);
    expect([answer.status, await answer.text()]).toEqual([200, "<html>page</html>"]);
  }
  expect(await (await app.request("/licenses.md")).text()).toBe("licences of others");
  const script = await app.request("/assets/a-1.js");
  expect([script.status, script.headers.get("cache-control")]).toEqual([
    200,
    "public, max-age=31536000, immutable",
  ]);
  expect(script.headers.get("content-type")).toContain("javascript");
  expect((await app.request("/")).headers.get("cache-control")).toBe("no-cache");
  for (const path of ["/assets/none.js", "/assets/../secret", "/assets/%2e%2e/secret", "/assets/..%2fsecret"])
    expect([path, (await app.request(path)).status]).toEqual([path, 404]);
});

it("packs its files for who takes that, and sends nothing to who has them", async () => {
  const text = "export const a = 1;\n".repeat(100);
  await writeFile(join(folder, "assets", "b-2.js"), text);
  await writeFile(join(folder, "assets", "c-3.woff2"), text);
  const app = new OpenAPIHono();
  addPageRoutes(app, [folder]);
  const get = (name: string, headers: Record<string, string> = {}, method = "GET") =>
    app.request(`/assets/${name}`, { headers, method });
  const plain = await get("b-2.js");
  expect([await plain.text(), plain.headers.get("content-encoding")]).toEqual([text, null]);
  for (const accepted of ["gzip", "br;q=1.0, gzip;q=0.8", "*"]) {
    const packed = await get("b-2.js", { "accept-encoding": accepted });
    expect(packed.headers.get("content-encoding")).toBe("gzip");
    expect(packed.headers.get("vary")).toBe("Accept-Encoding");
    expect(packed.headers.get("etag")).not.toBe(plain.headers.get("etag"));
    const bytes = new Uint8Array(await packed.arrayBuffer());
    expect(bytes.length).toBeLessThan(text.length / 5);
    expect(gunzipSync(bytes).toString()).toBe(text);
  }
  for (const accepted of ["", "br", "gzip;q=0, *", "identity"])
    expect((await get("b-2.js", { "accept-encoding": accepted })).headers.get("content-encoding")).toBeNull();
  expect((await get("c-3.woff2", { "accept-encoding": "gzip" })).headers.get("content-encoding")).toBeNull();
  // "1" would only get longer.
  expect((await get("a-1.js", { "accept-encoding": "gzip" })).headers.get("content-encoding")).toBeNull();
  const tag = plain.headers.get("etag") ?? "";
  for (const known of [tag, `W/${tag}`, `"x", ${tag}`, "*"]) {
    const again = await get("b-2.js", { "if-none-match": known });
    expect([again.status, await again.text(), again.headers.get("etag")]).toEqual([304, "", tag]);
  }
  expect((await get("b-2.js", { "if-none-match": '"x"' })).status).toBe(200);
  const part = await get("b-2.js", { range: "bytes=0-5", "accept-encoding": "gzip" });
  expect([part.status, await part.text()]).toEqual([206, "export"]);
  const head = await get("b-2.js", {}, "HEAD");
  expect([head.status, await head.text(), head.headers.get("content-length")]).toEqual([
    200,
    "",
    String(text.length),
  ]);
});

it("sends what the build has packed as it is, and parts of the plain file", async () => {
  const text = "export const a = 2;\n".repeat(100);
  // Packed otherwise than the server would, which tells them apart.
  const packed = gzipSync(text, { level: 1 });
  await writeFile(join(folder, "assets", "d-4.js"), text);
  await writeFile(join(folder, "assets", "d-4.js.gz"), packed);
  const app = new OpenAPIHono();
  addPageRoutes(app, [folder]);
  const get = (headers: Record<string, string>) => app.request("/assets/d-4.js", { headers });
  const plain = await get({});
  expect([await plain.text(), plain.headers.get("content-encoding")]).toEqual([text, null]);
  const sent = await get({ "accept-encoding": "gzip, deflate, br, zstd" });
  expect(Buffer.from(await sent.arrayBuffer()).equals(packed)).toBe(true);
  const told = ["content-encoding", "vary", "content-length"].map((name) => sent.headers.get(name));
  expect(told).toEqual(["gzip", "Accept-Encoding", String(packed.length)]);
  expect(sent.headers.get("content-type")).toContain("javascript");
  expect(sent.headers.get("cache-control")).toContain("immutable");
  const tag = sent.headers.get("etag") ?? "";
  expect(tag).not.toBe(plain.headers.get("etag"));
  const again = await get({ "accept-encoding": "gzip", "if-none-match": tag });
  expect([again.status, await again.text()]).toEqual([304, ""]);
  for (const accepted of ["gzip;q=0, *", "identity"])
    expect(await (await get({ "accept-encoding": accepted })).text()).toBe(text);
  const part = await get({ range: "bytes=0-5", "accept-encoding": "gzip" });
  expect([part.status, await part.text()]).toEqual([206, "export"]);
});

it("answers an old link with the page that leads on, and programs without it", async () => {
  const app = new OpenAPIHono();
  addPageRoutes(app, [folder]);
  const ask = async (path: string, accept: string) => {
    const answer = await app.request(path, { headers: { accept } });
    return [answer.status, await answer.text()];
  };
  expect(await ask("/old/link", "text/html,*/*;q=0.8")).toEqual([404, "<html>page</html>"]);
  for (const [path, accept] of [
    ["/old/link", "application/json"],
    ["/v1/old", "text/html"],
    ["/assets/old.js", "text/html"],
  ])
    expect(await ask(path, accept)).toEqual([404, "404 Not Found"]);
});

it("says how to build the page where it is not there", async () => {
  const app = new OpenAPIHono();
  addPageRoutes(app, [join(folder, "nowhere")]);
  app.onError((error, c) => c.text(error.message, 404));
  expect(await (await app.request("/")).text()).toBe("The page has not been built (npm run build).");
});
