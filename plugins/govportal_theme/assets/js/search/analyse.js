// Text to letters, letters to grams: the browser's half of products/search/analyse.py, whose docstring is the rule.
// Both halves are held together by tests/golden/search/vectors.json.

const LETTER = /[\p{L}\p{N}]/u;
const SPACES = /[\t-\r\u0085\p{Z}]+/u;
const ASCII = /^[\0-\x7f]+$/;
const folded = new Map([["○", "〇"]]);

function isLetter(character) {
  const code = character.codePointAt(0);
  return LETTER.test(character) || (code >= 0x20000 && code < 0x40000);
}

function foldCharacter(character) {
  let letters = folded.get(character);
  if (letters === undefined) {
    letters = Array.from(character.normalize("NFKD").toLowerCase()).filter(isLetter).join("");
    folded.set(character, letters);
  }
  return letters;
}

/** The letters of a text: lower case, one width, nothing but letters and numbers. */
export function fold(text) {
  let letters = "";
  for (const character of text) letters += foldCharacter(character);
  return letters;
}

/** As fold, and for every unit of the letters where its character begins and ends in the text. */
export function foldWithPlaces(text) {
  let letters = "";
  let at = 0;
  const starts = [];
  const ends = [];
  for (const character of text) {
    const more = foldCharacter(character);
    letters += more;
    for (let unit = 0; unit < more.length; unit += 1) {
      starts.push(at);
      ends.push(at + character.length);
    }
    at += character.length;
  }
  return { letters, starts, ends };
}

/** A query as words of two or more letters and words of one letter, folded, each once, in order. */
export function words(query) {
  let found = query.split(SPACES).map(fold).filter(Boolean);
  const isSingle = (word) => Array.from(word).length === 1;
  if (found.length > 1 && found.every(isSingle)) found = [found.join("")];
  found = Array.from(new Set(found));
  return { words: found.filter((word) => !isSingle(word)), singles: found.filter(isSingle) };
}

/** The grams that cover a folded word, with their offsets: triples for longer Latin runs, else pairs. */
export function queryGrams(word) {
  const letters = Array.from(word);
  const found = [];
  for (let place = 0; place < letters.length - 1; place += 1) {
    const pair = letters[place] + letters[place + 1];
    const triple = pair + letters[place + 2];
    if (place + 2 < letters.length && ASCII.test(triple)) found.push([triple, place]);
    else if (!(ASCII.test(pair) && place > 0 && ASCII.test(letters[place - 1]))) found.push([pair, place]);
  }
  return found;
}

/** The places at which a word may begin, from the byte of places of its gram at this offset. */
export function turned(mask, offset) {
  return ((mask >> offset % 8) | (mask << (8 - (offset % 8)))) & 255;
}

/** A title or number as a whole: a final 号 does not count. */
export function whole(letters) {
  return letters.endsWith("号") ? letters.slice(0, -1) : letters;
}

/** The key under which a whole title or number is listed. */
export function wholeKey(letters) {
  const units = whole(letters);
  let state = 0x811c9dc5;
  for (let unit = 0; unit < units.length; unit += 1) {
    state = Math.imul(state ^ units.charCodeAt(unit), 0x01000193);
  }
  return "=" + (state >>> 0).toString(16).padStart(8, "0");
}
