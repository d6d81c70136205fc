// From a query to hits: which files to ask for, which records may match, which of them do.
// `load(path)` gives the unpacked bytes of a file below the index; nothing here knows the page or the network.

import { fold, queryGrams, turned, whole, wholeKey, words } from "./analyse.js";
import { locate, readDirectory, readManifest, readPostings, readRecord } from "./formats.js";
import { BODY, NONE, NUMBER, TITLE, WHOLE, comparer, rankOf } from "./rank.js";

export const LONGEST = 100; // letters of a query that are looked at
const MOST_WORDS = 8;
const MOST_GRAMS = 9;
const FEW = 8; // candidates in a segment that are cheaper to look at than to sift further
const FIRST_PAGE = 10;
const FIELDS = ["body", "title", "number"];

/** A query, read: words, single letters, the whole, and whether it had to be cut. */
export function readQuery(text) {
  const start = Array.from(text.slice(0, 20 * LONGEST)).slice(0, LONGEST).join("");
  const found = words(start);
  return {
    words: found.words.slice(0, MOST_WORDS),
    singles: found.singles.slice(0, MOST_WORDS),
    whole: whole(fold(start)),
    ends: fold(start).endsWith("号"),
    cut: text.trim().length > start.trim().length || found.words.length > MOST_WORDS
      || found.singles.length > MOST_WORDS,
  };
}

/** How many files of grams a word begins with: any number is right, more only spare us records that do not match. */
function beginWith(records) {
  if (records < 64) return 1;
  return records < 1024 ? 2 : 3;
}

/** How often a letter begins a posting file: the directory's own measure of how common the letter is. */
function commonness(directory) {
  const counts = new Map();
  directory.keys.forEach((key) => counts.set(key[0], (counts.get(key[0]) || 0) + 1));
  return (letter) => 1 + (counts.get(letter) || 0);
}

/** The grams of a word as {key, offset, file}, the rarest and cheapest first; null if one of them cannot be there. */
function gramsOf(word, directory, common) {
  const grams = queryGrams(word).map(([key, offset]) => {
    const file = locate(directory, key);
    return { key, offset, file, cost: common(key[0]) * common(key[1]) * directory.sizes[file] };
  });
  if (grams.some((gram) => gram.file < 0)) return null;
  return grams.sort((one, other) => one.cost - other.cost || one.offset - other.offset);
}

/** Grams of so many files; further grams of the same files come for nothing. */
function choose(grams, count) {
  const files = new Set();
  grams.forEach((gram) => {
    if (files.size < count) files.add(gram.file);
  });
  return grams.filter((gram) => files.has(gram.file));
}

/** For every record of the segment whether the word may stand in one of its fields, as bits of FIELDS. */
function fieldsWith(grams, postings, records) {
  const fields = new Uint8Array(records);
  FIELDS.forEach((field, bit) => {
    let places = null;
    grams.forEach(({ key, offset, file }) => {
      const lists = postings.get(file).get(key);
      const next = new Uint8Array(records);
      if (lists) {
        const { numbers, masks } = lists[field];
        numbers.forEach((number, index) => {
          next[number] = turned(masks[index], offset) & (places ? places[number] : 255);
        });
      }
      places = next;
    });
    places.forEach((mask, number) => {
      if (mask) fields[number] |= 1 << bit;
    });
  });
  return fields;
}

async function candidatesOf(load, segment, at, query) {
  const directory = readDirectory(await load(`${segment.name}/directory.bin`));
  const common = commonness(directory);
  const grams = query.words.map((word) => gramsOf(word, directory, common));
  if (!grams.every(Boolean)) return [];
  const postings = new Map();
  let candidates = [];
  let before = Infinity;
  for (let count = beginWith(segment.records); ; count += 3) {
    const chosen = grams.map((known) => choose(known, count));
    const files = new Set([].concat(...chosen).map((gram) => gram.file).filter((file) => !postings.has(file)));
    if (before < Infinity && !files.size) return candidates;
    await Promise.all(Array.from(files).map(async (file) => {
      postings.set(file, readPostings(await load(`${segment.name}/postings/${file}.bin`)));
    }));
    const found = chosen.map((known) => fieldsWith(known, postings, segment.records));
    candidates = [];
    for (let number = 0; number < segment.records; number += 1) {
      if (found.every((fields) => fields[number])) {
        let rank = BODY;
        if (found.every((fields) => fields[number] & 6)) rank = NUMBER;
        if (found.every((fields) => fields[number] & 2)) rank = TITLE;
        candidates.push({ rank, segment: at, number, path: `${segment.name}/records/${number}.bin` });
      }
    }
    if (candidates.length <= FEW || count >= MOST_GRAMS || candidates.length > before * 0.9) return candidates;
    before = candidates.length;
  }
}

/** Records of the segment of which the query is the whole title or number, as far as its key tells. */
async function wholesOf(load, segment, at, query) {
  const directory = readDirectory(await load(`${segment.name}/directory.bin`));
  const key = wholeKey(query.whole);
  const file = locate(directory, key);
  if (file < 0) return [];
  const lists = readPostings(await load(`${segment.name}/postings/${file}.bin`)).get(key);
  if (!lists) return [];
  return Array.from(new Set([...lists.title.numbers, ...lists.number.numbers])).map((number) => (
    { rank: WHOLE, segment: at, number, path: `${segment.name}/records/${number}.bin` }));
}

/**
 * The results of a query: `count` candidates and hits so far, `certain` once all are verified, `more` while any are
 * left, and `next(wanted)` for the next verified records, in order.
 */
export async function search(load, query, order) {
  const { segments } = readManifest(await load("manifest.json"));
  const parts = await Promise.all(segments.map((segment, at) => candidatesOf(load, segment, at, query)));
  const compare = comparer(order);
  let waiting = [].concat(...parts);
  // Few title and number candidates are all verified for the first page anyway; a 号 too many is not in the text.
  if (waiting.filter((candidate) => candidate.rank < BODY).length > FIRST_PAGE || query.ends) {
    const wholes = [].concat(...await Promise.all(segments.map((segment, at) => wholesOf(load, segment, at, query))));
    const paths = new Set(wholes.map((candidate) => candidate.path));
    waiting = wholes.concat(waiting.filter((candidate) => !paths.has(candidate.path)));
  }
  waiting.sort(compare);
  const results = {
    count: waiting.length,
    shown: 0,
    certain: waiting.length === 0,
    more: waiting.length > 0,
    async next(wanted) {
      const hits = [];
      while (hits.length < wanted && waiting.length) {
        const batch = waiting.slice(0, wanted - hits.length).filter((candidate) => !candidate.record);
        const records = await Promise.all(batch.map(async (candidate) => readRecord(await load(candidate.path))));
        batch.forEach((candidate, index) => {
          candidate.record = records[index];
          candidate.rank = rankOf(records[index], query);
        });
        waiting = waiting.filter((candidate) => candidate.rank !== NONE).sort(compare);
        while (hits.length < wanted && waiting.length && waiting[0].record) hits.push(waiting.shift().record);
      }
      results.count = results.shown + hits.length + waiting.length;
      results.shown += hits.length;
      results.more = waiting.length > 0;
      results.certain = !results.more;
      return hits;
    },
  };
  return results;
}
