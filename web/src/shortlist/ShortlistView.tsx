import { Empty } from "../parts/States.tsx";
import type { DatasetFacts } from "../types.ts";

/** The ranked accounts of a file. */
export function ShortlistView({ dataset }: { dataset: DatasetFacts; query: URLSearchParams }) {
  return <Empty title={dataset.name} words="The list is on its way." />;
}
