// Readers of the files of the index. The formats are the docstrings of manifest.py, directory.py, postings.py and
// record.py in products/search/; both readers share the golden files of tests/golden/search/.

import { Reader } from "./packed.js";

const FORMAT = 1;

/** manifest.json: the segments, newest first. */
export function readManifest(bytes) {
  const manifest = JSON.parse(new TextDecoder().decode(bytes));
  if (manifest.format !== FORMAT) throw new RangeError("the manifest is of another format");
  return manifest;
}

/** directory.bin: first keys of the posting files, and their sizes. */
export function readDirectory(bytes) {
  const reader = new Reader(bytes);
  const keys = reader.texts();
  return { keys, sizes: keys.map(() => reader.number()) };
}

/** The number of the posting file that may hold the key, or -1. */
export function locate(directory, key) {
  let low = 0;
  let high = directory.keys.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (directory.keys[middle] <= key) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

function readList(reader, count) {
  const numbers = [];
  let last = -1;
  for (let index = 0; index < count; index += 1) {
    last += reader.number() + 1;
    numbers.push(last);
  }
  return { numbers, masks: reader.piece(count) };
}

/** postings/<n>.bin: for every key its lists body, title and number. */
export function readPostings(bytes) {
  const reader = new Reader(bytes);
  const found = new Map();
  for (const key of reader.texts()) {
    const head = reader.number();
    const title = head & 1 ? reader.number() : 0;
    const number = head & 2 ? reader.number() : 0;
    found.set(key, {
      body: readList(reader, Math.floor(head / 4)),
      title: readList(reader, title),
      number: readList(reader, number),
    });
  }
  return found;
}

/** records/<n>.bin: what is shown of a record, and the text of its body. */
export function readRecord(bytes) {
  const content = new TextDecoder().decode(bytes);
  const end = content.indexOf("\n");
  if (end < 0) throw new RangeError("the record ends too early");
  const record = JSON.parse(content.slice(0, end));
  record.text = content.slice(end + 1);
  return record;
}
