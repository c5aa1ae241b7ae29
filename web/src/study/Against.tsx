import { Fragment, type ReactNode } from "react";
import { Table } from "../../../src/report/shared/Table.tsx";
import { share } from "../format.ts";
import type { StudyView } from "../types.ts";

/** Two models side by side: what each was told to look for, what it is told, and how it does. */
export function Against({ metrics }: { metrics: StudyView["metrics"] }) {
  const { test_at_threshold: test, target, features, rule, recommended } = metrics;
  const { results } = recommended;
  const rows: [string, ReactNode, ReactNode][] = [
    ["Looks for", <Formula key="target" text={target.expression} />, results?.target.about ?? "–"],
    [
      "Is told",
      `${features.length} numbers${features.some((name) => name.includes("rate")) ? ", engagement rates among them" : ""}`,
      results === null
        ? "–"
        : results.questions === null
          ? "what a profile page shows, nothing of posts or rates"
          : "dates of posts and rates where there are any, else what a profile page shows",
    ],
    [
      "Judged on",
      "one split of the file",
      results === null
        ? "–"
        : `${results.options.folds} folds, ${results.options.repeats} times, always accounts it had not seen`,
    ],
    ["F1", share(test.f1), results === null ? "–" : share(results.out_of_fold.f1)],
    ["Precision", share(test.precision), results === null ? "–" : share(results.out_of_fold.precision)],
    ["Recall", share(test.recall), results === null ? "–" : share(results.out_of_fold.recall)],
    [
      "A rule without any network",
      rule === null ? (
        "–"
      ) : (
        <Fragment key="rule">
          {share(rule.f1)} F1 by <Formula text={rule.expression} />
        </Fragment>
      ),
      "none comes near: see the leaderboard",
    ],
  ];
  return (
    <>
      {results === null && recommended.reason !== null && <p className="problem">{recommended.reason}</p>}
      <Table
        caption="What each is asked, told, and how it is judged"
        className="wrap"
        columns={[
          <span key="head" className="unseen">
            What
          </span>,
          "Original study",
          "Recommended model",
        ]}
        words={["Original study", "Recommended model"]}
        rows={rows.map((cells) => ({ key: cells[0], cells }))}
      />
      <p className="note">
        The scores do not compare: each model answers a question of its own. The original one's answer is
        already among its inputs.
      </p>
    </>
  );
}

/** A condition, whose long names may be broken where their words end. */
function Formula({ text }: { text: string }) {
  return text.split(/(?<=_)/).map((part, i) => (
    // The parts of one text never change their places.
    <Fragment key={i}>
      {part}
      <wbr />
    </Fragment>
  ));
}
