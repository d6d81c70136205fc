// Text to letters, letters to grams: the browser's half of products/search/analyse.py, whose docstring is the rule.
// Both halves are held together by tests/golden/search/vectors.json.

const LETTER = /[\p{L}\p{N}]/u;
const SPACES = /[\t-\r\u0085\p{Z}]+/u;
const ASCII = /^[\0-\x7f]+$/;
const simple = new Map();
let folded = new Map();

/** Take in variants, each followed by the character that stands for it. */
export function learn(pairs) {
  const letters = Array.from(pairs);
  for (let at = 0; at < letters.length; at += 2) {
    if (!simple.has(letters[at])) {
      simple.set(letters[at], letters[at + 1]);
      folded = new Map();
    }
  }
}
learn("○〇零〇於于後后徵征乾干麽么");

let written = "";

/** The characters of simplified writing (GB 2312). */
function simplified() {
  if (!written) {
    const bytes = new Uint8Array(72 * 94 * 2);
    for (let at = 0; at < bytes.length; at += 2) {
      bytes[at] = 0xb0 + Math.floor(at / 188);
      bytes[at + 1] = 0xa1 + ((at / 2) % 94);
    }
    written = new TextDecoder("gbk").decode(bytes);
  }
  return written;
}

/** Whether a text has characters that simplified writing does not use, so that all variants must be known. */
export const hasRare = (text) => Array.from(text)
  .some((letter) => letter >= "\u3400" && letter <= "\u9fff" && !simplified().includes(letter));

function isLetter(character) {
  const code = character.codePointAt(0);
  return LETTER.test(character) || (code >= 0x20000 && code < 0x40000);
}

function foldCharacter(character) {
  let letters = folded.get(character);
  if (letters === undefined) {
    letters = simple.get(character) || (character >= "\u4e00" && character <= "\u9fff" ? character
      : Array.from(character.normalize("NFKD").toLowerCase()).filter(isLetter).map((letter) => simple.get(letter) || letter).join(""));
    folded.set(character, letters);
  }
  return letters;
}

/** The letters of a text, and for every unit of them where its character begins and ends in the text. */
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

/** The letters of a text: lower case, one width, one form, nothing but letters and numbers. */
export const fold = (text) => foldWithPlaces(text).letters;

export const isSingle = (word) => Array.from(word).length === 1;

/** A query as words of two or more letters and words of one letter, folded, each once, in order. */
export function words(query) {
  let found = query.split(SPACES).map(fold).filter(Boolean);
  if (found.length > 1 && found.every(isSingle)) found = [found.join("")];
  found = Array.from(new Set(found));
  return { words: found.filter((word) => !isSingle(word)), singles: found.filter(isSingle) };
}

function bitOf(letter) {
  const code = letter ? letter.codePointAt(0) : -1;
  return letter ? 1 << ((code ^ (code >> 3) ^ (code >> 6)) & 7) : 0;
}

/** The grams that cover a folded word, each with the bit that must follow: triples for longer Latin runs, else pairs. */
export function queryGrams(word) {
  const letters = Array.from(word);
  const found = [];
  for (let place = 0; place < letters.length - 1; place += 1) {
    const pair = letters[place] + letters[place + 1];
    const triple = pair + letters[place + 2];
    if (place + 2 < letters.length && ASCII.test(triple)) found.push([triple, bitOf(letters[place + 3])]);
    else if (!(ASCII.test(pair) && place > 0 && ASCII.test(letters[place - 1]))) {
      found.push([pair, bitOf(letters[place + 2])]);
    }
  }
  return found;
}

function hash(text) {
  let state = 0x811c9dc5;
  for (let unit = 0; unit < text.length; unit += 1) state = Math.imul(state ^ text.charCodeAt(unit), 0x01000193);
  return state >>> 0;
}

/** A title or number as a whole: a final 号 does not count. */
export const whole = (letters) => letters.replace(/号$/, "");

/** The key under which a whole title or number is listed. */
export const wholeKey = (letters) => "=" + hash(whole(letters)).toString(16).padStart(8, "0");

const NUMBER_PARTS = /^([^0-9]*)((?:19|20)[0-9]{2})0*([0-9]{1,5})号?$/;

/** The issuer, year and serial number of a folded document number, in one order; "" when it is none. */
export function partsOf(letters) {
  const found = NUMBER_PARTS.exec(letters);
  return found && found[1] ? found.slice(1).sort().join(" ") : "";
}

/** Which of so many shards (a power of two) holds a key. */
export function shardOf(key, count) {
  const state = hash(key);
  return (state ^ (state >>> 15)) & (count - 1);
}

const DIGITS = "〇一二三四五六七八九";
const WORTH = { 十: 10, 百: 100, 千: 1000 };
const MYRIADS = [["亿", 1e8], ["万", 1e4]];
const RUN = /(第?)([0-9]{1,12}[万亿]?|[〇一二三四五六七八九十百千万亿两]{1,12})([年月日号条款项章节期批届次周天岁人个件户亩元名家所级类米吨]?)/g;

function counted(run) {
  for (const [letter, worth] of MYRIADS) {
    const at = run.lastIndexOf(letter);
    if (at >= 0) return (at ? counted(run.slice(0, at)) : 1) * worth + counted(run.slice(at + 1));
  }
  let total = 0;
  let digit = 0;
  for (const letter of run) {
    if (WORTH[letter]) {
      total += (digit || 1) * WORTH[letter];
      digit = 0;
    } else digit = letter === "两" ? 2 : DIGITS.indexOf(letter);
  }
  return total + digit;
}

/** What a numeral says; -1 when it says nothing. */
function valueOf(run) {
  const myriad = MYRIADS.find(([letter]) => run.endsWith(letter));
  if (/^[0-9]/.test(run)) return parseInt(run, 10) * (myriad ? myriad[1] : 1);
  const digits = Array.from(run, (letter) => DIGITS.indexOf(letter));
  if (run.length > 1 && !digits.includes(-1)) return digits[0] ? Number(digits.join("")) : -1;
  return counted(run);
}

const UNITS = MYRIADS.concat([["千", 1000], ["百", 100], ["十", 10]]);

/** A value as Chinese counts it, with 〇 for 零. */
function spoken(value) {
  for (const [letter, worth] of UNITS) {
    if (value >= worth) {
      const head = Math.floor(value / worth);
      const rest = value % worth;
      const first = letter === "十" && head === 1 && value < 20 ? "" : spoken(head);
      const gap = rest > 0 && rest < worth / 10 ? "〇" : "";
      const tail = rest >= 10 && rest < 20 && worth > 10 ? "一" : "";
      return first + letter + gap + tail + (rest ? spoken(rest) : "");
    }
  }
  return DIGITS[value];
}

const WAYS = [
  String,
  (value) => {
    const [letter, worth] = MYRIADS.find((one) => value && value % one[1] === 0) || ["", 1];
    return value / worth + letter;
  },
  (value, unit) => (unit === "年" && value >= 1000 && value < 3000
    ? Array.from(String(value), (digit) => DIGITS[digit]).join("") : spoken(value)),
];

/** A folded word, and how else its numerals may be written. */
export function forms(word) {
  const written = (write) => word.replace(RUN, (all, before, run, unit) => {
    const sure = before || (unit && ("年月日条".includes(unit) || run.length > 1 || ASCII.test(run)));
    const value = !sure || (unit === "号" && run.length > 4) ? -1 : valueOf(run);
    return value < 0 ? all : before + write(value, unit) + unit;
  });
  return Array.from(new Set([word, ...WAYS.map(written)]));
}
