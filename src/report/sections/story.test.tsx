import { describe, expect, it } from "vitest";
import { exampleFound } from "../../../test/support/report/found.ts";
import { exampleFiles, exampleMetrics } from "../../../test/support/report/metrics.ts";
import { textOf } from "../../../test/support/report/text.ts";
import type { Metrics } from "../metrics.ts";
import { Activity } from "./Activity.tsx";
import { Caveats } from "./Caveats.tsx";
import { FoundPeople } from "./Found.tsx";
import { Importance } from "./Importance.tsx";
import { Information } from "./Information.tsx";
import { Label } from "./Label.tsx";
import { Files, Making } from "./Making.tsx";
import { InShort, Masthead } from "./Masthead.tsx";
import { Model } from "./Model.tsx";

type Change = Partial<Metrics>;

const example = exampleMetrics();
const input = (change: Change = {}) => ({
  metrics: exampleMetrics(change),
  figures: [],
  files: exampleFiles,
});
const rule = example.rule!;

describe("the head", () => {
  const head = (change: Partial<Parameters<typeof Masthead>[0]> = {}) =>
    textOf(<Masthead {...input()} found={exampleFound} {...change} />);

  it("tells how many were found, how old that is by the report's clock, and what the forecast is for", () => {
    expect(head()).toContain("431 accounts of 1,000 are worth a look.");
    expect(head()).toContain(
      "Profiles read from 3 Feb 2025 to 5 Feb 2025, the first 29 days ago; the forecast is for the 30 days after the day of each.",
    );
    expect(head()).not.toContain("older than 30 days");
    const later = exampleMetrics({ created_at: "2025-03-06T10:20:30.000Z" });
    expect(head({ metrics: later })).toContain("the first 31 days ago");
    expect(head({ metrics: later })).toContain("Profiles older than 30 days tell who was posting then");
    const nobody = { ...exampleFound, list: { ...exampleFound.list, preferred: 0, entries: [] } };
    expect(head({ found: nobody })).toContain("None of 1,000 accounts is likely to go on posting.");
  });

  it("tells the study's result where nobody was ranked, and nothing of a forecast", () => {
    const text = head({ found: undefined });
    expect(text).toContain("To find creators, use the recommended model.");
    expect(text).not.toContain("forecast");
  });
});

describe("the people found", () => {
  it("stand with a sentence each, the answers and what these stand on, what to look at twice, and no contacts", () => {
    const text = textOf(<FoundPeople found={exampleFound} />);
    expect(text).toContain(
      "Of 1,000 accounts, 431 have at least 1,000 followers and are likely to go on posting; these come first by the model that ships with the program (made on 15 Jan 2025 of 998 profiles of another file).",
    );
    expect(text).toContain(
      "Mia bakes @mia.bakes 12.4K followers 93 % Posted 2 days ago, about 3 a week; answered better than 90 % of accounts of this size.",
    );
    expect(text).toContain(
      "Still posting 97 % (from dated posts), answered well 88 % (from the observed engagement)",
    );
    // Nobody is quite sure of anybody.
    expect(text).toMatch(/[^6]6812345678901234567 12.4K followers 99 %/);
    expect(text).toContain("Still posting 97 % (from the profile page alone)");
    expect(text).toContain(
      'look twice Biography says "follow for follow"; follows 9,761 accounts and has 5,007 followers.',
    );
  });

  it("says which model it was, and of whom it learnt", () => {
    const own = { ...exampleFound, by: "recommended", own: true } as const;
    const text = textOf(<FoundPeople found={own} />);
    expect(text).toContain("by the model that this report recommends, trained on this file.");
    expect(text).toContain(
      "It learnt from these very accounts, so its numbers are better here than elsewhere.",
    );
    expect(textOf(<FoundPeople found={undefined} />)).toBe("");
  });
});

describe("the study in short", () => {
  it("tells the parts, the label and the leak", () => {
    const text = textOf(<InShort {...input()} />);
    expect(text).toContain(
      "The study trained a small network on 640 of the accounts, chose its threshold on 160 others",
    );
    expect(text).toContain(
      "Its label, “active”, means awg_engagement_rate > 0.05, as in the original study.",
    );
    const alone = input({ recommended: { results: null, reason: "Left out." } });
    expect(textOf(<InShort {...alone} />)).toContain(
      "But mind what that proves: two of the nine things the network is told are parts of the answer",
    );
    expect(text).toContain("F1, our network 0.94at its threshold; 95 % interval 0.90 to 0.97");
    expect(text).toContain("F1, one-line rule 1.00two columns added up");
  });

  it("leaves the leak out where there is none to tell", () => {
    const text = textOf(<InShort {...input({ rule: null, target: { ...example.target, name: "mine" } })} />);
    expect(text).not.toMatch(/gives itself away|one-line rule|original study/);
  });
});

describe("the label", () => {
  const label = (change: Change) => textOf(<Label {...input(change)} />);

  it("explains the leak of a perfect rule, and blames the scaling with the file's own numbers", () => {
    const text = label({});
    expect(text).toContain("510 accounts (51 %) are active by it, 490 are not.");
    expect(text).toContain("The line below is right about every one of the 200 test accounts:");
    expect(text).toContain("Both of these columns are also among the 9 inputs");
    expect(text).toContain(
      "the largest like_engagement_rate is 63.1 while half of the accounts are at or below 0.051: they share less than 0.1 % of the scale",
    );
  });

  it("tells of a rule that is not perfect, and of inputs that do not leak", () => {
    const close = { ...rule, f1: 0.962, precision: 0.95, recall: 0.974 };
    const text = label({ rule: close, features: ["followers"] });
    expect(text).toContain(
      "The label is close to a sum of two columns of the file. On the 200 test accounts the line",
    );
    expect(text).toContain("reaches F1 0.962, with precision 0.950 and recall 0.974");
    expect(text).toContain("None of these columns is among the 1 input of the network.");
    expect(text).not.toContain("scaling");
  });

  it("does not call a rule that is no better than a guess a leak", () => {
    const text = label({ rule: { ...rule, f1: 0.412, precision: 0.4, recall: 0.425 } });
    expect(text).toContain(
      "Beside a rule of one line On the 200 test accounts the line below reaches F1 0.412",
    );
    expect(text).not.toMatch(/gives itself away|shown the answer|close to a sum/);
  });

  it("counts only the inputs that leak, and blames no tail that is not there", () => {
    expect(label({ features: ["like_engagement_rate", "followers"] })).toContain(
      "One of these columns is also among the 2 inputs",
    );
    const columns = example.summary.columns.map((column) =>
      column.name.endsWith("rate") ? { ...column, min: 0, median: 0.4, max: 1 } : column,
    );
    expect(label({ summary: { ...example.summary, columns } })).not.toContain("scaling");
  });

  it("says so where there is no rule, another label, and accounts without one", () => {
    const target = { ...example.target, name: "mine", expression: "followers > 10", unknown: 12 };
    const text = label({ rule: null, target });
    expect(text).toContain("An account counts as active where this holds: followers > 10");
    expect(text).toContain("Of 12 accounts it is not known; they are left out");
    expect(text).toContain("does not have the rates");
    expect(label({ target: { ...target, unknown: 1 } })).toContain(
      "Of 1 account it is not known; it is left out",
    );
  });
});

describe("information", () => {
  const information = (change: Change) => textOf(<Information {...input(change)} />);

  it("names what tells most, what tells nothing, and what was chance", () => {
    const text = information({});
    expect(text).toContain("0.69 would be everything there is to know");
    expect(text).toContain("like_engagement_rate tells most: 0.67, where shuffled labels give 0.01.");
    expect(text).toContain("Next to nothing beyond chance come from bio_link and is_verified.");
    expect(text).toContain(
      "followers scores 0.63, and still 0.60 when the labels are shuffled. So 95.4 % of it is chance.",
    );
    expect(text).toContain("Measured by nearest neighbours it is 0.12.");
  });

  it("admits that nothing tells anything, and speaks of no columns where there are none", () => {
    const text = information({
      mutual_information: { likes: { score: 0.01, shuffled: 0.008, kind: "numeric" } },
      mutual_information_as_published: {},
    });
    expect(text).toContain("none of the columns tells more than chance would");
    expect(text).toContain("likes 0.010 0.008 – –");
    expect(text).not.toContain("by heart");
    expect(information({ mutual_information: {} })).not.toContain("tells most");
  });
});

describe("the network", () => {
  const model = (change: Change) => textOf(<Model {...input(change)} />);

  it("tells its inputs, the parts and the training", () => {
    const text = model({});
    expect(text).toContain("Nine numbers about each account");
    expect(text).toContain("like_engagement_rate mean likes of a recent video / followerspart of the label");
    expect(text).toContain("training 640 326 (50.9 %) fitting the features and the weights");
    expect(text).toContain("Batches of 512 accounts, Adam with a learning rate of 0.001.");
    expect(text).toContain("after 25 looks without a better one the training stopped, in epoch 820.");
    expect(text).toContain("The weights kept are those of epoch 570, where the Brier score was lowest: 0.05");
    const network = { ...exampleMetrics().network, monitor: "loss" as const };
    expect(model({ network })).toContain("epoch 570, where the loss was lowest: 0.21");
  });

  it("tells of full batches, weight decay, training to the end and features it does not know", () => {
    const text = model({
      network: { ...example.network, batch_size: 5000, weight_decay: 0.01 },
      training: { ...example.training, stopped: "max_epochs", epochs: 300, best_epoch: 7, history: [] },
      features: ["some_thing"],
    });
    expect(text).toContain("One number about each account");
    expect(text).toContain("some_thing some thing");
    expect(text).toContain(
      "All training accounts at once, Adam with a learning rate of 0.001 and a weight decay of 0.01.",
    );
    expect(text).toContain("It went on for all 300 epochs it was allowed.");
    expect(text).toContain("those of epoch 7, where the Brier score was lowest.");
  });
});

describe("importance", () => {
  it("names the input that matters most, and those that cannot be told from nothing", () => {
    const text = textOf(<Importance {...input()} />);
    expect(text).toContain(
      "Most is lost without like_engagement_rate: 0.402, which is a part of the label itself.",
    );
    expect(text).toContain("is_verified and biography_keyword the loss cannot be told from none.");
  });

  it("says when nothing matters", () => {
    const permutation_importance = [
      { feature: "likes", mean: 0.001, standard_deviation: 0.01, low: -0.02, high: 0.02 },
    ];
    const text = textOf(<Importance {...input({ permutation_importance })} />);
    expect(text).toContain("No single input makes a difference that can be told from none.");
    expect(textOf(<Importance {...input({ permutation_importance: [] })} />)).not.toContain("Most is lost");
  });
});

describe("activity", () => {
  const activity = example.summary.activity!;
  const say = (positive: number | null, negative: number | null, name = "engagement") =>
    textOf(
      <Activity
        {...input({
          target: { ...example.target, name },
          summary: {
            ...example.summary,
            activity: { ...activity, posted_within_30_days_by_target: { positive, negative } },
          },
        })}
      />,
    );

  it("sets the label against posting", () => {
    expect(say(0.29, 0.52)).toContain(
      "Of 962 accounts with both, 40.1 % had posted within the 30 days before and 49.2 %",
    );
    expect(say(0.29, 0.52)).toMatch(/points the wrong way.*few followers/);
    expect(say(0.29, 0.52, "mine")).not.toContain("few followers");
    expect(say(0.6, 0.3)).toContain("agree in part");
    expect(say(0.41, 0.4)).toContain("next to nothing about posting");
    expect(say(null, 0.4)).not.toContain("label");
  });

  it("says when no post has a date", () => {
    expect(textOf(<Activity {...input({ summary: { ...example.summary, activity: null } })} />)).toContain(
      "This file dates no posts",
    );
  });
});

describe("caveats", () => {
  const caveats = (change: Change) => textOf(<Caveats {...input(change)} />);

  it("takes its numbers from the study", () => {
    const text = caveats({});
    expect(text).toContain("200 test accounts put F1 anywhere in 0.90 to 0.97.");
    expect(text).toContain(
      "Always saying 51 % would be off by a Brier score of 0.250; the network’s is 0.061.",
    );
    expect(text).toContain("the label is given away");
    expect(text).toContain("English words");
    expect(text).toContain("post less often");
    expect(text).not.toContain("made up");
  });

  it("leaves out what does not hold, and says when the accounts are made up", () => {
    const text = caveats({
      rule: null,
      features: ["likes"],
      dataset: { ...example.dataset, synthetic: true },
      summary: { ...example.summary, activity: null },
    });
    expect(text).toContain("These accounts are made up.");
    expect(text).toContain("a question no score here answers");
    expect(text).not.toMatch(/given away|English|post less often/);
  });
});

describe("making and files", () => {
  it("tells how to make it again, and how long it took", () => {
    const text = textOf(<Making {...input({ options: { ...example.options, split: "published.json" } })} />);
    expect(text).toContain("--split published.json");
    expect(text).toContain("made 2025-03-04 10:20 UTC");
    expect(text).toContain("Time taken: 14 s");
    expect(text).toContain("train 9.8 s");
    expect(textOf(<Making {...input({ timing: {} })} />)).not.toContain("Time taken");
  });

  it("links only files that are there", () => {
    const files = ["metrics.json", "model/weights.bin"];
    const text = textOf(<Files metrics={example} files={files} />);
    expect(text).toContain("metrics.json every number of this report");
    expect(text).toContain("weights.bin");
    expect(text).not.toMatch(/rejected\.csv|predictions\.csv|figures/);
    const figures = [{ name: "roc", title: "ROC", description: "A curve." }];
    expect(textOf(<Files metrics={exampleMetrics({ figures })} files={["figures/roc.svg"]} />)).toContain(
      "figures/",
    );
  });
});
