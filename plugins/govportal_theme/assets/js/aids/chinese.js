/* Simplified to traditional characters by the table of OpenCC's s2t: the longest known phrase first, else the character.
   Pure. The table's form is written in build_scripts/traditional_table.py. */

/* text of the table → {characters: Map, phrases: Map, longest: Map of first character to length} */
export const readTable = (text) => {
  const [, pairs, ...lines] = text.split("\n");
  const signs = [...pairs];
  const characters = new Map();
  for (let at = 0; at < signs.length; at += 2) characters.set(signs[at], signs[at + 1]);
  const phrases = new Map();
  const longest = new Map();
  let before = [];
  for (const line of lines) {
    if (!line) continue;
    const [head, changes = ""] = line.split("\t");
    const phrase = [...before.slice(0, parseInt(head[0], 36)), ...head.slice(1)];
    const words = phrase.map((sign) => characters.get(sign) || sign);
    const changed = [...changes];
    for (let at = 0; at < changed.length; at += 2) words[parseInt(changed[at], 36)] = changed[at + 1];
    const key = phrase.join("");
    phrases.set(key, words.join(""));
    longest.set(phrase[0], Math.max(longest.get(phrase[0]) || 0, phrase.length));
    before = phrase;
  }
  return { characters, phrases, longest };
};

export const traditional = (text, { characters, phrases, longest }) => {
  const signs = [...text];
  let made = "";
  for (let at = 0; at < signs.length;) {
    let length = Math.min(longest.get(signs[at]) || 0, signs.length - at);
    let words;
    for (; length > 0 && words === undefined; length -= 1) words = phrases.get(signs.slice(at, at + length).join(""));
    if (words === undefined) {
      made += characters.get(signs[at]) || signs[at];
      at += 1;
    } else {
      made += words;
      at += length + 1;
    }
  }
  return made;
};
