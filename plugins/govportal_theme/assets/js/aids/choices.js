/* What a reader has chosen, as attributes of the page that the style sheets read: data-elder, data-color-scheme,
   data-contrast, data-text-size, data-cursor, data-script. The same names are used in storage and in addresses. */

const NAMES = ["elder", "color-scheme", "contrast", "text-size", "cursor", "script"];
const root = document.documentElement;

export const chosen = (name) => root.getAttribute(`data-${name}`) || "";

export const isDark = () =>
  (chosen("color-scheme") || (matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light")) === "dark";

/* Whether anything can be remembered on this device. */
export const remembers = () => {
  try {
    localStorage.setItem("aids", "");
    localStorage.removeItem("aids");
    return true;
  } catch (error) {
    return false;
  }
};

const keep = (name, value) => {
  if (remembers()) {
    if (value) localStorage.setItem(name, value);
    else localStorage.removeItem(name);
  }
  const here = new URL(location.href);
  if (here.searchParams.has(name)) {
    here.searchParams.delete(name);
    history.replaceState(history.state, "", here);
  }
};

export const choose = (name, value) => {
  if (value) root.setAttribute(`data-${name}`, value);
  else root.removeAttribute(`data-${name}`);
  keep(name, value);
  root.dispatchEvent(new CustomEvent("chosen", { detail: name }));
};

export const forgetAll = () => NAMES.forEach((name) => choose(name, ""));

export const whenChosen = (work) => {
  root.addEventListener("chosen", work);
  work();
};

/* Where nothing can be remembered, links of this site and its search carry the choices on. */
export const carryOn = () => {
  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href]");
    if (!link || link.origin !== location.origin || link.getAttribute("href").startsWith("#")) return;
    const address = new URL(link.href);
    for (const name of NAMES) if (chosen(name)) address.searchParams.set(name, chosen(name));
    link.href = address;
  }, true);
  document.addEventListener("submit", (event) => {
    for (const name of NAMES.filter(chosen)) {
      const field = event.target.querySelector(`input[name="${name}"]`)
        || Object.assign(document.createElement("input"), { type: "hidden", name });
      field.value = chosen(name);
      event.target.append(field);
    }
  }, true);
};
