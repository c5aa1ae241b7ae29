import { expect, test } from "vitest";
import { NOW } from "../../test/support/workspace.ts";
import { addSearch, changeSearch, LONGEST_NAME, readSearches } from "./lists.ts";
import { IN_MEMORY, openWorkspace } from "./open.ts";

test("keeps searches, changes and forgets them, and notices who came first", async () => {
  const workspace = await openWorkspace(IN_MEMORY, { now: NOW });
  try {
    const made = await addSearch(workspace, "Small in Spain", "min_followers=1000&regions=ES");
    expect(made).toEqual({
      search: 1,
      name: "Small in Spain",
      query: "min_followers=1000&regions=ES",
      version: 1,
    });
    expect(await changeSearch(workspace, 1, { name: "Small, Spain" }, 1)).toMatchObject({
      name: "Small, Spain",
      query: made.query,
      version: 2,
    });
    expect(await changeSearch(workspace, 1, { query: "" }, 1)).toEqual({ stale: 2 });
    await expect(changeSearch(workspace, 2, null)).rejects.toThrow("unknown search: 2");
    await expect(addSearch(workspace, "x".repeat(LONGEST_NAME + 1), "")).rejects.toThrow("invalid name");
    expect(await changeSearch(workspace, 1, null)).toBeNull();
    expect(await workspace.read(readSearches)).toEqual([]);
  } finally {
    await workspace.close();
  }
});
