import type { ReactElement } from "react";
import { capitalised, countInWords, countOf, numberWord } from "../../base/words.ts";
import type { ReportInput } from "../input.ts";
import type { Metrics } from "../metrics.ts";
import { percent, score } from "../numbers.ts";
import { FigureGroup } from "../page/FigureGroup.tsx";
import { Table } from "../shared/Table.tsx";
import { leakingFeatures } from "../verdict.tsx";
import { featureMeaning } from "../words.ts";

/** What the network is told, what it looks like, on which rows it learned, and how the training went. */
export function Model({ metrics, figures, files }: ReportInput): ReactElement {
  const { features, network, training, split } = metrics;
  const leaking = leakingFeatures(metrics);
  const parts = [
    { name: "training", part: split.train, use: "fitting the features and the weights" },
    { name: "validation", part: split.valid, use: "deciding when to stop, and choosing the threshold" },
    { name: "test", part: split.test, use: "measuring, and nothing else" },
  ];
  const monitored = network.monitor === "brier" ? "Brier score" : "loss";
  return (
    <>
      <h3>What it is told</h3>
      <p>
        {capitalised(numberWord(features.length))} {features.length === 1 ? "number" : "numbers"} about each
        account, each scaled to lie between 0 and 1 on the training rows.
      </p>
      <ol className="features">
        {features.map((feature) => (
          <li key={feature}>
            <code>{feature}</code> <span>{featureMeaning(feature)}</span>
            {leaking.includes(feature) && <span className="tag">part of the label</span>}
          </li>
        ))}
      </ol>
      <h3>What it is</h3>
      <p>{networkWords(metrics)}</p>
      <h3>How it learned</h3>
      <Table
        caption="The accounts in three parts"
        columns={["part", "accounts", "of them active", "used for"]}
        words={["used for"]}
        rows={parts.map(({ name, part, use }) => ({
          key: name,
          cells: [
            name,
            countInWords(part.rows),
            part.rows === 0
              ? countInWords(part.positives)
              : `${countInWords(part.positives)} (${percent(part.positives / part.rows)})`,
            use,
          ],
        }))}
      />
      <p>
        {network.batch_size >= split.train.rows
          ? "All training accounts at once"
          : `Batches of ${countOf(network.batch_size, "account")}`}
        , Adam with a learning rate of {network.learning_rate}
        {network.weight_decay > 0 && ` and a weight decay of ${network.weight_decay}`}.{" "}
        {training.stopped === "early" ? (
          <>
            Every {countOf(network.validation_every, "epoch")} the {monitored} on the validation accounts was
            looked at; after {countOf(network.patience, "look")} without a better one the training stopped, in
            epoch {countInWords(training.epochs)}.
          </>
        ) : (
          <>It went on for all {countOf(training.epochs, "epoch")} it was allowed.</>
        )}{" "}
        The weights kept are those of epoch {countInWords(training.best_epoch)}, where the {monitored} was
        lowest
        {bestScore(metrics)}.
      </p>
      <FigureGroup names={["training-curve"]} figures={figures} files={files} />
    </>
  );
}

function bestScore({ network, training }: ReportInput["metrics"]): string {
  const best = training.history.find(({ epoch }) => epoch === training.best_epoch);
  if (best === undefined) return "";
  const { valid_brier, valid_loss, train_loss } = best;
  return network.monitor === "brier"
    ? `: ${score(valid_brier)}; the loss there was ${score(valid_loss)}, and ${score(train_loss)} on the accounts it learned from`
    : `: ${score(valid_loss)} on the validation accounts, ${score(train_loss)} on those it learned from`;
}

/** The network's shape in a sentence or two. */
export function networkWords({ network, features }: Pick<Metrics, "network" | "features">): string {
  const { hidden, dropout, parameters } = network;
  const weights = `${countOf(parameters, "weight")} in all.`;
  if (hidden.length === 0)
    return `A logistic regression: ${countOf(features.length, "input")}, no hidden layer, ${weights}`;
  const same = hidden.every((units) => units === hidden[0]);
  const layers = same
    ? `${numberWord(hidden.length)} hidden ${hidden.length === 1 ? "layer" : "layers"} of ${countOf(hidden[0], "unit")}`
    : `${numberWord(hidden.length)} hidden layers of ${hidden.slice(0, -1).join(", ")} and ${hidden.at(-1)} units`;
  const shape = `A plain network: ${countOf(features.length, "input")}, ${layers} with ReLU between, one output that a sigmoid turns into a probability; ${weights}`;
  if (dropout === 0) return `${shape} No dropout.`;
  return `${shape} While it learns, ${percent(dropout)} of the hidden units, drawn anew each time, are switched off (dropout); when it predicts, all are on.`;
}
