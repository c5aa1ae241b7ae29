import type { CanonicalProfile } from "../features/profile.ts";
import { SAMPLE_COLUMNS, sampleRecords } from "../sample/sample.ts";

/** How many people are made up. */
const ROWS = 24;
const SEED = 1;

/** Profiles that show a model what it will meet: a made-up population, and what is rare or missing in it. */
export function madeUpProfiles(): Partial<CanonicalProfile>[] {
  const places = new Map<string, number>(SAMPLE_COLUMNS.map(([name], i) => [name, i]));
  const people = [...sampleRecords({ rows: ROWS, seed: SEED })].map((record) => {
    const text = (name: string) => record[places.get(name)!];
    const number = (name: string) => (text(name) === null ? null : Number(text(name)));
    const id = text("id");
    return {
      nickname: text("nickname"),
      biography: text("biography"),
      bio_link: text("bio_link"),
      is_verified: text("is_verified") === "true",
      is_private: null,
      followers: number("followers"),
      following: number("following"),
      likes: number("likes"),
      videos_count: number("videos_count"),
      like_engagement_rate: number("like_engagement_rate"),
      comment_engagement_rate: number("comment_engagement_rate"),
      awg_engagement_rate: number("awg_engagement_rate"),
      // The upper half of an id is the moment it was given.
      created_at: id === null ? null : new Date(Number(BigInt(id) >> 32n) * 1000),
      observed_at: new Date("2023-08-01T00:00:00Z"),
    };
  });
  return [
    ...people,
    {},
    { biography: "", bio_link: "", nickname: "", followers: 0, following: 0, likes: 0, videos_count: 0 },
    { followers: 2 ** 53, following: 10_000, likes: 2 ** 62, videos_count: 1, like_engagement_rate: 63 },
    {
      biography: "Vlogger 🥂\n📧 Some.One@mail.example.org | IG: @some.one #fyp 10k 👇 İı",
      bio_link: "https://linktr.ee/someone",
      is_verified: true,
    },
    { biography: "حسابي الرسمي ❤️ الرياض 📍", comment_engagement_rate: Number.POSITIVE_INFINITY },
  ];
}
