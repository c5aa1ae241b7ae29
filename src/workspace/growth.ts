import { LATE_DAYS } from "../explain/postingFacts.ts";

/** Days that the earlier snapshot must be older by: what changes within fewer is mostly the day of the week. */
const FEWEST_DAYS = 7;

/** Days that growth is told over. */
const GROWTH_DAYS = 30;

const growth = (count: string) => `(n.${count} - e.${count}) * ${GROWTH_DAYS} / days`;
const posting = (of: string) => `${of}.days_since_last_post <= ${LATE_DAYS}`;

/** What snapshots are compared by: the columns of them that {@link GROWTH_SQL} reads. */
export const COMPARED = [
  "observed_at",
  "observed_known",
  "followers",
  "likes",
  "videos_count",
  "awg_engagement_rate",
  "days_since_last_post",
] as const;

/**
 * How people have changed, as SQL: `person`, `before`, the columns of growth, and `news`, which is `silent` for who posted within the
 * 30 days before the earlier snapshot and not within those before the latest, and `woke` for the reverse. The earlier snapshot is the
 * latest of those that are at least a week older. No row where there is none, or where a file does not say when it was read.
 *
 * It reads the columns {@link COMPARED}, `person` and `import` of the relations `latest`, a snapshot a person, and `own`, all their snapshots.
 */
export const GROWTH_SQL = `
  SELECT person, e.observed_at AS before,
    ${growth("followers")} AS followers_growth, ${growth("likes")} AS likes_growth, ${growth("videos_count")} AS videos_growth,
    CASE WHEN e.followers > 0 THEN ${growth("followers")} / e.followers END AS followers_growth_rate,
    n.awg_engagement_rate - e.awg_engagement_rate AS rate_change,
    CASE WHEN ${posting("e")} AND NOT (${posting("n")}) THEN 'silent' WHEN NOT (${posting("e")}) AND ${posting("n")} THEN 'woke' END AS news
  FROM latest n JOIN own e USING (person), LATERAL (SELECT (epoch(n.observed_at) - epoch(e.observed_at)) / 86400 AS days)
  WHERE n.observed_known AND e.observed_known AND days >= ${FEWEST_DAYS}
  QUALIFY row_number() OVER (PARTITION BY person ORDER BY e.observed_at DESC, e.import DESC) = 1`;

/**
 * What is told of a person first, as SQL over `people` or `combinations`: their `news`, or `new` for who was seen first in the import that came last,
 * and not in the only one. The latter is not kept: an import that comes or goes changes it for people whom it does not show.
 */
export const NEWS_SQL =
  "coalesce(news, CASE WHEN imports = (SELECT CASE WHEN count(*) > 1 THEN [max(import)] END FROM imports) THEN 'new' END)";
