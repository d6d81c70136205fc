/* Reading the page aloud with the browser's own voice: the selected words, or heading and text paragraph by paragraph.
   The mark follows the voice; nothing is sent anywhere by this page. */

import { sentences, speakable } from "./speakable.js";
import { dress, make, say } from "./tell.js";
import { original } from "./traditional.js";

const BLOCKS = "h1, h2, h3, h4, h5, h6, p, li, dt, dd, th, td, caption, figcaption, blockquote, summary";
const SILENT = [
  "[aria-hidden=true]", "nav", "aside", "button", "form", "dialog", "script", "svg", ".hidden", ".permalink", ".tools", ".table-filter",
  ".links-row", ".record > .head", ".relation", ".record-foot", ".said", "thead",
].join(", ");
const SPEEDS = [["0.8", "慢"], ["1", "正常"], ["1.2", "快"]];
const NO_VOICE = "这台设备没有可用的中文语音。可以在系统设置里安装中文语音，或者用屏幕朗读软件。";
const PATIENCE = 8000;

let player = null;

const isSeen = (element) => element.getClientRects().length > 0;

const textOf = (element, counts) => {
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
  let words = "";
  while (walker.nextNode()) if (counts(walker.currentNode.parentElement)) words += original(walker.currentNode);
  return words.trim();
};

/* The words of a block without those of the blocks inside it. */
const wordsOf = (block) => textOf(block, (parent) => parent.closest(BLOCKS) === block && !parent.closest(SILENT));

/* What a cell is called: the head of its column, where a table has one row of heads. */
const labelOf = (cell) => {
  const table = cell.matches("td, th") && cell.closest("table");
  const head = table && table.tHead && table.tHead.rows.length === 1 && table.tHead.rows[0].cells[cell.cellIndex];
  return head ? `${textOf(head, () => true)}：` : "";
};

/* [{block, said: [sentence]}] in the order of reading: the heading comes first wherever it stands. */
export const passages = (main) => {
  const blocks = [...main.querySelectorAll(BLOCKS)].filter((block) => !block.closest(SILENT) && isSeen(block));
  const heading = blocks.findIndex((block) => block.tagName === "H1");
  if (heading > 0) blocks.unshift(...blocks.splice(heading, 1));
  return blocks.map((block) => ({ block, words: wordsOf(block) })).filter((one) => one.words)
    .map(({ block, words }) => ({ block, said: sentences(speakable(labelOf(block) + words)) })).filter((one) => one.said.length);
};

const selected = () => {
  const chosen = getSelection();
  const words = chosen ? String(chosen).trim() : "";
  const start = words && chosen.anchorNode && chosen.anchorNode.parentElement;
  return start && start.closest("main") ? [{ block: start, said: sentences(speakable(words)) }] : [];
};

/* A voice of mainland Chinese, one that speaks on the device itself before one that the browser's maker speaks elsewhere. */
const voice = () => {
  const rank = (one) => (/^zh[-_](CN|Hans)/i.test(one.lang) ? 2 : 0) + (one.localService ? 1 : 0);
  return speechSynthesis.getVoices().filter((one) => /^(zh|cmn)/i.test(one.lang)).sort((one, other) => rank(other) - rank(one))[0] || null;
};

class Player {
  constructor(texts, opener) {
    Object.assign(this, { texts, opener, at: 0, sentence: 0, running: false, turn: 0 });
    this.where = make("p", { role: "status" });
    this.pauseButton = this.button("暂停", () => (this.running ? this.pause() : this.speak()));
    this.speed = make("select", {}, ...SPEEDS.map(([value, text]) => make("option", { value, textContent: text, selected: value === "1" })));
    this.speed.addEventListener("change", () => this.running && this.speak());
    this.element = make("section", { className: "aids-player", "aria-label": "朗读" }, this.where, this.pauseButton,
      this.button("上一段", () => this.go(this.at - 1)), this.button("下一段", () => this.go(this.at + 1)),
      make("label", {}, "语速", this.speed), this.button("停止朗读", () => this.stop()));
    this.element.addEventListener("keydown", (event) => event.key === "Escape" && this.stop());
    this.leaving = () => this.stop();
    addEventListener("pagehide", this.leaving);
    document.body.append(this.element);
    document.documentElement.classList.add("aids-reading");
    this.pauseButton.focus({ preventScroll: true });
  }

  button(text, work) {
    const made = make("button", { type: "button", textContent: text });
    made.addEventListener("click", work);
    return made;
  }

  mark(on) {
    const { block } = this.texts[this.at];
    block.classList.toggle("aids-read", on);
    if (on) block.scrollIntoView({ block: "nearest" });
  }

  go(place) {
    this.mark(false);
    this.at = Math.min(Math.max(place, 0), this.texts.length - 1);
    this.sentence = 0;
    this.speak();
  }

  /* A sentence at a time: engines forget long texts, and a pause must hold on phones that cannot pause. */
  speak() {
    this.turn += 1;
    const { turn } = this;
    speechSynthesis.cancel();
    this.running = true;
    this.pauseButton.textContent = "暂停";
    this.where.textContent = `朗读第 ${this.at + 1} 段，共 ${this.texts.length} 段`;
    this.mark(true);
    const spoken = new SpeechSynthesisUtterance(this.texts[this.at].said[this.sentence]);
    spoken.lang = "zh-CN";
    spoken.voice = voice();
    spoken.rate = Number(this.speed.value);
    const late = setTimeout(() => turn === this.turn && this.fail(), PATIENCE);
    spoken.addEventListener("start", () => clearTimeout(late));
    spoken.addEventListener("end", () => {
      clearTimeout(late);
      if (turn === this.turn) this.next();
    });
    spoken.addEventListener("error", (event) => {
      clearTimeout(late);
      if (turn === this.turn && !/^(canceled|interrupted)$/.test(event.error)) this.fail();
    });
    speechSynthesis.speak(spoken);
  }

  next() {
    this.sentence += 1;
    if (this.sentence < this.texts[this.at].said.length) this.speak();
    else if (this.at + 1 < this.texts.length) this.go(this.at + 1);
    else this.stop();
  }

  pause() {
    this.turn += 1;
    this.running = false;
    speechSynthesis.cancel();
    this.pauseButton.textContent = "继续";
  }

  fail() {
    this.stop();
    say(NO_VOICE);
  }

  stop() {
    this.pause();
    this.mark(false);
    removeEventListener("pagehide", this.leaving);
    document.documentElement.classList.remove("aids-reading");
    const returns = this.element.contains(document.activeElement);
    this.element.remove();
    player = null;
    if (returns) this.opener.focus();
  }
}

export const start = async (opener) => {
  if (!("speechSynthesis" in window)) return say(NO_VOICE);
  const chosen = selected();
  await dress();
  if (player) player.stop();
  const texts = chosen.length ? chosen : passages(document.querySelector("main"));
  if (!texts.length) return say("这一页没有可以朗读的文字。");
  player = new Player(texts, opener);
  return player.speak();
};
