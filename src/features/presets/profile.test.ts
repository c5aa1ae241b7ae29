import { expect, it } from "vitest";
import { connect, createProfiles, NASTY_PROFILES } from "../../../test/support/features/profiles.ts";
import { evaluatePipeline, fitPipeline } from "../pipeline.ts";
import { presetInputs } from "../presets.ts";
import { textFeatures } from "../textFeatures.ts";
import { transform } from "../transform.ts";
import { originalLog } from "./originalLog.ts";
import { profile } from "./profile.ts";

const connection = await connect();
await createProfiles(connection, "profiles", NASTY_PROFILES);
const pipeline = await fitPipeline(connection, "profile", "profiles");
const featureOf = (name: string, one: Parameters<typeof evaluatePipeline>[1]) =>
  evaluatePipeline(pipeline, one)[pipeline.names.indexOf(name)];

it("reads what a profile page shows, and nothing of posts or rates", () => {
  expect(presetInputs(profile).sort()).toEqual(
    [
      "bio_link",
      "biography",
      "created_at",
      "followers",
      "following",
      "is_verified",
      "likes",
      "observed_at",
      "videos_count",
    ].sort(),
  );
});

it("gives numbers of a few deviations for any profile, the same by SQL and by TypeScript", async () => {
  const { values, columns } = await transform(connection, pipeline, "profiles");
  expect(values.every((value) => Math.abs(value) <= 3)).toBe(true);
  NASTY_PROFILES.forEach((one, row) => {
    evaluatePipeline(pipeline, one).forEach((value, column) => {
      expect(values[row * columns + column]).toBeCloseTo(value, 5);
    });
  });
});

it("knows an account's age by its snapshot only: another year, the same age", () => {
  const at = (year: number) => ({
    videos_count: 9n,
    created_at: new Date(`${year - 2}-05-01T00:00:00Z`),
    observed_at: new Date(`${year}-05-01T00:00:00Z`),
  });
  expect(featureOf("account_age", at(2023))).toBeCloseTo(featureOf("account_age", at(2027)), 2);
  expect(featureOf("videos_per_day", at(2023))).toBeCloseTo(featureOf("videos_per_day", at(2027)), 2);
});

it("takes a file without dates for one of middling ages", () => {
  for (const one of [{}, { created_at: new Date("2020-01-01T00:00:00Z") }, { observed_at: new Date() }]) {
    expect(featureOf("account_age", one)).toBe(0);
    expect(featureOf("videos_per_day", { ...one, videos_count: 5n })).toBe(0);
  }
});

it.each([
  ["I am a content creator", "biography_craft"],
  ["Creadora de contenido 🇲🇽", "biography_craft"],
  ["criadora de conteúdo", "biography_craft"],
  ["créatrice de contenu", "biography_craft"],
  ["Schauspielerin & Autorin", "biography_craft"],
  ["attrice, Roma", "biography_craft"],
  ["Aktorka | Warszawa", "biography_craft"],
  ["içerik üreticisi", "biography_craft"],
  ["konten kreator", "biography_craft"],
  ["diễn viên", "biography_craft"],
  ["Блогер. Москва", "biography_craft"],
  ["صانعة محتوى", "biography_craft"],
  ["ครีเอเตอร์", "biography_craft"],
  ["動画クリエイターです", "biography_craft"],
  ["유튜버입니다", "biography_craft"],
  ["美食博主", "biography_craft"],
  ["business inquiries below", "biography_contact"],
  ["Colaboraciones: ✉", "biography_contact"],
  ["parcerias por direct", "biography_contact"],
  ["Anfragen per Mail", "biography_contact"],
  ["işbirliği için DM", "biography_contact"],
  ["по вопросам рекламы", "biography_contact"],
  ["للتواصل والإعلان", "biography_contact"],
  ["ติดต่องาน", "biography_contact"],
  ["お仕事のご依頼はDM", "biography_contact"],
  ["협업 문의", "biography_contact"],
  ["商务合作", "biography_contact"],
  ["IG: someone", "biography_platform"],
  ["инста someone", "biography_platform"],
  ["sígueme porfa", "biography_follow"],
  ["подпишись", "biography_follow"],
  ["me@example.org", "biography_email"],
])("finds in %j the feature %s", (biography, name) => {
  expect(featureOf(name, { biography })).toBe(1);
  expect(featureOf(name, { biography: "family first. made in summer" })).toBe(0);
});

it("tells which features come from what texts say", () => {
  const names = textFeatures(pipeline).map((place) => pipeline.names[place]);
  expect(names).toContain("biography_length");
  expect(names).not.toContain("biography_missing");
  expect(names.every((name) => name.startsWith("bio"))).toBe(true);
});

it("keeps the original study's inputs in original-log", () => {
  expect(presetInputs(originalLog)).toEqual(
    expect.arrayContaining(["like_engagement_rate", "comment_engagement_rate", "following", "biography"]),
  );
});
