import type { ReactElement } from "react";
import type { Metrics } from "../metrics.ts";
import { exact } from "../numbers.ts";
import { SplitBar } from "./SplitBar.tsx";

/** What a threshold does to a thousand accounts: picked rightly and by mistake, left out rightly and by mistake. */
export function Thousand({ counts }: { readonly counts: Metrics["test"]["confusion"] }): ReactElement {
  return (
    <SplitBar
      label="Of 1,000 accounts"
      pieces={[
        { name: "picked, and active", value: counts.tp, label: exact(counts.tp), tone: "right" },
        { name: "picked by mistake", value: counts.fp, label: exact(counts.fp), tone: "wrong" },
        { name: "active, but left out", value: counts.fn, label: exact(counts.fn), tone: "missed" },
        { name: "rightly left out", value: counts.tn, label: exact(counts.tn), tone: "quiet" },
      ]}
    />
  );
}
