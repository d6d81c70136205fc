/* Official Chinese text to text that a speech engine reads as a person would: numbers, dates, 〔〕, units, telephone numbers.
   Pure: text in, text out.

     speakable("国办发〔2016〕80号")      "国办发，二零一六，八十号"
     speakable("2026-11-23 09:30")        "二零二六年十一月二十三日九点三十分"
     speakable("增长12.5%")               "增长百分之十二点五"
     sentences("一。二。")                 ["一。", "二。"] */

const DIGITS = "零一二三四五六七八九";
const UNITS = ["", "十", "百", "千"];
const GROUPS = ["", "万", "亿", "万亿"];
const LONGEST = 120;
/* Before these, the number 2 is 两. */
const COUNTED = /^(?:[个名件次人份张家项条天年间位台套所座户元万亿周]|小时|分钟|公里|千克|部门|种(?!子)|处(?!理))/;
const CAPTURED = "(\\d{1,3}(?:,\\d{3})+|\\d+)(\\.\\d+)?";

const spelled = (digits, one = "一") => [...digits].map((digit) => (digit === "1" ? one : DIGITS[digit] || digit)).join("");

/* Four digits at most. */
const group = (digits) => {
  let words = "";
  let gap = false;
  [...digits].forEach((digit, place) => {
    if (digit === "0") {
      gap = words !== "";
      return;
    }
    if (gap) words += "零";
    gap = false;
    words += DIGITS[digit] + UNITS[digits.length - 1 - place];
  });
  return words;
};

export const integer = (digits) => {
  if (/^0\d/.test(digits) || digits.length > 16) return spelled(digits);
  if (/^0$/.test(digits)) return DIGITS[0];
  let words = "";
  for (let left = digits.length, first = true; left > 0; first = false) {
    const size = first ? left % 4 || 4 : 4;
    const part = digits.slice(digits.length - left, digits.length - left + size);
    left -= size;
    const said = group(part);
    if (said) words += (words && /^0/.test(part) ? "零" : "") + said + GROUPS[left / 4];
  }
  return words.replace(/^一十/, "十");
};

export const number = (whole, fraction = "") =>
  integer(whole.replaceAll(",", "")) + (fraction ? `点${spelled(fraction.slice(1))}` : "");


const day = (year, month, date) => `${spelled(year)}年${integer(String(Number(month)))}月${integer(String(Number(date)))}日`;
const isDay = (month, date) => month >= 1 && month <= 12 && date >= 1 && date <= 31;
const telephone = (text) => text.replace(/[-—()（）\s]+/g, "，").replace(/\d+/g, (digits) => spelled(digits, "幺")).replace(/^，|，$/g, "");
const time = (hour, minute) => `${integer(String(Number(hour)))}点${Number(minute) ? `${integer(minute.replace(/^0/, ""))}分` : ""}`;

/* Long rows of figures, and letters with figures behind a sign; a date written with signs is none. */
const isCode = (text) => {
  const figures = text.replace(/\D/g, "").length;
  if (/^(?:19|20)\d\d[-/]\d{1,2}[-/]\d{1,2}$/.test(text)) return false;
  return figures >= (/^\d+$/.test(text) ? 11 : /[A-Z].*[-/]/.test(text) ? 2 : 8);
};

const WORDS = {
  "㎡": "平方米", "m²": "平方米", "m³": "立方米", "km²": "平方公里", km: "公里", kg: "千克", "℃": "摄氏度", "mg/L": "毫克每升",
  "μg/m³": "微克每立方米", "kW·h": "千瓦时", "hm²": "公顷", mm: "毫米", cm: "厘米", MB: "兆字节", KB: "千字节", GB: "吉字节",
  "≥": "大于等于", "≤": "小于等于", "±": "正负", "×": "乘", "№": "编号",
};

/* Each rule sees what the rules before it have left. */
const RULES = [
  [/[０-９Ａ-Ｚａ-ｚ％．：，－／]/g, (sign) => (sign === "：" || sign === "，" ? sign : String.fromCharCode(sign.charCodeAt(0) - 0xfee0))],
  [/[\u200b\u2060\ufeff]/g, ""],
  [/[\s\u00a0\u3000]+/g, " "],
  [/https?:\/\/[\w\-.~:/?#[\]@!$&'()*+,;=%]+|www\.[\w\-./]+/g, "网址略"],
  [/([\w.+-]+)@([\w-]+(?:\.[\w-]+)+)/g, (_, name, host) => `${name}，艾特，${host.replaceAll(".", "点")}`],
  [/[①-⑳]/g, (sign) => `${integer(String(sign.charCodeAt(0) - 0x245f))}，`],
  /* Document numbers. */
  [/ ?[〔[［【(（]((?:19|20)\d\d)[〕\]］】)）] ?(第?)(\d+)(?=号)/g, (_, year, nth, serial) => `，${spelled(year)}，${nth}${integer(serial)}`],
  [/[〔[［(（]((?:19|20)\d\d)[〕\]］)）]/g, (_, year) => `，${spelled(year)}，`],
  [/GB\/?T? ?(\d+)(?:\.(\d+))?(?:[-—]((?:19|20)\d\d))?/g, (_, serial, part, year) =>
    `国家标准${spelled(serial)}${part ? `点${spelled(part)}` : ""}${year ? `，${spelled(year)}` : ""}`],
  /* Telephone numbers, post codes and codes are read figure by figure. */
  [/((?:电话|热线|传真|手机|拨打|邮编|邮政编码)(?:号码)?[:：为是]? ?)(\d[\d\-—() （）]*\d)(?![\d.%])/g, (_, before, digits) => before + telephone(digits)],
  [/(^|[^\d.])(0\d{2,3}[-—]\d{7,8}|1[3-9]\d{9}|[48]00[-—]\d{3,4}[-—]\d{3,4})(?!\d)/g, (_, before, digits) => before + telephone(digits)],
  [/(^|[^\d.])(\d{3,5})(?=[^\d，。；、 ]{0,10}热线)/g, (_, before, digits) => before + telephone(digits)],
  [/(^|[^\w.])((?=[A-Z/-]*\d)[A-Z\d]{2,}(?:[/-][A-Z\d]+)*)(?![\w.%,])/g, (whole, before, code) =>
    (!isCode(code) ? whole : before + spelled(code.replaceAll("-", "，").replaceAll("/", "，"), "幺"))],
  /* Dates and times. */
  [/((?:19|20)\d\d)([-/.])(\d{1,2})\2(\d{1,2})(?!\d)(?:[ T](?=\d))?/g, (whole, year, _, month, date) => (isDay(month, date) ? day(year, month, date) : whole)],
  [/((?:19|20)\d\d)-(0[1-9]|1[0-2])(?![\d-])/g, (_, year, month) => `${spelled(year)}年${integer(String(Number(month)))}月`],
  [/((?:19|20)\d\d)(年?) ?[-—–~～至到]+ ?((?:19|20)\d\d)(?=年|[^\d]|$)/g, (_, from, mark, to) => `${spelled(from)}${mark}至${spelled(to)}`],
  [/([12]\d{3})(?= ?(?:年|学年))/g, (_, year) => spelled(year)],
  [/(\d:[0-5]\d) ?[-—–~～] ?(?=\d{1,2}:[0-5]\d)/g, "$1至"],
  [/(^|[^\d:.])([01]?\d|2[0-4]):([0-5]\d)(?::[0-5]\d)?(?![\d:])/g, (_, before, hour, minute) => before + time(hour, minute)],
  /* Headings: "1. ", "（1）", "1.2.3". */
  [/^ ?(\d{1,3})[.．、](?!\d) ?/, (_, at) => `${integer(at)}，`],
  [/[（(](\d{1,3})[）)]/g, (_, at) => `，${integer(at)}，`],
  [/\d+(?:\.\d+){2,}/g, (at) => at.split(".").map(integer).join("点")],
  /* Parts, ranges, signs, money. */
  [/(^|[^\d/.])(\d{1,2})\/(\d{1,3})(?![\d/])/g, (whole, before, part, all) =>
    (Number(part) < Number(all) && part !== "0" ? `${before}${integer(all)}分之${integer(part)}` : whole)],
  [/(\d) ?[-—–~～] ?(?=\d+(?:\.\d+)? ?%)/g, "$1%至"],
  [/([\d%‰℃点分日月年号时]) ?[-—–~～]+ ?(?=\d)/g, (_, before) => `${before}至`],
  [/(^|[^\w\u4e00-\u9fff）)])[-－−](?=[\d.,]+ ?℃)/g, (_, before) => `${before}零下`],
  [/(^|[^\w）)])[-－−](?=\d)/g, (_, before) => `${before}负`],
  [new RegExp(`([零下负]*)${CAPTURED} ?([%‰])`, "g"), (_, sign, whole, fraction, of) => `${of === "%" ? "百" : "千"}分之${sign}${number(whole, fraction)}`],
  [new RegExp(`[¥￥] ?${CAPTURED}`, "g"), (_, whole, fraction) => `${number(whole, fraction)}元`],
  [new RegExp(`(\\d) ?(${Object.keys(WORDS).filter((one) => /[a-z]/i.test(one)).sort((a, b) => b.length - a.length).join("|")})(?![a-zA-Z\\d])`, "g"),
    (_, before, unit) => before + WORDS[unit]],
  [/[㎡℃≥≤±×№]/g, (sign) => WORDS[sign]],
  [/([元人次件户])\/(?=[\u4e00-\u9fff])/g, "$1每"],
  [/([\u4e00-\u9fff])\/(?=[\u4e00-\u9fff])/g, "$1或"],
  [new RegExp(CAPTURED, "g"), (whole, digits, fraction, at, text) => {
    const after = text.slice(at + whole.length);
    return whole === "2" && text[at - 1] !== "第" && COUNTED.test(after) ? "两" : number(digits, fraction);
  }],
  /* Marks that are seen and not heard. */
  [/——|[（）()〔〕[\]【】]|…+|[-–—](?=[\u4e00-\u9fff])/g, "，"],
  [/[《》〈〉“”‘’"「」『』·¶*#_|]/g, ""],
  [/([^\x00-\xff]) (?=[^\x00-\xff])/g, "$1"],
  [/[，、\s]*，[，、\s]*/g, "，"],
  [/，(?=[。；：！？!?])|([。；：！？!?])，/g, "$1"],
  [/^[\s，、]+|[\s，、]+$/g, ""],
];

export const speakable = (text) => RULES.reduce((left, [pattern, change]) => left.replace(pattern, change), text);

/* Pieces short enough for every engine (some stop after a quarter of a minute), cut where one would breathe. */
export const sentences = (text) => {
  const pieces = [];
  for (const sentence of text.match(/[^。！？!?；;\n]+[。！？!?；;]*|[。！？!?；;]+/g) || []) {
    let rest = sentence.trim();
    while (rest.length > LONGEST) {
      const comma = Math.max(rest.lastIndexOf("，", LONGEST), rest.lastIndexOf("、", LONGEST), rest.lastIndexOf("：", LONGEST));
      const cut = comma > LONGEST / 3 ? comma + 1 : LONGEST;
      pieces.push(rest.slice(0, cut));
      rest = rest.slice(cut);
    }
    if (/[\p{L}\p{N}]/u.test(rest)) pieces.push(rest);
  }
  return pieces;
};
