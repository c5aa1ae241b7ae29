import { describe, expect, it } from "vitest";
import { someCreatorModel } from "../../test/support/bundle/creatorModel.ts";
import { someModel } from "../../test/support/bundle/models.ts";
import { connect, createProfiles } from "../../test/support/features/profiles.ts";
import { CANONICAL_NAMES, type CanonicalName } from "../profiles/canonical.ts";
import { requireAnswerable } from "./requireAnswerable.ts";

const connection = await connect();
await createProfiles(connection, "profiles", [
  { followers: 10n, likes: 5n },
  { followers: 20n, likes: 7n },
]);
const creator = await someCreatorModel(connection, "profiles");
const other = await someModel(connection, "profiles", { preset: "profile", hidden: [4] });

/** What was read of a file that has these columns. */
const having = (...columns: CanonicalName[]) => ({
  missing: CANONICAL_NAMES.filter((name) => !columns.includes(name)),
  source: { file: "some.csv" },
});

describe("a model of two questions", () => {
  it.each([
    [["followers"]],
    [["likes"]],
    [["videos_count"]],
    [["posted_at"]],
    [["awg_engagement_rate", "followers"]],
  ] as const)("takes a file that answers one of them: %j", (columns) => {
    expect(() => requireAnswerable(creator, having("account_id", ...columns), "any score")).not.toThrow();
  });

  it("tells which columns it does without", () => {
    const unknown = requireAnswerable(creator, having("followers", "likes"), "any score");
    expect(unknown).toContain("videos_count");
    expect(unknown).not.toContain("followers");
  });

  it.each([[[]], [["id", "created_at", "biography", "is_verified"]], [["awg_engagement_rate"]]] as const)(
    "refuses a file that answers neither, and names what each needs: %j",
    (columns) => {
      expect(() => requireAnswerable(creator, having("account_id", ...columns), "any score")).toThrow(
        /^missing columns: neither question can be answered\. To tell who goes on posting: posted_at; or followers, likes or videos_count\. To tell who is answered well: awg_engagement_rate and followers; or followers, likes or videos_count \(posted_at from top_videos, createTimeISO; .*; or --map posted_at=COLUMN\) \(some\.csv\)$/,
      );
    },
  );
});

describe("a model of one question", () => {
  it("needs one of the columns that its features read, an id's date not among them", () => {
    expect(requireAnswerable(other, having("followers"), "any score")).toContain("likes");
    expect(() => requireAnswerable(other, having("account_id", "created_at"), "any score")).toThrow(
      /^missing columns: .*followers.*, needed for any score \(/,
    );
  });
});
