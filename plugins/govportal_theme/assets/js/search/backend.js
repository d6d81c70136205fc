// What the page of results talks to: this search over static files, or whatever a site puts in its place as
// `window.searchBackend` by a script of its own that stands before this one. A back end is an object
//
//     search(request)     an answer; request has text, order ("relevance" or "date"), and "" or a value for column,
//                         organ, type, year, validity, from and to (the dates as 2026-01-31)
//     renew()             forget what was loaded: the reader tries again after a trouble
//
// and an answer has
//
//     words               folded words to mark in titles, numbers and texts
//     problem             "" or why there is no search: "short" (one letter), "empty" (no letters)
//     cut                 whether the query was too long to be taken whole
//     next(count)         the next hits: {id, href, title, number, column, organ, type, date, badge, sample, late,
//                         text, file, file_href}; `file` names the attachment in which the hit is
//     count, certain      how many hits there are, and whether that is sure; shown, more: how many `next` has given,
//                         and whether there are others
//     open                the address of the one record of which the query is the whole number, or ""
//     small               whether facets cost so little that they may be asked for at once
//     facets()            for column, organ, type, year and validity in this order [[value, count], ...]
//     help()              {similar, related}: words to propose instead
//
// All functions but `renew` give promises; a trouble that is an Error with `said` has a sentence for the reader.

import { search } from "./engine.js";
import { filesAt } from "./files.js";

/** The search over the static files of an index. */
export function openIndex(base) {
  const files = filesAt(base);
  return {
    renew: files.renew,
    async search(request) {
      try {
        return await search(files.load, request);
      } catch (trouble) {
        if (!trouble.missing) throw trouble;
        files.renew(); // the site may have been renewed meanwhile
        return search(files.load, request);
      }
    },
  };
}
