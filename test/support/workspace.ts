import { SAMPLE_FILE } from "../../src/base/data.ts";
import { quoteIdentifier, quoteLiteral } from "../../src/base/quote.ts";
import { loadShippedModel } from "../../src/bundle/shipped.ts";
import { addImport } from "../../src/workspace/addImport.ts";
import { type RankingModel, rankingModel } from "../../src/workspace/models.ts";
import { IN_MEMORY, openWorkspace, type Workspace } from "../../src/workspace/open.ts";

export { SAMPLE_FILE };

/** The present moment of the workspaces of tests. */
export const NOW = new Date(Date.UTC(2024, 0, 2, 3, 4, 5));

/** The model that ships, as workspaces know it. */
export async function shippedRanking(): Promise<RankingModel> {
  return rankingModel(await loadShippedModel(), null);
}

/** A workspace in memory with the thousand made-up people of `examples/profiles.csv`, ranked by the model that ships. */
export async function sampleWorkspace(): Promise<Workspace> {
  const workspace = await openWorkspace(IN_MEMORY, { now: NOW });
  await addImport(workspace, SAMPLE_FILE, { model: await shippedRanking(), now: NOW, synthetic: true });
  return workspace;
}

/** A value of a row made by hand; DuckDB reads texts as moments and lists. */
type Made = string | number | bigint | boolean | null | readonly string[];

/** Adds rows made by hand to a table of a workspace; columns that they leave out are NULL. */
export async function insertRows(
  workspace: Workspace,
  table: string,
  rows: readonly Readonly<Record<string, Made>>[],
): Promise<void> {
  const literal = (value: Made) =>
    value === null ? "NULL" : quoteLiteral(Array.isArray(value) ? `[${value.join(", ")}]` : String(value));
  await workspace.write(async (connection) => {
    for (const row of rows)
      await connection.run(
        `INSERT INTO ${table} (${Object.keys(row).map(quoteIdentifier).join(", ")}) VALUES (${Object.values(row).map(literal).join(", ")})`,
      );
  });
}
