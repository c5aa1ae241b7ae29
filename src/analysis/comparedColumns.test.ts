import { expect, it } from "vitest";
import { connect, createProfiles } from "../../test/support/features/profiles.ts";
import { comparedColumns } from "./comparedColumns.ts";

it("knows the days since the last post only of accounts that have posts", async () => {
  const connection = await connect();
  const observed_at = new Date("2024-01-11T00:00:00Z");
  const post = (day: string) => new Date(`2024-01-${day}T00:00:00Z`);
  await createProfiles(connection, "profiles", [
    { observed_at, posted_at: [post("01"), post("06")] },
    { observed_at, posted_at: [] },
    { observed_at },
    { observed_at, posted_at: [post("12")] },
    { posted_at: [post("02")] },
  ]);
  const { numbers } = await comparedColumns(connection, "profiles");
  // The fifth's snapshot is unknown: the newest date of the file stands in.
  expect([...numbers.days_since_last_post]).toEqual([5, Number.NaN, Number.NaN, 0, 10]);
});
