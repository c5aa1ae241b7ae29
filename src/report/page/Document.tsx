import type { FunctionComponent, ReactElement } from "react";
import type { ReportInput } from "../input.ts";
import { Activity } from "../sections/Activity.tsx";
import { Caveats } from "../sections/Caveats.tsx";
import { Data } from "../sections/Data.tsx";
import { FoundPeople } from "../sections/Found.tsx";
import { Importance } from "../sections/Importance.tsx";
import { Information } from "../sections/Information.tsx";
import { Label } from "../sections/Label.tsx";
import { Files, Making } from "../sections/Making.tsx";
import { InShort, Masthead } from "../sections/Masthead.tsx";
import { Model } from "../sections/Model.tsx";
import { Recommended } from "../sections/Recommended.tsx";
import { Relations, relationFigures } from "../sections/Relations.tsx";
import { Results } from "../sections/Results.tsx";
import { Threshold } from "../sections/Threshold.tsx";
import { AlertList } from "../shared/Findings.tsx";

/** What the page brings to run by itself. */
export interface PageAssets {
  /** The style sheet. */
  readonly css: string;
  /** Runs before anything is shown. */
  readonly headScript: string;
  /** Run at the end of the page, in order. */
  readonly scripts: readonly string[];
  /** The licences of what the page brings. */
  readonly notices: string;
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
          <Masthead metrics={input.metrics} found={input.found} />
          <Contents entries={sections} />
          <main id="main" tabIndex={-1}>
            {sections.map(({ id, title, Body }) => (
              <section key={id} id={id} aria-labelledby={`${id}-title`}>
                <h2 id={`${id}-title`}>
                  <a className="anchor" href={`#${id}`}>
                    {title}
                  </a>
                </h2>
                <Body {...input} />
              </section>
            ))}
          </main>
          <footer>
            <p>
              Made by influencer-insights {input.metrics.versions.influencer_insights} on{" "}
              {created_at.slice(0, 10)}. Nothing in this page is loaded from or sent to anywhere.
            </p>
            <details className="notices">
              <summary>Licences of the software and the font in this page</summary>
              {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by keyboard */}
              <pre tabIndex={0}>{assets.notices}</pre>
            </details>
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

/** Links to the sections, in order. The page's script marks the one in view. */
function Contents({ entries }: { readonly entries: readonly OutlineEntry[] }): ReactElement {
  return (
    <nav className="contents" aria-labelledby="contents-title">
      <p id="contents-title">Contents</p>
      <ol>
        {entries.map(({ id, title }) => (
          <li key={id}>
            <a href={`#${id}`}>{title}</a>
          </li>
        ))}
      </ol>
    </nav>
  );
}

/** A section of the report: its heading, and what stands under it. */
interface OutlineEntry {
  /** Anchor, unique in the page. */
  readonly id: string;
  readonly title: string;
  readonly Body: FunctionComponent<ReportInput>;
}

/** The sections in the order of the story. Those that would have nothing to say are left out. */
export function outline(input: ReportInput): OutlineEntry[] {
  const entries: (OutlineEntry & { readonly empty?: boolean })[] = [
    { id: "found", title: "Whom to write to first", Body: FoundPeople, empty: input.found === undefined },
    { id: "study", title: "The study in short", Body: InShort },
    { id: "data", title: "What was read", Body: Data },
    {
      id: "alerts",
      title: "What stands out",
      Body: ({ metrics }) => <AlertList alerts={metrics.dataset.alerts} />,
    },
    { id: "label", title: "What “active” means here", Body: Label },
    { id: "information", title: "What each column tells about the label", Body: Information },
    {
      id: "relations",
      title: "Followers, likes and videos",
      Body: Relations,
      empty: relationFigures(input).length === 0,
    },
    { id: "model", title: "The network", Body: Model },
    { id: "results", title: "How good it is", Body: Results },
    { id: "threshold", title: "The threshold, and a thousand accounts", Body: Threshold },
    { id: "importance", title: "What the network relies on", Body: Importance },
    { id: "activity", title: "Do they still post?", Body: Activity },
    { id: "recommended", title: "The recommended model", Body: Recommended },
    { id: "caveats", title: "What not to read into it", Body: Caveats },
    { id: "making", title: "How this was made", Body: Making },
    { id: "files", title: "The files beside this one", Body: Files, empty: input.files.length === 0 },
  ];
  return entries.filter(({ empty }) => empty !== true);
}
