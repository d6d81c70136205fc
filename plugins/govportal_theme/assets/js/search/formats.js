// Readers of the files of the index. The formats are the docstrings of manifest.py, postings.py, facets.py, record.py
// and suggest.py in products/search/; both readers share the golden files of tests/golden/search/.

import { learn, shardOf } from "./analyse.js";
import { BROKEN } from "./inflate.js";
import { Reader } from "./packed.js";

const FORMAT = 6;
const FEW_SHARDS = 1024;
const PARTS = 32;
const HEADS = 65536;
const SHOWN = ["id", "href", "title", "number", "index_number", "column", "organ", "type", "date", "badge", "sample", "late",
  "part", "file", "file_href", "variants"];
export const FACETS = ["column", "organ", "type", "year", "validity"];

const hex = (bytes) => Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");

function numbersOf(reader, count) {
  const numbers = [];
  let last = -1;
  for (let index = 0; index < count; index += 1) {
    last += reader.number() + 1;
    numbers.push(last);
  }
  return numbers;
}

/** manifest.bin: the segments, newest first, the files of words, and `said`, the first letters of citizens' words. */
export function readManifest(bytes) {
  const reader = new Reader(bytes);
  const manifest = JSON.parse(reader.text(reader.number()));
  if (manifest.format !== FORMAT) throw new RangeError(BROKEN);
  manifest.segments.forEach((segment) => {
    segment.versions = segment.shards > FEW_SHARDS ? "" : hex(reader.piece(2 * segment.shards));
    segment.runs = Array.from({ length: reader.number() }, () => [hex(reader.piece(6)), reader.number()]);
    segment.late = new Set(numbersOf(reader, reader.number()));
    segment.attached = new Set(numbersOf(reader, reader.number()));
  });
  manifest.said = new Set(numbersOf(reader, reader.number()));
  return manifest;
}

/** Whether a citizens' word may stand in one of these folded words. */
export const maySay = ({ said }, words) => words.some((word) => Array.from(word).some((_, at, letters) => (
  [2, 3].some((length) => said.has(shardOf(letters.slice(at, at + length).join(""), HEADS))))));

/** The file with the version of the shard that holds a key, in a segment of many shards. */
export const versionsPath = (key) => `versions/${shardOf(key, PARTS).toString(16)}.bin`;

/** The versions of some shards of every segment of many shards, as one text a segment. */
export function readVersions(bytes, { segments }) {
  const reader = new Reader(bytes);
  const found = new Map();
  try {
    segments.filter(({ versions }) => !versions).forEach(({ name, shards }) => {
      if (hex(reader.piece(6)) !== name) throw new RangeError(BROKEN);
      found.set(name, hex(reader.piece((2 * shards) / PARTS)));
    });
  } catch (trouble) {
    throw Object.assign(trouble, { missing: true }); // the manifest was there before the site was renewed
  }
  return found;
}

/** The file of an entry. */
export function recordPath(segment, number) {
  let left = number;
  const run = segment.runs.find(([, count]) => {
    left -= count;
    return left < 0;
  });
  return `${run[0]}/${-1 - left}.bin`;
}

/** A shard: for every key its lists {numbers, masks} of body, title and number, and the body's further blocks. */
export function readShard(bytes) {
  const reader = new Reader(bytes);
  const keys = reader.texts();
  const heads = keys.map(() => {
    const head = reader.number();
    const counts = [Math.floor(head / 8), head & 1 ? reader.number() : 0, head & 2 ? reader.number() : 0];
    const total = head & 4 ? reader.number() : counts[0];
    const versions = head & 4 ? hex(reader.piece(9)).match(/.{6}/g) : [];
    return { counts, total, versions };
  });
  const numbers = heads.map(({ counts }) => counts.map((count) => numbersOf(reader, count)));
  return new Map(keys.map((key, at) => {
    const { counts, total, versions } = heads[at];
    const [body, title, number] = counts.map((count, field) => (
      { numbers: numbers[at][field], masks: reader.piece(count) }));
    return [key, { body: [body], title: [title], number: [number], total, versions }];
  }));
}

/** One block of a long body list. */
export function readBlock(bytes) {
  const reader = new Reader(bytes);
  const count = reader.number();
  return { numbers: numbersOf(reader, count), masks: reader.piece(count) };
}

/** The file of the shard that holds a key; `versions` are those of readVersions, where the segment has many shards. */
export function shardPath(segment, key, versions) {
  const shard = shardOf(key, segment.shards);
  const found = versions ? versions.get(segment.name).substr(4 * Math.floor(shard / PARTS), 4) : segment.versions.substr(4 * shard, 4);
  return `${segment.name}/${shard.toString(16)}-${found}.bin`;
}

/** The file of a block, or "" where the list has none. */
export function blockPath(segment, key, lists, block) {
  const version = lists.versions[block - 1];
  return version === "000000" ? "" : `${segment.name}/${hex(new TextEncoder().encode(key))}-${block}-${version}.bin`;
}

/** The date of every entry of a segment, and for every facet {values, places}: entry i has values[places[i]]. */
export function readFacets(bytes, count, newest) {
  const reader = new Reader(bytes);
  let day = Date.parse(newest);
  const facets = { dates: [] };
  for (let number = 0; number < count; number += 1) {
    day -= reader.number() * 864e5;
    facets.dates.push(new Date(day).toISOString().slice(0, 10));
  }
  FACETS.forEach((name) => {
    const values = reader.texts().map((value) => value.slice(1));
    let places = reader.piece(values.length > 256 ? 2 * count : count);
    if (values.length > 256) places = Uint16Array.from({ length: count }, (_, at) => places[2 * at] * 256 + places[2 * at + 1]);
    facets[name] = { values, places };
  });
  return facets;
}

/** What is shown of an entry, and its text. */
export function readRecord(bytes) {
  const content = bytes[0] ? new TextDecoder().decode(bytes) : new TextDecoder("gb18030").decode(bytes.subarray(1));
  const end = content.indexOf("\n");
  if (end < 0) throw new RangeError(BROKEN);
  const shown = JSON.parse(content.slice(0, end));
  const record = Object.fromEntries(SHOWN.map((name, at) => [name, shown[at] || ""]));
  learn(record.variants);
  record.text = content.slice(end + 1);
  return record;
}

/** {words, readings}: words that occur, and for a character all its readings. */
export function readSuggest(bytes) {
  const reader = new Reader(bytes);
  const words = reader.texts();
  const readings = new Map();
  reader.texts().forEach((group) => {
    const [syllable] = /^[a-z]*/.exec(group);
    Array.from(group.slice(syllable.length)).forEach((letter) => {
      readings.set(letter, (readings.get(letter) || []).concat(syllable));
    });
  });
  return { words, readings };
}
