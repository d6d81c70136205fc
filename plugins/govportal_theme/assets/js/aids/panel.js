/* The panel of all aids, opened under the bar: every choice as radio buttons, every action as a button. */

import { choose, chosen, forgetAll, whenChosen } from "./choices.js";
import { dress, make } from "./tell.js";

const GROUPS = [
  ["elder", "版面", [["", "标准"], ["on", "长者模式"]]],
  ["text-size", "字号", [["", "标准"], ["large", "大"], ["largest", "特大"]]],
  ["color-scheme", "颜色", [["", "跟随设备"], ["light", "浅色"], ["dark", "深色"]]],
  ["contrast", "对比度", [["", "标准"], ["more", "高"]]],
  ["cursor", "鼠标指针", [["", "标准"], ["large", "大"]]],
  ["script", "文字", [["", "简体"], ["hant", "繁體"]]],
];
const BUTTONS = [["read", "朗读本页"], ["code", "二维码"], ["share", "分享"], ["copy", "复制标题和网址"], ["print", "打印"]];

const choice = (name, value, label) => {
  const input = make("input", { type: "radio", name: `aid-${name}`, value });
  input.addEventListener("change", () => choose(name, value));
  const words = make("span", { textContent: label });
  if (value === "hant") words.lang = "zh-Hant";
  return make("label", {}, input, words);
};

const build = (opener) => {
  const close = () => {
    opener.setAttribute("aria-expanded", "false");
    panel.hidden = true;
    opener.focus();
  };
  const button = (text, work) => {
    const element = make("button", { type: "button", textContent: text });
    element.addEventListener("click", work);
    return element;
  };
  const panel = make("section", { id: "aids-panel", className: "aids-panel wrap", "aria-label": "阅读辅助" },
    ...GROUPS.map(([name, label, values]) => make("fieldset", {}, make("legend", { textContent: label }),
      ...values.map(([value, text]) => choice(name, value, text)))),
    make("div", { className: "aids-actions" },
      ...BUTTONS.map(([name, text]) => make("button", { type: "button", "data-aid": name, textContent: text })),
      button("恢复默认", forgetAll),
      button("关闭", close)));
  panel.addEventListener("keydown", (event) => {
    if (event.key === "Escape") close();
  });
  whenChosen(() => {
    for (const input of panel.querySelectorAll("input")) input.checked = chosen(input.name.slice(4)) === input.value;
  });
  opener.setAttribute("aria-controls", panel.id);
  return panel;
};

export const toggle = async (opener) => {
  await dress();
  let panel = document.getElementById("aids-panel");
  if (!panel) {
    panel = build(opener);
    panel.hidden = true;
    (opener.closest(".bar") || opener.parentElement).after(panel);
  }
  panel.hidden = !panel.hidden;
  opener.setAttribute("aria-expanded", String(!panel.hidden));
};
