// Whether an entry is a hit, how good a one, and the order of results.

import { fold, partsOf, whole } from "./analyse.js";

export const WHOLE = 0;
export const TITLE = 1;
export const NUMBER = 2;
export const BODY = 3;
export const NONE = 9;
const REPLACED = 4; // added when a word was found only as a synonym

/** Sorts by relevance (what is no longer in force last, newest first within a rank), or by date alone. */
export function comparer(order) {
  return (one, other) => (order === "date" ? 0 : (other.rank === WHOLE) - (one.rank === WHOLE) || one.late - other.late
    || one.rank - other.rank) || one.at - other.at || one.number - other.number;
}

/** From what is known of each group, as bits 1 (body), 2 (title), 4 (number), 8 (only as a synonym): the rank. */
export function rankOfBits(bits) {
  if (!bits.every((fields) => fields & 7)) return NONE;
  let rank = BODY;
  if (bits.every((fields) => fields & 6)) rank = NUMBER;
  if (bits.every((fields) => fields & 2)) rank = TITLE;
  return rank + (bits.some((fields) => fields & 8) ? REPLACED : 0);
}

/** The true rank of an entry, from its text; NONE if it is no hit at all. Sets `number` of a query that is a whole number. */
export function rankOf(record, query) {
  const attached = Boolean(record.part);
  const body = fold(record.text);
  const title = attached ? "" : fold(record.title);
  const numbers = attached ? [] : [fold(record.number), fold(record.index_number)];
  const has = (word) => (body.includes(word) && 1) | (title.includes(word) && 2)
    | (numbers.some((number) => number.includes(word)) && 4);
  const any = (ways) => ways.reduce((found, way) => found | has(way), 0);
  if (query.excluded.some(has)) return NONE;
  if (query.whole && !attached) {
    record.isNumber = numbers.some((number) => number && whole(number) === query.whole)
      || (partsOf(numbers[0]) !== "" && partsOf(numbers[0]) === query.parts);
    if (record.isNumber || whole(title) === query.whole) return WHOLE;
  }
  return rankOfBits(query.groups.map(({ ways, replaced }) => any(ways) || (any(replaced) && (any(replaced) | 8)))
    .concat(query.singles.map(has)));
}
