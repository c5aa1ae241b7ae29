import { countInWords, countOfThings, shareInWords } from "../base/words.ts";
import type { Drift } from "../evaluation/drift.ts";
import { briefNumber } from "../figures/numberFormat.ts";
import type { Comparison } from "../training/compareProfiles.ts";
import { formatTable } from "./table.ts";

/** Features that have not moved and are listed all the same. */
const FEW = 5;

/** A comparison for people: what moved, in words, then every column, the features that moved, and the prediction. */
export function compareText(found: Comparison): string {
  const { train, columns, words, features, prediction, findings } = found;
  const side = (name: string, { file, profiles, compared }: Comparison["train"]) => {
    const drawn = compared < profiles ? `, ${countInWords(compared)} of them compared` : "";
    return `${name.padEnd(7)}${file}, ${countOfThings(profiles, "profile")}${drawn}`;
  };
  const told = [...(prediction === null ? [] : [prediction]), ...columns, ...words].filter(
    ({ shift }) => shift === "large" || shift === "some",
  );
  const severe = findings.filter(({ severity }) => severity === "severe").map(({ message }) => message);
  const moved = features.filter(({ shift }) => shift === "large" || shift === "some");
  const shown = features.slice(0, Math.max(FEW, moved.length));
  const parts = [
    `${side("train", train)}\n${side("new", found.new)}`,
    [headline(found), ...told.map(inShort), ...severe].join("\n"),
    ...(prediction === null ? [] : [table("prediction", [prediction])]),
    table("columns", columns),
    table("features (scaled)", shown),
  ];
  const rest = features.length - shown.length;
  if (rest > 0) parts.push(`${countOfThings(rest, "more feature")} moved less (--json has them)`);
  return `${parts.join("\n\n")}\n`;
}

function headline({ columns, words, features, prediction }: Comparison): string {
  const large = (drifts: readonly { shift: string }[]) =>
    drifts.filter(({ shift }) => shift === "large").length;
  const all = columns.length + words.length;
  const what = `${large([...columns, ...words])} of ${countOfThings(all, "column")} and ${large(features)} of ${countOfThings(features.length, "feature")} moved a lot`;
  if (prediction === null) return `${what}.`;
  const how = {
    none: "the prediction has not moved to speak of",
    some: "the prediction moved somewhat",
    large: "the prediction moved a lot",
    unclear: "for the prediction the rows are too few to say",
  };
  return `${what}; ${how[prediction.shift]}.`;
}

/** `followers: median 6.02K -> 9.8K, PSI 0.31, large`. */
function inShort(drift: Drift | Comparison["words"][number]): string {
  const end = `PSI ${drift.psi.toFixed(2)}, ${drift.shift}`;
  if ("shares" in drift) {
    const shares = drift.shares
      .slice(0, 3)
      .map(
        ({ word, reference, current }) => `${word} ${shareInWords(reference)} -> ${shareInWords(current)}`,
      );
    return `${drift.name}: ${shares.join(", ")}, ${end}`;
  }
  const { reference, current } = drift.missing;
  const unknown =
    Math.abs(current - reference) < 0.01
      ? ""
      : `, unknown ${shareInWords(reference)} -> ${shareInWords(current)}`;
  return `${drift.name}: ${middle(drift)}${unknown}, ${end}`;
}

/** The middle before and after: medians, or of a flag the share that has it. */
function middle({ ones, median }: Drift): string {
  if (ones !== null) return `true for ${shareInWords(ones.reference)} -> ${shareInWords(ones.current)}`;
  const words = (value: number | null) => (value === null ? "unknown" : briefNumber(value));
  return `median ${words(median.reference)} -> ${words(median.current)}`;
}

/** The middle half of the known values: `410 to 29.3K`. */
function half(quantiles: readonly number[]): string {
  return quantiles.length === 0 ? "unknown" : `${briefNumber(quantiles[1])} to ${briefNumber(quantiles[3])}`;
}

function table(title: string, drifts: readonly Drift[]): string {
  const rows = drifts.map((drift) => {
    const { name, psi, ks, shift, quantiles } = drift;
    const spread = drift.ones === null ? `${half(quantiles.reference)} -> ${half(quantiles.current)}` : "";
    return [
      name,
      middle(drift).replace(/^(median|true for) /, ""),
      spread,
      psi.toFixed(2),
      ks === null ? "-" : ks.statistic.toFixed(2),
      ks === null ? "-" : ks.p_value < 0.001 ? "<0.001" : ks.p_value.toFixed(3),
      shift,
    ];
  });
  return formatTable(
    [[title, "median or share", "middle half", "PSI", "KS", "p", "shift"], ...rows],
    [3, 4, 5],
  );
}
