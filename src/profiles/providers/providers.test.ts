import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { providerTables } from "../../../test/support/profiles/providerTable.ts";
import { isCanonical } from "../canonical.ts";
import { PROVIDERS } from "./recognise.ts";
import { VIDEO_LISTS } from "./videoListLayout.ts";

const docs = new URL("../../../docs/providers.md", import.meta.url);
const MARK = "src/profiles/providers -u -->\n\n";

it("docs/providers.md says what the mapping files say", async () => {
  const text = readFileSync(docs, "utf8");
  const written = text.slice(0, text.indexOf(MARK) + MARK.length);
  expect(text).toContain(MARK);
  await expect(`${written}${providerTables()}`).toMatchFileSnapshot(fileURLToPath(docs));
});

describe.each([...PROVIDERS, VIDEO_LISTS])("$name", (provider) => {
  it("names only canonical columns, and each source column for one purpose", () => {
    expect(Object.keys(provider.columns).filter((name) => !isCanonical(name))).toEqual([]);
    const { video } = provider;
    const sources = [
      ...Object.values(provider.columns).flat(),
      ...provider.avatar,
      ...provider.unused,
      ...(video === undefined ? [] : [...video.id, ...video.likes, ...video.comments]),
    ];
    expect(sources.filter((name, i) => sources.indexOf(name) !== i)).toEqual([]);
  });

  it("is recognised by columns it knows", () => {
    const known = new Set([
      ...Object.values(provider.columns).flat(),
      ...provider.avatar,
      ...provider.unused,
      ...(provider.platform ?? []),
    ]);
    for (const name of Object.values(provider.video ?? {}).flat()) known.add(name);
    expect(provider.requires.flat().filter((name) => !known.has(name))).toEqual([]);
  });
});
