// Scores a file and prints the ten likeliest accounts, by the model that ships or by one of your own. After `npm run build`:
//   npx tsx examples/score.ts FILE [MODEL]
import { loadModel, loadShippedModel, readProfiles, scoreProfiles } from "influencer-insights";

const [file, folder] = process.argv.slice(2);
if (file === undefined) throw new Error("usage: score.ts FILE [MODEL]");

const model = folder === undefined ? await loadShippedModel() : await loadModel(folder);
const profiles = await readProfiles(file);
const { ids, probabilities, answers } = await scoreProfiles(profiles.connection, model, profiles.table);
await profiles.close();

const ranked = [...probabilities.keys()].sort((a, b) => probabilities[b] - probabilities[a]);
for (const i of ranked.slice(0, 10)) {
  const told = [ids[i], probabilities[i].toFixed(4)];
  // A model of another target has one question of its own, and no answers to these two.
  if (answers !== null) {
    told.push(answers.still_posting[i].toFixed(4), answers.well_answered[i].toFixed(4), answers.evidence[i]);
  }
  console.log(told.join("\t"));
}
