import type { ReactElement } from "react";
import type { ReportInput } from "../report.tsx";

/** The whole page. */
export function Document({ metrics }: ReportInput): ReactElement {
  return (
    <html lang="en">
      <head>
        <title>{metrics.dataset.file}</title>
      </head>
      <body>
        <main>{metrics.dataset.file}</main>
      </body>
    </html>
  );
}
