import { expect, it } from "vitest";
import { connect, createProfiles } from "../../test/support/analysis/profilesTable.ts";
import { CANONICAL_NAMES } from "../profiles/canonical.ts";
import { FACTS, markProfiles } from "./rankedFacts.ts";

it("tells how people can be reached, and what they are about, of texts that may say so", async () => {
  const connection = await connect();
  const told: [biography: string | null, bio_link: string | null, reached: string, niches: string][] = [
    [null, null, "", ""],
    ["baking bread in Bern", null, "", "food"],
    ["mail ann@example.com", null, "email", ""],
    ["WhatsApp +49 170 1234567", null, "phone", ""],
    ["tel ０１７０ １２３４５６７８", null, "phone", ""],
    ["shop: bread-of-ann.org", null, "link", ""],
    ["shop at www.bread-of-ann.com/menu", null, "link", ""],
    ["all of it https://bread.com", null, "link", ""],
    ["read this", "https://linktr.ee/ann", "link", ""],
    ["read this", "mailto:ann@example.com", "email link", ""],
    ["", "https://wa.me/491701234567", "phone link", ""],
    ["born 12.05.1999 in Bern.Happy", null, "", ""],
  ];
  await createProfiles(
    connection,
    told.map(([biography, bio_link]) => ({ biography, bio_link })),
    CANONICAL_NAMES,
  );
  await connection.run("ALTER TABLE profiles ADD COLUMN still_posting DOUBLE");
  // In parts, of which the last is not full.
  const shares: number[] = [];
  const onProgress = (share: number) => void shares.push(share);
  await markProfiles(connection, "profiles", { horizon: 30, rate: null, part: 5, onProgress });
  expect(shares).toEqual([5 / 12, 10 / 12, 1]);
  const reader = await connection.runAndReadAll(
    `SELECT concat_ws(' ', CASE WHEN has_email THEN 'email' END, CASE WHEN has_phone THEN 'phone' END, CASE WHEN has_link THEN 'link' END), niches FROM ${FACTS} ORDER BY "row"`,
  );
  const found = reader.getRowsJS();
  expect(told.map(([biography, link], i) => [biography, link, ...found[i]])).toEqual(told);
  connection.closeSync();
});
