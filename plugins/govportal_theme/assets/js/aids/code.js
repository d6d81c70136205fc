/* The QR code of the page's permanent address, drawn as SVG when it is first asked for. */

import { correction, generate } from "./lean-qr.js";
import { make, openDialog, permanentAddress } from "./tell.js";

const SVG = "http://www.w3.org/2000/svg";
const QUIET = 4;

const element = (name, attributes) => {
  const made = document.createElementNS(SVG, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
};

/* Rows of dark modules as strokes: "M4 4.5h7" is seven modules. */
const strokes = (code) => {
  let path = "";
  for (let y = 0; y < code.size; y += 1) {
    for (let x = 0, from = 0; x < code.size; x = from + 1) {
      from = x;
      while (code.get(from, y)) from += 1;
      if (from > x) path += `M${x + QUIET} ${y + QUIET}.5h${from - x}`;
    }
  }
  return path;
};

/* Dark on white whatever the colours of the page: many cameras read it only so. */
export const drawn = (address) => {
  const code = generate(address, { minCorrectionLevel: correction.M });
  const side = code.size + 2 * QUIET;
  const picture = element("svg", {
    class: "aids-code", viewBox: `0 0 ${side} ${side}`, role: "img", "aria-label": "本页网址的二维码", "shape-rendering": "crispEdges",
  });
  picture.append(
    element("path", { d: `M0 0h${side}v${side}H0z`, fill: "#fff" }),
    element("path", { d: strokes(code), stroke: "#000" }));
  return picture;
};

export const show = () => {
  const address = permanentAddress();
  return openDialog("本页网址", drawn(address),
    make("p", { className: "address", textContent: address }),
    make("p", { className: "aids-actions" },
      make("button", { type: "button", "data-aid": "copy", textContent: "复制标题和网址" }),
      make("button", { type: "button", "data-close": "", autofocus: true, textContent: "关闭" })));
};

export const putOnPaper = () => {
  const foot = document.querySelector("[data-address]");
  if (!foot.querySelector(".aids-code")) foot.append(drawn(permanentAddress()));
};
