import { type Properties, quantity } from "./axes.ts";
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

/** A share with its sign: `+0.36`, `−1.20`. */
function signed(value: number): string {
  return `${value < 0 ? "−" : "+"}${Math.abs(value).toFixed(2)}`;
}

/** How the reasons of an account's score add up, from the mean of all accounts to its own. */
export function contributionsFigure(data: ContributionsData, width = REPORT_WIDTH): Figure {
  const { contributions, base, baseProbability, logit, probability, who } = data;
  const rest = contributions.length <= MOST + 1 ? [] : contributions.slice(MOST);
  const shares = rest.length === 0 ? [...contributions] : contributions.slice(0, MOST);
  if (rest.length > 0)
    shares.push({
      words: `${rest.length} smaller ones together`,
      value: rest.reduce((sum, { value }) => sum + value, 0),
    });
  const mean = "the accounts it is compared with";
  let at = base;
  const reasons = [
    { words: mean, from: base, to: base, number: percent(baseProbability), role: "all" },
    ...shares.map(({ words, value }) => {
      const from = at;
      at += value;
      return { words, from, to: at, number: signed(value), role: value < 0 ? "against" : "for" };
    }),
    { words: who, from: logit, to: logit, number: percent(probability), role: "all" },
  ];
  let total = 0;
  const lines: object[] = [];
  const rows = reasons.map((reason) => {
    const y = total;
    const weight = reason.role === "all" ? 600 : 400;
    // A reader without Inter has a wider font.
    const wrapped = wrapText(reason.words, (width - 2 * PADDING - NUMBER) * 0.92, LABEL_SIZE, weight);
    lines.push(...wrapped.map((text, i) => ({ y: y + i * LINE, text, weight })));
    const top = y + wrapped.length * LINE;
    total = top + BAR + GAP;
    return { ...reason, y, top, bottom: top + BAR };
  });
  const reached = rows.flatMap(({ from, to }) => [from, to]);
  const range = Math.max(...reached) - Math.min(...reached) || 1;
  const domain = [Math.min(...reached) - 0.03 * range, Math.max(...reached) + 0.03 * range];
  const y = (field: string) => quantity(field, { domain: [total, 0], nice: false, zero: false }, null);
  const x = quantity(
    "from",
    { domain, nice: false, zero: false },
    { title: "Logit of the score", grid: false, tickCount: width < 480 ? 4 : 6 },
  );
  const hover = tooltip({ words: "Reason", number: "Share" });
  const [first] = contributions;
  const text = (values: readonly object[], field: string, at: Properties, mark: Properties) =>
    layer(
      values,
      { type: "text", baseline: "top", color: INK.text, ...mark },
      { x: at, y: y("y"), text: { field } },
    );
  return composeFigure({
    name: "contributions",
    title: `Why ${who} has a score of ${percent(probability)}`,
    subtitle: `From the mean of the accounts it is compared with (${percent(baseProbability)}) to its own score, reason by reason. Blue speaks for active, orange against. These are reasons of the model, not causes.`,
    description: `Waterfall chart of the reasons for a score: from ${percent(baseProbability)} to ${percent(probability)}.${
      first === undefined ? "" : ` The weightiest: ${first.words} (${signed(first.value)} on the logit).`
    }`,
    width,
    bodyHeight: total + AXIS,
    body: {
      layer: [
        layer(
          rows.filter(({ role }) => role !== "all"),
          { type: "rect" },
          {
            x,
            x2: { field: "to" },
            y: y("top"),
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
          rows.filter(({ role }) => role === "all"),
          { type: "rule", color: INK.text, strokeWidth: 3 },
          { x, y: y("top"), y2: { field: "bottom" }, tooltip: hover },
        ),
        text(lines, "text", { value: 0 }, { align: "left", fontWeight: { expr: "datum.weight" } }),
        text(rows, "number", { value: "width" }, { align: "right", fontWeight: 500 }),
      ],
    },
  });
}
