/* Comforts on top of pages that work without any script: reading aids, copying an article's address.
   Nothing leaves the reader's device. */

import { startAids } from "./aids/bar.js";
import { copy, pageTitle } from "./aids/tell.js";

/* 《标题》第十二条 + address: what one needs to quote an article. */
const quoteArticle = (link) => {
  const number = link.parentElement.querySelector(".article-number");
  copy(`《${pageTitle()}》${number ? number.textContent.trim() : ""} ${link.href}`);
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

startAids();
for (const element of document.querySelectorAll("[data-without-scripts]")) element.hidden = true;
if (!CSS.supports("selector(::details-content)") && matchMedia("(min-width: 60em)").matches) {
  for (const details of document.querySelectorAll(".unfold")) details.open = true;
}
document.querySelectorAll(".prose table").forEach(wrapTable);
document.addEventListener("click", (event) => {
  const link = event.target.closest(".permalink");
  if (link) quoteArticle(link);
});
/* Opened from the results of a search: the hits are marked. */
if (/^#search=/.test(location.hash)) {
  const script = document.createElement("script");
  script.type = "module";
  script.src = new URL("search-opened.js", document.querySelector("script[src*='portal.js']").src);
  document.head.append(script);
}
