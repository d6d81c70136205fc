// Where it begins: on the page of results, or on the page of a document that was opened from it.

import { highlight } from "./highlight.js";
import { showResults } from "./results.js";

const place = document.getElementById("search-results");
const carried = new URLSearchParams(location.hash.slice(1));
if (place) showResults(place);
else if (carried.has("search")) highlight(document.getElementById("main"), carried);
