// The page of results: the only module that touches the page, the address and the network.

import { marked, snippet } from "./marks.js";
import { unpack } from "./packed.js";
import { LONGEST, readQuery, search } from "./query.js";

const AT_ONCE = 10;
const PATIENCE = 20000; // milliseconds for one file
const SNIPPET = 120;
const ORDERS = [["relevance", "按相关程度"], ["date", "按日期"]];

/** A trouble with a sentence for the reader. */
class Trouble extends Error {
  constructor(message, missing) {
    super(message);
    this.missing = Boolean(missing);
  }
}

/** Gives files of the index, each fetched once unless it failed; after `renew` all are fetched anew, past the browser's store. */
function loader(base) {
  const known = new Map();
  let store = "default";
  async function fetchFile(path) {
    const patience = new AbortController();
    const timer = setTimeout(() => patience.abort(), PATIENCE);
    let response;
    let bytes;
    try {
      response = await fetch(base + path, {
        cache: /manifest|records/.test(path) ? "no-cache" : store,
        credentials: "same-origin",
        signal: patience.signal,
      });
      if (response.ok) bytes = new Uint8Array(await response.arrayBuffer());
    } catch {
      throw new Trouble("网络连接中断，检索没有完成。请检查网络后重试。");
    } finally {
      clearTimeout(timer);
    }
    if (!response.ok) throw new Trouble("检索数据缺少文件，检索没有完成。请刷新页面后再试。", true);
    try {
      return await unpack(bytes);
    } catch {
      throw new Trouble("检索数据已损坏，检索没有完成。请稍后重试。");
    }
  }
  return {
    load(path) {
      if (!known.has(path)) {
        const file = fetchFile(path);
        known.set(path, file);
        // A failure is not kept: a search that is ending may still ask after `renew`, before the reader tries again.
        file.catch(() => known.get(path) === file && known.delete(path));
      }
      return known.get(path);
    },
    renew() {
      known.clear();
      store = "reload";
    },
  };
}

function element(name, className, ...children) {
  const made = document.createElement(name);
  if (className) made.className = className;
  made.append(...children);
  return made;
}

function parts(found) {
  return found.map((part) => (part.marked ? element("mark", "", part.text) : part.text));
}

function safe(href) {
  return /^(https?:\/\/|\/(?!\/)|\.)/.test(href) ? href : "#";
}

function resultItem(record, words) {
  const link = element("a", "search-result__link", ...parts(marked(record.title, words)));
  link.href = safe(record.href);
  const title = element("h2", "search-result__title", link);
  const meta = element("p", "search-result__meta");
  const add = (name, ...children) => meta.append(element("span", `search-result__${name}`, ...children), " ");
  if (record.sample) add("sample", "示例");
  if (record.badge) add("badge", record.badge);
  if (record.number) add("number", ...parts(marked(record.number, words)));
  if (record.column) add("column", record.column);
  if (record.organ) add("organ", record.organ);
  if (record.date) {
    const time = element("time", "search-result__date", record.date);
    time.dateTime = record.date;
    meta.append(time);
  }
  const item = element("li", "search-result", title, meta);
  if (record.text) item.append(element("p", "search-result__snippet", ...parts(snippet(record.text, words, SNIPPET))));
  return item;
}

function orderLinks(current, parameters) {
  const links = element("nav", "search-order");
  links.setAttribute("aria-label", "结果排序");
  ORDERS.forEach(([order, label]) => {
    const changed = new URLSearchParams(parameters);
    changed.set("order", order);
    const link = element("a", "search-order__link", label);
    link.href = `?${changed}`;
    if (order === current) link.setAttribute("aria-current", "true");
    links.append(link, " ");
  });
  return links;
}

function countText(results) {
  const count = results.count.toLocaleString("zh-CN");
  if (results.certain) return `共找到 ${count} 条结果，已显示 ${results.shown} 条。`;
  return `找到约 ${count} 条结果，已显示 ${results.shown} 条。`;
}

function emptyResult(text) {
  const advice = ["检查检索词有没有错别字。", "减少检索词，或者换一个更短、更常用的说法。",
    "按文号检索时，可以只输入发文机关代字和年份，例如“国办发〔2024〕”。"];
  return element("div", "search-empty",
    element("p", "search-empty__text", `没有找到与“${text}”有关的内容。`),
    element("ul", "search-empty__advice", ...advice.map((line) => element("li", "", line))));
}

function troubleBox(trouble, again) {
  const button = element("button", "search-retry", "重试");
  button.type = "button";
  button.addEventListener("click", again);
  const message = trouble instanceof Trouble ? trouble.message : "检索数据已损坏，检索没有完成。请稍后重试。";
  const box = element("div", "search-error", element("p", "search-error__text", message), button);
  box.setAttribute("role", "alert");
  return box;
}

/** Draws the results of the query in the address into the place for them. */
async function draw(place, parameters) {
  const text = (parameters.get("q") || "").trim();
  const order = parameters.get("order") === "date" ? "date" : "relevance";
  const query = readQuery(text);
  place.textContent = "";
  if (!text) return;
  if (!query.words.length) {
    place.append(element("p", "search-note", query.singles.length
      ? "只有一个字的检索词范围太大，请至少输入两个字。" : "检索词里没有文字或数字，请换一个检索词。"));
    return;
  }

  const status = element("p", "search-status", "正在检索……");
  place.append(status);
  if (query.cut) place.append(element("p", "search-note", `检索词太长，只按前 ${LONGEST} 个字检索。`));
  const list = element("ol", "search-list");
  const more = element("button", "search-more", "载入更多");
  more.type = "button";
  const files = loader((place.dataset.index || ".").replace(/\/?$/, "/"));
  let results = null;

  async function start() {
    try {
      results = await search(files.load, query, order);
    } catch (trouble) {
      if (!trouble.missing) throw trouble;
      files.renew(); // the site may have been renewed meanwhile
      results = await search(files.load, query, order);
    }
  }

  async function step() {
    place.setAttribute("aria-busy", "true");
    more.disabled = true;
    place.querySelectorAll(".search-error").forEach((box) => box.remove());
    const continued = list.children.length > 0;
    try {
      if (!results) await start();
      const items = (await results.next(AT_ONCE)).map((record) => resultItem(record, query.words));
      if (!results.shown) {
        status.textContent = "共找到 0 条结果。";
        place.append(emptyResult(Array.from(text).slice(0, 40).join("")));
      } else {
        status.textContent = countText(results);
        if (!list.isConnected) place.append(orderLinks(order, parameters), list);
        list.append(...items);
        if (results.more) list.after(more);
        else more.remove();
        if (continued && items.length) items[0].querySelector("a").focus();
      }
    } catch (trouble) {
      files.renew();
      if (!results || !results.shown) {
        status.textContent = "检索没有完成。";
        results = null;
      }
      place.append(troubleBox(trouble, () => {
        // What a search that was ending has asked for meanwhile may be as broken as what it met.
        files.renew();
        return step();
      }));
    } finally {
      more.disabled = false;
      place.removeAttribute("aria-busy");
    }
  }

  more.addEventListener("click", step);
  await step();
}

const place = document.getElementById("search-results");
if (place) {
  const parameters = new URLSearchParams(window.location.search);
  document.querySelectorAll('form[role="search"] input[name="q"]').forEach((input) => {
    input.value = parameters.get("q") || "";
  });
  draw(place, parameters);
}
