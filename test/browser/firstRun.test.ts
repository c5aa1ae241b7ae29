import { join } from "node:path";
import { describe, expect, it, vi } from "vitest";
import { scratchFolder } from "../support/harness.ts";
import { hasChromium, launchChromium } from "./chromium.ts";
import { openPage, overflow, startPage, violations, writeHostile } from "./pageServer.ts";

// A model, a tour and two files, one after the other.
vi.setConfig({ testTimeout: 240_000 });

const folder = await scratchFolder();
/** A row of the list. */
const ROW = ".people .rows [role=row]";

describe.skipIf(!hasChromium())("a workspace without people", () => {
  it("asks for a file, takes the sample with a tour, and takes a file of people who mean harm", async () => {
    const [browser, server] = await Promise.all([launchChromium(), startPage(folder)]);
    try {
      const { page, trouble } = await openPage(browser, server, "/people");
      // A workspace for real people offers none that it would refuse.
      await page.route("**/v1/workspace", async (route) => {
        const facts = await (await route.fetch()).json();
        await route.fulfill({ json: { ...facts, takes_sample: false } });
      });
      await page.reload();
      await page.getByText("insights serve --sample").waitFor();
      expect(await page.getByRole("button", { name: "Try the sample" }).count()).toBe(0);
      await page.unroute("**/v1/workspace");
      await page.reload();
      await page.getByRole("heading", { name: "Find the people worth writing to" }).waitFor();
      expect(await violations(page)).toEqual([]);
      await page.getByRole("button", { name: "Try the sample" }).click();
      await page.locator(`${ROW} .name`).first().waitFor();
      for (const step of ["The best come first", "Mark while you read", "Take them along"]) {
        await page.getByRole("heading", { name: step }).waitFor();
        await page.getByRole("button", { name: /^(Next|Start)$/ }).click();
      }
      expect(await page.locator(".tour").count()).toBe(0);

      const file = join(folder, "harm.csv");
      await writeHostile(file);
      await page.locator('input[type="file"]').first().setInputFiles(file);
      await page.getByText("1,005").first().waitFor();
      await page.goto(`${server.address}/people?search=boss`);
      await page.locator(`${ROW} .name`).nth(4).waitFor();
      const text = await page.locator(".people .rows").innerText();
      expect(text).toContain("<b>bold</b>");
      expect(text).toContain("@zeroWidth");
      expect(await page.locator(".rows b, .rows img, .rows script").count()).toBe(0);
      for (let row = 0; row < 5; row++) {
        await page.locator(`${ROW} a`).nth(row).click();
        await page.locator(".person-panel .biography").waitFor();
        expect(await overflow(page)).toBe(0);
        expect(await page.locator('a[href^="javascript"]').count()).toBe(0);
      }
      expect(await page.evaluate(() => "hit" in globalThis)).toBe(false);
      expect(trouble).toEqual([]);
    } finally {
      await browser.close();
      expect(await server.stop()).not.toMatch(/fault/);
    }
  });
});
