// The order of results: whole title or number, title, number, body; or by date alone.

import { fold, whole } from "./analyse.js";

export const WHOLE = 0;
export const TITLE = 1;
export const NUMBER = 2;
export const BODY = 3;
export const NONE = 4;

/** Sorts by relevance, newest first within one rank; or by date alone. Candidates are {rank, segment, number}. */
export function comparer(order) {
  return (one, other) =>
    (order === "date" ? 0 : one.rank - other.rank) || one.segment - other.segment || one.number - other.number;
}

/** The true rank of a record, from its text; NONE if it is no hit at all. */
export function rankOf(record, query) {
  const title = fold(record.title);
  const numbers = [fold(record.number), fold(record.index_number)];
  const body = fold(record.text);
  const inNumber = (word) => numbers.some((number) => number.includes(word));
  const anywhere = (word) => title.includes(word) || inNumber(word) || body.includes(word);
  const parts = query.words.concat(query.singles);
  if (query.whole && (query.whole === whole(title) || query.whole === whole(numbers[0]))) return WHOLE;
  if (!parts.every(anywhere)) return NONE;
  if (parts.every((word) => title.includes(word))) return TITLE;
  return parts.every((word) => title.includes(word) || inNumber(word)) ? NUMBER : BODY;
}
