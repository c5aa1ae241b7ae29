import type { Calibration } from "../evaluation/calibration.ts";
import { double } from "../features/dialect.ts";
import { pipelineInputs, pipelineSql } from "../features/pipeline.ts";
import { hiddenUnits, type Layer, type Network } from "../network/network.ts";
import { type Answer, answersTo, asksQuestions, combinationFor, ensembleOf, QUESTIONS } from "./answers.ts";
import { bothMostSql, bothSql, combinedSql } from "./combination.ts";
import type { Model } from "./model.ts";
import { MET } from "./modelPredictor.ts";
import { type NetworkDialect, SQL_ENGINES, type SqlEngine } from "./networkDialect.ts";

/** One step of the query: a relation of its own, which adds a column to the one before. */
interface SqlStep {
  readonly name: string;
  readonly comment: string;
  /** Columns it adds, `expression AS name` each. */
  readonly adds: readonly (readonly [name: string, expression: string])[];
}

/**
 * A whole model as one query over a relation `profiles` with the canonical columns that the features read: all its columns,
 * then `features` (a record of numbers), `logit`, `probability` and `active`; of a model of two questions `still_posting`,
 * `well_answered` and `evidence` too. For reading, and for warehouses where nothing but SQL runs; the network inside the graph is many
 * times faster.
 */
export function modelSql(model: Model, engine: SqlEngine): string {
  const dialect = SQL_ENGINES[engine];
  const features = pipelineSql(model.pipeline, dialect.features);
  const record = dialect.record(features.map(({ name, expression }) => [name, expression]));
  const [only] = model.answers;
  const questions = asksQuestions(model);
  const steps = questions
    ? [
        ...sideBySide(model.answers.map((answer) => answerSteps(answer, nameOf(answer), dialect))),
        ...questionSteps(model),
      ]
    : answerSteps(only, "", dialect);
  const results: SqlStep["adds"] = questions
    ? [
        ["probability", sigmoidSql("logit")],
        ["still_posting", sigmoidSql("still_logit")],
        ["well_answered", sigmoidSql("well_logit")],
      ]
    : [["probability", sigmoidSql("calibrated_logit")]];
  const result = { name: "result", comment: "1 / (1 + exp(-z)), without overflow.", adds: results };
  const given = [
    "logit",
    "probability",
    ...(questions ? ["still_posting", "well_answered", "evidence"] : []),
  ];
  const passing = steps
    .flatMap(({ adds }) => adds.map(([name]) => name))
    .filter((name) => !given.includes(name));
  return `${heading(model, dialect, questions)}
WITH
  -- What the networks see: ${features.length} numbers, made of the profile's columns.
  prepared AS (
    SELECT ${dialect.profile}, ${record} AS features
    FROM profiles
  ),
${[...steps, result].map(({ name, comment, adds }, i) => `  -- ${comment}\n  ${name} AS (\n    SELECT *, ${adds.map(([column, expression]) => `${expression} AS ${column}`).join(",\n      ")}\n    FROM ${i === 0 ? "prepared" : steps[i - 1].name}\n  )`).join(",\n")}
SELECT
  ${dialect.result(passing, given)},
  CAST(probability >= ${double(model.threshold)} AS INTEGER) AS active
FROM result
`;
}

/** The steps of several answers as steps of all of them: Spark gives up on a query of some thirty steps. */
function sideBySide(each: readonly (readonly SqlStep[])[]): SqlStep[] {
  const most = Math.max(...each.map((steps) => steps.length));
  return Array.from({ length: most }, (_, i) => {
    const steps = each.flatMap((all) => all.slice(i, i + 1));
    const comments = [...new Set(steps.map(({ comment }) => comment))];
    return {
      name: `step${i}`,
      comment: comments.join("\n  -- "),
      adds: steps.flatMap(({ adds }) => adds),
    };
  });
}

/** What the steps of an answer begin with, where there are several. */
function nameOf({ question, evidence }: Answer): string {
  return `${question}_${evidence}_`;
}

function heading(model: Model, { engine, needs, needsForPosts }: NetworkDialect, questions: boolean): string {
  const columns = pipelineInputs(model.pipeline);
  const networks = model.answers.flatMap(({ network }) => ensembleOf(network).networks);
  const units = hiddenUnits(networks[0]).join(", ") || "no";
  const numbers = networks
    .flatMap(({ layers }) => layers)
    .reduce((sum, { weight, bias }) => sum + weight.length + bias.length, 0);
  const shape = questions
    ? `${model.answers.length} answers to two questions`
    : `${networks.length === 1 ? "one network" : `${networks.length} networks`} of ${units} hidden units`;
  const gives = questions
    ? "logit, probability, still_posting, well_answered, evidence and active"
    : "logit, probability and active";
  return [
    `-- ${engine}. A model that tells who is active, made ${model.created_at}: preset ${model.pipeline.preset},`,
    `-- target ${oneLine(model.target.wording ?? model.target.name)}; ${shape}, ${numbers} weights.`,
    `-- Reads the relation profiles with the columns ${columns.join(", ")};`,
    `-- one that is not known is NULL AS its name. Gives its columns, the features, ${gives}.`,
    `-- ${needs}`,
    ...(columns.includes("posted_at") && needsForPosts !== "" ? [`-- ${needsForPosts}`] : []),
  ].join("\n");
}

/** A user's words as a comment: nothing of them may end its line. */
function oneLine(text: string): string {
  return text.replace(/\s+/g, " ");
}

/** From the features to an answer's calibrated logit. */
function answerSteps(
  { features, network, calibration }: Answer,
  prefix: string,
  dialect: NetworkDialect,
): SqlStep[] {
  const { networks, weights } = ensembleOf(network);
  const inputs = dialect.row([...features.map((name) => `features.${name}`), "1e0"]);
  return [
    {
      name: `${prefix}inputs`,
      comment:
        "The numbers as a row; the 1 at its end meets the bias, which is the last weight of each unit.",
      adds: [[`${prefix}x0`, inputs]],
    },
    ...layerSteps(networks, prefix, dialect),
    {
      name: `${prefix}score`,
      comment: "The mean of the networks' logits, each as much as it counts.",
      adds: [[`${prefix}logit`, dialect.weightedSum(`${prefix}logits`, weights)]],
    },
    {
      name: `${prefix}calibrated`,
      comment: calibrationWords(calibration),
      adds: [[`${prefix}calibrated_logit`, calibrationSql(calibration, `${prefix}logit`)]],
    },
  ];
}

/** From the answers to the final logit. */
function questionSteps(model: Model): SqlStep[] {
  const { combinations = [] } = model;
  const [still, well] = QUESTIONS.map((question) => answersTo(model, question));
  const logits = (answers: readonly Answer[]) => answers.map((one) => `${nameOf(one)}calibrated_logit`);
  const words = (answers: readonly Answer[]) =>
    firstMet(
      answers,
      answers.map(({ evidence }) => `'${evidence}'`),
      "'none'",
    );
  const combined = still.map((one) =>
    firstMet(
      well,
      well.map((other) =>
        combinedSql(combinationFor(combinations, one.evidence, other.evidence), "both_logit"),
      ),
    ),
  );
  return [
    {
      name: "answered",
      comment:
        "Each question by the best evidence that a row has; the last answer stands in where there is none.",
      adds: [
        ["still_logit", firstMet(still, logits(still))],
        ["well_logit", firstMet(well, logits(well))],
        ["evidence", `concat(${words(still)}, '+', ${words(well)})`],
      ],
    },
    {
      name: "largest",
      comment: "The largest term of the next sum, which is taken out of it so that nothing overflows.",
      adds: [["both_most", bothMostSql("still_logit", "well_logit")]],
    },
    {
      name: "product",
      comment: "Both at once: the logit of the product of two is -ln(exp(-a) + exp(-b) + exp(-a - b)).",
      adds: [["both_logit", bothSql("still_logit", "well_logit", "both_most")]],
    },
    {
      name: "combined",
      comment: "The final logit, for each kind of evidence.",
      adds: [["logit", firstMet(still, combined)]],
    },
  ];
}

/** What the first answer has whose needs a row meets. */
function firstMet(answers: readonly Answer[], each: readonly string[], none = each[each.length - 1]): string {
  return answers.reduceRight((rest, { needs }, i) => {
    if (needs === null || rest === each[i]) return each[i];
    return `CASE WHEN features.${needs} > ${double(MET)} THEN ${each[i]} ELSE ${rest} END`;
  }, none);
}

function sigmoidSql(z: string): string {
  return `CASE WHEN ${z} >= 0 THEN 1 / (1 + exp(-${z})) ELSE exp(${z}) / (1 + exp(${z})) END`;
}

function layerSteps(networks: readonly Network[], prefix: string, dialect: NetworkDialect): SqlStep[] {
  const [{ layers }] = networks;
  return layers.map(({ inputs, outputs }, i) => {
    const rows = networks.map((network) => unitsOf(network.layers[i]));
    const columns = inputs + 1;
    const from = `${prefix}x${i}`;
    if (i < layers.length - 1) {
      const weights = dialect.weights(JSON.stringify(rows), columns, 2);
      return {
        name: `${prefix}layer${i + 1}`,
        comment: `Layer ${i + 1}: for each network ${outputs} units of ${inputs} weights and a bias; below 0 they are 0.`,
        adds: [[`${prefix}x${i + 1}`, dialect.hidden(weights, from, i === 0, outputs)]],
      };
    }
    const weights = dialect.weights(JSON.stringify(rows.map(([unit]) => unit)), columns, 1);
    return {
      name: `${prefix}network`,
      comment: "The last layer: one logit a network.",
      adds: [[`${prefix}logits`, dialect.last(weights, from, i === 0)]],
    };
  });
}

/** The weights of each unit, and its bias after them. A 32-bit number is written with the digits that tell it from all others. */
function unitsOf({ weight, bias, inputs }: Layer): number[][] {
  return Array.from(bias, (last, unit) =>
    [...weight.subarray(unit * inputs, (unit + 1) * inputs), last].map(shortest),
  );
}

function shortest(value: number): number {
  return Number(value.toPrecision(9));
}

function calibrationWords(calibration: Calibration | undefined): string {
  if (calibration === undefined) return "Not calibrated.";
  return calibration.method === "platt" ? "Calibration after Platt." : "Beta calibration.";
}

function calibrationSql(calibration: Calibration | undefined, logit: string): string {
  if (calibration === undefined) return logit;
  const { intercept } = calibration;
  if (calibration.method === "platt") return `${double(calibration.slope)} * ${logit} + ${double(intercept)}`;
  const softplus = (z: string) => `(greatest(${z}, 0e0) + ln(1e0 + exp(-abs(${logit}))))`;
  return `${double(-calibration.rise)} * ${softplus(`-${logit}`)} + ${double(calibration.fall)} * ${softplus(logit)} + ${double(intercept)}`;
}
