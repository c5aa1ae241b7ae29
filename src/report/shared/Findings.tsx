import type { ReactElement, ReactNode } from "react";
import { countOf } from "../../base/words.ts";
import type { Metrics } from "../metrics.ts";

type Alert = Metrics["dataset"]["alerts"][number];
type Finding = Pick<Metrics["leakage"]["findings"][number], "severity" | "message">;

/** What a level is called, and the class that colours it. */
const LEVELS: Readonly<Record<Alert["level"] | Finding["severity"], readonly [string, string]>> = {
  error: ["wrong", "alert-error"],
  warning: ["look at this", "alert-warning"],
  severe: ["gives it away", "alert-error"],
  warn: ["look at this", "alert-warning"],
  info: ["good to know", "alert-info"],
};

function Item({
  level,
  children,
}: {
  readonly level: keyof typeof LEVELS;
  readonly children: ReactNode;
}): ReactElement {
  const [name, className] = LEVELS[level];
  return (
    <li className={className}>
      <span className="tag">{name}</span>
      <span>{children}</span>
    </li>
  );
}

/** What a leakage audit found, and what it did not look at. */
export function Findings({
  findings,
  limits,
}: {
  readonly findings: readonly Finding[];
  readonly limits: readonly string[];
}): ReactElement {
  return (
    <>
      {findings.length > 0 && (
        <ul className="alerts">
          {findings.map(({ severity, message }, index) => (
            <Item key={index} level={severity}>
              {message}
            </Item>
          ))}
        </ul>
      )}
      {limits.length > 0 && (
        <details>
          <summary>What the audit did not look at</summary>
          <ul>
            {limits.map((limit) => (
              <li key={limit}>{limit}</li>
            ))}
          </ul>
        </details>
      )}
    </>
  );
}

/** More alerts of the level "info" than this are folded away. */
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
        <Item key={index} level={level}>
          {message}
          {column !== null && !message.includes(column) && (
            <span className="under">
              <code>{column}</code>
            </span>
          )}
        </Item>
      ))}
    </ul>
  );
}
