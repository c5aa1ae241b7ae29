import { askAhead } from "./api.ts";
import { listWords } from "./people/filter.ts";
import { pageAddress } from "./people/pages.ts";
import { parsePlace } from "./route.ts";

/*
 * The people are asked for before the rest of the page is begun: the server finds them while the browser gets ready to show them.
 */
const place = parsePlace(location.pathname, location.search);
if (place?.place === "people") {
  askAhead(pageAddress(listWords(place.query), 0));
  askAhead("/v1/settings");
}
