import type { ReactElement } from "react";
import type { ReportInput } from "../input.ts";
import { AlertList } from "../shared/AlertList.tsx";

/** What stands out in the data. */
export function Alerts({ metrics }: Pick<ReportInput, "metrics">): ReactElement {
  return <AlertList alerts={metrics.dataset.alerts} />;
}
