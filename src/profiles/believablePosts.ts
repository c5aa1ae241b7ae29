import { EARLIEST_SECONDS, LATEST_SECONDS, MOST_PINNED, SLACK_HOURS } from "./dates.ts";

/**
 * The dates of posts as files are read (`unpinnedSql`, `postedAtSql`): each second once, newest first, without posts that are pinned
 * and older than all others, those before 2014 and those over 48 hours after the snapshot.
 *
 * @param posts as they are listed
 * @param observed the snapshot; null where it is unknown
 */
export function believablePosts(posts: readonly Date[], observed: Date | null): Date[] {
  const listed = posts.map((post) => Math.floor(post.getTime() / 1000));
  const latest =
    observed === null
      ? LATEST_SECONDS
      : Math.min(observed.getTime() / 1000 + SLACK_HOURS * 3600, LATEST_SECONDS);
  const kept = unpinned(listed).filter((seconds) => seconds >= EARLIEST_SECONDS && seconds <= latest);
  return [...new Set(kept)].sort((a, b) => b - a).map((seconds) => new Date(seconds * 1000));
}

function unpinned(posts: readonly number[]): readonly number[] {
  for (let place = MOST_PINNED; place > 0; place--) {
    if (!(posts[place - 1] < posts[place])) continue;
    const rest = posts.slice(place);
    const told = rest.length > 1 && rest.every((post, i) => i === 0 || post <= rest[i - 1]);
    const oldest = rest[rest.length - 1];
    return told ? posts.filter((post) => post >= oldest) : posts;
  }
  return posts;
}
