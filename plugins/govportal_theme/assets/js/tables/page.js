/* Sorting and filtering of tables, on top of pages that work without: the one file of this folder that touches the page.
   A table of one page is its own source. Of a table of many pages the short cells of all rows are loaded when the
   reader asks for it, the long ones for the rows that are shown, and all of them only on a further request. */

import { choicesOf, find, fold, isActive, makeRow, pageOf, readIndex, told } from "./rows.js";

const SORT_FROM = 5;
const FILTER_FROM = 12;
const PAGE = 25;
const MOST_CHOICES = 400;
const AT_ONCE = 4;
const MANY = 1000;
const narrow = matchMedia("(max-width: 47.99em)");

const make = (name, properties = {}, ...children) => {
  const element = Object.assign(document.createElement(name), properties);
  element.append(...children);
  return element;
};

let fields = 0;
const labelled = (text, field) => {
  fields += 1;
  field.id = `table-field-${fields}`;
  return make("span", { className: "field" }, make("label", { htmlFor: field.id, textContent: text }), field);
};

const load = async (address) => {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`${answer.status} ${address}`);
  return answer.json();
};

const later = (work) => {
  let timer = 0;
  return () => {
    clearTimeout(timer);
    timer = setTimeout(work, 150);
  };
};

/* One table: its bar of controls, what was chosen, and how the rows found are drawn by `draw(found)`. */
const control = (block, columns, rows, sortable, draw) => {
  const state = { query: "", choices: new Map(), column: -1, descending: false };
  const status = make("span", { className: "quiet" });
  status.setAttribute("role", "status");
  const input = make("input", { type: "search" });
  const order = make("select", {}, make("option", { value: "", textContent: "原来的顺序" }));
  const reset = make("button", { type: "button", textContent: "恢复原样", hidden: true });
  const bar = make("div", { className: "table-filter" }, labelled("在本表中筛选", input));
  const selects = [];
  const heads = [...block.querySelectorAll("thead th")];

  const apply = () => {
    const active = isActive(state);
    const found = find(rows, state, columns);
    heads.forEach((head, column) => {
      if (column === state.column) head.setAttribute("aria-sort", state.descending ? "descending" : "ascending");
      else head.removeAttribute("aria-sort");
    });
    order.value = state.column < 0 ? "" : `${state.column}${state.descending ? "-" : "+"}`;
    reset.hidden = !active;
    const [first, last] = draw(found, active);
    status.textContent = active ? told(state, rows.length, found.length, first, last, columns) : "";
  };

  const sortBy = (column, descending) => {
    Object.assign(state, { column, descending });
    apply();
  };

  columns.forEach((column, place) => {
    if (!sortable(place)) return;
    order.append(
      make("option", { value: `${place}+`, textContent: `${column.label} 升序` }),
      make("option", { value: `${place}-`, textContent: `${column.label} 降序` }));
    const button = make("button", { type: "button", className: "sort", textContent: column.label });
    button.addEventListener("click", () => {
      if (state.column !== place) sortBy(place, false);
      else if (!state.descending) sortBy(place, true);
      else sortBy(-1, false);
    });
    heads[place].replaceChildren(button);
  });
  columns.forEach((column, place) => {
    const values = column.facet ? choicesOf(rows, place) : [];
    if (values.length < 2 || values.length > MOST_CHOICES) return;
    const select = make("select", {}, make("option", { value: "", textContent: "全部" }),
      ...values.map(([value, count]) => make("option", { value, textContent: `${value}（${count}）` })));
    select.addEventListener("change", () => {
      if (select.value) state.choices.set(place, select.value);
      else state.choices.delete(place);
      apply();
    });
    selects.push(select);
    bar.append(labelled(column.label, select));
  });
  bar.append(labelled("排序", order), reset, status);
  const search = () => {
    state.query = input.value;
    apply();
  };
  input.addEventListener("input", rows.length > MANY ? later(search) : search);
  order.addEventListener("change", () => {
    sortBy(order.value ? parseInt(order.value, 10) : -1, order.value.endsWith("-"));
  });
  reset.addEventListener("click", () => {
    Object.assign(state, { query: "", column: -1, descending: false });
    state.choices.clear();
    input.value = "";
    for (const select of selects) select.value = "";
    apply();
    input.focus();
  });
  /* On a phone rows are cards and the heads of columns are not seen: sorting is done by the list of orders. */
  const reach = () => {
    for (const button of block.querySelectorAll(".sort")) button.tabIndex = narrow.matches ? -1 : 0;
  };
  narrow.addEventListener("change", reach);
  reach();
  return { bar, input, status, apply };
};

const headsOf = (block) => [...block.querySelectorAll("thead th")].map((head) => ({
  label: head.textContent.trim(),
  numeric: head.classList.contains("align-right"),
  facet: head.hasAttribute("data-facet"),
}));

const onePage = (block) => {
  const body = block.querySelector("tbody");
  const elements = [...body.rows];
  if (elements.length < SORT_FROM || !block.querySelector(".region")) return;
  const columns = headsOf(block);
  const rows = elements.map((row, place) => makeRow(place, row.id, [...row.cells].map((cell) => cell.textContent.trim())));
  const draw = (found) => {
    const kept = new Set(found.map((row) => row.place));
    elements.forEach((row, place) => { row.hidden = !kept.has(place); });
    body.append(...found.map((row) => elements[row.place]), ...elements.filter((_, place) => !kept.has(place)));
    return [1, found.length];
  };
  const { bar } = control(block, columns, rows, () => true, draw);
  if (elements.length < FILTER_FROM) bar.querySelectorAll(".field").forEach((field) => field.remove());
  block.querySelector(".region").before(bar);
};

/* A cell as products/tables.py writes it: a text, or a list of parts. */
const fill = (cell, written) => {
  const parts = typeof written === "string" ? [{ text: written }] : written;
  cell.replaceChildren();
  parts.forEach((part, place) => {
    if (place && !part.joined) cell.append("、");
    cell.append(part.href ? make("a", { href: part.href, textContent: part.text, rel: part.external ? "noopener noreferrer" : "" }) : part.text);
  });
};

const manyPages = (block) => {
  const address = block.dataset.index;
  const region = block.querySelector(".region");
  const table = block.querySelector("table");
  const body = table.tBodies[0];
  const written = [...body.rows];
  const pager = block.querySelector(".pager");
  const rest = [pager, block.querySelector(".ranges"), table.tFoot, block.querySelector("caption small")].filter(Boolean);
  const cards = table.classList.contains("cards");
  const pieces = new Map();
  let index = null;

  const fetchIndex = async () => {
    index = index || await load(address);
    return index;
  };
  const piece = (number) => {
    if (!pieces.has(number)) {
      pieces.set(number, load(index.pieces[number]).then((made) => made.rows).catch((error) => {
        pieces.delete(number);
        throw error;
      }));
    }
    return pieces.get(number);
  };

  const rowElement = (row, page) => {
    const link = make("a", { className: "row-link", href: `${index.pages[page]}#${row.id}`, textContent: row.texts[0] });
    link.setAttribute("aria-label", `本行的固定地址：${row.texts[0]}`);
    const element = make("tr", {}, make("th", { scope: "row" }, link));
    index.columns.slice(1).forEach((column, place) => {
      const text = row.texts[place + 1];
      const cell = make("td", { textContent: text === null ? "…" : text });
      if (column.numeric) cell.className = "align-right";
      else if (column.headline) cell.className = "headline";
      else if (column.long) cell.className = "long";
      element.append(cell);
    });
    [...element.cells].forEach((cell, place) => {
      if (!cards) return;
      cell.setAttribute("role", place ? "cell" : "rowheader");
      cell.dataset.label = index.columns[place].label;
    });
    if (cards) element.setAttribute("role", "row");
    piece(page).then((rows) => {
      rows[row.place - index.starts[page]].slice(1).forEach((value, place) => fill(element.cells[place + 1], value));
    }).catch(() => { element.classList.add("row-failed"); });
    return element;
  };

  const begin = async (opener, failed) => {
    await fetchIndex();
    const rows = readIndex(index);
    let page = 0;
    let shown = [];
    const where = make("span");
    const previous = make("button", { type: "button", textContent: "上一页" });
    const next = make("button", { type: "button", textContent: "下一页" });
    const turn = make("nav", { className: "turn", hidden: true }, previous, where, next);
    turn.setAttribute("aria-label", "筛选结果分页");
    const drawPage = () => {
      const first = page * PAGE;
      const some = shown.slice(first, first + PAGE);
      body.replaceChildren(...some.map((row) => rowElement(row, pageOf(index.starts, row.place))));
      const pages = Math.max(1, Math.ceil(shown.length / PAGE));
      where.textContent = `第 ${page + 1} 页，共 ${pages} 页`;
      turn.hidden = pages < 2;
      previous.disabled = page === 0;
      next.disabled = page + 1 >= pages;
      return [shown.length ? first + 1 : 0, first + some.length];
    };
    const draw = (found, active) => {
      for (const one of rest) one.hidden = active;
      if (!active) {
        body.replaceChildren(...written);
        turn.hidden = true;
        return [1, rows.length];
      }
      page = 0;
      shown = found;
      return drawPage();
    };
    const { bar, input, status, apply } = control(block, index.columns, rows, (place) => rows[0].texts[place] !== null, draw);
    const move = (by) => {
      page += by;
      const [first, last] = drawPage();
      status.textContent = `显示第 ${first}—${last} 行`;
      region.scrollIntoView({ block: "start" });
    };
    previous.addEventListener("click", () => move(-1));
    next.addEventListener("click", () => move(1));
    const everything = make("button", { type: "button", textContent: "筛选时也看长的各列" });
    everything.addEventListener("click", async () => {
      everything.disabled = true;
      let done = 0;
      const numbers = index.pieces.map((_, number) => number);
      const work = async () => {
        while (numbers.length) {
          const number = numbers.shift();
          const made = await piece(number);
          made.forEach((cells, place) => {
            const text = cells.map((cell) => (typeof cell === "string" ? cell : cell.map((part) => part.text).join(" "))).join("\n");
            rows[index.starts[number] + place].whole = fold(text);
          });
          done += made.length;
          status.textContent = `正在读入，${done} / ${rows.length} 行`;
        }
      };
      try {
        await Promise.all(Array.from({ length: AT_ONCE }, work));
        everything.remove();
        apply();
        if (!status.textContent) status.textContent = "现在按各列的全部文字筛选";
        input.focus();
      } catch (error) {
        everything.disabled = false;
        status.textContent = failed;
      }
    });
    status.before(everything);
    opener.replaceWith(bar);
    region.after(turn);
    input.focus();
  };

  const opener = make("div", { className: "table-filter" });
  const open = make("button", { type: "button", textContent: "筛选和排序全部各行" });
  const status = make("span", { className: "quiet" });
  status.setAttribute("role", "status");
  opener.append(open, status);
  region.before(opener);
  const failed = "没有读入成功，请再试一次；也可以下载整张表";
  open.addEventListener("click", () => {
    open.disabled = true;
    status.textContent = "正在读入……";
    begin(opener, failed).catch(() => {
      open.disabled = false;
      status.textContent = failed;
    });
  });

  /* The address of a row leads to the page on which it stands, whatever page it names. */
  const follow = async () => {
    const id = decodeURIComponent(location.hash.slice(1));
    if (!id.startsWith("row-") || document.getElementById(id)) return;
    const { codes, starts, pages } = await fetchIndex();
    const place = codes.indexOf(id);
    if (place >= 0) location.replace(`${pages[pageOf(starts, place)]}#${id}`);
  };
  addEventListener("hashchange", () => { follow().catch(() => {}); });
  follow().catch(() => {});
};

for (const block of document.querySelectorAll("[data-table]")) {
  if (block.dataset.index) manyPages(block);
  else onePage(block);
}
