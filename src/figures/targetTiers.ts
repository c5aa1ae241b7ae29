import type { TargetTables } from "../analysis/targetTables.ts";
import { countOf } from "../base/words.ts";
import { quantity, topTitle } from "./axes.ts";
import { composeFigure, type Figure, REPORT_WIDTH } from "./figure.ts";
import { tooltip } from "./layers.ts";
import { lineLegend } from "./legend.ts";
import { PERCENT_LABEL, percent } from "./numberFormat.ts";
import { INK } from "./palette.ts";

/** What `targetTiersFigure` draws. */
export interface TargetTiers {
  /** Each target with its tables, all over the same accounts and tiers; up to four. */
  readonly targets: readonly { readonly name: string; readonly tables: Pick<TargetTables, "tiers"> }[];
}

const COLORS = [INK.orange, INK.blue, INK.green, INK.purple];

/** Space between the targets of one tier, in tiers. */
const STEP = 0.16;

/** Share of accounts that each target calls active, by tier of followers, with 95 % intervals. */
export function targetTiersFigure({ targets }: TargetTiers, width = REPORT_WIDTH): Figure {
  const tiers = targets[0]?.tables.tiers.map(({ tier }) => tier.name) ?? [];
  const values = targets.flatMap(({ name, tables }, which) =>
    tables.tiers.flatMap(({ positive, positives, negatives, tier }, i) =>
      positive === null
        ? []
        : [
            {
              target: name,
              tier: tier.name,
              at: i + 0.5 + STEP * (which - (targets.length - 1) / 2),
              ...positive,
              label: percent(positive.share),
              interval: `${percent(positive.low)} to ${percent(positive.high)}`,
              known: positives + negatives,
            },
          ],
    ),
  );
  const entries = targets.map(({ name }, i) => ({ name, color: COLORS[i] }));
  const legend = lineLegend(entries, width, 40);
  const ends = targets.map(({ name }) => {
    const own = values.filter(({ target }) => target === name);
    return own.length === 0
      ? `${name}: nowhere known`
      : `${name}: ${own[0].label} of ${own[0].tier}, ${own[own.length - 1].label} of ${own[own.length - 1].tier}`;
  });
  const known = Math.max(
    0,
    ...targets.map(({ name }) => sum(values.filter(({ target }) => target === name))),
  );
  const encoding = {
    x: quantity(
      "at",
      { domain: [0, Math.max(tiers.length, 1)], nice: false },
      {
        title: "Followers",
        values: tiers.map((_, i) => i + 0.5),
        labelExpr: `${JSON.stringify(tiers)}[floor(datum.value)]`,
        ticks: false,
        labelOverlap: false,
      },
    ),
    color: legend.encoding("target").color,
    tooltip: tooltip({
      target: "Target",
      tier: "Followers",
      label: "Called active",
      interval: "95 % interval",
      known: ["Accounts", ",d"],
    }),
  };
  return composeFigure({
    name: "target-tiers",
    title: "Whom each target calls active, by size",
    subtitle: `${countOf(known, "account")}. Lines are 95 % intervals: long where a tier has few accounts.`,
    description: `Share of accounts that each target calls active, by tier of followers. ${ends.join("; ")}.`,
    width,
    bodyHeight: 300 + legend.height,
    body: {
      data: { values },
      layer: [
        {
          mark: { type: "rule", strokeWidth: 2.25 },
          encoding: {
            ...encoding,
            y: quantity(
              "low",
              { domain: [0, 1] },
              {
                ...topTitle("↑ Share called active"),
                values: [0, 0.2, 0.4, 0.6, 0.8, 1],
                labelExpr: PERCENT_LABEL,
              },
            ),
            y2: { field: "high" },
          },
        },
        { mark: { type: "circle", size: 70, opacity: 1 }, encoding: { ...encoding, y: quantity("share") } },
      ],
    },
  });
}

function sum(values: readonly { known: number }[]): number {
  return values.reduce((total, { known }) => total + known, 0);
}
