import { Fragment } from "react";
import { Table } from "../../../src/report/shared/Table.tsx";
import { useAsk } from "../api.ts";
import { share, wholeCount } from "../format.ts";
import { Link } from "../parts/Header.tsx";
import { Section } from "../parts/Section.tsx";
import { addressOf } from "../route.ts";

interface Tier {
  readonly tier: string | null;
  readonly accounts: number;
  readonly active: number;
  readonly median_engagement_rate: number | null;
}

/** Accounts by size, and how many of each the model calls active. */
export function Tiers({ dataset, ready }: { dataset: string; ready: boolean }) {
  const { answer } = useAsk<Tier[]>(ready ? `/v1/datasets/${encodeURIComponent(dataset)}/tiers` : null);
  if (answer === null) return null;
  const most = Math.max(...answer.map(({ accounts }) => accounts), 1);
  return (
    <Section id="tiers" title="Sizes">
      <Table
        caption="Accounts by followers"
        className="tiers"
        columns={["followers", "accounts", "called active", "median engagement"]}
        words={["accounts"]}
        rows={answer.map(({ tier, accounts, active, median_engagement_rate: rate }) => ({
          key: tier ?? "unknown",
          cells: [
            tier === null ? (
              "unknown"
            ) : (
              <Link key="tier" to={addressOf(dataset, "shortlist", { tiers: tier })}>
                {tier}
              </Link>
            ),
            <Fragment key="accounts">
              <span className="bar-track" aria-hidden="true">
                <span className="bar" style={{ inlineSize: `${(100 * accounts) / most}%` }} />
              </span>
              {wholeCount(accounts)}
            </Fragment>,
            share(accounts === 0 ? null : active / accounts),
            share(rate, 2),
          ],
        }))}
      />
    </Section>
  );
}
