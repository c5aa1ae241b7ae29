import { useAsk } from "../api.ts";
import { Link } from "../parts/Header.tsx";
import { share, wholeCount } from "../parts/numbers.ts";
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
    <section aria-labelledby="tiers">
      <h2 id="tiers">Sizes</h2>
      <div className="scroll">
        <table className="tiers">
          <thead>
            <tr>
              <th scope="col">Followers</th>
              <th scope="col">Accounts</th>
              <th scope="col" className="number">
                Called active
              </th>
              <th scope="col" className="number">
                Median engagement
              </th>
            </tr>
          </thead>
          <tbody>
            {answer.map(({ tier, accounts, active, median_engagement_rate: rate }) => (
              <tr key={tier ?? "unknown"}>
                <th scope="row">
                  {tier === null ? (
                    "unknown"
                  ) : (
                    <Link to={addressOf(dataset, "shortlist", { tiers: tier })}>{tier}</Link>
                  )}
                </th>
                <td>
                  <span
                    className="bar"
                    style={{ inlineSize: `${(100 * accounts) / most}%` }}
                    aria-hidden="true"
                  />
                  {wholeCount(accounts)}
                </td>
                <td className="number">{share(accounts === 0 ? null : active / accounts)}</td>
                <td className="number">{share(rate, 2)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
