// Other words: what official texts say for what citizens say (synonyms.py), and 您是不是要找 (suggest.py).

const MOST_REPLACED = 4;
const MOST_NEAR = 3;
const MOST_RELATED = 6;

/** A folded word with each way to replace what citizens say in it, by groups of words divided by spaces. */
export function replaced(groups, word) {
  const known = new Map();
  groups.forEach((group) => {
    const [official, ...said] = group.split(" ");
    known.set(official, known.get(official) || []);
    said.forEach((one) => known.set(one, (known.get(one) || []).concat(official)));
  });
  const found = new Set();
  for (let at = 0; at < word.length;) {
    let end = word.length;
    while (end > at + 1 && !known.has(word.slice(at, end))) end -= 1;
    (known.get(word.slice(at, end)) || []).forEach((other) => found.add(word.slice(0, at) + other + word.slice(end)));
    at = end;
  }
  return Array.from(found).filter((one) => !one.includes(word)).slice(0, MOST_REPLACED);
}

function isSpelt(query, sounds) {
  if (!/^[a-z0-9]+$/.test(query)) return false;
  let ends = [0];
  sounds.forEach((readings) => {
    ends = Array.from(new Set(ends.flatMap((end) => (
      readings.filter((one) => query.startsWith(one, end)).map((one) => end + one.length)))));
  });
  return ends.includes(query.length);
}

const share = (mine, theirs) => mine.some((one) => theirs.includes(one));

/** How many steps lie between two words, letter by letter as they sound; more than `allowed` is not told apart. */
function distance(asked, found, allowed) {
  if (Math.abs(asked.length - found.length) > allowed) return allowed + 1;
  let before = [];
  let row = [0, ...found.map((_, place) => place + 1)];
  for (let at = 1; at <= asked.length; at += 1) {
    const older = before;
    before = row;
    row = [at];
    for (let place = 1; place <= found.length; place += 1) {
      const same = share(asked[at - 1], found[place - 1]);
      let step = Math.min(before[place] + 1, row[place - 1] + 1, before[place - 1] + !same);
      if (at > 1 && place > 1 && share(asked[at - 1], found[place - 2]) && share(asked[at - 2], found[place - 1])) {
        step = Math.min(step, older[place - 2] + 1);
      }
      row.push(step);
    }
    if (Math.min(...row) > allowed) return allowed + 1;
  }
  return row[found.length];
}

/** Words to propose for a folded query of one word. */
export function nearest({ words, readings }, query) {
  if (words.includes(query)) return [];
  const sounds = (word) => Array.from(word, (letter) => readings.get(letter) || [letter]);
  const asked = sounds(query);
  const allowed = asked.length < 6 ? 1 : 2;
  const found = [];
  words.forEach((word, at) => {
    const heard = sounds(word);
    const far = isSpelt(query, heard) ? 0 : distance(asked, heard, allowed);
    if (far === 0 || (far <= allowed && far < Math.min(asked.length, heard.length) - 1)) {
      found.push({ far, other: Number(word[0] !== query[0]), at, word });
    }
  });
  found.sort((one, two) => one.far - two.far || one.other - two.other || one.at - two.at);
  return found.slice(0, MOST_NEAR).map(({ word }) => word);
}

/** Words that occur and share the most pairs of letters with a folded query. */
export function related({ words }, query) {
  const pairs = Array.from(query.slice(1), (letter, at) => query[at] + letter);
  return words.map((word) => ({ word, count: pairs.filter((pair) => word.includes(pair)).length }))
    .filter(({ word, count }) => count && word !== query)
    .sort((one, two) => two.count - one.count || one.word.length - two.word.length)
    .slice(0, MOST_RELATED).map(({ word }) => word);
}
