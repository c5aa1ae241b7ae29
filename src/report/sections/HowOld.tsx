import type { ReactElement } from "react";
import { ageInWords, type WhenRead } from "../../base/age.ts";
import { capitalised } from "../../base/words.ts";

/**
 * When the profiles of a file were read, how long ago that is, and what the forecast is for; old ones are warned of.
 *
 * @param now the reader's clock, or that of the report
 * @param horizon days that the model looks ahead; null where it forecasts nothing
 */
export function HowOld({
  read,
  now,
  horizon,
}: {
  readonly read: WhenRead;
  readonly now: Date;
  readonly horizon: number | null;
}): ReactElement {
  const { sentence, warning } = ageInWords(read, now, horizon ?? undefined);
  return (
    <p className={warning === null ? "age" : "age old"}>
      {capitalised(sentence)}.{warning !== null && ` ${capitalised(warning)}.`}
    </p>
  );
}
