import type { ReactNode } from "react";
import { Button } from "./Button.tsx";

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
  heading: Heading = "h2",
  children,
}: {
  title: string;
  words: string;
  again?: () => void;
  /** `h1` where nothing else is shown. */
  heading?: "h1" | "h2";
  /** Another way on. */
  children?: ReactNode;
}) {
  return (
    <div className="state failed" role="alert">
      <Heading>{title}</Heading>
      <p>{words}</p>
      {again !== undefined && <Button onPress={again}>Try again</Button>}
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
