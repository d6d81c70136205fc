// Where the page of results begins.

import { showResults } from "./results.js";

const place = document.getElementById("search-results");
if (place) showResults(place);
