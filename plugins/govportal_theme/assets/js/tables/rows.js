/* What is done with the rows of a table: found by words and choices, put in order, cut into pages, told of.
   Pure: no page, no network. A row is {place, id, texts, whole}: its place in the table, its anchor, the text of
   each cell (null where it has not been loaded) and all of them folded for finding. */

export const fold = (text) => text.normalize("NFKC").toLowerCase();

export const wordsOf = (query) => fold(query).split(/\s+/).filter(Boolean);

export const makeRow = (place, id, texts) => ({ place, id, texts, whole: fold(texts.filter(Boolean).join("\n")) });

/* The rows of an `index.json` as products/tables.py writes it: every value once, and its place for each row. */
export const readIndex = (index) => {
  const cells = new Map(index.cells.map((one) => [one.column, one]));
  return index.codes.map((id, place) =>
    makeRow(place, id, index.columns.map((_, column) => {
      const found = cells.get(column);
      return found ? found.values[found.rows[place]] : null;
    })));
};

/* The page on which a row stands, from nought, by the first row of each page. */
export const pageOf = (starts, place) => {
  let page = 0;
  while (page + 1 < starts.length && starts[page + 1] <= place) page += 1;
  return page;
};

/* The different values of a column with how often each occurs, the most frequent first. */
export const choicesOf = (rows, column) => {
  const counts = new Map();
  for (const row of rows) {
    const text = row.texts[column];
    if (text) counts.set(text, (counts.get(text) || 0) + 1);
  }
  return [...counts].sort((one, other) => other[1] - one[1] || (one[0] < other[0] ? -1 : 1));
};

const collator = new Intl.Collator("zh-CN", { numeric: true });

const numberIn = (text) => {
  const found = /-?\d+(?:\.\d+)?/.exec(text.replace(/,/g, ""));
  return found ? Number(found[0]) : NaN;
};

/* Empty cells come last whichever way one sorts; equals keep the order of the table. */
export const arrange = (rows, column, descending, numeric) => {
  const direction = descending ? -1 : 1;
  const compare = (one, other) => {
    if (!numeric) return collator.compare(one, other);
    const difference = numberIn(one) - numberIn(other);
    return Number.isNaN(difference) ? collator.compare(one, other) : difference;
  };
  return [...rows].sort((one, other) => {
    const left = one.texts[column] || "";
    const right = other.texts[column] || "";
    if (!left || !right) return (right ? 1 : 0) - (left ? 1 : 0) || one.place - other.place;
    return direction * compare(left, right) || one.place - other.place;
  });
};

/* `state`: {query, choices: Map of column to value, column (-1: as written), descending}. */
export const isActive = (state) => Boolean(state.query.trim()) || state.choices.size > 0 || state.column >= 0;

export const find = (rows, state, columns) => {
  const words = wordsOf(state.query);
  const found = rows.filter((row) =>
    words.every((word) => row.whole.includes(word)) &&
    [...state.choices].every(([column, value]) => row.texts[column] === value));
  return state.column < 0 ? found : arrange(found, state.column, state.descending, columns[state.column].numeric);
};

const figure = (number) => String(number).replace(/\B(?=(\d{3})+$)/g, ",");

/* What a screen reader hears and everybody sees after each change. */
export const told = (state, count, found, first, last, columns) => {
  const filtered = state.query.trim() || state.choices.size;
  const parts = [filtered ? `共 ${figure(count)} 行，找到 ${figure(found)} 行` : `共 ${figure(count)} 行`];
  if (state.column >= 0) parts.push(`按${columns[state.column].label}${state.descending ? "降序" : "升序"}`);
  if (found > last - first + 1 && last > 0) parts.push(`显示第 ${figure(first)}—${figure(last)} 行`);
  return parts.join("，");
};
