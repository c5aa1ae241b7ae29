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
  readonly creators: number;
  readonly median_engagement_rate: number | null;
}

/** Accounts by size, and how many creators the model expects in each. */
export function Tiers({ dataset, ready }: { dataset: string; ready: boolean }) {
  const { answer } = useAsk<Tier[]>(ready ? `/v1/datasets/${encodeURIComponent(dataset)}/tiers` : null);
  if (answer === null) return null;
  const most = Math.max(...answer.map(({ accounts }) => accounts), 1);
  return (
    <Section id="tiers" title="Sizes">
      <Table
        caption="Accounts by followers"
        className="tiers"
        columns={["followers", "accounts", "creators expected", "median engagement"]}
        words={["accounts"]}
        rows={answer.map(({ tier, accounts, creators, median_engagement_rate: rate }) => ({
          key: tier ?? "unknown",
          cells: [
            tier === null ? (
              "unknown"
            ) : (
              <Link key="tier" to={addressOf(dataset, "shortlist", { all: "1", tiers: tier })}>
                {tier}
              </Link>
            ),
            <Fragment key="accounts">
              <span className="bar-track" aria-hidden="true">
                <span className="bar" style={{ inlineSize: `${(100 * accounts) / most}%` }} />
              </span>
              {wholeCount(accounts)}
            </Fragment>,
            wholeCount(creators),
            share(rate, 2),
          ],
        }))}
      />
    </Section>
  );
}
