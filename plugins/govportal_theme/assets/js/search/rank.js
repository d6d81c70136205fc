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

/** The rank from what is known of each group: bits 1 (body), 2 (title), 4 (number) of its typed ways, and of its replaced words. */
export function rankOfBits(groups) {
  const bits = groups.map(([typed, replaced]) => typed || (replaced && replaced | 8));
  if (!bits.every((fields) => fields & 7)) return NONE;
  let rank = BODY;
  if (bits.every((fields) => fields & 6)) rank = NUMBER;
  if (bits.every((fields) => fields & 2)) rank = TITLE;
  return rank + (bits.some((fields) => fields & 8) ? REPLACED : 0);
}

/**
 * What a part of a record has of a query: of every group in `wanted` where a typed way stands and where a replaced word
 * does, as bits; whether an excluded word does; whether the query is the whole title or number. Sets `isNumber`.
 */
export function readPart(record, query) {
  const body = fold(record.text);
  const title = fold(record.title);
  const numbers = [fold(record.number), fold(record.index_number)];
  const has = (word) => (body.includes(word) && 1) | (title.includes(word) && 2)
    | (numbers.some((number) => number.includes(word)) && 4);
  const any = (ways) => ways.reduce((found, way) => found | has(way), 0);
  record.isNumber = query.whole !== "" && (numbers.some((number) => number && whole(number) === query.whole)
    || (partsOf(numbers[0]) !== "" && partsOf(numbers[0]) === query.parts));
  return {
    bits: query.wanted.map(({ ways, replaced }) => [any(ways), any(replaced)]),
    isOut: query.excluded.some(has),
    isWhole: record.isNumber || (query.whole !== "" && whole(title) === query.whole),
  };
}
