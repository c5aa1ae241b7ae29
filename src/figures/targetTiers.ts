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

/** Share of accounts that each target calls active, by tier of followers, with 95 % intervals. */
export function targetTiersFigure({ targets }: TargetTiers, width = REPORT_WIDTH): Figure {
  const tiers = targets[0]?.tables.tiers.map(({ tier }) => tier.name) ?? [];
  const values = targets.flatMap(({ name, tables }) =>
    tables.tiers.flatMap(({ positive, positives, negatives, tier }) =>
      positive === null
        ? []
        : [
            {
              target: name,
              tier: tier.name,
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
    x: {
      field: "tier",
      type: "ordinal",
      scale: { domain: tiers, paddingInner: 0.5, paddingOuter: 0.25 },
      axis: { title: "Followers", labelAngle: 0, ticks: false, labelOverlap: false },
    },
    xOffset: { field: "target", scale: { domain: targets.map(({ name }) => name) } },
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
                ...topTitle("↑ Share labelled active"),
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
