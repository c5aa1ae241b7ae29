import { loadShippedModel } from "../../src/bundle/shipped.ts";
import { SAMPLE_FILE } from "../../src/study/study.ts";
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
