import type { ReactElement } from "react";
import type { ReportInput } from "../input.ts";
import { outline } from "../outline.ts";
import { Masthead } from "../sections/Masthead.tsx";
import { Contents } from "./Contents.tsx";
import { Section } from "./Section.tsx";

/** What the page brings to run by itself. */
export interface PageAssets {
  /** The style sheet. */
  readonly css: string;
  /** Runs before anything is shown. */
  readonly headScript: string;
  /** Run at the end of the page, in order. */
  readonly scripts: readonly string[];
  /** The content security policy. */
  readonly policy: string;
  /** Data the scripts read, packed by `packJson`, by the element's id. */
  readonly data: Readonly<Record<string, string>>;
}

/** The whole page. */
export function Document({
  input,
  assets,
}: {
  readonly input: ReportInput;
  readonly assets: PageAssets;
}): ReactElement {
  const sections = outline(input);
  const { dataset, created_at } = input.metrics;
  return (
    <html lang="en">
      <head>
        <meta charSet="utf-8" />
        <meta httpEquiv="Content-Security-Policy" content={assets.policy} />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="referrer" content="no-referrer" />
        <title>{`Influencer Insights: ${dataset.file}`}</title>
        <Inline tag="script" text={assets.headScript} />
        <Inline tag="style" text={assets.css} />
      </head>
      <body>
        <a className="skip" href="#main">
          Skip to the report
        </a>
        <div className="sheet">
          <Masthead metrics={input.metrics} />
          <Contents entries={sections} />
          <main id="main" tabIndex={-1}>
            {sections.map(({ id, title, Body }) => (
              <Section key={id} id={id} title={title}>
                <Body {...input} />
              </Section>
            ))}
          </main>
          <footer>
            <p>
              Made by influencer-insights {input.metrics.versions.influencer_insights} on{" "}
              {created_at.slice(0, 10)}. Nothing in this page is loaded from or sent to anywhere.
            </p>
          </footer>
        </div>
        {Object.entries(assets.data).map(([id, packed]) => (
          <script key={id} id={id} type="application/json+gzip+base64">
            {packed}
          </script>
        ))}
        {assets.scripts.map((script) => (
          <Inline key={script.slice(0, 40)} tag="script" text={script} />
        ))}
      </body>
    </html>
  );
}

function Inline({
  tag: Tag,
  text,
}: {
  readonly tag: "script" | "style";
  readonly text: string;
}): ReactElement {
  // our own script or style sheet, whose hash the policy names
  return <Tag dangerouslySetInnerHTML={{ __html: text }} />;
}
