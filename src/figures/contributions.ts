import { composeFigure, type Figure, REPORT_WIDTH } from "./figure.ts";
import { layer, tooltip } from "./layers.ts";
import { percent } from "./numberFormat.ts";
import { INK } from "./palette.ts";
import { wrapText } from "./textWidth.ts";
import { LABEL_SIZE, PADDING } from "./theme.ts";

/** What `contributionsFigure` draws: one account's explanation. */
export interface ContributionsData {
  /** Who it is, for the title: a handle or an id; "this account" where nobody should be named. */
  readonly who: string;
  /** Mean logit of the accounts it is compared with, and the account's own. */
  readonly base: number;
  readonly logit: number;
  /** Both as calibrated probabilities. */
  readonly baseProbability: number;
  readonly probability: number;
  /** Shares of the logit, the largest size first; together `logit` less `base`. */
  readonly contributions: readonly { readonly words: string; readonly value: number }[];
}

/** Bars at most; the smaller shares go together. */
const MOST = 10;
const LINE = 17;
const BAR = 13;
const GAP = 11;
/** Room for the axis under the bars. */
const AXIS = 46;
/** Room for a number at the right end of a row. */
const NUMBER = 52;

interface Row {
  readonly words: string;
  readonly from: number;
  readonly to: number;
  readonly number: string;
  readonly role: "for" | "against" | "all";
}

/** A share with its sign: `+0.36`, `−1.20`. */
function signed(value: number): string {
  return `${value < 0 ? "−" : "+"}${Math.abs(value).toFixed(2)}`;
}

function rowsOf({ contributions, base, logit, probability, baseProbability, who }: ContributionsData): Row[] {
  const few = contributions.length <= MOST + 1;
  const told = few ? contributions : contributions.slice(0, MOST);
  const rest = few ? [] : contributions.slice(MOST);
  const shares = [...told];
  if (rest.length > 0) {
    shares.push({
      words: `${rest.length} smaller ones together`,
      value: rest.reduce((sum, { value }) => sum + value, 0),
    });
  }
  let at = base;
  const rows = shares.map(({ words, value }): Row => {
    const from = at;
    at += value;
    return { words, from, to: at, number: signed(value), role: value < 0 ? "against" : "for" };
  });
  return [
    {
      words: "the accounts it is compared with",
      from: base,
      to: base,
      number: percent(baseProbability),
      role: "all",
    },
    ...rows,
    { words: who, from: logit, to: logit, number: percent(probability), role: "all" },
  ];
}

/** How the reasons of an account's score add up, from the mean of all accounts to its own. */
export function contributionsFigure(data: ContributionsData, width = REPORT_WIDTH): Figure {
  const inner = width - 2 * PADDING;
  const rows = rowsOf(data);
  const lines: { y: number; text: string; weight: number }[] = [];
  const numbers: { y: number; text: string }[] = [];
  const bars: object[] = [];
  const ends: object[] = [];
  let y = 0;
  for (const { words, from, to, number, role } of rows) {
    // A reader without Inter has a wider font.
    const wrapped = wrapText(words, (inner - NUMBER) * 0.92, LABEL_SIZE, role === "all" ? 600 : 400);
    wrapped.forEach((text, i) => {
      lines.push({ y: y + i * LINE, text, weight: role === "all" ? 600 : 400 });
    });
    numbers.push({ y, text: number });
    const top = y + wrapped.length * LINE;
    const tip = { reason: words, share: number };
    if (role === "all") ends.push({ ...tip, at: from, y: top, bottom: top + BAR });
    else {
      bars.push({ ...tip, from, to, y: top, bottom: top + BAR, role });
    }
    y = top + BAR + GAP;
  }
  const total = y;
  const reached = rows.flatMap(({ from, to }) => [from, to]);
  const range = Math.max(...reached) - Math.min(...reached) || 1;
  const domain = [Math.min(...reached) - 0.03 * range, Math.max(...reached) + 0.03 * range];
  const vertical = {
    type: "quantitative",
    scale: { domain: [total, 0], nice: false, zero: false },
    axis: null,
  };
  const horizontal = {
    type: "quantitative",
    scale: { domain, nice: false, zero: false },
    axis: { title: "Logit of the score", grid: false, tickCount: width < 480 ? 4 : 6 },
  };
  const hover = tooltip({ reason: "Reason", share: "Share" });
  const [first] = data.contributions;
  const text = (weight: number, align: string, x: object) => ({
    mark: { type: "text", align, baseline: "top", fontWeight: weight, color: INK.text },
    encoding: { x, y: { field: "y", ...vertical }, text: { field: "text" } },
  });
  return composeFigure({
    name: "contributions",
    title: `Why ${data.who} has a score of ${percent(data.probability)}`,
    subtitle: `From the mean of the accounts it is compared with (${percent(data.baseProbability)}) to its own score, reason by reason. Blue speaks for active, orange against. These are reasons of the model, not causes.`,
    description: `Waterfall chart of the reasons for a score: from ${percent(data.baseProbability)} to ${percent(data.probability)}.${
      first === undefined ? "" : ` The weightiest: ${first.words} (${signed(first.value)} on the logit).`
    }`,
    width,
    bodyHeight: total + AXIS,
    body: {
      layer: [
        layer(
          bars,
          { type: "rect" },
          {
            x: { field: "from", ...horizontal },
            x2: { field: "to" },
            y: { field: "y", ...vertical },
            y2: { field: "bottom" },
            color: {
              field: "role",
              type: "nominal",
              scale: { domain: ["for", "against"], range: [INK.blue, INK.orange] },
              legend: null,
            },
            tooltip: hover,
          },
        ),
        layer(
          ends,
          { type: "rule", color: INK.text, strokeWidth: 3 },
          {
            x: { field: "at", ...horizontal },
            y: { field: "y", ...vertical },
            y2: { field: "bottom" },
            tooltip: hover,
          },
        ),
        ...[400, 600].map((weight) => ({
          data: { values: lines.filter((line) => line.weight === weight) },
          ...text(weight, "left", { value: 0 }),
        })),
        { data: { values: numbers }, ...text(500, "right", { value: "width" }) },
      ],
    },
  });
}
