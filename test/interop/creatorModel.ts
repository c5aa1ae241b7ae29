import { saveModel } from "../../src/bundle/save.ts";
import { readProfiles } from "../../src/profiles/read.ts";
import { someCreatorModel } from "../support/bundle/creatorModel.ts";

/** Saves a model that answers the two questions with random weights: `tsx creatorModel.ts FILE FOLDER`. */
const [file, folder] = process.argv.slice(2);
const { connection, table, close } = await readProfiles(file);
await saveModel(folder, await someCreatorModel(connection, table));
await close();
