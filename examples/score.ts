// Scores a file with a model that a study has saved, and prints the ten likeliest accounts. After `npm run build`:
//   npx tsx examples/score.ts REPORT/model FILE
import { loadModel, readProfiles, scoreProfiles } from "influencer-insights";

const [folder, file] = process.argv.slice(2);
if (folder === undefined || file === undefined) throw new Error("usage: score.ts MODEL FILE");

const model = await loadModel(folder);
const profiles = await readProfiles(file);
const { ids, probabilities } = await scoreProfiles(profiles.connection, model, profiles.table);
await profiles.close();

const ranked = [...probabilities.keys()].sort((a, b) => probabilities[b] - probabilities[a]);
for (const i of ranked.slice(0, 10)) {
  const verdict = probabilities[i] >= model.threshold ? "active" : "not active";
  console.log(`${ids[i]}\t${probabilities[i].toFixed(4)}\t${verdict}`);
}
