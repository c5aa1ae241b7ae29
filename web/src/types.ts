import type { DatasetSummary } from "../../src/server/dataset.ts";
import type { JobFacts } from "../../src/server/jobs.ts";
import type { ListedRow } from "../../src/server/profileRoutes.ts";
import type { StudyView } from "../../src/server/study.ts";

export type { DatasetSummary, JobFacts, ListedRow, StudyView };

/** What the server tells of a model. */
export interface ModelFacts {
  readonly target: { readonly name: string; readonly wording: string };
  readonly preset: string;
  readonly features: readonly string[];
  readonly networks: number;
  readonly calibrated: boolean;
  readonly threshold: number;
  readonly trained: {
    readonly at: string;
    readonly file: string;
    readonly rows: number;
    readonly seed: number;
  };
}

/** A dataset, as `GET /v1/datasets/:id` tells it. */
export interface DatasetFacts {
  readonly id: string;
  readonly name: string;
  readonly made_at: string;
  readonly ready: { readonly data: boolean; readonly shortlist: boolean; readonly study: boolean };
  readonly rows: number | null;
  readonly model: ModelFacts | null;
  readonly without: string | null;
  /** The job that fills it. */
  readonly job: JobFacts | null;
  readonly summary: DatasetSummary | null;
}
