import type { ReactElement } from "react";
import { RATE_FLOOR } from "../../targets/sizeNorm.ts";
import type { ReportInput } from "../input.ts";
import type { Metrics } from "../metrics.ts";
import { percent } from "../numbers.ts";
import { FigureGroup } from "../page/FigureGroup.tsx";

type Summary = Metrics["summary"];
type Target = Summary["targets"][number];

/** What is normal for an account's size, and whom the targets call active by size; nothing where the file does not tell. */
export function Size({ metrics, figures, files }: ReportInput): ReactElement | null {
  const { targets, size_norm: norm } = metrics.summary;
  const compared = targets.map(endsOf).filter((ends) => ends !== null);
  const tiered = targets.some(({ tiers }) => tiers.some(known));
  if (norm === null && !tiered) return null;
  return (
    <>
      <h3>Small accounts and large ones</h3>
      {norm !== null && (
        <>
          <p>{normInWords(norm)}</p>
          <FigureGroup names={["size-norm"]} figures={figures} files={files} />
        </>
      )}
      {tiered && (
        <>
          {compared.length > 0 && <p>{tiersInWords(compared, metrics.target.name)}</p>}
          <FigureGroup names={["target-tiers"]} figures={figures} files={files} />
        </>
      )}
    </>
  );
}

/** Smallest by largest account's usual rate above which size is said to matter. */
const MATTERS = 1.5;

function normInWords({ log_rate: rates }: NonNullable<Summary["size_norm"]>): string {
  const usual = (log: number) => Math.max(0, Math.exp(log) - RATE_FLOOR);
  const small = usual(rates[0]);
  const large = usual(rates[rates.length - 1]);
  return small > MATTERS * large
    ? `Fewer followers, more engagement: as a share of the followers it is usually ${percent(small)} for the smallest accounts and ${percent(large)} for the largest. A fixed mark for all sizes has to miss that; a norm by size does not.`
    : `Engagement depends little on size here: as a share of the followers it is usually ${percent(small)} for the smallest accounts and ${percent(large)} for the largest.`;
}

/** Accounts that a tier must have for its share to be told in a sentence. */
const ENOUGH_ACCOUNTS = 10;

/** What a target says of the smallest and of the largest tier with accounts enough. */
interface Ends {
  readonly name: string;
  readonly small: { readonly tier: string; readonly share: number };
  readonly large: { readonly tier: string; readonly share: number };
}

/** Accounts of a tier whose answer is known. */
function known({ positives, negatives }: Target["tiers"][number]): number {
  return positives + negatives;
}

/** The ends of a target's tiers; null where fewer than two tiers have accounts enough. */
function endsOf({ name, tiers }: Target): Ends | null {
  const told = tiers.filter((tier) => known(tier) >= ENOUGH_ACCOUNTS);
  if (told.length < 2) return null;
  const end = ({ name: tier, positives, negatives }: Target["tiers"][number]) => ({
    tier,
    share: positives / (positives + negatives),
  });
  return { name, small: end(told[0]), large: end(told[told.length - 1]) };
}

/** Difference between the ends that is worth a verdict. */
const APART = 0.1;

function tiersInWords(compared: readonly Ends[], label: string): string {
  const own = compared.find(({ name }) => name === label) ?? compared[0];
  const { small, large } = own;
  const difference = large.share - small.share;
  const verdict =
    Math.abs(difference) < APART
      ? "hardly asks for size"
      : difference < 0
        ? "mostly finds small accounts"
        : "finds large accounts more often";
  const shares = ({ small: from, large: to }: Ends) =>
    `${percent(from.share)} in the tier “${from.tier}”, ${percent(to.share)} in “${to.tier}”`;
  const creator = compared.find(({ name }) => name === "creator");
  const other =
    creator === undefined || creator === own
      ? ""
      : ` The target creator, a post within 90 days and more engagement than is usual for the size, calls active ${shares(creator)}.`;
  return `The target ${own.name} ${verdict}: it calls active ${shares(own)}.${other}`;
}
