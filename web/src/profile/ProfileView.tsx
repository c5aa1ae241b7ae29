import { Empty } from "../parts/States.tsx";
import type { DatasetFacts } from "../types.ts";

/** All about an account. */
export function ProfileView({ dataset, row }: { dataset: DatasetFacts; row: number }) {
  return <Empty title={`${dataset.name} ${row}`} words="The profile is on its way." />;
}
