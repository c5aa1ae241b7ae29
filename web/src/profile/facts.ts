import type { explanationSchema } from "../../../src/server/modelRoutes.ts";
import type { Contact } from "../../../src/shortlist/contacts/contact.ts";
import type { Niche } from "../../../src/shortlist/niches.ts";
import type { ListedRow } from "../types.ts";

/** Why an account gets its probability. */
export type Explanation = (typeof explanationSchema)["_output"];

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
