/* Comforts on top of pages that work without any script: large type, dark colours,
   printing, copying an address. Nothing leaves the reader's device. */

const root = document.documentElement;

const remember = (key, value) => {
  try {
    if (value) localStorage.setItem(key, value);
    else localStorage.removeItem(key);
  } catch (error) {
    /* Storage may be switched off: the choice then holds for this page only. */
  }
};

const recall = (key) => {
  try {
    return localStorage.getItem(key);
  } catch (error) {
    return null;
  }
};

const isDark = () => (root.dataset.colorScheme || (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light")) === "dark";

const applyModes = () => {
  const scheme = recall("color-scheme");
  if (scheme === "dark" || scheme === "light") root.dataset.colorScheme = scheme;
  root.toggleAttribute("data-elder", recall("elder") === "on");
};

const showModes = () => {
  for (const button of document.querySelectorAll("[data-mode]")) {
    const on = button.dataset.mode === "dark" ? isDark() : root.hasAttribute("data-elder");
    button.setAttribute("aria-pressed", String(on));
  }
};

const switchMode = (mode) => {
  if (mode === "dark") {
    root.dataset.colorScheme = isDark() ? "light" : "dark";
    remember("color-scheme", root.dataset.colorScheme);
  } else {
    root.toggleAttribute("data-elder");
    remember("elder", root.hasAttribute("data-elder") ? "on" : "");
  }
  showModes();
};

/* One polite announcer for "copied", created when first needed. */
const say = (text) => {
  let status = document.getElementById("said");
  if (!status) {
    status = document.createElement("p");
    status.id = "said";
    status.className = "said";
    status.setAttribute("role", "status");
    document.body.append(status);
  }
  status.textContent = text;
  clearTimeout(say.timer);
  say.timer = setTimeout(() => { status.textContent = ""; }, 4000);
};

const copy = (text) => {
  if (!navigator.clipboard) return;
  navigator.clipboard.writeText(text).then(() => say("已复制"), () => say("没有复制成功，请手动选择文字复制"));
};

/* 《标题》第十二条 + address: what one needs to quote an article. */
const quoteArticle = (link) => {
  const heading = document.querySelector("h1");
  const title = heading && heading.firstChild ? heading.firstChild.textContent.trim() : "";
  const number = link.parentElement.querySelector(".article-number");
  copy(`《${title}》${number ? number.textContent.trim() : ""} ${link.href}`);
};

/* Tables inside running text become reachable by keyboard when they scroll. */
const wrapTable = (table) => {
  const region = document.createElement("div");
  region.className = "region region-wide";
  region.tabIndex = 0;
  region.setAttribute("role", "region");
  region.setAttribute("aria-label", table.caption ? table.caption.textContent : "表格，可左右滑动");
  table.replaceWith(region);
  region.append(table);
};

applyModes();
showModes();
for (const element of document.querySelectorAll(".modes, .tools")) element.hidden = false;
for (const element of document.querySelectorAll("[data-without-scripts]")) element.hidden = true;
if (!CSS.supports("selector(::details-content)") && matchMedia("(min-width: 60em)").matches) {
  for (const details of document.querySelectorAll(".unfold")) details.open = true;
}
document.querySelectorAll(".prose table").forEach(wrapTable);
document.addEventListener("click", (event) => {
  const target = event.target.closest("[data-mode], [data-tool], .permalink");
  if (!target) return;
  if (target.dataset.mode) switchMode(target.dataset.mode);
  else if (target.dataset.tool === "print") window.print();
  else if (target.dataset.tool === "copy") copy(target.dataset.text);
  else quoteArticle(target);
});
/* Opened from the results of a search: the hits are marked. */
if (/^#search=/.test(location.hash)) {
  const script = document.createElement("script");
  script.type = "module";
  script.src = new URL("search.js", document.querySelector("script[src*='portal.js']").src);
  document.head.append(script);
}
addEventListener("beforeprint", () => {
  for (const place of document.querySelectorAll("[data-print-time]")) {
    place.textContent = `，打印时间：${new Date().toLocaleString("zh-CN")}`;
  }
});
