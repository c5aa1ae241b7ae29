import type { Labelled } from "../labelled.ts";
import { english, latinScript } from "./latinScript.ts";
import { otherScripts } from "./otherScripts.ts";

/** Biographies that were labelled after the rules had been mended with three sets, and before they were run over these. */
export const FOURTH: readonly Labelled[] = [...english, ...latinScript, ...otherScripts];
