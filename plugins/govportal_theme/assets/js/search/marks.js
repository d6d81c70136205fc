// Where the words of a query stand in a text, and the piece of a long text worth showing.

import { foldWithPlaces } from "./analyse.js";

/** Where words stand in a text, as [start, end] in order, none over another. */
export function ranges(text, words) {
  const { letters, starts, ends } = foldWithPlaces(text);
  const found = [];
  words.forEach((word) => {
    for (let at = letters.indexOf(word); at >= 0; at = letters.indexOf(word, at + word.length)) {
      found.push([starts[at], ends[at + word.length - 1]]);
    }
  });
  let last = 0;
  return found.sort((one, other) => one[0] - other[0] || other[1] - one[1]).filter(([start, end]) => {
    const free = start >= last;
    if (free) last = end;
    return free;
  });
}

function split(text, found, from, to) {
  const parts = [];
  let at = from;
  found.forEach(([start, end]) => {
    const first = Math.max(start, at);
    const last = Math.min(end, to);
    if (last <= first) return;
    if (first > at) parts.push({ text: text.slice(at, first), marked: false });
    parts.push({ text: text.slice(first, last), marked: true });
    at = last;
  });
  if (at < to) parts.push({ text: text.slice(at, to), marked: false });
  return parts;
}

/** The whole text as parts {text, marked}. */
export function marked(text, words) {
  return split(text, ranges(text, words), 0, text.length);
}

function isLow(text, at) {
  const unit = text.charCodeAt(at);
  return unit >= 0xdc00 && unit < 0xe000;
}

/** A piece of about `width` units around the first hit (or the beginning), as parts {text, marked}. */
export function snippet(text, words, width) {
  const found = ranges(text, words);
  let from = found.length ? Math.max(0, found[0][0] - Math.floor(width / 4)) : 0;
  let to = Math.min(text.length, Math.max(from + width, found.length ? Math.min(found[0][1], from + 2 * width) : 0));
  if (isLow(text, from)) from -= 1;
  if (isLow(text, to)) to += 1;
  const parts = split(text, found, from, to);
  if (from > 0) parts.unshift({ text: "……", marked: false });
  if (to < text.length) parts.push({ text: "……", marked: false });
  return parts;
}
