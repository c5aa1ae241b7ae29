import type { ReactElement } from "react";
import type { ReportInput } from "../input.ts";
import { FileLink } from "../page/FileLink.tsx";

const ABOUT: readonly (readonly [string, string])[] = [
  ["metrics.json", "every number of this report"],
  ["predictions.csv", "each account with its part, probability, decision and label"],
  ["rejected.csv", "each rejected record with its line and the reason"],
];

/** The files beside the report. */
export function Files({ metrics, files }: Pick<ReportInput, "metrics" | "files">): ReactElement {
  const model = files.filter((path) => path.startsWith("model/"));
  const recommended = files.filter((path) => /^recommended\/[^/]+$/.test(path));
  const known = ABOUT.filter(([path]) => files.includes(path));
  const figures = metrics.figures.filter(({ name }) => files.includes(`figures/${name}.svg`));
  return (
    <dl className="pairs">
      {known.map(([path, about]) => (
        <div key={path}>
          <dt>
            <FileLink path={path} />
          </dt>
          <dd>{about}</dd>
        </div>
      ))}
      {model.length > 0 && (
        <div>
          <dt>
            <code>model/</code>
          </dt>
          <dd>
            the original study’s network with everything it needs to be used again:{" "}
            {model.map((path, index) => (
              <span key={path}>
                {index > 0 && ", "}
                <FileLink path={path} label={path.slice("model/".length)} />
              </span>
            ))}
          </dd>
        </div>
      )}
      {recommended.length > 0 && (
        <div>
          <dt>
            <code>recommended/</code>
          </dt>
          <dd>
            the recommended model in <code>model/</code>, its figures in <code>figures/</code>, and{" "}
            {recommended.map((path, index) => (
              <span key={path}>
                {index > 0 && ", "}
                <FileLink
                  path={path}
                  label={path.slice("recommended/".length)}
                  about="the recommended model"
                />
              </span>
            ))}
          </dd>
        </div>
      )}
      {figures.length > 0 && (
        <div>
          <dt>
            <code>figures/</code>
          </dt>
          <dd>the figures as SVG, PNG and Vega-Lite; each links to its own above</dd>
        </div>
      )}
    </dl>
  );
}
