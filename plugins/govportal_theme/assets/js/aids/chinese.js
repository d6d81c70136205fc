/* Simplified to traditional characters by the table of OpenCC's s2t: the longest known phrase first, else the character.
   Pure. The table's form is written in build_scripts/traditional_table.py. */

/* Text of the table → {characters: Map, phrases: Map of phrase to its changes, longest: Map of first character to length}. */
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
    phrases.set(phrase.join(""), changes);
    longest.set(phrase[0], Math.max(longest.get(phrase[0]) || 0, phrase.length));
    before = phrase;
  }
  return { characters, phrases, longest };
};

export const traditional = (text, { characters, phrases, longest }) => {
  const signs = [...text];
  const made = signs.map((sign) => characters.get(sign) || sign);
  for (let at = 0; at < signs.length;) {
    let length = Math.min(longest.get(signs[at]) || 1, signs.length - at);
    while (length > 1 && !phrases.has(signs.slice(at, at + length).join(""))) length -= 1;
    const changes = [...(phrases.get(signs.slice(at, at + length).join("")) || "")];
    for (let pair = 0; pair < changes.length; pair += 2) made[at + parseInt(changes[pair], 36)] = changes[pair + 1];
    at += length;
  }
  return made.join("");
};
