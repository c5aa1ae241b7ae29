import { type Account, asShown, MOST_FOLLOWING, MOST_LISTED } from "./account.ts";
import { exp, ln, pow10 } from "./arithmetic.ts";
import { drawBiography } from "./biography.ts";
import type { Draw } from "./draw.ts";
import { drawNewPosts, type NewPost } from "./goingOn.ts";
import { drawNickname } from "./nickname.ts";
import { drawHandle } from "./person.ts";
import { drawProfile, type Profile } from "./record.ts";

const FATE = 5;
const NEW_POSTS = 6;
const OLD_LIKES = 7;
const ARRIVAL = 8;
const NEW_HANDLE = 9;
const NEW_NICKNAME = 10;
const NEW_BIOGRAPHY = 11;

const DAY = 86400;
/** The most profiles of a sample: beyond them ids could repeat. */
export const MOST_ROWS = 2 ** 27;

/** Days after which it comes, in the mean: an account is closed, a handle, a name or a biography changed. */
const CLOSES_AFTER = 3000;
const RENAMES_AFTER = 1000;
const NICKNAME_AFTER = 900;
const BIOGRAPHY_AFTER = 600;
/** Days until another account is listed that was not, for each one in the sample. */
const ARRIVES_AFTER = 2000;
/** Likes of new posts that bring one follower, in the middle, and the share of followers that leave within 30 days. */
const LIKES_PER_FOLLOWER = 40;
const LEAVE = 0.003;

/**
 * What is seen some days later in the place of a row: the person of the row, unless the account was closed, and now and then somebody
 * who was not listed before. Everything that happens has its own moment, so that what is seen after 60 days goes on from what is seen
 * after 30.
 *
 * @param draw a generator of the sample's seed
 * @param row 0..2^27-1
 * @param days whole days from 1
 */
export function profilesLater(draw: Draw, row: number, days: number): Profile[] {
  const there = [movedOn(draw, row, drawProfile(draw, row), days)];
  draw.begin(row, ARRIVAL);
  const arrival = Math.ceil(waiting(draw, ARRIVES_AFTER));
  if (arrival <= days) {
    const other = MOST_ROWS + row;
    const found = drawProfile(draw, other, arrival);
    // Ids without a date are numbers that another row may have.
    if (found.account.dated) there.push(movedOn(draw, other, found, days - arrival));
  }
  return there.filter((profile) => profile !== null);
}

/** The profile some days later; null where the account was closed. */
function movedOn(draw: Draw, row: number, profile: Profile, days: number): Profile | null {
  const { account, person } = profile;
  draw.begin(row, FATE);
  const closes = waiting(draw, CLOSES_AFTER);
  const renames = waiting(draw, RENAMES_AFTER);
  const changesNickname = waiting(draw, NICKNAME_AFTER);
  const changesBiography = waiting(draw, BIOGRAPHY_AFTER);
  const fortune: Fortune = {
    response: exp(0.25 * draw.normal()),
    likesPerFollower: LIKES_PER_FOLLOWER * exp(0.8 * draw.normal()),
    leave: LEAVE * exp(0.7 * draw.normal()),
    following: 0.02 * draw.normal(),
  };
  if (closes <= days) return null;

  draw.begin(row, NEW_POSTS);
  const added = drawNewPosts(draw, profile, account.moment + DAY * days).reverse();
  const kept = Math.min(profile.posts.length, Math.max(MOST_LISTED - added.length, 0));
  draw.begin(row, OLD_LIKES);
  const numbers = numbersLater(draw, profile, added, kept, days, fortune);
  const newest = added.slice(0, MOST_LISTED);
  const later: Profile = {
    ...profile,
    account: { ...account, ...numbers },
    posts: [...newest.map(({ time }) => time), ...profile.posts.slice(0, kept)],
    videoIds: [...newest.map(({ videoId }) => videoId), ...profile.videoIds.slice(0, kept)],
  };
  // Who does not post changes nothing else either.
  if (added.length === 0) return later;
  draw.begin(row, NEW_HANDLE);
  const handle = renames <= days ? drawHandle(draw, person.language, person.given) : person.handle;
  const renamed = { ...person, handle };
  draw.begin(row, NEW_NICKNAME);
  const nickname = changesNickname <= days ? drawNickname(draw, renamed) : profile.nickname;
  draw.begin(row, NEW_BIOGRAPHY);
  const biography = changesBiography <= days ? drawBiography(draw, renamed, account.size) : profile.biography;
  return { ...later, person: renamed, nickname, biography };
}

/** A time in days until something happens that may happen on any day alike. */
function waiting(draw: Draw, mean: number): number {
  return -mean * ln(draw.uniform());
}

/** How an account fares. */
interface Fortune {
  /** Likes of its new posts as a share of its old ones'. */
  readonly response: number;
  readonly likesPerFollower: number;
  /** The share of followers that leave within 30 days. */
  readonly leave: number;
  /** The share by which those it follows change within 30 days, while it posts. */
  readonly following: number;
}

/** The share of its likes that a post has when it is so many days old: half at once, two thirds after a day. */
const ripe = (days: number): number => (days + 1) / (days + 2);

/**
 * The numbers of an account some days later. New posts gain likes, and old ones go on gaining some; those who like follow, others
 * leave.
 *
 * @param added new posts, newest first
 * @param kept how many of the old posts are still listed
 */
function numbersLater(
  draw: Draw,
  { account, posts }: Profile,
  added: readonly NewPost[],
  kept: number,
  days: number,
  { response, likesPerFollower, leave, following }: Fortune,
): Partial<Account> {
  const shares = posts.map(() => exp(0.8 * draw.normal()));
  const all = shares.reduce((sum, share) => sum + share, 0);
  const now = account.moment + DAY * days;
  let oldLikes = 0;
  let gained = 0;
  posts.forEach((post, i) => {
    const before = (account.listedLikes * shares[i]) / all;
    const age = Math.max(account.moment - post, 0) / DAY;
    const after = (before * ripe(age + days)) / ripe(age);
    if (i < kept) oldLikes += after;
    gained += after - before;
  });
  const usual = (response * account.listedLikes) / account.listed;
  const likesOf = ({ time, likes }: NewPost) => usual * likes * ripe((now - time) / DAY);
  const newLikes = added.reduce((sum, post) => sum + likesOf(post), 0);
  const listedLikes = added.slice(0, MOST_LISTED).reduce((sum, post) => sum + likesOf(post), oldLikes);
  const months = days / 30;
  const followers = Math.floor(pow10(account.size) + 0.5);
  const grown = followers * (1 + ln(1 + newLikes / likesPerFollower / followers)) * exp(-leave * months);
  const follows = account.following * (added.length === 0 ? 1 : 1 + following * months);
  const shown = Math.max(Math.floor(listedLikes), 1);
  return {
    day: account.day + DAY * days,
    hour: account.hour + DAY * days,
    moment: now,
    lastPost: added[0]?.time ?? account.lastPost,
    videos: account.videos + added.length,
    listed: Math.min(added.length, MOST_LISTED) + kept,
    followers: asShown(Math.max(Math.floor(grown + 0.5), 1)),
    following: Math.min(Math.max(Math.floor(follows + 0.5), 0), MOST_FOLLOWING),
    likes: Math.max(account.likes + Math.floor(gained + newLikes), shown),
    listedLikes: shown,
    listedComments: Math.floor((listedLikes * account.listedComments) / account.listedLikes),
  };
}
