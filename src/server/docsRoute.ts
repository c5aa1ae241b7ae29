import type { OpenAPIHono } from "@hono/zod-openapi";
import { html, raw } from "hono/html";

/** What is shown of an operation of the description of the API. */
interface Operation {
  readonly summary?: string;
  readonly description?: string;
  readonly parameters?: readonly {
    readonly name: string;
    readonly in: string;
    readonly required?: boolean;
    readonly schema?: unknown;
  }[];
  readonly requestBody?: unknown;
  readonly responses?: Readonly<Record<string, unknown>>;
}

/** Adds `/docs`: the description of the API for people, made of the same document as `/openapi.json`. */
export function addDocsRoute(app: OpenAPIHono): void {
  app.get("/docs", (c) => {
    const { paths = {}, info } = app.getOpenAPI31Document({
      openapi: "3.1.0",
      info: { title: "Influencer Insights", version: "1" },
    });
    const sections = Object.entries(paths).flatMap(([path, methods]) =>
      Object.entries(methods ?? {}).map(([method, operation]) =>
        section(`${method.toUpperCase()} ${path}`, operation as Operation),
      ),
    );
    return c.html(html`<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${info.title}: API</title>
<style>${raw(STYLE)}</style></head><body><main><h1>${info.title}: API</h1><p>The same as <a href="/openapi.json">/openapi.json</a>.</p>${sections}</main></body></html>`);
  });
}

const json = (value: unknown) => JSON.stringify(value, null, 2);

function section(title: string, operation: Operation) {
  const { summary = "", description = "", parameters = [], requestBody, responses = {} } = operation;
  const rows = parameters.map(
    ({ name, in: where, required, schema = {} }) =>
      html`<tr><td><code>${name}</code></td><td>${where}${required ? ", required" : ""}</td><td><code>${JSON.stringify(schema)}</code></td></tr>`,
  );
  return html`<section><h2><code>${title}</code></h2><p>${withCode(summary)}</p><p>${withCode(description)}</p>
${rows.length > 0 && html`<table><tr><th>parameter</th><th>in</th><th>schema</th></tr>${rows}</table>`}
${requestBody !== undefined && html`<details><summary>Body</summary><pre tabindex="0">${json(requestBody)}</pre></details>`}
<details><summary>Answers: ${Object.keys(responses).join(", ")}</summary><pre tabindex="0">${json(responses)}</pre></details></section>`;
}

/** Text with what stands between backticks as code. */
function withCode(text: string) {
  return text.split("`").map((part, i) => (i % 2 === 1 ? html`<code>${part}</code>` : part));
}

const STYLE = `
:root{color-scheme:light dark;--line:light-dark(#d5d9e0,#3a4150)}
body{background:light-dark(#fff,#0f1217);color:light-dark(#171b23,#f0f3f8);font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:0 auto;padding:1rem}
section{border-top:1px solid var(--line);padding:.5rem 0}
h2{font-size:1.05rem;overflow-wrap:anywhere}
table{border-collapse:collapse;display:block;overflow-x:auto}td,th{border:1px solid var(--line);padding:.25rem .5rem;text-align:left;vertical-align:top}
td:last-child{overflow-wrap:anywhere}a{color:light-dark(#185a9c,#7cbcf6)}
pre{overflow:auto;max-height:30rem;border:1px solid var(--line);padding:.5rem}
`;
