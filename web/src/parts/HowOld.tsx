import { HowOld as Shared } from "../../../src/report/shared/HowOld.tsx";
import type { DatasetFacts } from "../types.ts";

/** When the profiles were read and how long ago that is, by this machine's clock. */
export function HowOld({ dataset: { read, model } }: { dataset: DatasetFacts }) {
  return read === null ? null : <Shared read={read} now={new Date()} horizon={model?.horizon ?? null} />;
}
