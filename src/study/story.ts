import type { LeakageAudit } from "../leakage/finding.ts";
import type { Found } from "../report/input.ts";
import type { StudyAnalysis } from "./analyse.ts";
import type { Judgement } from "./judge.ts";
import type { StudyData, StudyFeatures } from "./read.ts";
import type { Recommendation } from "./recommend.ts";
import type { NetworkChoice, SeedResult } from "./train.ts";

/** What the user chose, with the defaults filled in. */
export interface StudySettings {
  readonly preset: string;
  readonly seed: number;
  readonly seeds: number;
  readonly minPrecision: number;
  /** Whether it is the shipped sample, whose people are made up. */
  readonly synthetic: boolean;
  readonly splitFile?: string | undefined;
  readonly network: NetworkChoice;
}

/** All that a study found, before it is drawn and written. */
export interface Story {
  readonly settings: StudySettings;
  readonly data: StudyData;
  readonly analysis: StudyAnalysis;
  readonly features: StudyFeatures;
  readonly leakage: LeakageAudit;
  /** One a seed, in order; the first is the one that is drawn and saved. */
  readonly runs: readonly SeedResult[];
  readonly judged: Judgement;
  /** The recommended model beside it, or why there is none. */
  readonly recommended: Recommendation;
  /** Whom to write to first; undefined where no model could rank them. */
  readonly found: Found | undefined;
}
