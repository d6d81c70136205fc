/* The page in traditional characters and back: text, titles and labels, also of what is drawn later. */

import { readTable, traditional } from "./chinese.js";

const KEPT = "script, style, code, textarea, [translate=no], [lang]:not([lang^=zh]), [data-aid=script]";
const ATTRIBUTES = ["aria-label", "title", "alt", "placeholder", "data-label", "data-state"];
const root = document.documentElement;
const texts = new Map();
const labels = new Map();
let table = null;
let watcher = null;

/* What a piece of text says in the simplified characters it was published in. */
export const original = (node) => (texts.has(node) ? texts.get(node) : node.data || "");

const load = async () => {
  if (table) return;
  const answer = await fetch(new URL("./traditional.txt", import.meta.url));
  if (!answer.ok) throw new Error(String(answer.status));
  table = readTable(await answer.text());
};

const changeText = (node) => {
  if (!node.parentElement || node.parentElement.closest(KEPT)) return;
  const made = traditional(node.data, table);
  if (made === node.data) return;
  texts.set(node, node.data);
  node.data = made;
};

const changeLabels = (element) => {
  if (element.closest(KEPT)) return;
  for (const name of ATTRIBUTES) {
    const written = element.getAttribute(name);
    const made = written && traditional(written, table);
    if (!written || made === written) continue;
    if (!labels.has(element)) labels.set(element, new Map());
    labels.get(element).set(name, written);
    element.setAttribute(name, made);
  }
};

const changeUnder = (top) => {
  if (top.nodeType === Node.TEXT_NODE) return changeText(top);
  if (top.nodeType !== Node.ELEMENT_NODE) return undefined;
  changeLabels(top);
  const walker = document.createTreeWalker(top, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
  while (walker.nextNode()) {
    if (walker.currentNode.nodeType === Node.TEXT_NODE) changeText(walker.currentNode);
    else changeLabels(walker.currentNode);
  }
  return undefined;
};

/* What scripts draw later is changed as it comes; what this module writes itself is not looked at again. */
const watch = () => {
  watcher = new MutationObserver((changes) => {
    for (const change of changes) {
      if (change.type === "childList") change.addedNodes.forEach(changeUnder);
      else changeText(change.target);
    }
    watcher.takeRecords();
  });
  watcher.observe(document.body, { childList: true, characterData: true, subtree: true });
};

export const change = async () => {
  await load();
  if (watcher) return;
  root.lang = "zh-Hant";
  changeUnder(document.querySelector("title"));
  changeUnder(document.body);
  watch();
};

export const changeBack = () => {
  if (!watcher) return;
  watcher.disconnect();
  watcher = null;
  root.lang = "zh-CN";
  for (const [node, words] of texts) node.data = words;
  for (const [element, written] of labels) for (const [name, words] of written) element.setAttribute(name, words);
  texts.clear();
  labels.clear();
};
