import { renderToStaticMarkup } from "react-dom/server";
import { headScript, pageScript, styleSheet, vegaRuntime } from "./assets.ts";
import { contentPolicy, packJson, sourceForScript } from "./embed.ts";
import type { DrawnFigure, ReportInput } from "./input.ts";
import { notices } from "./notices.ts";
import { Document, type PageAssets } from "./page/Document.tsx";

export type { ReportInput } from "./input.ts";

/**
 * Renders the report: one HTML file that needs nothing else, neither network nor files beside it. Without scripts it shows
 * the figures as they were drawn; with scripts they answer the pointer. Its content security policy lets nothing in but
 * what the file itself holds, and nothing evaluate text.
 *
 * @returns the text of `report.html`
 */
export async function renderReport(input: ReportInput): Promise<string> {
  const assets = await pageAssets(input.figures);
  const html = renderToStaticMarkup(<Document input={input} assets={assets} />);
  return `${html.startsWith("<!DOCTYPE") ? "" : "<!DOCTYPE html>"}${html}\n`;
}

async function pageAssets(figures: readonly DrawnFigure[]): Promise<PageAssets> {
  const css = await styleSheet();
  const head = sourceForScript(headScript());
  // A report without figures needs no Vega, and a script fewer to trust.
  const runtime = figures.length > 0 ? [await vegaRuntime()] : [];
  const scripts = [...runtime, pageScript()].map(sourceForScript);
  return {
    css,
    headScript: head,
    scripts,
    notices: await notices(),
    policy: contentPolicy([head, ...scripts], [css]),
    data: Object.fromEntries(
      figures.flatMap(({ figure, drawing, narrow }) => [
        [`spec-${figure.name}`, packJson(drawing.vega)],
        ...(narrow === undefined ? [] : [[`spec-${figure.name}-narrow`, packJson(narrow.vega)]]),
      ]),
    ),
  };
}
