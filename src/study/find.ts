import { countOfThings } from "../base/words.ts";
import { holdsModel } from "../bundle/folder.ts";
import { loadModel } from "../bundle/model.ts";
import { SHIPPED_MODEL } from "../bundle/shipped.ts";
import type { Profiles } from "../profiles/read.ts";
import type { Found } from "../report/input.ts";
import { rankProfiles } from "../shortlist/ranked.ts";
import { createReasons } from "../shortlist/reasons.ts";
import { makeShortlist } from "../shortlist/shortlist.ts";
import type { Hooks } from "./events.ts";
import type { Recommendation } from "./recommend.ts";

/**
 * Finds whom to write to first in the profiles of a study: the first of the list, by the model that ships, or by the recommended
 * one where none ships. Contacts are left out: a report is passed on.
 *
 * @param shipped folder of the model that ships
 * @returns the people, and what to say of them; undefined where there is no model
 */
export async function find(
  { connection, table, source }: Profiles,
  { trained }: Recommendation,
  shipped = SHIPPED_MODEL,
  { signal }: Pick<Hooks, "signal"> = {},
): Promise<{ result: Found | undefined; message: string }> {
  const ships = await holdsModel(shipped);
  const model = ships ? await loadModel(shipped) : trained?.model;
  if (model === undefined) return { result: undefined, message: "there is no model to rank them" };
  await rankProfiles(connection, model, table, { signal });
  const reasons = createReasons(model);
  const list = await makeShortlist(connection, { reasons, contacts: false, signal });
  const { created_at: at, data, horizon = null } = model;
  return {
    result: {
      by: ships ? "shipped" : "recommended",
      made: { at, rows: data.rows },
      own: data.fingerprint === source.fingerprint,
      horizon,
      list,
    },
    message: `${countOfThings(list.preferred, "account")} for the list`,
  };
}
