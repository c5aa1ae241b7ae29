import type { FunctionComponent } from "react";
import type { ReportInput } from "./input.ts";
import { Activity } from "./sections/Activity.tsx";
import { Alerts } from "./sections/Alerts.tsx";
import { Caveats } from "./sections/Caveats.tsx";
import { Data } from "./sections/Data.tsx";
import { Files } from "./sections/Files.tsx";
import { Importance } from "./sections/Importance.tsx";
import { Information } from "./sections/Information.tsx";
import { Label } from "./sections/Label.tsx";
import { Making } from "./sections/Making.tsx";
import { Model } from "./sections/Model.tsx";
import { Recommended } from "./sections/Recommended.tsx";
import { Relations, relationFigures } from "./sections/Relations.tsx";
import { Results } from "./sections/Results.tsx";
import { Threshold } from "./sections/Threshold.tsx";

/** A section of the report: its anchor, its heading, and what stands under it. */
export interface OutlineEntry {
  readonly id: string;
  readonly title: string;
  readonly Body: FunctionComponent<ReportInput>;
}

/** The sections in the order of the story. Those that would have nothing to say are left out. */
export function outline(input: ReportInput): OutlineEntry[] {
  const entries: (OutlineEntry & { readonly empty?: boolean })[] = [
    { id: "data", title: "What was read", Body: Data },
    { id: "alerts", title: "What stands out", Body: Alerts },
    { id: "label", title: "What “active” means here", Body: Label },
    { id: "information", title: "What each column tells about the label", Body: Information },
    {
      id: "relations",
      title: "Followers, likes and videos",
      Body: Relations,
      empty: relationFigures(input).length === 0,
    },
    { id: "model", title: "The network", Body: Model },
    { id: "results", title: "How good it is", Body: Results },
    { id: "threshold", title: "The threshold, and a thousand accounts", Body: Threshold },
    { id: "importance", title: "What the network relies on", Body: Importance },
    { id: "activity", title: "Do they still post?", Body: Activity },
    { id: "recommended", title: "The recommended model", Body: Recommended },
    { id: "caveats", title: "What not to read into it", Body: Caveats },
    { id: "making", title: "How this was made", Body: Making },
    { id: "files", title: "The files beside this one", Body: Files, empty: input.files.length === 0 },
  ];
  return entries.filter(({ empty }) => empty !== true);
}
