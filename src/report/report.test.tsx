import { beforeAll, describe, expect, it } from "vitest";
import { STUDY_PICTURES } from "../../test/support/report/figures.ts";
import { exampleFound } from "../../test/support/report/found.ts";
import { exampleFiles, exampleMetrics } from "../../test/support/report/metrics.ts";
import { contentHash } from "./embed.ts";
import type { DrawnFigure } from "./input.ts";
import { renderReport } from "./report.tsx";

const drawing = (text: string) => ({
  svg: `<svg class="figure" viewBox="0 0 10 10"><text>${text}</text></svg>`,
  vega: { marks: [{ text }] },
  width: 640,
  height: 400,
});
const figure = (name: string): DrawnFigure => ({
  figure: { name, title: `Title of ${name}`, description: `What ${name} shows.` },
  drawing: drawing(`${name} wide`),
});

const figures: DrawnFigure[] = [
  { ...figure("roc"), narrow: drawing("roc narrow") },
  figure("never-heard-of"),
];

let html = "";
beforeAll(async () => {
  html = await renderReport({
    metrics: exampleMetrics(),
    found: exampleFound,
    figures,
    files: [...exampleFiles, "figures/roc.svg", "figures/roc-dark.png"],
  });
});

describe("the report", () => {
  it("is one page in English that loads nothing", () => {
    expect(html).toMatch(/^<!DOCTYPE html><html lang="en">/);
    expect(html).not.toMatch(/<(?:script|link|img|iframe)[^>]+(?:src|href)=/);
    expect(html.replace(/<script[\s\S]*?<\/script>/g, "")).not.toMatch(
      /(?:url\(|@import|<(?!a )[^>]*href=")\s*"?https?:/,
    );
  });

  it("names each script and the style sheet by its hash, and allows no other", () => {
    const policy = /http-equiv="Content-Security-Policy" content="([^"]+)"/
      .exec(html)![1]
      .replaceAll("&#x27;", "'");
    const scripts = [...html.matchAll(/<script>([\s\S]*?)<\/script>/g)].map(([, text]) => text);
    expect(scripts).toHaveLength(3);
    for (const script of scripts) expect(policy).toContain(contentHash(script));
    const [, css] = /<style>([\s\S]*?)<\/style>/.exec(html)!;
    expect(policy).toContain(contentHash(css));
    expect(html.indexOf("Content-Security-Policy")).toBeLessThan(html.indexOf("<script>"));
  });

  it("has headings in order and contents that lead to every section", () => {
    const levels = [...html.matchAll(/<h([1-6])/g)].map(([, level]) => Number(level));
    expect(levels[0]).toBe(1);
    expect(levels.filter((level) => level === 1)).toHaveLength(1);
    for (let i = 1; i < levels.length; i++) expect(levels[i]).toBeLessThanOrEqual(levels[i - 1] + 1);
    const sections = [...html.matchAll(/<section id="([^"]+)"/g)].map(([, id]) => id);
    const links = [...html.matchAll(/<li><a href="#([^"]+)"/g)].map(([, id]) => id);
    expect(links).toEqual(sections);
    expect(sections).toHaveLength(16);
    const ids = [...html.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it("holds each drawing as SVG with its caption, wide and narrow, and its specification packed", () => {
    expect(html).toContain("<text>roc wide</text>");
    expect(html).toContain("<text>roc narrow</text>");
    expect(html).toContain('aria-label="Title of roc"');
    expect(html).toContain("What roc shows.");
    expect(html).toMatch(/id="spec-roc" type="[^"]+">[A-Za-z0-9+/=]+</);
    expect(html).toContain('id="spec-roc-narrow"');
    expect(html).not.toContain('id="spec-never-heard-of-narrow"');
  });

  it("shows figures that have no place of their own, and links the files of those that have", () => {
    expect(html.indexOf("What never-heard-of shows.")).toBeGreaterThan(html.indexOf('id="relations"'));
    expect(html).toContain('href="./figures/roc-dark.png"');
    expect(html).not.toContain("figures/never-heard-of");
  });

  it("shows every figure of a study once", async () => {
    const names = Object.keys(STUDY_PICTURES);
    expect(names).toHaveLength(21);
    const page = await renderReport({ metrics: exampleMetrics(), figures: names.map(figure), files: [] });
    const shown = [...page.matchAll(/ id="figure-([^"]+)"/g)].map(([, name]) => name);
    expect(shown.sort()).toEqual(names.sort());
  });

  it("holds a narrow drawing of very many points once only, as a specification", async () => {
    const many = { ...drawing("narrow"), svg: `<svg><text>narrow</text>${"<circle/>".repeat(20_000)}</svg>` };
    const page = await renderReport({
      metrics: exampleMetrics(),
      figures: [{ ...figure("roc"), narrow: many }],
      files: [],
    });
    expect(page).not.toContain("<text>narrow</text>");
    expect(page).not.toContain('class="plot has-narrow"');
    expect(page).toContain('id="spec-roc-narrow"');
  });

  it("leaves out sections and scripts that would be empty", async () => {
    const bare = await renderReport({ metrics: exampleMetrics(), figures: [], files: [] });
    expect(bare).not.toMatch(/id="relations"|id="files"/);
    expect(bare.length).toBeLessThan(html.length - 400_000);
  });

  it("shows hostile text as text", async () => {
    const hostile = `</script><script>alert("x")</script><img src=x onerror=alert(1)> & '"\u2028\u202e`;
    const { dataset, target, summary } = exampleMetrics();
    const page = await renderReport({
      metrics: exampleMetrics({
        dataset: {
          ...dataset,
          file: hostile,
          provider: hostile,
          rejected_by_reason: { [hostile]: 1 },
          columns: { mapped: { id: hostile }, unmapped: [hostile], missing: [] },
          alerts: [{ level: "warning", code: "x", column: hostile, message: hostile }],
        },
        target: { ...target, expression: hostile },
        features: [hostile],
        summary: {
          ...summary,
          columns: summary.columns.map((column) => ({ ...column, name: hostile })).slice(0, 1),
        },
      }),
      figures: [
        {
          figure: { name: "roc", title: hostile, description: hostile },
          drawing: { ...drawing("roc"), vega: { hostile } },
        },
      ],
      found: {
        ...exampleFound,
        list: {
          ...exampleFound.list,
          entries: exampleFound.list.entries.map((entry) => ({
            ...entry,
            ...{ account: hostile, name: hostile, reasons: [hostile] },
            flags: [{ name: "likes" as const, words: hostile }],
          })),
        },
      },
      files: ["model/<b>.json", "model/a b#?.bin"],
    });
    expect(page).not.toContain("<img");
    expect(page).not.toContain("<script>alert");
    expect(page).not.toContain("<b>");
    expect(page).toContain("&lt;img src=x onerror=alert(1)&gt;");
    expect(page).toContain('href="./model/a%20b%23%3F.bin"');
    expect(page.match(/<script/g)).toHaveLength(4);
  });
});
