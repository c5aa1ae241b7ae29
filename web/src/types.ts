import type { z } from "zod";
import type { explanationSchema } from "../../src/server/explanation.ts";
import type { JobFacts } from "../../src/server/jobs.ts";
import type { StudyView } from "../../src/server/study.ts";

export type { JobFacts, StudyView };

/** Why an account gets its probability. */
export type Explanation = z.infer<typeof explanationSchema>;
