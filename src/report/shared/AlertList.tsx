import type { ReactElement } from "react";
import type { Metrics } from "../metrics.ts";
import { countOf } from "../numbers.ts";

type Alert = Metrics["dataset"]["alerts"][number];

const NAMES: Readonly<Record<Alert["level"], string>> = {
  error: "wrong",
  warning: "look at this",
  info: "good to know",
};

/** More than so many that are only good to know are folded away. */
const MOST = 4;

/** What stands out in the data, in plain sentences, the gravest first. */
export function AlertList({ alerts }: { readonly alerts: readonly Alert[] }): ReactElement {
  const of = (level: Alert["level"]) => alerts.filter((alert) => alert.level === level);
  const grave = [...of("error"), ...of("warning")];
  const infos = of("info");
  if (grave.length + infos.length === 0) return <p>Nothing in this file looks odd.</p>;
  if (infos.length <= MOST) return <List alerts={[...grave, ...infos]} />;
  return (
    <>
      {grave.length > 0 && <List alerts={grave} />}
      <details>
        <summary>{countOf(infos.length, "more thing")} that are good to know</summary>
        <List alerts={infos} />
      </details>
    </>
  );
}

function List({ alerts }: { readonly alerts: readonly Alert[] }): ReactElement {
  return (
    <ul className="alerts">
      {alerts.map(({ level, message, column }, index) => (
        <li key={index} className={`alert-${level}`}>
          <span className="tag">{NAMES[level]}</span>
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
  );
}
