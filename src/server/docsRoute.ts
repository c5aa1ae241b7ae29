import type { OpenAPIHono } from "@hono/zod-openapi";

/** Adds `/docs`: the description of the API for people, made of the same document as `/openapi.json`. */
export function addDocsRoute(app: OpenAPIHono): void {
  app.get("/docs", (c) => {
    const { paths = {}, info } = app.getOpenAPI31Document({
      openapi: "3.1.0",
      info: { title: "Influencer Insights", version: "1" },
    });
    const rows = Object.entries(paths).flatMap(([path, methods]) =>
      Object.entries(methods ?? {}).map(([method, operation]) => ({
        path,
        method: method.toUpperCase(),
        operation,
      })),
    );
    return c.html(page(info.title, rows.map(section).join("")));
  });
}

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

function section({ path, method, operation }: { path: string; method: string; operation: unknown }): string {
  const {
    summary = "",
    description = "",
    parameters = [],
    requestBody,
    responses = {},
  } = operation as Operation;
  const rows = parameters.map(
    ({ name, in: where, required, schema }) =>
      `<tr><td><code>${escaped(name)}</code></td><td>${escaped(where)}${required ? ", required" : ""}</td><td><code>${escaped(JSON.stringify(schema ?? {}))}</code></td></tr>`,
  );
  const table =
    rows.length === 0
      ? ""
      : `<table><tr><th>parameter</th><th>in</th><th>schema</th></tr>${rows.join("")}</table>`;
  const body =
    requestBody === undefined
      ? ""
      : `<details><summary>Body</summary><pre tabindex="0">${escaped(JSON.stringify(requestBody, null, 2))}</pre></details>`;
  return `<section><h2><code>${method} ${escaped(path)}</code></h2><p>${withCode(summary)}</p><p>${withCode(description)}</p>${table}${body}
<details><summary>Answers: ${Object.keys(responses).map(escaped).join(", ")}</summary><pre tabindex="0">${escaped(JSON.stringify(responses, null, 2))}</pre></details></section>`;
}

/** Text with what stands between backticks as code. */
function withCode(text: string): string {
  return escaped(text).replace(/`([^`]+)`/g, "<code>$1</code>");
}

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

function page(title: string, sections: string): string {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${escaped(title)}: API</title>
<style>
:root{color-scheme:light dark;--line:light-dark(#d5d9e0,#3a4150)}
body{background:light-dark(#fff,#0f1217);color:light-dark(#171b23,#f0f3f8);font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:0 auto;padding:1rem}
section{border-top:1px solid var(--line);padding:.5rem 0}
h2{font-size:1.05rem;overflow-wrap:anywhere}
table{border-collapse:collapse;display:block;overflow-x:auto}td,th{border:1px solid var(--line);padding:.25rem .5rem;text-align:left;vertical-align:top}
td:last-child{overflow-wrap:anywhere}a{color:light-dark(#185a9c,#7cbcf6)}
pre{overflow:auto;max-height:30rem;border:1px solid var(--line);padding:.5rem}
</style></head><body><main><h1>${escaped(title)}: API</h1><p>The same as <a href="/openapi.json">/openapi.json</a>.</p>${sections}</main></body></html>`;
}
