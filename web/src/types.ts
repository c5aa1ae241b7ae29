import type { z } from "zod";
import type { DatasetSummary } from "../../src/server/dataset.ts";
import type { datasetSchema } from "../../src/server/datasetRoutes.ts";
import type { explanationSchema } from "../../src/server/explanation.ts";
import type { JobFacts } from "../../src/server/jobs.ts";
import type { ListedRow } from "../../src/server/row.ts";
import type { StudyView } from "../../src/server/study.ts";
import type { Contact } from "../../src/shortlist/contacts/contact.ts";
import type { Niche } from "../../src/shortlist/niches.ts";

export type { DatasetSummary, JobFacts, ListedRow, StudyView };

/** A dataset, as `GET /v1/datasets/:id` answers it. */
export interface DatasetFacts extends Readonly<z.infer<typeof datasetSchema>> {
  /** The job that fills it. */
  readonly job: JobFacts | null;
  readonly summary: DatasetSummary | null;
}

/** Why an account gets its probability. */
export type Explanation = z.infer<typeof explanationSchema>;

/** All that is known of an account, as `GET /v1/profiles/:row` tells it. */
export interface ProfileFacts extends ListedRow {
  readonly biography: string | null;
  readonly bio_link: string | null;
  readonly private: boolean | null;
  readonly created_at: string | null;
  readonly observed_at: string | null;
  readonly posted_at: readonly string[];
  readonly contacts: readonly Contact[];
  readonly niches: readonly Niche[];
  readonly explanation: Explanation | null;
  readonly like_this: readonly (ListedRow & { readonly distance: number })[];
}
