// What a person typed, read: words, "phrases", -excluded words, and the whole.

import { fold, forms, isSingle, partsOf, whole, wholeKey, words } from "./analyse.js";
import { replaced } from "./words.js";

export const LONGEST = 200; // characters of a query that are looked at
const MOST = 8;
const cut = (word) => Array.from(word).slice(0, LONGEST).join(""); // such a word stands wholly in one piece of a text
const SHORTEST_WHOLE = 6; // letters of a query that may be a whole title or number
// A minus or a quotation is one only at the beginning of a word, a quotation only when it ends with a word: so a piece
// of a text that happens to hold such marks still finds its text.
const TOKEN = /(?:^|[\t-\r\u0085\p{Z}])([-－]?)(?:"([^"]*)"|“([^“”]*)”|「([^「」]*)」)(?=[\t-\r\u0085\p{Z}]|$)|[^\t-\r\u0085\p{Z}]+/gu;

/**
 * `groups` must all be found, each in one of its `ways` or as one of its `replaced` words (all folded; the first way
 * is as typed); `singles` are looked for in the text only, `wanted` are both; of `excluded` none may be found; `whole` and `parts` are compared with whole
 * titles and numbers.
 */
export function readQuery(text, synonyms) {
  const start = Array.from(text.slice(0, 20 * LONGEST)).slice(0, LONGEST).join("").trim();
  const plain = [];
  const phrases = [];
  const excluded = [];
  start.replace(TOKEN, (token, minus, one, two, three) => {
    const quoted = minus !== undefined;
    const without = cut(quoted ? fold(one || two || three || "") : fold(token));
    if (without && (plain.length || phrases.length) && (minus || (!quoted && /^[-－]/.test(token)))) excluded.push(without);
    else if (quoted) phrases.push(without);
    else plain.push(token);
    return "";
  });
  const typed = words(plain.join(" "));
  const long = phrases.filter((word) => word && !isSingle(word)).map((phrase) => ({ ways: [phrase], replaced: [] }))
    .concat(typed.words.map((word) => ({ ways: forms(cut(word)).map(cut), replaced: replaced(synonyms, word).map(cut) })));
  const short = phrases.filter(isSingle).concat(typed.singles);
  const groups = long.slice(0, MOST);
  const singles = short.slice(0, MOST);
  const letters = fold(start);
  const isPlain = !phrases.length && !excluded.length;
  const spread = start.split(/[\t-\r\u0085\p{Z}]+/u).map(fold).sort().join(" ");
  const parts = isPlain ? partsOf(letters) : "";
  const keys = parts ? [parts] : /\d{4}.* | .*\d{4}/.test(spread) ? [letters, spread] : [letters];
  return {
    groups,
    singles,
    wanted: groups.concat(singles.map((single) => ({ ways: [single], replaced: [] }))),
    excluded: excluded.slice(0, MOST),
    whole: isPlain ? whole(letters) : "",
    parts: parts || spread,
    keys: isPlain && letters.length >= SHORTEST_WHOLE ? keys.map(wholeKey) : [],
    isNumber: Boolean(parts),
    ends: Boolean(parts) || letters.endsWith("号"),
    cut: text.trim().length > start.length || long.length > MOST || short.length > MOST
      || cut(letters) !== letters,
  };
}
