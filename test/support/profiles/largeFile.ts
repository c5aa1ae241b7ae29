const HEAD = "account_id,nickname,biography,followers,likes,videos_count,awg_engagement_rate,page";

/**
 * The text of a file of people `p0`, `p1`, … whose followers rise. Few of them make it large.
 *
 * @param bytes of a column that nobody reads, in each record
 */
export function largeFile(people: number, bytes = 40_000): string {
  const page = "x".repeat(bytes);
  const line = (i: number) => `p${i},P ${i},"two\nlines",${1000 + 10 * i},${5000 * i},50,0.05,${page}\n`;
  return `${HEAD}\n${Array.from({ length: people }, (_, i) => line(i)).join("")}`;
}
