import { ageInWords } from "../../../src/base/age.ts";
import { capitalised } from "../../../src/base/words.ts";
import type { DatasetFacts } from "../types.ts";

/** When the profiles were read, how long ago that is by this machine's clock, and what the forecast is for. */
export function HowOld({ dataset: { read, model } }: { dataset: DatasetFacts }) {
  if (read === null) return null;
  const { sentence, warning } = ageInWords(read, new Date(), model?.horizon ?? undefined);
  return (
    <p className={warning === null ? "age" : "age old"}>
      {capitalised(sentence)}.{warning !== null && ` ${capitalised(warning)}.`}
    </p>
  );
}
