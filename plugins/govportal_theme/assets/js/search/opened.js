// Where the page of a document begins that was opened from the results.

import { highlight } from "./highlight.js";

const carried = new URLSearchParams(location.hash.slice(1));
if (carried.has("search")) highlight(document.getElementById("main"), carried);
