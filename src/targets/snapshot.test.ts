import { expect, it } from "vitest";
import { connect, createProfiles } from "../../test/support/analysis/profilesTable.ts";
import { snapshotOf, whenRead } from "./snapshot.ts";

const seconds = (day: string) => Date.parse(day) / 1000;

it("tells the first and the last day on which profiles were read, and how many do not tell", async () => {
  const connection = await connect();
  await createProfiles(connection, [
    { observed_at: "2023-08-31", posted_at: ["2023-08-01"] },
    { observed_at: null, posted_at: ["2023-10-01"] },
    { observed_at: "2023-07-01", posted_at: [] },
    { observed_at: "2023-09-02", posted_at: [] },
  ]);
  expect(await whenRead(connection, "profiles")).toEqual({
    first: seconds("2023-07-01"),
    last: seconds("2023-09-02"),
    newest: seconds("2023-10-01"),
    untold: 1,
  });
});

it("tells no day where the file has none, but its newest date", async () => {
  const connection = await connect();
  await createProfiles(connection, [{ posted_at: ["2023-08-01", "2023-07-01"] }, {}], ["observed_at"]);
  expect(await whenRead(connection, "profiles")).toEqual({
    first: null,
    last: null,
    newest: seconds("2023-08-01"),
    untold: 2,
  });
  await connection.run("CREATE TABLE undated AS SELECT posted_at FROM profiles");
  expect(await snapshotOf(connection, "undated")).toMatchObject({ profiles: 2, observed: 0 });
});
