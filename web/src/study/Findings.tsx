import type { StudyView } from "../types.ts";

const WORDS = { severe: "Gives the answer away", warn: "Look at", info: "Note" } as const;

/** What the leakage audit found of both models, in plain words. */
export function Findings({ metrics }: { metrics: StudyView["metrics"] }) {
  const recommended = metrics.recommended.results?.leakage.findings ?? null;
  return (
    <>
      <h3>The original study</h3>
      <List findings={metrics.leakage.findings} />
      {recommended !== null && (
        <>
          <h3>The recommended model</h3>
          <List findings={recommended} />
        </>
      )}
    </>
  );
}

interface Finding {
  readonly severity: keyof typeof WORDS;
  readonly code: string;
  readonly message: string;
}

function List({ findings }: { findings: readonly Finding[] }) {
  if (findings.length === 0) return <p>The audit found nothing that gives the answer away.</p>;
  return (
    <ul className="alerts">
      {findings.map(({ severity, code, message }) => (
        <li
          key={`${code} ${message}`}
          className={
            severity === "severe" ? "alert-error" : severity === "warn" ? "alert-warning" : "alert-info"
          }
        >
          <strong>{WORDS[severity]}:</strong> {message}
        </li>
      ))}
    </ul>
  );
}
