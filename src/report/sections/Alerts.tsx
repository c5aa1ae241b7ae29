import type { ReactElement } from "react";
import type { ReportInput } from "../input.ts";
import type { Metrics } from "../metrics.ts";

type Alert = Metrics["dataset"]["alerts"][number];

const LEVELS: readonly { readonly level: Alert["level"]; readonly name: string }[] = [
  { level: "error", name: "wrong" },
  { level: "warning", name: "look at this" },
  { level: "info", name: "good to know" },
];

/** What stands out in the data, in plain sentences, the gravest first. */
export function Alerts({ metrics: { dataset } }: Pick<ReportInput, "metrics">): ReactElement {
  const alerts = LEVELS.flatMap(({ level, name }) =>
    dataset.alerts.filter((alert) => alert.level === level).map((alert) => ({ ...alert, name })),
  );
  return (
    <>
      {alerts.length === 0 ? (
        <p>Nothing in this file looks odd.</p>
      ) : (
        <ul className="alerts">
          {alerts.map(({ level, name, message, column }, index) => (
            <li key={index} className={`alert-${level}`}>
              <span className="tag">{name}</span>
              <span>
                {message}
                {column !== null && !message.includes(column) && (
                  <span className="under">
                    <code>{column}</code>
                  </span>
                )}
              </span>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}
