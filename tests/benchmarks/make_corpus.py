"""Make N records for measuring, in our own format and in Hugo's, from the real texts that the site ships.

    python tests/benchmarks/make_corpus.py N FOLDER [--source content/policies]

The reprints under `content/policies` are cut at their articles; the articles are dealt out like cards, so that a
record is made of real sentences and no two records are alike. Same arguments and same sources: same bytes, and
record i of a small corpus is record i of a larger one. The result is for measuring only; it says so on every page.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import shutil
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
HUGO = Path(__file__).resolve().parent / "hugo"
COLUMNS = 30
FIRST_DAY, DAYS = datetime(2015, 1, 5), 4190  # the last day is before AS_OF
AS_OF = "2026-07-01"
MEAN, SPREAD, SHORTEST, LONGEST = 3900, 0.8, 1200, 40_000
TOPICS = ["财政预决算", "公共资源配置", "重大建设项目", "社会救助", "食品药品安全", "义务教育", "医疗卫生", "环境保护",
          "安全生产", "保障性住房", "土地征收", "就业创业", "养老服务", "公共文化", "涉农补贴", "城市管理", "户籍管理",
          "税收管理", "市政服务", "公共法律", "科技创新", "产业发展", "营商环境", "价格收费", "交通运输", "应急管理",
          "统计信息", "审计监督", "人事信息", "其他政策"]  # fmt: skip
ARTICLE = re.compile(r"^\**第[零〇一二三四五六七八九十百千\d]+条(?:之[一二三四五六七八九十]+)?\**[\s\u3000]*")
DIGITS = "零一二三四五六七八九"


@dataclass(frozen=True)
class Article:
    """One article of a real text: its paragraphs without the article number, and the chapter it stood in."""

    chapter: str
    paragraphs: tuple[str, ...]

    def size(self) -> int:
        return sum(len(paragraph.encode()) + 2 for paragraph in self.paragraphs)


@dataclass
class Deck:
    """Deals cards without replacement; when all are dealt, shuffles anew."""

    cards: list[Article]
    seed: str
    round: int = 0
    rest: list[Article] = field(default_factory=list)

    def draw(self) -> Article:
        if not self.rest:
            # Runs of neighbouring articles stay together, as they do in a real document.
            runs = [self.cards[start : start + 5] for start in range(0, len(self.cards), 5)]
            random.Random(f"{self.seed}/{self.round}").shuffle(runs)
            self.rest = [card for run in reversed(runs) for card in reversed(run)]
            self.round += 1
        return self.rest.pop()


@dataclass(frozen=True)
class Made:
    """One made record: its fields in our names, and its body."""

    name: str
    year: int
    fields: dict[str, str | list[str]]
    body: str


def number(value: int) -> str:
    """A number up to 999 in Chinese."""
    if value < 10:
        return DIGITS[value]
    if value < 20:
        return "十" + (DIGITS[value - 10] if value > 10 else "")
    if value < 100:
        return DIGITS[value // 10] + "十" + (DIGITS[value % 10] if value % 10 else "")
    rest = value % 100
    middle = "零" if 0 < rest < 10 else ""
    tail = ("一" if 9 < rest < 20 else "") + number(rest) if rest else ""
    return DIGITS[value // 100] + "百" + middle + tail


def articles(folder: Path) -> list[Article]:
    """Every article of every text under the folder that is not itself a sample."""
    found: list[Article] = []
    for path in sorted(folder.rglob("*.md")):
        text = path.read_text(encoding="utf-8")
        if not text.startswith("---\n") or "\n---\n" not in text:
            continue
        head, body = text[4:].split("\n---\n", 1)
        if not re.search(r"^sample: true$", head, re.MULTILINE):
            found.extend(_cut(body))
    return found


def _cut(body: str) -> Iterator[Article]:
    chapter, collected, inside = "", list[str](), False
    for paragraph in (part.strip() for part in re.split(r"\n{2,}", body)):
        starts = ARTICLE.match(paragraph)
        if (starts or paragraph.startswith("#")) and collected:
            yield Article(chapter, tuple(collected))
            collected = []
        if paragraph.startswith("#"):
            chapter = re.sub(
                r"^#+\s*(第[零〇一二三四五六七八九十百]+[编章节]\s*)?", "", paragraph.split("\n")[0]
            )
            inside = False
        elif starts:
            inside = True
            paragraph = paragraph[starts.end() :]
        # Tables, lists, images and notes are left out: what is wanted are sentences.
        if inside and paragraph and not re.match(r"[|<>!\[*+#`~-]|\d+\.", paragraph) and "`" not in paragraph:
            collected.append(paragraph)
    if collected:
        yield Article(chapter, tuple(collected))


def make(count: int, source: Path, seed: str = "1") -> Iterator[Made]:
    """The records, one after another."""
    cards = articles(source)
    if len(cards) < 100:
        raise SystemExit(f"only {len(cards)} articles under {source}: name a folder of texts with --source")
    deck = Deck(cards, seed)
    names = [f"benchmark-{index:06d}" for index in range(count)]
    for index in range(count):
        chance = random.Random(f"{seed}/{index}")
        yield _record(index, names, deck, chance)


def column_id(index: int) -> str:
    return f"benchmark-{index + 1:02d}"


def _record(index: int, names: list[str], deck: Deck, chance: random.Random) -> Made:
    # 0.72 = exp(-SPREAD²/2): the mean of the draw is MEAN; what the front matter takes is subtracted.
    wanted = min(LONGEST, max(SHORTEST, MEAN * 0.72 * chance.lognormvariate(0, SPREAD))) - 1100
    body, chapter, chapters, articles_made, size = list[str](), "", 0, 0, 0
    opening = ""
    while size < wanted or articles_made < 2:
        article = deck.draw()
        if article.chapter and article.chapter != chapter:
            chapter = article.chapter
            chapters += 1
            body.append(f"## 第{number(chapters)}章 {chapter}")
        articles_made += 1
        opening = opening or article.paragraphs[0]
        body.append(f"第{number(articles_made)}条 {article.paragraphs[0]}")
        body.extend(article.paragraphs[1:])
        size += article.size() + 30
        if articles_made == 2 and index % 5 == 0:
            table = _table(deck, chance)
            body.append(table)
            size += len(table.encode())
    published = FIRST_DAY + timedelta(days=chance.randrange(DAYS), minutes=chance.randrange(480, 1080))
    issued = published - timedelta(days=chance.randrange(3, 40))
    effective = published + timedelta(days=chance.randrange(0, 20))
    topic = TOPICS[index % COLUMNS]
    related = sorted({names[chance.randrange(index)] for _ in range(2)}) if index else []
    fields: dict[str, str | list[str]] = {
        "id": names[index],
        "title": f"示例：{topic}有关规定汇编第{index + 1}号",
        "column": column_id(index % COLUMNS),
        "published_at": published.strftime("%Y-%m-%d %H:%M"),
        "origin": "reprint",
        "source_organ": ["示例机关"],
        "source_name": "示例文本库",
        "source_url": f"https://portal.example/source/{names[index]}",
        "source_date": issued.strftime("%Y-%m-%d"),
        "summary": re.sub(r"\s+", "", opening)[:90],
        "keywords": [topic, "示例"],
        "sample": "true",
        "authority_level": "其他政策文件",
        "document_number": f"示例〔{issued.year}〕{index + 1}号",
        "issued_on": issued.strftime("%Y-%m-%d"),
        "effective_on": effective.strftime("%Y-%m-%d"),
    }
    if related:
        fields["related"] = related
    return Made(names[index], published.year, fields, "\n\n".join(body) + "\n")


def _table(deck: Deck, chance: random.Random) -> str:
    lines = ["| 序号 | 事项 | 说明 | 时限（日） |", "| --- | --- | --- | ---: |"]
    for row in range(chance.randrange(5, 13)):
        sentence = re.sub(r"[\s|]+", "", deck.draw().paragraphs[0])
        subject, _, rest = sentence.partition("，")
        days = chance.choice([5, 7, 10, 15, 20, 30])
        lines.append(f"| {row + 1} | {subject[:24]} | {rest[:60] or subject[:60]} | {days} |")
    return "\n".join(lines)


def as_yaml(fields: dict[str, str | list[str]]) -> str:
    """Front matter in our strict YAML: plain text, quoted only where a reader of YAML would stumble."""
    lines: list[str] = []
    for key, value in fields.items():
        if isinstance(value, list):
            lines += [f"{key}:", *(f"  - {_scalar(one)}" for one in value)]
        else:
            lines.append(f"{key}: {_scalar(value)}")
    return "\n".join(lines)


def _scalar(text: str) -> str:
    stumbles = (
        not text or ": " in text or " #" in text or text[0] in "!&*?|>@`\"'%#{}[],-:" or text.endswith(":")
    )
    return json.dumps(text, ensure_ascii=False) if stumbles else text


def write_ours(made: Made, folder: Path) -> None:
    """One record where our portal looks for it."""
    path = folder / "content" / "policies" / str(made.year) / f"{made.name}.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"---\n{as_yaml(made.fields)}\n---\n\n{made.body}", encoding="utf-8")


def write_hugo(made: Made, folder: Path) -> None:
    """The same record where Hugo looks for it, with its fields under Hugo's names."""
    fields = dict(made.fields)
    column = str(fields.pop("column"))
    published = datetime.strptime(str(fields.pop("published_at")), "%Y-%m-%d %H:%M")
    head: dict[str, object] = {
        "title": fields.pop("title"),
        "date": published.strftime("%Y-%m-%dT%H:%M:00+08:00"),
        "column_years": [f"{column}-{made.year}"],
        "related": [f"/{column_id(int(name[-6:]) % COLUMNS)}/{name}" for name in fields.pop("related", [])],
        "params": fields,
    }
    path = folder / "content" / column / f"{made.name}.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(head, ensure_ascii=False, indent=0) + "\n\n" + made.body, encoding="utf-8")


def prepare_ours(folder: Path) -> None:
    """Everything a site of ours has besides its records: identity, columns, structural pages, one organ."""
    shutil.rmtree(folder, ignore_errors=True)
    portal = folder / "content" / "_portal"
    portal.mkdir(parents=True)
    shutil.copy(ROOT / "mkdocs.yml", folder / "mkdocs.yml")
    shipped = ROOT / "content"
    if (shipped / "pages").is_dir():
        shutil.copytree(shipped / "pages", folder / "content" / "pages")
    else:
        (folder / "content" / "pages").mkdir()
    shutil.copy(shipped / "_portal" / "site.yml", portal / "site.yml")
    # What the law wants disclosed stands in columns that this site does not have.
    shutil.copytree(
        shipped / "_portal" / "vocabularies",
        portal / "vocabularies",
        ignore=shutil.ignore_patterns("statutory_items.yml"),
    )
    (portal / "columns.yml").write_text(_columns(), encoding="utf-8")
    (portal / "measures.yml").write_text("measures: []\n", encoding="utf-8")
    (portal / "tombstones.yml").write_text("tombstones: []\n", encoding="utf-8")
    organ = folder / "content" / "organs" / "benchmark-organ.md"
    organ.parent.mkdir()
    organ.write_text(ORGAN, encoding="utf-8")


ORGAN = """---
id: benchmark-organ
title: 示例单位
column: about
published_at: 2015-01-04
origin: own
organ:
  - benchmark-organ
sample: true
disclosure_mode: 主动公开
secrecy_review:
  organ: 示例单位
  reviewer: 保密审查岗（示例）
  reviewed_on: 2015-01-04
  result: 可以公开
kind: 区政府部门
order: 1
key_areas_note: 示例机构，仅用于测量。
---

示例职责，仅用于测量。
"""
TOP = [
    ("disclosure", "政务公开", "信息公开目录"),
    ("policy", "政策", "政策文件"),
    ("service", "办事服务", "办事服务"),
    ("interaction", "互动交流", "征集调查"),
    ("data", "数据", "数据发布"),
    ("about", "走进前进", "机构职能"),
    ("news", "新闻", "工作动态"),
]
KEY_AREAS = ("财政预决算", "公共资源配置", "重大建设项目批准和实施", "社会公益事业建设")
ELEMENTS = ("scope", "content", "time_limit", "carrier", "presentation")


def _columns() -> str:
    lines = ["columns:"]

    def column(indent: str, name: str, title: str, path: str, kind: str) -> None:
        shown = [
            f"- id: {name}",
            f"  name: {title}",
            f"  path: {path}",
            f"  description: {title}（示例栏目）。",
        ]
        shown += ["  keywords:", f"    - {title}", f"  column_type: {kind}", "  update_days: 36500"]
        lines.extend(indent + text for text in [*shown, "  organ: benchmark-organ"])

    for name, title, kind in TOP:
        column("  ", name, title, name, kind)
        if name == "disclosure":
            # The one part of the tree that is prescribed.
            lines.append("    children:")
            column("      ", "key-areas", "重点领域信息公开", "disclosure/key-areas", kind)
            lines.append("        children:")
            for place, title_inside in enumerate(KEY_AREAS, 1):
                column("          ", f"key-area-{place}", title_inside, f"disclosure/key-areas/{place}", kind)
                lines.append("            elements:")
                lines.extend(f"              {one}: 示例。" for one in ELEMENTS)
        if name == "policy":
            lines.append("    children:")
            for index in range(COLUMNS):
                column("      ", column_id(index), TOPICS[index], f"policy/{column_id(index)}", kind)
    return "\n".join(lines) + "\n"


def prepare_hugo(folder: Path) -> None:
    """Everything the Hugo site has besides its records: templates and the 30 columns."""
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(HUGO, folder)
    for index, topic in enumerate(TOPICS):
        page = folder / "content" / column_id(index) / "_index.md"
        page.parent.mkdir(parents=True)
        head = {"title": topic, "description": f"{topic}（示例栏目）。",
                "params": {"keywords": topic, "column_type": "政策文件"}}  # fmt: skip
        page.write_text(json.dumps(head, ensure_ascii=False) + "\n", encoding="utf-8")


def write(count: int, folder: Path, source: Path) -> tuple[int, int]:
    """Write both projects, `ours` and `hugo`; return the bytes of our records and how many have a table."""
    ours, hugo = folder / "ours", folder / "hugo"
    prepare_ours(ours)
    prepare_hugo(hugo)
    size = tables = 0
    for made in make(count, source):
        write_ours(made, ours)
        write_hugo(made, hugo)
        size += len(f"---\n{as_yaml(made.fields)}\n---\n\n{made.body}".encode())
        tables += "\n| --- |" in made.body
    return size, tables


def main() -> int:
    """Write the corpus and say what it is like."""
    parser = argparse.ArgumentParser(description="Make a corpus for measuring.")
    parser.add_argument("count", type=int)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--source", type=Path, default=ROOT / "content" / "policies")
    chosen = parser.parse_args()
    size, tables = write(chosen.count, chosen.folder, chosen.source)
    print(
        f"{chosen.count} records, mean {size / max(1, chosen.count):.0f} bytes, {tables} with a table, in {chosen.folder}"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
