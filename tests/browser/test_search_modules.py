"""The pure modules of the search in a real browser: the same rules, the same formats, nothing missed."""

from __future__ import annotations

import json
import random
import re
import zlib
from collections.abc import Iterator
from hashlib import sha256
from typing import Any
from unicodedata import category

import pytest

from govportal.products.search import packed, pieces, variants
from govportal.products.search.analyse import fold
from support.search_site import CORPUS, GOLDEN, SENTENCES, SYNONYMS, Server, corpus, entry, running
from unit.search import reference_reader as reader

pytestmark = pytest.mark.browser

VECTORS: dict[str, Any] = json.loads((GOLDEN / "vectors.json").read_text("utf-8"))
GOLDEN_FILES: dict[str, Any] = json.loads((GOLDEN / "files.json").read_text("utf-8"))


def noise(size: int) -> bytes:
    return random.Random(5).randbytes(size)


def deflated(content: bytes, level: int, strategy: int) -> bytes:
    engine = zlib.compressobj(level, zlib.DEFLATED, -15, 9, strategy)
    return packed.HEADER + engine.compress(content) + engine.flush() + b"\0" * 8


LONG = "".join(SENTENCES).encode() * 40
PACKED = {
    "dynamic": packed.pack(LONG),
    "sections": packed.pack(LONG[:500], noise(300), LONG),
    "fixed": deflated(LONG[:5000], 9, zlib.Z_FIXED),
    "stored": deflated(noise(70000), 0, zlib.Z_DEFAULT_STRATEGY),
    "noise": packed.pack(noise(3000)),
    "repeats": packed.pack(b"a" * 100000),
    "nothing": packed.pack(b""),
}


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    more = {f"/golden/{path.name}": path.read_bytes() for path in GOLDEN.iterdir()}
    more["/golden/variants.txt"] = "".join(map("".join, variants.pairs())).encode()
    more |= {f"/packed/{name}": content for name, content in PACKED.items()}
    with running(more=more) as found:
        yield found


@pytest.fixture(scope="module")
def view(browser: Any) -> Iterator[Any]:
    context = browser.new_context()
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield page
    context.close()
    assert errors == []


def run(view: Any, server: Server, script: str, given: object = None) -> Any:
    """Run an asynchronous function of the modules on an empty page of the site."""
    if not view.url.startswith(server.address + "/empty"):
        view.goto(server.address + "/empty.html")
    return view.evaluate(script, given)


FIND = """async ({queries, order, narrow}) => {
  const { search } = await import("/js/engine.js");
  const { unpack } = await import("/js/packed.js");
  const known = new Map();
  const load = async (path) => {
    if (!known.has(path)) {
      const response = await fetch("/search/" + path);
      if (!response.ok) throw new Error("no file " + path);
      known.set(path, await unpack(new Uint8Array(await response.arrayBuffer())));
    }
    return known.get(path);
  };
  const found = [];
  for (const text of queries) {
    const answer = await search(load, { text, order, ...narrow });
    const estimate = answer.count;
    const hits = [];
    while (answer.more) hits.push(...(await answer.next(7)));
    found.push({
      ids: hits.map((hit) => hit.id), files: hits.map((hit) => hit.file || ""), words: answer.words,
      estimate, count: answer.count, certain: answer.certain, problem: answer.problem, open: answer.open,
    });
  }
  return found;
}"""


def find(view: Any, server: Server, queries: list[str], order: str = "relevance", **narrow: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = run(view, server, FIND, {"queries": queries, "order": order, "narrow": narrow})
    return found


def truth(query: str) -> set[str]:
    """Ids of the records that have a query, in themselves or in an attachment."""
    return reader.matching(CORPUS, query)


def test_the_rule_is_the_same_in_both_languages(view: Any, server: Server) -> None:
    script = """async () => {
      const rule = await import("/js/analyse.js");
      const variants = await (await fetch("/golden/variants.txt")).text();
      rule.learn(variants);
      const vectors = await (await fetch("/golden/vectors.json")).json();
      return {
        fold: vectors.fold.map(([text]) => [text, rule.fold(text)]),
        words: vectors.words.map(([text]) => [text, rule.words(text).words, rule.words(text).singles]),
        grams: vectors.grams.map(([word]) => [word, rule.queryGrams(word)]),
        whole: vectors.whole.map(([text]) => [text, rule.wholeKey(rule.fold(text))]),
        parts: vectors.parts.map(([text]) => [text, rule.partsOf(rule.fold(text)) && rule.wholeKey(rule.partsOf(rule.fold(text)))]),
        shards: vectors.shards.map(([key, count]) => [key, count, rule.shardOf(key, count)]),
        forms: vectors.forms.map(([word]) => [word, rule.forms(word)]),
        places: vectors.fold.map(([text]) => rule.foldWithPlaces(text).letters === rule.fold(text)),
      };
    }"""
    found = run(view, server, script)
    assert all(found.pop("places"))
    assert found == {name: VECTORS[name] for name in found}
    assert set(VECTORS) == {*found, "masks"}


@pytest.mark.full
def test_every_character_folds_alike(view: Any, server: Server) -> None:
    script = """async (codes) => {
      const { fold, learn } = await import("/js/analyse.js");
      learn(await (await fetch("/golden/variants.txt")).text());
      return codes.map((code) => fold(String.fromCodePoint(code)));
    }"""
    codes = [code for code in range(0x30000) if category(chr(code)) not in ("Cn", "Cs", "Co")]
    found = run(view, server, script, codes)
    differing = [hex(code) for code, letters in zip(codes, found, strict=True) if fold(chr(code)) != letters]
    assert differing == []


READ = """async () => {
  const formats = await import("/js/formats.js");
  const { unpack } = await import("/js/packed.js");
  const bytes = async (name) => unpack(new Uint8Array(await (await fetch(`/golden/${name}.bin`)).arrayBuffer()));
  const zip = ({ numbers, masks }) => numbers.map((number, at) => [number, masks[at]]);
  const shard = formats.readShard(await bytes("postings"));
  const manifest = formats.readManifest(await bytes("manifest"));
  const key = "人民";
  const versions = formats.readVersions(await bytes("versions"), manifest);
  const long = Array.from(shard).find(([, lists]) => lists.versions.length);
  const columns = (facets, count) => Array.from({ length: count }, (_, at) => (
    [facets.dates[at]].concat(formats.FACETS.map((name) => facets[name].values[facets[name].places[at]]))));
  return {
    postings: Array.from(shard, ([key, lists]) => [key, zip(lists.body[0]), zip(lists.title[0]), zip(lists.number[0]), lists.total]),
    block: zip(formats.readBlock(await bytes("block"))),
    blocks: [1, 2, 3].map((block) => formats.blockPath({ name: "s" }, long[0], long[1], block)),
    record: formats.readRecord(await bytes("record")),
    attachment: formats.readRecord(await bytes("attachment")),
    private: formats.readRecord(await bytes("private")),
    facets: columns(formats.readFacets(await bytes("facets"), 3, "2024-05-01"), 3),
    wide: columns(formats.readFacets(await bytes("facets-wide"), 300, "2026-01-01"), 300).map((row) => row.slice(0, 2)),
    segments: manifest.segments.map((one) => ({ ...one, late: Array.from(one.late), attached: Array.from(one.attached) })),
    versions: Array.from(versions),
    words: [manifest.synonyms, manifest.variants, manifest.suggest, Array.from(manifest.said)],
    paths: [0, 499, 500, 899].map((number) => formats.recordPath(manifest.segments[2], number)),
    shards: [formats.shardPath(manifest.segments[0], key), formats.shardPath(manifest.segments[0], "政府"),
      formats.shardPath(manifest.segments[1], key, versions)],
    versionsPath: formats.versionsPath(key),
    suggest: formats.readSuggest(await bytes("suggest")).words,
  };
}"""


def test_the_readers_read_the_golden_files(view: Any, server: Server) -> None:
    found = run(view, server, READ)
    wanted = GOLDEN_FILES
    for key, body, title, number, total in found["postings"]:
        lists = wanted["postings"][key]
        known = lists["body"] if total <= 2048 else [one for one in lists["body"] if one[0] < 2048]
        assert (body, title, number, total) == (known, lists["title"], lists["number"], len(lists["body"]))
    assert [one[0] for one in found["postings"]] == sorted(wanted["postings"])
    assert found["block"] == wanted["block"]["entries"]
    assert f"s/{wanted['block']['name']}" in found["blocks"] and "" in found["blocks"]
    for name in ("record", "attachment", "private"):
        shown = {"variants": wanted[name].get("variants")} if name == "record" and wanted[name].get("variants") else {}
        given = {key: value for key, value in found[name].items() if value != ""}
        assert given == {key: value for key, value in wanted[name]["entry"].items() if value} | {"text": wanted[name]["text"]} | shown
    assert found["facets"] == wanted["facets"]
    assert found["wide"] == [["2026-01-01", f"栏目{at:03}"] for at in range(300)]
    segments = wanted["manifest"]["segments"]
    assert found["segments"] == [one | {"versions": "" if one["shards"] > 1024 else one["versions"]} for one in segments]
    many = segments[1]["versions"]
    assert found["versions"] == [[segments[1]["name"], "".join(many[4 * at : 4 * at + 4] for at in range(26, 2048, 32))]]
    assert found["words"] == [wanted["manifest"][name] for name in ("synonyms", "variants", "suggest", "said")]
    assert found["paths"] == ["dddddddddddd/499.bin", "dddddddddddd/0.bin", "eeeeeeeeeeee/399.bin", "eeeeeeeeeeee/0.bin"]
    assert found["shards"] == ["0123456789ab/0-0102.bin", "0123456789ab/1-030a.bin", "1a2b3c4d5e6f/29a-07ce.bin"]
    assert found["versionsPath"] == "versions/1a.bin"
    assert found["suggest"] == wanted["suggest"]["words"]


def test_versions_of_another_state_of_the_site_are_asked_for_again(view: Any, server: Server) -> None:
    script = """async () => {
      const formats = await import("/js/formats.js");
      const { unpack } = await import("/js/packed.js");
      const bytes = async (name) => unpack(new Uint8Array(await (await fetch(`/golden/${name}.bin`)).arrayBuffer()));
      const manifest = formats.readManifest(await bytes("manifest"));
      const versions = await bytes("versions");
      const found = [];
      for (const given of [versions.subarray(1), versions.subarray(0, 100), new Uint8Array(0)]) {
        try { formats.readVersions(given, manifest); } catch (trouble) { found.push(trouble.missing); }
      }
      return found;
    }"""
    assert run(view, server, script) == [True, True, True]


def test_citizens_words_are_asked_for_only_when_one_may_stand_in_the_query(view: Any, server: Server) -> None:
    script = """async () => {
      const { maySay } = await import("/js/formats.js");
      const { shardOf } = await import("/js/analyse.js");
      const manifest = { said: new Set([shardOf("公积金", 65536), shardOf("低保", 65536)]) };
      return [["提取公积金"], ["水土保持"], ["水土", "低保"], ["公积"], ["金"], []].map((words) => maySay(manifest, words));
    }"""
    assert run(view, server, script) == [True, False, True, False, False, False]


def test_words_are_replaced_and_proposed_alike(view: Any, server: Server) -> None:
    script = """async ({ texts, replaced, nearest }) => {
      const formats = await import("/js/formats.js");
      const words = await import("/js/words.js");
      const { unpack } = await import("/js/packed.js");
      const bytes = async (name) => unpack(new Uint8Array(await (await fetch(`/golden/${name}.bin`)).arrayBuffer()));
      const suggest = formats.readSuggest(await bytes("suggest"));
      return {
        replaced: replaced.map(([word]) => [word, words.replaced(texts, word)]),
        nearest: nearest.map(([query]) => [query, words.nearest(suggest, query)]),
        related: words.related(suggest, "养老保险金"),
      };
    }"""
    given = {"replaced": GOLDEN_FILES["synonyms"]["replaced"], "nearest": GOLDEN_FILES["suggest"]["nearest"]}
    found = run(view, server, script, given | {"texts": GOLDEN_FILES["synonyms"]["texts"]})
    assert found.pop("related")[0] == "养老保险"
    assert found == given


@pytest.mark.parametrize("file", ["postings", "manifest", "facets", "block"])
def test_a_short_file_is_an_error(view: Any, server: Server, file: str) -> None:
    script = """async (file) => {
      const { unpack } = await import("/js/packed.js");
      const formats = await import("/js/formats.js");
      const read = { postings: formats.readShard, manifest: formats.readManifest, block: formats.readBlock,
        facets: (bytes) => formats.readFacets(bytes, 3, "2024-05-01") }[file];
      const plain = await unpack(new Uint8Array(await (await fetch(`/golden/${file}.bin`)).arrayBuffer()));
      read(plain);
      let quiet = 0;
      for (let end = 1; end < plain.length; end += 1) {
        try { read(plain.subarray(0, end)); quiet += 1; } catch (error) {}
      }
      return quiet;
    }"""
    assert run(view, server, script, file) == 0


def test_our_own_inflate_agrees(view: Any, server: Server) -> None:
    script = """async (names) => {
      const { inflate } = await import("/js/inflate.js");
      const sums = [];
      for (const name of names) {
        const packed = new Uint8Array(await (await fetch("/packed/" + name)).arrayBuffer());
        const digest = await crypto.subtle.digest("SHA-256", inflate(packed.subarray(10)));
        sums.push(Array.from(new Uint8Array(digest)).map((byte) => byte.toString(16).padStart(2, "0")).join(""));
      }
      return sums;
    }"""
    names = list(PACKED)
    wanted = [sha256(zlib.decompress(PACKED[name][10:], -15)).hexdigest() for name in names]
    assert run(view, server, script, names) == wanted


@pytest.mark.parametrize(
    ("typed", "groups", "singles", "excluded"),
    [
        ("水土 保持", ["水土", "保持"], [], []),
        ("“水土 保持” 办法", ["水土保持", "办法"], [], []),
        ('"水土保持" 第 条例', ["水土保持", "条例"], ["第"], []),
        ("水土 -保持", ["水土"], [], ["保持"]),
        ("水土 －“保持 法”", ["水土"], [], ["保持法"]),
        ("-水土 保持", ["水土", "保持"], [], []),
        ("水土 - 保持", ["水土", "保持"], [], []),
        ("2024-2025 年度", ["20242025", "年度"], [], []),
        ("“三农”问题", ["三农问题"], [], []),
        ("问“三农”题 “", ["问三农题"], [], []),
        ("「水土」 ”甲乙“", ["水土", "甲乙"], [], []),
        ("水 土 保", ["水土保"], [], []),
        ("“水” 保持", ["保持"], ["水"], []),
        ("\"\" “” 保持 -", ["保持"], [], []),
        ("机關 後勤", ["机关", "后勤"], [], []),
    ],
)
def test_a_query_is_read(
    view: Any, server: Server, typed: str, groups: list[str], singles: list[str], excluded: list[str]
) -> None:
    script = """async (typed) => {
      const { learn } = await import("/js/analyse.js");
      const { readQuery } = await import("/js/query.js");
      learn("關关");
      const query = readQuery(typed, []);
      return [query.groups.map(({ ways }) => ways[0]), query.singles, query.excluded];
    }"""
    assert run(view, server, script, typed) == [groups, singles, excluded]


def test_ten_thousand_characters_are_read_quickly(view: Any, server: Server) -> None:
    script = """async (query) => {
      const { readQuery } = await import("/js/query.js");
      const began = performance.now();
      const found = readQuery(query, ["最低生活保障 低保"]);
      return { time: performance.now() - began, cut: found.cut,
        letters: Array.from(found.groups.map(({ ways }) => ways[0]).join("")).length };
    }"""
    for query in ("水土流失" * 2500, "水 " * 5000, "𠮷" * 10000, "〔" * 10000, " " * 10000, '"' * 10000, "“水 " * 4000, " -水" * 3000):
        found = run(view, server, script, query)
        assert found["time"] < 1000
        assert found["letters"] <= 200
        assert found["cut"] == bool(query.strip())


def substrings(count: int, seed: int) -> list[str]:
    """Substrings of titles, numbers and bodies that hold a word of two letters."""
    chance = random.Random(seed)
    found = []
    for shown, text in CORPUS:
        for field in (shown.title, shown.number, shown.index_number, text, text):
            if len(field) > 2:
                start = chance.randrange(len(field) - 2)
                found.append(field[start : start + chance.choice([2, 3, 4, 8, 20])])
    found = [piece for piece in found if reader.words(piece)[0]]
    return chance.sample(found, min(count, len(found)))


@pytest.fixture(scope="module")
def small_pieces() -> Iterator[Server]:
    """The same records with texts in many small pieces."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pieces, "PIECE", 50)
        patch.setattr(pieces, "OVERLAP", 30)
        files = reader.index(CORPUS, synonyms=SYNONYMS)
    assert sum(map(len, reader.places(files))) > 3 * len(CORPUS)
    with running(files) as found:
        yield found


@pytest.mark.parametrize("order", ["relevance", pytest.param("date", marks=pytest.mark.full)])
@pytest.mark.parametrize("site", ["server", "small_pieces"])
def test_nothing_is_missed_and_nothing_wrong_is_shown(
    view: Any, site: str, order: str, request: pytest.FixtureRequest
) -> None:
    queries = substrings(50, 11)
    queries += [" ".join(one) for one in zip(substrings(15, 12), substrings(15, 13), strict=True)]
    queries += [f"{one} {letter}" for one, letter in zip(substrings(6, 14), "第水年本①𠮷", strict=True)]
    for query, found in zip(queries, find(view, request.getfixturevalue(site), queries, order), strict=True):
        wanted = truth(query)
        assert set(found["ids"]) == wanted, query
        assert len(found["ids"]) == len(wanted), query
        assert found["estimate"] >= found["count"] == len(wanted)
        assert found["certain"]


def test_words_may_stand_in_different_pieces_and_attachments(view: Any, small_pieces: Server) -> None:
    queries = ["灌溉设施名录17 第17批", "制定本法 起施行", "水土流失 罚款 邮编", "灌溉设施名录 地名用字", "农民 低保"]
    for query, found in zip(queries, find(view, small_pieces, queries), strict=True):
        wanted = truth(query) | truth(query.replace("低保", "最低生活保障"))
        assert set(found["ids"]) == wanted != set() and len(found["ids"]) == len(wanted), query
        shown = {name: file for name, file in zip(found["ids"], found["files"], strict=True) if file}
        assert all(file == f"附件{name.removeprefix('sample-')}.xlsx" for name, file in shown.items())


def test_a_hit_shows_the_piece_in_which_the_first_word_stands(view: Any, small_pieces: Server) -> None:
    script = FIND.replace("hit.file || \"\"", "hit.text")
    for order in ("relevance", "date"):
        [found] = run(view, small_pieces, script, {"queries": ["违反本条例规定"], "order": order, "narrow": {}})
        assert found["files"] and all("违反本条例规定" in fold(text) for text in found["files"])
        assert max(map(len, found["files"])) < 120
    [titled] = run(view, small_pieces, script, {"queries": ["第10批"], "order": "date", "narrow": {}})
    assert not titled["files"][0].startswith(pieces.MARK) and titled["files"][0].endswith(pieces.MARK)


def test_only_pieces_that_may_have_the_word_are_loaded(view: Any, small_pieces: Server) -> None:
    for query, most in (("违反本条例规定", 1), ("制定本法 起施行", 2), ("", 1)):
        small_pieces.asked.clear()
        [found] = find(view, small_pieces, [query], column="通知公告")
        records = [path for path in small_pieces.asked if re.fullmatch(r"/search/[0-9a-f]{12}/\d+\.bin", path)]
        assert found["ids"] and len(records) <= most * len(found["ids"]) + 1, query


def test_a_word_is_cut_where_pieces_overlap(view: Any, server: Server) -> None:
    script = """async (text) => {
      const { LONGEST, readQuery } = await import("/js/query.js");
      const { groups, cut } = readQuery(text, ["最低生活保障 低保"]);
      return { LONGEST, cut, letters: groups.flatMap(({ ways, replaced }) => [...ways, ...replaced]).map((word) => Array.from(word).length) };
    }"""
    found = run(view, server, script, "㎏" * 150 + " 低保" + "123456789012元" * 4)
    assert found["LONGEST"] == pieces.OVERLAP and found["cut"]
    assert max(found["letters"]) == found["LONGEST"] and len(found["letters"]) > 3


def test_by_date_the_newest_come_first(view: Any, server: Server) -> None:
    dates = {shown.id: shown.date for shown, _ in CORPUS}
    [found] = find(view, server, ["水土"], "date")
    shown = [dates[identifier] for identifier in found["ids"]]
    assert shown == sorted(shown, reverse=True)
    assert len(shown) > 20


NUMBERED = entry(9)
YEAR = NUMBERED.number[5:9]


@pytest.mark.parametrize(
    "query",
    [
        f"示例办发〔{YEAR}〕9号",
        f"示例办发[{YEAR}]9",
        f"示例办发({YEAR})9号",
        f"示例办发（{YEAR}）０９号",
        f"示例办发〔{YEAR}〕 9号",
        f"{YEAR} 9 示例办发",
        f"示例辦發〔{YEAR}〕9號",
        NUMBERED.index_number,
    ],
)
def test_a_number_comes_first_however_it_is_typed_and_may_be_opened(view: Any, server: Server, query: str) -> None:
    [found] = find(view, server, [query])
    assert found["ids"][0] == NUMBERED.id
    assert found["open"] == NUMBERED.href


def test_a_quoted_number_is_a_search_for_it(view: Any, server: Server) -> None:
    [found] = find(view, server, [f"“{NUMBERED.number}”"])
    assert found["ids"] == [NUMBERED.id] and found["open"] == ""


def test_the_order_is_whole_title_then_title_then_number_then_body_and_what_ended_last(view: Any, server: Server) -> None:
    repealed = CORPUS[0][0]
    assert repealed.late
    whole, subject = find(view, server, [repealed.title, "水土保持"])
    assert whole["ids"][0] == repealed.id and whole["open"] == ""
    late = {shown.id for shown, _ in CORPUS if shown.late}
    titled = {shown.id for shown, _ in CORPUS if "水土保持" in shown.title}
    ranks = [(one in late, one not in titled) for one in subject["ids"]]
    assert ranks == sorted(ranks) and len(set(ranks)) == 4


def test_what_citizens_say_finds_what_is_official_after_what_was_typed(view: Any, server: Server) -> None:
    [found] = find(view, server, ["低保"])
    assert set(found["ids"]) == truth("最低生活保障") and found["ids"]
    assert found["words"] == ["低保", "最低生活保障"]
    [quoted] = find(view, server, ["“低保”"])
    assert quoted["ids"] == []


@pytest.mark.parametrize(
    ("query", "without"),
    [("水土 -罚款", "罚款"), ("水土 -水土流失", "水土流失"), ("水土 -“防汛 抗旱”", "防汛抗旱"), ("水土 －第", "第"),
     ("水土 -限期改正", "限期改正"), ("水土 -灌溉设施名录", "灌溉设施名录"), ("水土 -名录", "名录")],
)
@pytest.mark.parametrize("site", ["server", "small_pieces"])
def test_a_record_of_which_any_part_has_what_is_excluded_is_not_found(
    view: Any, site: str, query: str, without: str, request: pytest.FixtureRequest
) -> None:
    [found] = find(view, request.getfixturevalue(site), [query])
    shown = reader.matching(CORPUS, "水土", without)
    assert set(found["ids"]) == shown and len(found["ids"]) == len(shown)


def test_a_phrase_is_not_read_in_other_forms(view: Any, server: Server) -> None:
    loose, strict = find(view, server, ["第八条 二○一八年7月1日", "“二○一八年7月1日”"])
    assert strict["ids"] == []
    assert loose["problem"] == ""
    [other] = find(view, server, ["二○一八年七月一日"])
    assert set(other["ids"]) == truth("2018年7月1日") != set()


def test_traditional_writing_finds_simplified_and_the_other_way_about(view: Any, server: Server) -> None:
    simple, traditional = find(view, server, ["台湾地区居民", "臺灣地區居民"])
    assert set(simple["ids"]) == set(traditional["ids"]) == truth("台湾地区居民") != set()


def test_a_hit_in_an_attachment_names_it_and_a_record_is_shown_once(view: Any, server: Server) -> None:
    attachment, both = find(view, server, ["灌溉设施名录17", "安全生产"])
    assert attachment["ids"] == ["sample-17"] and attachment["files"] == ["附件17.xlsx"]
    assert len(both["ids"]) == len(set(both["ids"])) == len(truth("安全生产"))
    only = [one for one, file in zip(both["ids"], both["files"], strict=True) if file]
    records = reader.matching([one for one in CORPUS if not one[0].part], "安全生产")
    assert set(only) == truth("安全生产") - records != set()


@pytest.mark.parametrize(
    ("narrow", "test"),
    [
        ({"column": "通知公告"}, lambda one: one.column == "通知公告"),
        ({"organ": "示例区应急局", "validity": "废止"}, lambda one: one.organ == "示例区应急局" and one.badge == "废止"),
        ({"year": "2016"}, lambda one: one.date.startswith("2016")),
        ({"from": "2016-03-04", "to": "2018-05-06"}, lambda one: "2016-03-04" <= one.date <= "2018-05-06"),
        ({"column": "没有的栏目"}, lambda one: False),
    ],
)
@pytest.mark.parametrize("query", [pytest.param("", marks=pytest.mark.full), "水土", pytest.param("行政机关 第", marks=pytest.mark.full)])
def test_results_are_narrowed_with_and_without_a_query(
    view: Any, server: Server, query: str, narrow: dict[str, str], test: Any
) -> None:
    [found] = find(view, server, [query], "relevance", **narrow)
    wanted = reader.matching([one for one in CORPUS if test(one[0])], query)
    assert set(found["ids"]) == wanted and found["count"] == len(found["ids"]) == len(wanted)


FACETS = """async ({ text, narrow }) => {
  const { openIndex } = await import("/js/backend.js");
  const answer = await openIndex("/search/").search({ text, ...narrow });
  await answer.next(1);
  return answer.facets();
}"""


def test_facets_count_records_not_attachments_and_stay_open_for_another_choice(view: Any, server: Server) -> None:
    narrow = {"organ": "示例区政府办公室", "year": "2016"}
    columns, organs, types, years, validity = run(view, server, FACETS, {"text": "水土", "narrow": narrow})
    wanted = truth("水土")
    matching = {shown.id: shown for shown, _ in CORPUS if shown.id in wanted}.values()

    def counts(value: Any, *names: str) -> dict[str, int]:
        kept = [one for one in matching if all(getattr(one, name) == narrow[name] if name == "organ" else one.date[:4] == narrow[name] for name in names)]
        return {found: sum(value(one) == found for one in kept) for found in {value(one) for one in kept}}

    assert dict(columns) == counts(lambda one: one.column, "organ", "year")
    assert dict(organs) == counts(lambda one: one.organ, "year")
    assert dict(years) == counts(lambda one: one.date[:4], "organ")
    assert dict(validity) == counts(lambda one: one.badge, "organ", "year")
    assert [year for year, _ in years] == sorted((year for year, _ in years), reverse=True)
    assert len(types) == 1


@pytest.fixture(scope="module")
def large() -> Iterator[Server]:
    """An index with lists that go on in blocks: 2,600 short records, some of three pieces, an odd one among the oldest."""
    records = [(entry(at, date=f"{2000 + at // 300}-01-{at % 28 + 1:02}", title=f"通知{at}", late=at % 50 == 0),
                "水土保持，" + ("灌溉" if at % 100 == 7 else "乙") + ("稀有词" if at == 3 else "")
                + ("。另起一段" * 10 + "丙丁" if at % 10 == 5 else "")) for at in range(2600)]
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pieces, "PIECE", 20)
        patch.setattr(pieces, "OVERLAP", 6)
        files = reader.index(records)
    with running(files) as found:
        found.records = records  # type: ignore[attr-defined]
        yield found


@pytest.mark.parametrize(
    ("query", "count"),
    [("水土保持", 2600), ("水土 灌溉", 26), ("保持稀有词", 0), ("稀有词", 1), ("水土保持 稀有词", 1), ("水土 丙丁", 260), ("灌溉 丙丁", 0)],
)
@pytest.mark.parametrize("order", [pytest.param("relevance", marks=pytest.mark.full), "date"])
def test_long_lists_are_read_block_by_block_and_to_the_end(view: Any, large: Server, query: str, count: int, order: str) -> None:
    if count == 2600:
        script = FIND.replace("while (answer.more)", "for (let at = 0; at < 1; at += 1)")
        found = run(view, large, script, {"queries": [query], "order": order, "narrow": {}})[0]
        large.asked.clear()
        assert len(found["ids"]) == 7 and 2400 <= found["estimate"] <= 2800 and not found["certain"]
        return
    [found] = find(view, large, [query], order)
    wanted = [shown.id for shown, text in large.records if reader.matches(shown, text, query)]  # type: ignore[attr-defined]
    assert sorted(found["ids"]) == sorted(wanted) and len(wanted) == count
    if order == "date":
        dates = {shown.id: shown.date for shown, _ in large.records}  # type: ignore[attr-defined]
        assert [dates[one] for one in found["ids"]] == sorted((dates[one] for one in found["ids"]), reverse=True)


def test_facets_of_long_lists_count_everything(view: Any, large: Server) -> None:
    [_, organs, *_] = run(view, large, FACETS, {"text": "水土保持", "narrow": {}})
    assert sum(count for _, count in organs) == 2600


def test_the_first_page_of_a_common_word_asks_for_few_files(view: Any, large: Server) -> None:
    large.asked.clear()
    script = FIND.replace("while (answer.more)", "for (let at = 0; at < 1; at += 1)").replace("next(7)", "next(10)")
    run(view, large, script, {"queries": ["水土保持"], "order": "relevance", "narrow": {}})
    files = [path for path in large.asked if path.startswith("/search/")]
    blocks = [path for path in files if "-1-" in path or "-2-" in path]
    records = [path for path in files if path.rsplit("/", 1)[1].split(".")[0].isdigit() and "/versions/" not in path]
    assert blocks == [] and len(records) == 10 and len(files) <= 28


@pytest.mark.full
def test_nothing_is_missed_in_a_large_index(view: Any) -> None:
    """Two thousand records in several segments, five hundred pieces of them as queries."""
    records = corpus(2000)
    chance = random.Random(3)
    queries = []
    while len(queries) < 500:
        shown, text = chance.choice(records)
        field = chance.choice([shown.title, shown.number, text, text])
        start = chance.randrange(max(1, len(field) - 2))
        piece = field[start : start + chance.choice([2, 3, 4, 6, 9, 15, 30])]
        if reader.words(piece)[0]:
            queries.append(piece)
    with running(reader.index(records)) as server:
        for begin in range(0, len(queries), 50):
            some = queries[begin : begin + 50]
            for query, found in zip(some, find(view, server, some), strict=True):
                wanted = reader.matching(records, query)
                assert set(found["ids"]) == wanted and len(found["ids"]) == len(wanted), query
