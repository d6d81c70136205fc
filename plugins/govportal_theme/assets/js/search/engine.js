// From a query to hits: which files to ask for, which entries may match, which of them do.
// `load(path)` gives the unpacked bytes of a file below the index; nothing here knows the page or the network.

import { hasRare, learn, queryGrams } from "./analyse.js";
import {
  FACETS, blockPath, maySay, readBlock, readFacets, readManifest, readRecord, readShard, readSuggest, readVersions, recordPath,
  shardPath, versionsPath,
} from "./formats.js";
import { Reader } from "./packed.js";
import { readQuery } from "./query.js";
import { BODY, NONE, WHOLE, comparer, rankOfBits, readPart } from "./rank.js";
import { nearest, related } from "./words.js";

const FEW = 10; // hits on a page; so many candidates by title are all looked at anyway
const MANY = 4000; // entries of a segment of many shards
const SMALL = 2000; // entries of an index whose facets are worth loading unasked
const MOST_LOOKED_AT = 200; // entries for one page while none is a hit; else twice as many as are wanted
const COMMON = /[的和在有为年月日第条人政府工作区市国部门规定管理0-9]/g;
const NOTHING = { body: [], title: [], number: [], total: 0, versions: [] };
const FIELDS = ["body", "title", "number"];

/** The grams of a word, first those that should be asked for first: every second one, rare letters before common. */
function gramsOf(word) {
  const grams = queryGrams(word).map(([key, bit], at, all) => ({
    key,
    bit,
    cost: (key.match(COMMON) || []).length + (at % 2 && at < all.length - 1 ? 3 : 0),
  }));
  return grams.sort((one, other) => one.cost - other.cost);
}

/** How many grams of a word to begin with: any number is right, more only spare us entries that do not match. */
function beginWith(grams, records, words) {
  const enough = Math.max(1, Math.floor(8 / words));
  const half = Math.max(Math.min(3, grams.length), Math.ceil((grams.length + 1) / 2));
  return Math.min(enough, records < 64 ? 1 : records < 1024 ? Math.ceil(half / 2) : half, 4);
}

/** Ask for the versions of the shards of the first grams, which every segment of many shards needs, beside the manifest. */
function foresee(load, { groups }) {
  groups.forEach(({ ways: [typed] }) => {
    const grams = gramsOf(typed);
    grams.slice(0, beginWith(grams, MANY, groups.length)).forEach(({ key }) => load(versionsPath(key)).catch(() => {}));
  });
}

async function listsOf(load, segment, key) {
  if (!segment.lists.has(key)) {
    const bytes = await load(shardPath(segment, key, await segment.versionsOf(key)));
    // Two may have waited for the same file: the first to come keeps its lists, for they may grow.
    if (!segment.lists.has(key)) segment.lists.set(key, readShard(bytes).get(key) || NOTHING);
  }
  return segment.lists.get(key);
}

/** Entries of a segment of which the query is the whole title or number, as far as their keys tell. */
async function wholesOf(load, segment, keys) {
  const lists = await Promise.all(keys.map((key) => listsOf(load, segment, key)));
  return new Set(lists.flatMap(({ title, number }) => [...title, ...number].flatMap(({ numbers }) => numbers)));
}

/** The entry of the next record. */
function nextOf({ attached }, number) {
  let next = number + 1;
  while (attached.has(next)) next += 1;
  return next;
}

/** Up to which entry a body list is known. */
function endOf(lists, blocks) {
  const next = lists.versions.findIndex((version, at) => at + 1 >= lists.body.length && version !== "000000");
  return next < 0 ? Infinity : blocks[next];
}

/** Go on with every list that is not wholly known by one block. */
async function deepen(load, segment, blocks) {
  await Promise.all(Array.from(segment.lists, async ([key, lists]) => {
    if (endOf(lists, blocks) === Infinity) return;
    const block = lists.body.length;
    const path = blockPath(segment, key, lists, block);
    const found = path ? readBlock(await load(path)) : { numbers: [], masks: [] };
    if (lists.body.length === block) lists.body.push(found);
  }));
}

/** For every entry whether a word may stand in one of its fields, as bits; and up to which entry that is known. */
function fieldsWith(segment, grams, blocks) {
  const { records } = segment;
  const fields = new Uint8Array(records);
  const ends = grams.map(({ key }) => endOf(segment.lists.get(key), blocks));
  FIELDS.forEach((field, bit) => {
    const steps = new Uint8Array(records);
    grams.forEach((gram, step) => {
      segment.lists.get(gram.key)[field].forEach(({ numbers, masks }) => {
        for (let index = 0; index < numbers.length; index += 1) {
          const number = numbers[index];
          if (steps[number] === step && (masks[index] & gram.bit) === gram.bit) steps[number] = step + 1;
        }
      });
      if (field === "body") {
        for (let number = ends[step]; number < records; number += 1) if (steps[number] === step) steps[number] += 1;
      }
    });
    for (let number = 0; number < records; number += 1) if (steps[number] === grams.length) fields[number] |= 1 << bit;
  });
  return { fields, end: Math.max(...ends) };
}

/**
 * Which records of a segment may match, {number, next, rank}: their entries are those from `number` up to `next`.
 * `segment.end` says up to which entry all are known; `segment.wanted` and `segment.excluded`, where each word may stand.
 */
async function candidatesOf(load, segment, query, blocks, wholes) {
  const excluded = query.excluded.map((word) => ({ ways: [word], replaced: [] }));
  const words = query.groups.concat(excluded).map(({ ways, replaced }) => [ways, replaced].map((some) => some.map(gramsOf)));
  const chosen = words.map((halves) => halves.map((ways) => ways.map((grams) => (
    grams.slice(0, segment.more + beginWith(grams, segment.records, words.length))))));
  const keys = new Set(chosen.flat(3).map(({ key }) => key));
  segment.spare = words.flat(3).length > chosen.flat(3).length;
  await Promise.all(Array.from(keys, (key) => listsOf(load, segment, key)));
  const known = chosen.map((halves) => {
    const ends = [];
    const bits = halves.map((ways) => {
      const all = new Uint8Array(segment.records);
      ways.forEach((grams) => {
        const { fields, end } = fieldsWith(segment, grams, blocks);
        ends.push(end);
        fields.forEach((field, number) => { all[number] |= field; });
      });
      return all;
    });
    return { bits, end: Math.min(...ends) };
  });
  segment.wanted = known.slice(0, query.groups.length);
  segment.excluded = known.slice(query.groups.length);
  segment.end = Math.max(...segment.wanted.map(({ end }) => end));
  // A word of two letters stands exactly where its one gram does.
  const sure = segment.excluded.filter((_, at) => queryGrams(query.excluded[at]).length === 1)
    .map(({ bits: [bits], end }) => bits.subarray(0, end));
  const found = [];
  for (let number = 0, next; number < segment.records; number = next) {
    next = nextOf(segment, number);
    const over = (bits) => {
      let any = 0;
      for (let part = number; part < next; part += 1) any |= bits[part];
      return any;
    };
    const rank = wholes.has(number) ? WHOLE : rankOfBits(segment.wanted.map(({ bits }) => bits.map(over)));
    const isKnown = next <= segment.end || (rank !== NONE && rank % 4 !== BODY);
    if (rank !== NONE && isKnown && !sure.some((bits) => over(bits))) found.push({ number, next, rank });
  }
  return found;
}

/** Whether an entry is among those a request is narrowed to; `except` is a facet that does not count. */
function narrows(request) {
  const wanted = FACETS.filter((name) => request[name]);
  return (facets, number, except) => (
    !(request.from && facets.dates[number] < request.from) && !(request.to && facets.dates[number] > request.to)
    && wanted.every((name) => name === except || facets[name].values[facets[name].places[number]] === request[name]));
}

/**
 * The answer to a request {text, order, from, to, column, organ, type, year, validity}; see backend.js.
 */
export async function search(load, request) {
  foresee(load, readQuery(request.text, []));
  const manifest = readManifest(await load("manifest.bin"));
  const { blocks, segments } = manifest;
  const word = (name, read, otherwise) => (manifest[name] ? load(manifest[name]).then(read) : otherwise);
  if (hasRare(request.text)) learn(await word("variants", (bytes) => new TextDecoder().decode(bytes), ""));
  let query = readQuery(request.text, []);
  if (maySay(manifest, query.groups.map(({ ways }) => ways[0]))) {
    query = readQuery(request.text, await word("synonyms", (bytes) => new Reader(bytes).texts(), []));
  }
  const isBrowsing = !query.groups.length && !query.singles.length;
  // A word of two letters is found exactly where its one gram is.
  const isExact = !query.singles.length && query.groups.every(({ ways, replaced }) => (
    [...ways, ...replaced].every((way) => queryGrams(way).length === 1)))
    && query.excluded.every((one) => queryGrams(one).length === 1);
  const isNarrow = narrows(request);
  const isNarrowed = FACETS.concat("from", "to").some((name) => request[name]);
  const compare = comparer(isBrowsing ? "date" : request.order);
  const looked = new Map();
  let waiting = [];
  segments.forEach((segment) => Object.assign(segment, {
    lists: new Map(),
    end: Infinity,
    more: 0,
    versionsOf: (key) => (segment.versions ? null : load(versionsPath(key)).then((bytes) => readVersions(bytes, manifest))),
  }));

  async function withFacets(segment) {
    if (!segment.columns) segment.columns = readFacets(await load(segment.facets), segment.records, segment.newest);
    return segment.columns;
  }

  /** Records that may match. */
  async function gather(segment, at, wholes) {
    let groups = [];
    if (query.groups.length) groups = await candidatesOf(load, segment, query, blocks, await wholesOf(load, segment, wholes));
    else if (isBrowsing) {
      for (let number = 0; number < segment.records; number = nextOf(segment, number)) groups.push({ number, rank: BODY });
    }
    groups.forEach((group) => Object.assign(group, { at, late: Number(segment.late.has(group.number)) }));
    segment.all = groups;
    segment.kept = groups;
    if (isNarrowed) {
      const facets = await withFacets(segment);
      segment.kept = groups.filter(({ number }) => isNarrow(facets, number));
    }
    return segment.kept;
  }

  const gatherFrom = async (wholes) => (await Promise.all(segments.map((segment, at) => gather(segment, at, wholes)))).flat();
  const idOf = ({ at, number }) => at * 65536 + number;

  async function gatherAll() {
    // Few candidates by title and number are all looked at anyway; a 号 too many is not in the text.
    let groups = await gatherFrom([]);
    const near = groups.filter(({ rank }) => rank < BODY).length;
    if (query.keys.length && (near > FEW || query.ends)) groups = await gatherFrom(query.keys);
    waiting = groups.map((group) => looked.get(idOf(group)) || group)
      .filter(({ shown, rank }) => !shown && rank !== NONE).sort(compare);
  }

  const isWhole = () => segments.every(({ end, records }) => end >= records);

  /** Whether nothing unknown could come before a candidate. */
  function isNext({ at, next, rank, late }) {
    const byDate = request.order === "date";
    return (!byDate && !late && rank < BODY) || isWhole() || ((byDate || (!late && rank === BODY))
      && segments.every((one, place) => one.end >= one.records || at < place || (at === place && next <= one.end)));
  }

  async function goOn() {
    await Promise.all(segments.filter(({ end, records }) => end < records).map((segment) => deepen(load, segment, blocks)));
    await gatherAll();
  }

  /** The parts of a record to load next: a few in which all words may stand that were not found yet. */
  function partsFor({ wanted, excluded }, left, found) {
    const may = (at, part) => !found[at][0] && (!wanted[at] || wanted[at].bits[0][part]
      || (!found[at][1] && wanted[at].bits[1][part]));
    let open = Array.from(found.keys());
    if (open.some((at) => !found[at][0] && !found[at][1] && !left.some((part) => may(at, part)))) return [];
    const parts = left.filter((part) => excluded.some(({ bits }) => bits[0][part]));
    for (;;) {
      open = open.filter((at) => !parts.some((part) => may(at, part)));
      const counts = left.map((part) => open.filter((at) => may(at, part)).length);
      const most = Math.max(0, ...counts);
      if (!most) return parts;
      parts.push(left[counts.indexOf(most)]);
    }
  }

  /** Whether a record is a hit, and what to show of it: the part with the first word found in a text, else its beginning. */
  async function look(group) {
    const { number, next } = group;
    const segment = segments[group.at];
    const read = async (part) => readRecord(await load(recordPath(segment, part)));
    const found = query.wanted.map(() => [0, 0]);
    let rank = isBrowsing ? BODY : NONE;
    let left = isBrowsing ? [] : Array.from({ length: next - number }, (_, part) => number + part);
    let shown = null;
    let parts = group.rank === WHOLE ? [number] : partsFor(segment, left, found);
    while (left.length && parts.length) {
      for (const record of await Promise.all(parts.map(read))) {
        const { bits, isOut, isWhole } = readPart(record, query);
        found.forEach((one, at) => bits[at].forEach((fields, half) => { one[half] |= fields; }));
        if (isWhole || (!shown && bits.flat().some((fields) => fields & 1))) shown = record;
        if (isWhole) rank = WHOLE;
        if (isWhole || isOut) left = [];
      }
      if (left.length) {
        rank = rankOfBits(found);
        left = left.filter((part) => !parts.includes(part));
        parts = partsFor(segment, left, found);
      } else if (rank !== WHOLE) rank = NONE;
    }
    Object.assign(group, { rank, known: true, record: shown || (rank !== NONE && await read(number)) });
  }

  /** Looks at candidates; where several were none, more grams are asked for. */
  async function lookAt(batch) {
    await Promise.all(batch.map(look));
    batch.forEach((group) => looked.set(idOf(group), group));
    waiting = waiting.filter(({ rank }) => rank !== NONE).sort(compare);
    const poor = segments.filter((segment, at) => (
      segment.spare && batch.filter((group) => group.at === at && group.rank === NONE).length > 1));
    if (poor.length && waiting.length > FEW) {
      poor.forEach((segment) => { segment.more += 2; });
      await gatherAll();
    }
  }

  const answer = {
    words: query.groups.flatMap(({ ways, replaced }) => [...ways, ...replaced]),
    problem: query.singles.length && !query.groups.length ? "short" : request.text && isBrowsing ? "empty" : "",
    cut: query.cut,
    open: "",
    small: manifest.records <= SMALL,
    shown: 0,
    async next(wanted) {
      let ready = 0;
      let count = 0;
      // Whoever types a whole number wants that document; what else has its letters is there on request.
      const most = !answer.shown && query.isNumber && waiting.length && waiting[0].rank === WHOLE ? 1 : wanted;
      for (;;) {
        ready = 0;
        while (ready < most && ready < waiting.length && waiting[ready].known && isNext(waiting[ready])) ready += 1;
        if (ready === most || count >= (ready ? 2 * wanted : MOST_LOOKED_AT)) break;
        if (ready < waiting.length && isNext(waiting[ready])) {
          const batch = waiting.slice(ready, most).filter((group) => !group.known && isNext(group));
          count += batch.length;
          await lookAt(batch);
        } else if (isWhole()) break;
        else await goOn();
      }
      const hits = waiting.splice(0, ready).map((group) => {
        group.shown = true;
        return group.record;
      });
      const numbered = hits.filter(({ isNumber }) => isNumber);
      if (numbered.length === 1 && !answer.shown) answer.open = numbered[0].href;
      answer.shown += ready;
      tell();
      return hits;
    },
    async facets() {
      segments.forEach((segment) => { segment.more = 9; });
      await gatherAll();
      while (!isWhole()) await goOn();
      tell();
      const counts = FACETS.map(() => new Map());
      await Promise.all(segments.map(async (segment) => {
        const facets = await withFacets(segment);
        segment.all.forEach((group) => {
          const known = looked.get(idOf(group));
          if (known && known.rank === NONE) return;
          FACETS.forEach((name, place) => {
            if (!isNarrow(facets, group.number, name)) return;
            const value = facets[name].values[facets[name].places[group.number]];
            if (value) counts[place].set(value, (counts[place].get(value) || 0) + 1);
          });
        });
      }));
      return counts.map((found, place) => Array.from(found).sort((one, other) => (
        FACETS[place] === "year" ? other[0] - one[0] : other[1] - one[1] || (one[0] < other[0] ? -1 : 1))));
    },
    async help() {
      const letters = query.groups.map(({ ways }) => ways[0]);
      const known = await word("suggest", readSuggest, { words: [], readings: new Map() });
      const similar = letters.length === 1 ? nearest(known, letters[0]) : [];
      return { similar, related: related(known, letters.join("")).filter((one) => !similar.includes(one)) };
    },
  };

  function tell() {
    const partial = segments.filter(({ end, records }) => end < records);
    answer.count = partial.reduce((count, { kept, records, end }) => count + Math.round(kept.length * (records / end - 1)),
      answer.shown + waiting.length);
    answer.more = waiting.length > 0 || partial.length > 0;
    answer.certain = !answer.more || (!partial.length && isExact);
  }

  if (!answer.problem) await gatherAll();
  tell();
  return answer;
}
