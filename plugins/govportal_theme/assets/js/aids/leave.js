/* Before a link leads to a site that is not of government: where it goes, and a choice. */

import { make, openDialog } from "./tell.js";

export const ask = (link) => openDialog("即将离开本网站",
  make("p", {}, "您要打开的网站不是政府网站，本网站不对其内容负责："),
  make("p", { className: "address", textContent: link.href }),
  make("p", { className: "aids-actions" },
    make("button", { type: "button", "data-close": "", autofocus: true, textContent: "留在本网站" }),
    make("a", { className: "button button-second", href: link.href, rel: "noopener noreferrer", textContent: "继续访问" })));
