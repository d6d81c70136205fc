// On the page of a document that was opened from the results: hits are marked and can be stepped through.

import { fold } from "./analyse.js";
import { ranges } from "./marks.js";
import { element, pressed } from "./elements.js";

const BLOCKS = "p, li, td, th, dt, dd, h1, h2, h3, h4, caption, summary, pre, div";

/** Text nodes that stand in one block one after the other. */
function blocksOf(root) {
  const blocks = [];
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  let block;
  while (walker.nextNode()) {
    const node = walker.currentNode;
    const parent = node.parentElement.closest(BLOCKS);
    if (node.parentElement.closest("script, style, select, [hidden], .tools")) continue;
    if (parent !== block) blocks.push([]);
    block = parent;
    blocks[blocks.length - 1].push(node);
  }
  return blocks;
}

/** Marks every hit; a hit is a list of <mark>, for it may go on in another element. */
function markAll(root, words) {
  const hits = [];
  blocksOf(root).forEach((nodes) => {
    const found = ranges(nodes.map((node) => node.data).join(""), words);
    const pieces = found.map(() => []);
    let at = 0;
    nodes.forEach((node) => {
      const begin = at;
      at += node.data.length;
      found.map(([start, end], hit) => [Math.max(start, begin) - begin, Math.min(end, at) - begin, hit]).reverse()
        .filter(([start, end]) => start < end).forEach(([start, end, hit]) => {
          const piece = node.splitText(start);
          piece.splitText(end - start);
          const mark = element("mark", "hit");
          piece.replaceWith(mark);
          mark.append(piece);
          pieces[hit].push(mark);
        });
    });
    hits.push(...pieces);
  });
  return hits;
}

/** Marks the words of a query in the main part of the page, and adds a bar for stepping from hit to hit. */
export function highlight(main, parameters) {
  const words = parameters.get("search").split(" ").map(fold).filter((word) => word.length > 1).slice(0, 40);
  const query = parameters.get("q") || "";
  const hits = markAll(main, words);
  const said = element("p", "hits-said");
  said.setAttribute("role", "status");
  let now = 0;
  const step = (by) => {
    if (!hits.length) return;
    hits[now].forEach((mark) => mark.classList.remove("hit-now"));
    now = (now + by + hits.length) % hits.length;
    hits[now].forEach((mark) => mark.classList.add("hit-now"));
    for (let at = hits[now][0]; at; at = at.parentElement.closest("details:not([open])")) if (at.open === false) at.open = true;
    hits[now][0].scrollIntoView({ block: "center" });
    said.textContent = `第 ${now + 1} 处，共 ${hits.length} 处`;
  };
  const back = element("a", "", "返回检索结果");
  back.href = `${document.querySelector("header form[role=search]").action}?${new URLSearchParams({ q: query, stay: "1" })}`;
  const bar = element("div", "hits", said, pressed("", "上一处", () => step(-1)), pressed("", "下一处", () => step(1)), back,
    pressed("", "关闭", () => {
      bar.remove();
      hits.forEach((marks) => marks.forEach((mark) => mark.replaceWith(...mark.childNodes)));
      history.replaceState(null, "", location.pathname + location.search);
    }));
  bar.setAttribute("role", "region");
  bar.setAttribute("aria-label", `检索词“${query}”在本页的位置`);
  bar.addEventListener("keydown", (event) => {
    const by = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
    if (by) {
      event.preventDefault();
      step(by);
    } else if (event.key === "Escape") bar.lastChild.click();
  });
  main.prepend(bar);
  said.textContent = "本页正文中没有检索词";
  step(0);
}
