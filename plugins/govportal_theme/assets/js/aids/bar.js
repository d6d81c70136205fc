/* What every page loads of the reading aids: the buttons, and which module to ask for when one is used. */

import { carryOn, choose, chosen, isDark, remembers, whenChosen } from "./choices.js";
import { copy, make, pageTitle, permanentAddress, say } from "./tell.js";

const share = async () => {
  const shared = { title: pageTitle(), url: permanentAddress() };
  if (!navigator.share) return copy(`${shared.title} ${shared.url}`);
  try {
    return await navigator.share(shared);
  } catch (error) {
    if (error.name === "AbortError") return undefined;
    return copy(`${shared.title} ${shared.url}`);
  }
};

/* The code of the address must be on the sheet before the browser lays it out. */
const print = async () => {
  try {
    (await import("./code.js")).putOnPaper();
  } finally {
    window.print();
  }
};

const ACTIONS = {
  elder: () => choose("elder", chosen("elder") ? "" : "on"),
  dark: () => choose("color-scheme", isDark() ? "light" : "dark"),
  script: () => choose("script", chosen("script") ? "" : "hant"),
  panel: async (button) => (await import("./panel.js")).toggle(button),
  read: async (button) => (await import("./reader.js")).start(button),
  code: async () => (await import("./code.js")).show(),
  share,
  copy: () => copy(`${pageTitle()} ${permanentAddress()}`),
  print,
};

const act = (name, button) => {
  Promise.resolve(ACTIONS[name](button)).catch(() => say("没有成功，请检查网络后再试。"));
};

const showState = () => {
  const states = { elder: Boolean(chosen("elder")), dark: isDark(), script: Boolean(chosen("script")) };
  for (const [name, on] of Object.entries(states)) {
    for (const button of document.querySelectorAll(`[data-aid="${name}"][aria-pressed]`)) {
      button.setAttribute("aria-pressed", String(on));
    }
  }
};

/* Characters are changed by a module of their own, once they are to be changed. */
const showScript = async () => {
  if (!chosen("script") && !showScript.changed) return;
  showScript.changed = true;
  try {
    const traditional = await import("./traditional.js");
    await (chosen("script") ? traditional.change() : traditional.changeBack());
  } catch (error) {
    choose("script", "");
    say("繁体字表没有载入，请检查网络后再试。");
  }
};

/* Sites of government, and this one's own domain, are not "elsewhere". */
const leadsAway = (link) => {
  if (!/^https?:$/.test(link.protocol) || link.origin === location.origin) return false;
  const own = document.querySelector("meta[name=SiteDomain]");
  const host = link.hostname;
  return !/(^|\.)gov\.cn$/.test(host) && !(own && own.content && (host === own.content || host.endsWith(`.${own.content}`)));
};

const follow = (event, link) => {
  if (event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey || !leadsAway(link)) return;
  event.preventDefault();
  import("./leave.js").then((leave) => leave.ask(link), () => { location.href = link.href; });
};

const button = (aid, textContent, more = {}) => make("button", { type: "button", "data-aid": aid, textContent, ...more });

/* Without scripts the buttons could do nothing, so it is the script that puts them there. */
const putButtons = () => {
  const off = { "aria-pressed": "false" };
  const more = button("panel", "更多", { "aria-expanded": "false" });
  more.append(make("span", { textContent: "辅助" }));
  document.querySelector(".bar .wrap").append(
    make("div", { className: "aids", role: "group", "aria-label": "阅读辅助" },
      button("elder", "长者模式", off), button("script", "繁體", { ...off, lang: "zh-Hant" }), button("dark", "深色", off), more),
    make("p", { className: "script-note", role: "note" },
      make("span", { textContent: "繁體版由系統轉換，以簡體為準。" }), button("script", "返回简体", { lang: "zh-Hans" })));
  const end = document.querySelector(".record-foot");
  if (end) {
    end.after(make("p", { className: "tools" }, ...[["read", "朗读"], ["print", "打印"], ["code", "二维码"], ["share", "分享"], ["copy", "复制标题和网址"]]
      .map(([aid, words]) => button(aid, words))));
  }
};

export const startAids = () => {
  putButtons();
  if (!remembers()) carryOn();
  whenChosen(showState);
  whenChosen(showScript);
  matchMedia("(prefers-color-scheme: dark)").addEventListener("change", showState);
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-aid]");
    if (button) return act(button.dataset.aid, button);
    const link = event.target.closest("a[href]");
    if (link && !link.closest("dialog")) follow(event, link);
    return undefined;
  });
  document.addEventListener("keydown", (event) => {
    if (event.key.toLowerCase() === "p" && (event.ctrlKey || event.metaKey) && !event.shiftKey && !event.altKey) {
      event.preventDefault();
      act("print");
    }
  });
  addEventListener("beforeprint", () => {
    document.querySelector("[data-address]").dataset.printed = `打印时间：${new Date().toLocaleString("zh-CN")}。`;
  });
};
