import type { Browser, BrowserContextOptions } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { SHIPPED_MODEL } from "../../src/bundle/shipped.ts";
import { scratchFolder } from "../support/harness.ts";
import { closePages, hasChromium, launchChromium } from "./chromium.ts";
import { openPage, openSample, overflow, type PageServer, startPage, violations } from "./pageServer.ts";

const folder = await scratchFolder();
const PHONE: BrowserContextOptions = { viewport: { width: 390, height: 844 } };

describe.skipIf(!hasChromium())("the page with the model that ships", () => {
  let browser: Browser;
  let server: PageServer;
  let sample: string;

  beforeAll(async () => {
    [browser, server] = await Promise.all([launchChromium(), startPage(folder, { model: SHIPPED_MODEL })]);
    sample = await openSample(server);
  });

  afterAll(async () => {
    await browser?.close();
    expect(await server?.stop()).not.toMatch(/fault/);
  });

  // No test sees a page of another, not even of one that failed.
  afterEach(() => closePages(browser));

  const open = (path: string, options?: BrowserContextOptions) => openPage(browser, server, path, options);

  it("lists who is likely to go on, with both answers, what they stand on, and why in sentences", async () => {
    const { page, trouble } = await open(`${sample}/shortlist`);
    const row = page.locator("#row-0");
    await row.locator(".name").waitFor();
    await page.getByText(/accounts: 1,000 followers or more, likely to go on posting$/).waitFor();
    await page.getByText(/the forecast is for the 30 days after the day of each/).waitFor();
    const [number, still, well] = await row.locator(".sure").allInnerTexts();
    for (const shown of [number, still, well]) expect(shown).toMatch(/^\d{1,2}\s%$/);
    expect(Number.parseInt(still, 10)).toBeGreaterThanOrEqual(50);
    expect(await row.locator(".sure").nth(1).getAttribute("title")).toBe("from dated posts");
    expect(await row.locator(".sure").nth(2).getAttribute("title")).toBe("from the observed engagement");
    expect(await row.locator(".why").innerText()).toMatch(
      /^posted .*; answered better than \d+ % of accounts/,
    );
    const flag = page.locator(".flag").first();
    expect(await flag.getAttribute("title")).toMatch(/\w+ \w+/);
    await page.getByRole("columnheader", { name: "Still posting" }).getByRole("button").click();
    await page.waitForURL(/sort=still_posting%3Adesc/);
    expect(trouble).toEqual([]);
  });

  it("leaves out whom to look at twice, and asks for a surer answer", async () => {
    const { page } = await open(`${sample}/shortlist`);
    await page.locator(".flag").first().waitFor();
    await page.getByRole("button", { name: "Filters" }).click();
    await page.getByLabel("To look at twice").selectOption("true");
    await expect.poll(() => page.locator(".flag").count()).toBe(0);
    await page.getByLabel("Still posting, at least").selectOption("0.9");
    await page.waitForURL(/no_flags=true&min_still_posting=0\.9/);
    await page.getByText(/accounts: 1,000 followers or more$/).waitFor();
  });

  it("says on an account's page what is expected, and keeps the number's parts behind a button", async () => {
    const { page, trouble } = await open(`${sample}/shortlist`);
    await page.locator("#row-0 a").click();
    const said = page.locator(".said");
    await said.waitFor();
    expect(await said.innerText()).toMatch(/Still posting[\s\S]*from dated posts[\s\S]*Answered well/);
    expect(await said.innerText()).toMatch(/Posts expected\s+\d+\s\(\d+\sto\s\d+\)/);
    expect(await page.locator(".reasons li").count()).toBeGreaterThan(1);
    expect(await page.locator(".waterfall").count()).toBe(0);
    await page.getByRole("button", { name: "Why this number" }).click();
    expect(await page.locator(".waterfall li").count()).toBeGreaterThan(2);
    expect(trouble).toEqual([]);
  });

  it.each([
    ["light", { colorScheme: "light" }],
    ["dark, on a phone", { colorScheme: "dark", ...PHONE }],
  ] as const)("fits and has nothing that axe finds wrong, %s", async (_, options) => {
    const { page } = await open("/d", { ...options, bypassCSP: true });
    for (const [path, there] of [
      [`${sample}/shortlist`, ".rows .name"],
      [`${sample}/shortlist?compare=3,4,5`, ".compare thead .name"],
      [`${sample}/profile/7`, ".said"],
    ]) {
      await page.goto(server.address + path);
      await page.locator(there).first().waitFor();
      expect(await overflow(page), path).toBe(0);
      expect(await violations(page), path).toEqual([]);
    }
  });
});
