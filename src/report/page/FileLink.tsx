import type { ReactElement } from "react";

/** The address of a file beside the report, its name's letters kept from meaning anything in an address. */
export function fileAddress(path: string): string {
  return `./${path.split("/").map(encodeURIComponent).join("/")}`;
}

/** A link to a file beside the report. */
export function FileLink({
  path,
  label,
  about,
}: {
  /** Relative to the report, with `/`. */
  readonly path: string;
  /** What the link says; the path unless given. */
  readonly label?: string;
  /** What the file shows, where the label alone does not tell. */
  readonly about?: string;
}): ReactElement {
  return (
    <a href={fileAddress(path)}>
      {label ?? <code>{path}</code>}
      {about !== undefined && <span className="unseen"> of {about}</span>}
    </a>
  );
}
