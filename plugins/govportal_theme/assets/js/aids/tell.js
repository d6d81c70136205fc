/* One polite announcer ("copied"), copying, and the building of elements. */

export const make = (name, properties = {}, ...children) => {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (key in element) element[key] = value;
    else element.setAttribute(key, value);
  }
  element.append(...children);
  return element;
};

export const say = (text) => {
  let status = document.getElementById("said");
  if (!status) {
    status = make("p", { id: "said", className: "said", role: "status" });
    document.body.append(status);
  }
  status.textContent = text;
  clearTimeout(say.timer);
  say.timer = setTimeout(() => { status.textContent = ""; }, Math.max(4000, text.length * 200));
};

export const copy = async (text) => {
  try {
    await navigator.clipboard.writeText(text);
    say("已复制");
  } catch (error) {
    say(`没有复制成功，请手动复制：${text}`);
  }
};

/* The permanent address of the page: without what a reader has chosen or where the page was scrolled to. */
export const permanentAddress = () => {
  const written = document.querySelector("[data-address]");
  return (written && written.dataset.address) || location.origin + location.pathname;
};

export const pageTitle = () => {
  const heading = document.querySelector("h1");
  return heading && heading.firstChild ? heading.firstChild.textContent.trim() : document.title;
};

/* A style sheet that only the aids need, asked for when the first of them is used. */
export const dress = () => {
  const address = new URL("../../css/aids-open.css", import.meta.url).href;
  const there = [...document.styleSheets].some((sheet) => sheet.href === address);
  if (there) return Promise.resolve();
  return new Promise((done) => {
    const link = make("link", { rel: "stylesheet", href: address });
    link.addEventListener("load", done);
    link.addEventListener("error", done);
    document.head.append(link);
  });
};

/* A modal dialog with a heading; it leaves the page when it is closed, and the keyboard returns to where it was. */
export const openDialog = async (title, ...children) => {
  await dress();
  const heading = make("h2", { id: "aids-dialog-title", textContent: title });
  const dialog = make("dialog", { className: "aids-dialog" }, heading, ...children);
  dialog.setAttribute("aria-labelledby", heading.id);
  dialog.addEventListener("close", () => dialog.remove());
  dialog.addEventListener("click", (event) => {
    if (event.target === dialog || event.target.closest("[data-close]")) dialog.close();
  });
  document.body.append(dialog);
  dialog.showModal();
  return dialog;
};
