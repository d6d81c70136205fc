// The page of results: request and address, the list, what can be narrowed, troubles.

import { openIndex } from "./backend.js";
import { element, pressed } from "./elements.js";
import { FACETS } from "./formats.js";
import { marked, snippet } from "./marks.js";
import { LONGEST } from "./query.js";

const AT_ONCE = 10;
const WAIT = 250; // milliseconds after the last letter
const SNIPPET = 120;
const WIDE = "(min-width: 62em)";
const LABELS = ["栏目", "机构", "类型", "年份", "效力"];
const NARROWING = FACETS.concat("from", "to");
const PROBLEMS = {
  short: "只有一个字的检索词范围太大，请至少输入两个字。",
  empty: "检索词里没有文字或数字，请换一个检索词。",
};
const ADVICE = ["检查有没有错别字，或者换一个更短、更常用的说法。", "把长句拆成几个词，中间加空格。",
  "按文号检索时，可以只输入机关代字和年份，例如“国办发〔2024〕”。"];

const safe = (href) => (/^(https?:\/\/|\/(?!\/)|\.)/.test(href) ? href : "#");
const thousands = (count) => String(count).replace(/\B(?=(\d{3})+$)/g, ",");
const parts = (found) => found.map((part) => (part.marked ? element("mark", "", part.text) : part.text));

function labelled(text, field, name) {
  field.name = name;
  field.id = `search-${name}`;
  const label = element("label", "", text);
  label.htmlFor = field.id;
  return element("p", "search-field", label, field);
}

function option(text, value) {
  const made = element("option", "", text);
  made.value = value;
  return made;
}

function link(className, href, ...children) {
  const made = element("a", className, ...children);
  made.href = safe(href);
  return made;
}

function resultItem(hit, words, query) {
  const carried = words.length && !hit.href.includes("#") ? `#${new URLSearchParams({ search: words.join(" "), q: query })}` : "";
  const meta = element("p", "search-result__meta");
  const add = (name, ...children) => meta.append(element("span", `search-result__${name}`, ...children), " ");
  if (hit.sample && !hit.title.startsWith("示例")) add("sample badge", "示例");
  if (hit.badge) add(`badge badge${hit.late ? " badge-repealed" : ""}`, hit.badge);
  if (hit.number) add("number", ...parts(marked(hit.number, words)));
  if (hit.column) add("column", hit.column);
  if (hit.organ) add("organ", hit.organ);
  const time = element("time", "", hit.date);
  time.dateTime = hit.date;
  meta.append(time);
  const title = link("search-result__link", safe(hit.href) + carried, ...parts(marked(hit.title, words)));
  const item = element("li", "search-result", element("h2", "search-result__title", title), meta);
  if (hit.text) item.append(element("p", "search-result__snippet", ...parts(snippet(hit.text, words, SNIPPET))));
  if (hit.file) item.append(element("p", "search-result__file", "见附件：", link("", hit.file_href, hit.file)));
  return item;
}

/** Runs the page of results in the place for them. */
export function showResults(place) {
  const form = document.getElementById("search-form");
  const input = form.elements.q;
  const help = document.getElementById("search-help");
  const backend = window.searchBackend || openIndex(place.dataset.index.replace(/\/?$/, "/"));
  const status = element("p", "search-status");
  const order = element("select", "", option("按相关程度", ""), option("按日期", "date"));
  const choices = FACETS.map(() => element("select", ""));
  const dates = ["from", "to"].map(() => element("input", ""));
  const summary = element("summary", "");
  const notes = element("div", "");
  const list = element("ol", "search-list");
  const clear = pressed("", "清除条件", () => {
    choices.concat(dates).forEach((field) => { field.value = ""; });
    summary.focus();
    change(true);
    run(AT_ONCE);
  });
  const more = pressed("search-more", "载入更多", goOn);
  const narrowing = element("details", "search-narrow", summary, element("div", "",
    ...choices.map((field, at) => labelled(LABELS[at], field, FACETS[at])),
    labelled("日期不早于", dates[0], "from"), labelled("日期不晚于", dates[1], "to"), clear));
  const fields = choices.concat(dates, order);
  let state = {};
  let answer = null;
  let isIdle = true;
  let turn = 0;
  let timer = 0;

  status.setAttribute("role", "status");
  place.append(narrowing, element("div", "search-bar", status, labelled("排序", order, "order")), notes, list, more, help);

  function showState() {
    fields.forEach((field) => {
      const value = state[field.name];
      if (field.options && !Array.from(field.options).some((one) => one.value === value)) field.append(option(value || "全部", value));
      field.value = value;
    });
    const count = NARROWING.filter((name) => state[name]).length;
    summary.textContent = `按条件筛选${count ? `（已选 ${count} 项）` : ""}`;
    clear.hidden = !count;
  }

  function readAddress() {
    const parameters = new URLSearchParams(location.search);
    ["q", "order", ...NARROWING].forEach((name) => { state[name] = parameters.get(name) || ""; });
    document.querySelectorAll("form[role=search] [name=q]").forEach((one) => { one.value = state.q; });
    showState();
    return parameters;
  }

  /** Takes over what is in the form, and puts it into the address. */
  function change(isStep) {
    state.q = input.value.trim();
    fields.forEach((field) => { state[field.name] = field.value; });
    showState();
    const parameters = new URLSearchParams(location.search);
    parameters.delete("stay");
    Object.keys(state).forEach((name) => (state[name] ? parameters.set(name, state[name]) : parameters.delete(name)));
    history[isStep ? "pushState" : "replaceState"](null, "", `?${parameters}`);
  }

  function say() {
    status.textContent = isIdle ? "请输入检索词，或者按条件浏览。" : answer.problem ? "没有检索。"
      : `${answer.certain ? "共找到" : "找到约"} ${thousands(answer.count)} 条结果，已显示 ${answer.shown} 条。`;
    more.hidden = isIdle || answer.problem || !answer.more;
  }

  const note = (className, ...children) => notes.append(element("div", className, ...children));

  function propose(lead, words) {
    const links = words.map((word) => element("a", "", word));
    links.forEach((made) => { made.href = `?${new URLSearchParams({ q: made.textContent })}`; });
    if (words.length) note("search-similar", lead, ...links.flatMap((made) => [made, " "]));
  }

  function showTrouble(trouble, again) {
    notes.querySelectorAll("[role=alert]").forEach((box) => box.remove());
    // What a search that was ending has asked for meanwhile may be as broken as what it met, hence also later.
    backend.renew();
    const box = element("div", "search-error",
      element("p", "search-error__text", trouble.said || "检索数据已损坏，请稍后重试。"),
      pressed("search-retry", "重试", () => {
        backend.renew();
        box.remove();
        again();
      }));
    box.setAttribute("role", "alert");
    notes.append(box);
  }

  async function showFacets() {
    const mine = turn;
    dates.forEach((field) => { field.type = "date"; }); // not before they are seen: their making takes long on a phone
    try {
      const found = await answer.facets();
      if (mine !== turn) return;
      choices.forEach((field, at) => {
        field.textContent = "";
        field.append(option("全部", ""), ...found[at].map(([value, count]) => option(`${value}（${count}）`, value)));
      });
      showState();
      say();
    } catch (trouble) {
      if (mine === turn) showTrouble(trouble, showFacets);
    }
  }

  function draw(hits, few, mayOpen) {
    if (mayOpen && answer.open) {
      history.replaceState({ opened: true }, "");
      location.assign(safe(answer.open));
    }
    help.hidden = hits.length > 0;
    if (answer.cut) note("search-note", `检索词太长，只按前 ${LONGEST} 个字检索。`);
    if (answer.problem) note("search-note", PROBLEMS[answer.problem]);
    propose("您是不是要找：", few.similar);
    if (!hits.length && !isIdle && !answer.problem) {
      const text = state.q.slice(0, 40);
      note("search-empty", element("p", "search-empty__text", text ? `没有找到与“${text}”有关的内容。` : "没有符合这些条件的内容。"),
        element("ul", "search-empty__advice", ...ADVICE.map((line) => element("li", "", line))));
      propose("相关的词：", few.related);
    }
    list.append(...hits.map((hit) => resultItem(hit, answer.words, state.q)));
    say();
    if (narrowing.open) showFacets();
    else if (answer.small && turn === 1 && matchMedia(WIDE).matches) narrowing.open = true;
  }

  /** Searches anew; `wanted` hits at first; a whole number may open its document. */
  async function run(wanted, mayOpen) {
    turn += 1;
    const mine = turn;
    let found = null;
    let hits = [];
    let few = { similar: [], related: [] };
    let trouble = null;
    clearTimeout(timer);
    place.setAttribute("aria-busy", "true");
    if (!list.firstChild) status.textContent = "正在检索……";
    const idle = !state.q && NARROWING.every((name) => !state[name]);
    try {
      found = await backend.search({ ...state, text: state.q });
      if (!idle && !found.problem) {
        hits = await found.next(wanted);
        if (!hits.length && state.q) few = await found.help();
      }
    } catch (error) {
      trouble = error;
    }
    if (mine !== turn) return;
    notes.textContent = "";
    list.textContent = "";
    place.removeAttribute("aria-busy");
    isIdle = idle;
    if (trouble) {
      more.hidden = true;
      status.textContent = "检索没有完成。";
      showTrouble(trouble, () => run(wanted, mayOpen));
    } else {
      answer = found;
      draw(hits, few, mayOpen);
    }
  }

  async function goOn() {
    const mine = turn;
    place.setAttribute("aria-busy", "true");
    more.disabled = true;
    try {
      const items = (await answer.next(AT_ONCE)).map((hit) => resultItem(hit, answer.words, state.q));
      if (mine !== turn) return;
      list.append(...items);
      if (items.length) items[0].querySelector("a").focus();
      history.replaceState({ shown: answer.shown }, "");
      say();
    } catch (trouble) {
      if (mine === turn) showTrouble(trouble, goOn);
    } finally {
      more.disabled = false;
      if (mine === turn) place.removeAttribute("aria-busy");
    }
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    change(true);
    run(AT_ONCE, true);
  });
  input.addEventListener("input", (event) => {
    clearTimeout(timer);
    if (event.isComposing) return;
    timer = setTimeout(() => {
      change(false);
      run(AT_ONCE);
    }, WAIT);
  });
  input.addEventListener("compositionend", () => input.dispatchEvent(new Event("input")));
  place.addEventListener("change", () => {
    change(true);
    run(AT_ONCE);
  });
  narrowing.addEventListener("toggle", () => narrowing.open && answer && showFacets());
  addEventListener("popstate", () => {
    readAddress();
    run(AT_ONCE);
  });

  const parameters = readAddress();
  const before = history.state || {};
  narrowing.open = !clear.hidden;
  // The page is seen first: on a cheap phone both at once would hold up the reader's fingers.
  requestAnimationFrame(() => setTimeout(run, 0, before.shown || AT_ONCE, !before.opened && !parameters.has("stay")));
}
