import type { ReactElement } from "react";
import type { Metrics } from "../metrics.ts";
import { countOf, exact, percent, quantity } from "../numbers.ts";
import { Table } from "../shared/Table.tsx";
import { plural } from "../words.ts";

/** Verified accounts beside the others, by followers. */
export function VerifiedTable({
  verified,
}: {
  readonly verified: Metrics["summary"]["verified"];
}): ReactElement {
  const total = verified.reduce((sum, { accounts }) => sum + accounts, 0);
  const ticked = verified.find(({ is_verified }) => is_verified);
  const others = verified.find(({ is_verified }) => !is_verified);
  const times =
    ticked?.followers_median && others?.followers_median
      ? ticked.followers_median / others.followers_median
      : null;
  return (
    <>
      <h3>Verified accounts</h3>
      <p>
        {ticked === undefined || ticked.accounts === 0
          ? `None of the ${countOf(total, "account")} is verified.`
          : `${countOf(ticked.accounts, "account")} of ${exact(total)} (${percent(ticked.accounts / total)}) ${plural(ticked.accounts, "is", "are")} verified.`}
        {times !== null &&
          times >= 1.05 &&
          ` By the median they have ${quantity(times)} times the followers of the others.`}
      </p>
      <Table
        caption="Followers of verified accounts and of the others"
        fit
        columns={[
          { label: "accounts" },
          { label: "number", numeric: true },
          { label: "fewest followers", numeric: true },
          { label: "median", numeric: true },
          { label: "most", numeric: true },
        ]}
        rows={verified.map((row) => ({
          key: String(row.is_verified),
          cells: [
            row.is_verified ? "verified" : "others",
            exact(row.accounts),
            quantity(row.followers_min),
            quantity(row.followers_median),
            quantity(row.followers_max),
          ],
        }))}
      />
    </>
  );
}
