import type { ReactNode } from "react";
import type { DatasetFacts } from "../types.ts";
import { Link } from "./Header.tsx";

/** Something is on its way: it is fetched, or what is said is done. */
export function Loading({ what = "", words = `Loading ${what}…` }: { what?: string; words?: string }) {
  return (
    <p className="state" role="status">
      <span className="spinner" aria-hidden="true" /> {words}
    </p>
  );
}

/** Something cannot be shown: why, and what to do. */
export function Failed({
  title,
  words,
  again,
  start = false,
  children,
}: {
  title: string;
  words: string;
  again?: () => void;
  /** Whether the way on leads over the start. */
  start?: boolean;
  /** Another way on. */
  children?: ReactNode;
}) {
  return (
    <div className="state failed" role="alert">
      <h2>{title}</h2>
      <p>{words}</p>
      {again !== undefined && (
        <button type="button" className="button" onClick={again}>
          Try again
        </button>
      )}
      {start && (
        <Link to="/" className="button">
          To the start
        </Link>
      )}
      {children}
    </div>
  );
}

/** There is nothing to show: why, what to do, and a way on. */
export function Empty({ title, words, children }: { title: string; words: string; children?: ReactNode }) {
  return (
    <div className="state empty">
      <h2>{title}</h2>
      <p>{words}</p>
      {children}
    </div>
  );
}

/** A part of a file that is not there: it is on its way, or why it will not come. */
export function NotThere({
  dataset: { job, without },
  coming,
  title,
  words,
}: {
  dataset: DatasetFacts;
  /** What is said while the job goes on. */
  coming: string;
  title: string;
  /** What is said where the server does not tell why. */
  words: string;
}) {
  // The job's own words say why, above.
  if (job?.state === "failed" && without === null) return null;
  const running = job !== null && (job.state === "running" || job.state === "queued");
  return running ? <Loading words={coming} /> : <Empty title={title} words={without ?? words} />;
}
