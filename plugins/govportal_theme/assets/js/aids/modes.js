/* Runs before the page is drawn, so that what a reader has chosen is there from the first picture: an ordinary script,
   the only one that the page waits for. A choice in the address counts before a remembered one and is remembered. */
(() => {
  const asked = new URLSearchParams(location.search);
  for (const name of ["elder", "color-scheme", "contrast", "text-size", "cursor", "script"]) {
    let value = asked.get(name);
    try {
      if (value === null) value = localStorage.getItem(name);
      else localStorage.setItem(name, value);
    } catch (error) {
      /* Storage is switched off: choices.js hands the choice on in the addresses of links. */
    }
    if (value && value !== "off") document.documentElement.setAttribute(`data-${name}`, value);
  }
})();
