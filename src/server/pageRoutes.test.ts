import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { OpenAPIHono } from "@hono/zod-openapi";
import { afterAll, expect, it } from "vitest";
import { addPageRoutes } from "./pageRoutes.ts";

const folder = await mkdtemp(join(tmpdir(), "page-routes-"));
afterAll(() => rm(folder, { recursive: true, force: true }));

it("gives the page for every state, and its files for as long as they are called so", async () => {
  await mkdir(join(folder, "assets"));
  await writeFile(join(folder, "index.html"), "<html>page</html>");
  await writeFile(join(folder, "assets", "a-1.js"), "1");
  await writeFile(join(folder, "secret"), "secret");
  const app = new OpenAPIHono();
  addPageRoutes(app, [join(folder, "nowhere"), folder]);
  for (const path of ["/", "/d/default/profile/3?x=1"]) {
    const answer = await app.request(path);
    expect([answer.status, await answer.text()]).toEqual([200, "<html>page</html>"]);
  }
  const script = await app.request("/assets/a-1.js");
  expect([script.status, script.headers.get("cache-control")]).toEqual([
    200,
    "public, max-age=31536000, immutable",
  ]);
  expect(script.headers.get("content-type")).toContain("javascript");
  for (const path of ["/assets/none.js", "/assets/../secret", "/assets/%2e%2e/secret", "/assets/..%2fsecret"])
    expect([path, (await app.request(path)).status]).toEqual([path, 404]);
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
