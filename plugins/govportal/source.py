"""Source text with places: decoding, front matter, and the strict YAML reader.

The YAML dialect is a safe subset: mappings with plain keys, sequences and scalars. Every scalar is the text
that was written; a field's kind decides what it means, so `NO`, `010` and `12:30` stay what the writer typed.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any

import yaml

from govportal.problems import At, Problem, error

MAXIMUM_DEPTH = 12

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

# C0 and C1 controls but tab and line feed, the two non-characters XML forbids, and the Unicode line separators.
CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ufffe\uffff]")
DIRECTION = re.compile("[\u202a-\u202e\u2066-\u2069]")
_TAB_INDENT = re.compile(r"^ *\t+[ \t]*(?=\S)", re.MULTILINE)


@dataclass(slots=True)
class Scalar:
    """A piece of text as written; `plain` tells unquoted from quoted or block text."""

    text: str
    line: int
    column: int
    plain: bool = True


@dataclass(slots=True)
class Sequence:
    """A list of nodes."""

    items: list[Node]
    line: int
    column: int


@dataclass(slots=True)
class Mapping:
    """Keys in written order, with the place of each key."""

    items: dict[str, Node]
    keys: dict[str, tuple[int, int]]
    line: int
    column: int


Node = Scalar | Sequence | Mapping


@dataclass(frozen=True, slots=True)
class Page:
    """A text cut into its front matter and its body; `body_line` is the file's line where the body begins."""

    front: str
    front_line: int
    body: str
    body_line: int


def place(path: str, text: str, index: int) -> At:
    """The line and column of a character of a text."""
    line = text.count("\n", 0, index) + 1
    return At(path, line, index - (text.rfind("\n", 0, index) + 1) + 1)


def decode(path: str, data: bytes) -> tuple[str | None, list[Problem]]:
    """Bytes to text with `\\n` line ends and no byte order mark; what is not clean UTF-8 text is refused by place."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return None, [
            error(
                At(path), "file/encoding", "文件编码是 UTF-16，不是 UTF-8", "用编辑器“另存为”，编码选 UTF-8"
            )
        ]
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as failure:
        good = data[: failure.start].decode("utf-8", "replace")
        at = place(path, good, len(good))
        name = "GBK（GB18030）" if _looks_like_gbk(data) else "无法识别的编码"
        message = f"文件不是 UTF-8 编码，看起来是{name}"
        return None, [error(at, "file/encoding", message, "用编辑器“另存为”，编码选 UTF-8")]
    text = unify_lines(text)
    # Printable characters hold no controls; this look costs a tenth of the two searches below.
    if text.replace("\n", "").replace("\u3000", "").isprintable():
        return text, []
    problems = []
    if found := CONTROL.search(text):
        name = "空字符（NUL）" if found[0] == "\0" else f"控制字符 U+{ord(found[0]):04X}"
        problems.append(
            error(
                place(path, text, found.start()),
                "file/control-character",
                f"文件里有看不见的{name}",
                "删掉这个字符；它常来自复制粘贴或损坏的文件",
            )
        )
    if found := DIRECTION.search(text):
        problems.append(
            error(
                place(path, text, found.start()),
                "file/direction-override",
                f"文件里有看不见的文字方向控制符 U+{ord(found[0]):04X}，会让读者看到的与实际内容不同",
                "删掉这个字符，把这一行重新输入一遍",
            )
        )
    return (None if problems else text), problems


def unify_lines(text: str) -> str:
    """Text with `\\n` at every line end."""
    return text.replace("\r\n", "\n").replace("\r", "\n") if "\r" in text else text


def _looks_like_gbk(data: bytes) -> bool:
    """Whether GB18030 reads the bytes as text made mostly of Chinese characters."""
    try:
        text = data.decode("gb18030")
    except UnicodeDecodeError:
        return False
    wide = [character for character in text if ord(character) > 127]
    return bool(wide) and sum("\u4e00" <= character <= "\u9fff" for character in wide) * 2 >= len(wide)


def split(path: str, text: str) -> tuple[Page | None, list[Problem]]:
    """A Markdown file into front matter (between two lines `---`) and body."""
    if not text.startswith("---\n"):
        return None, [
            error(
                At(path),
                "front-matter/missing",
                "文件开头没有属性区",
                "第一行写 ---，接着写 title: 等属性，再写一行 ---，然后是正文",
            )
        ]
    end = re.compile(r"^---[ \t]*$", re.MULTILINE).search(text, 4)
    if end is None:
        return None, [
            error(At(path), "front-matter/not-closed", "属性区没有结束", "在属性之后单独写一行 ---")
        ]
    body = text[end.end() + 1 :]
    return Page(text[4 : end.start()], 2, body, text.count("\n", 0, end.end()) + 2), []


def read_yaml(path: str, text: str, first_line: int = 1) -> tuple[Mapping | None, list[Problem]]:
    """YAML text to a mapping with places, or every problem found. `first_line` is its first line in the file."""
    tabs = [_at(path, first_line, place(path, text, found.start())) for found in _TAB_INDENT.finditer(text)]
    if tabs:
        return None, [error(at, "yaml/tab", "行首用了制表符（Tab）缩进", "改成空格，每级两个") for at in tabs]
    simple = _simple(text, first_line)
    if simple is not None:
        return simple, []
    try:
        return _compose(path, text, first_line)
    except yaml.MarkedYAMLError as failure:
        mark = failure.problem_mark or failure.context_mark
        at = At(path, first_line + mark.line, mark.column + 1) if mark else At(path, first_line)
        message, hint = _explain(failure)
        return None, [error(at, "yaml/syntax", message, hint)]
    except yaml.YAMLError:
        return None, [
            error(At(path, first_line), "yaml/syntax", "属性区写法有误，读不出来", "对照示例逐行检查")
        ]


def _at(path: str, first_line: int, at: At) -> At:
    return At(path, at.line + first_line - 1, at.column)


_KEY = re.compile(r"([a-z][a-z0-9_]*):(?: ([^ ].*))?")
_ITEM = re.compile(r"( *)- ([^ ].*)")
# A value that no rule of YAML could read as anything but the text itself.
_PLAIN = re.compile(r"[^\s\-?:,\[\]{}#&*!|>'\"%@`](?:(?!: | #).)*(?<![\s:])")


def _simple(text: str, first_line: int) -> Mapping | None:
    """An exact short cut for front matter of plain values and plain lists; None in any doubt. A test compares the two."""
    root = Mapping({}, {}, first_line, 1)
    key = ""
    for line_number, line in enumerate(text.splitlines(), first_line):
        if line[:1] in (" ", "-"):
            found = _ITEM.fullmatch(line)
            parent = root.items.get(key)
            if found is None or parent is None or not _PLAIN.fullmatch(found[2]):
                return None
            indent = len(found[1])
            if isinstance(parent, Scalar):
                if parent.text:
                    return None
                parent = root.items[key] = Sequence([], line_number, indent + 1)
            elif indent + 1 != parent.column:
                return None
            assert isinstance(parent, Sequence)
            parent.items.append(Scalar(found[2], line_number, indent + 3))
            continue
        found = _KEY.fullmatch(line)
        if found is None or found[1] in root.items or (found[2] and not _PLAIN.fullmatch(found[2])):
            return None
        key = found[1]
        root.keys[key] = (line_number, 1)
        root.items[key] = Scalar(found[2] or "", line_number, len(key) + (3 if found[2] else 2))
    return root


_EXPLANATIONS = [
    (
        "mapping values are not allowed",
        "这一行有多余的“: ”，或上一行没有写完",
        '标题里有英文冒号时，用引号把整个值括起来：title: "……"',
    ),
    (
        "could not find expected ':'",
        "这一行缺少冒号，或缩进不对",
        "写成 名称: 值，冒号后空一格；换行的长文字要缩进",
    ),
    ("did not find expected key", "这一行的缩进与上面不一致，或引号没有配对", "同一级的属性左边要对齐"),
    ("did not find expected '-' indicator", "列表的缩进不一致", "列表的每个短横线左边要对齐"),
    ("while scanning a quoted scalar", "引号没有配对", "补上结尾的引号"),
    ("found unexpected end of stream", "引号没有配对，文件到头还没有结束", "补上结尾的引号"),
    ("found unexpected document indicator", "引号没有配对，属性区到头还没有结束", "补上结尾的引号"),
    ("found character that cannot start any token", "值不能以这个符号开头", "用引号把整个值括起来"),
    ("found undefined tag handle", "不能使用 ! 开头的标签", "用引号把整个值括起来"),
    ("did not find expected ',' or", "方括号或花括号没有配对", "补上 ] 或 }，或改成一行一项的列表"),
    ("unknown escape character", "双引号里的反斜杠写法不对", "改用单引号，或去掉引号"),
    ("block sequence entries are not allowed", "列表要另起一行写", "冒号后换行，再写 - 项目"),
]


def _explain(failure: yaml.MarkedYAMLError) -> tuple[str, str]:
    """The writer's words for what libyaml says."""
    said = f"{failure.context or ''} {failure.problem or ''}"
    for pattern, message, hint in _EXPLANATIONS:
        if pattern in said:
            return message, hint
    return "属性区写法有误，读不出来", "对照示例检查这一行的冒号、引号和缩进"


def _compose(path: str, text: str, first_line: int) -> tuple[Mapping | None, list[Problem]]:
    """Events to nodes, without recursion: anchors, tags, merge keys and duplicate keys are refused where they stand."""
    loader = _Loader(text)
    problems: list[Problem] = []
    root: Node | None = None
    documents = 0
    # One entry for each open collection: the node, and for a mapping the key waiting for its value.
    stack: list[tuple[Sequence | Mapping, list[Scalar]]] = []
    # Asked once: asked for every value it made reading a list of ten thousand rows quadratic.
    escapes = "\\" in text

    def at(event: Any) -> At:
        return At(path, first_line + event.start_mark.line, event.start_mark.column + 1)

    def add(node: Node, where: At) -> None:
        nonlocal root
        if not stack:
            root = node
            return
        parent, waiting = stack[-1]
        if isinstance(parent, Sequence):
            parent.items.append(node)
        elif not waiting:
            if not isinstance(node, Scalar):
                problems.append(error(where, "yaml/key", "属性名只能是文字", "写成 名称: 值"))
                node = Scalar("", node.line, node.column)
            elif node.text == "<<" and node.plain:
                problems.append(
                    error(where, "yaml/merge-key", "不能使用 << 合并写法", "把要用的属性照写一遍")
                )
            waiting.append(node)
        else:
            key = waiting.pop()
            if key.text in parent.items:
                first = parent.keys[key.text][0]
                problems.append(
                    error(
                        At(path, key.line, key.column),
                        "yaml/duplicate-key",
                        f"属性 {key.text} 写了两次（第 {first} 行已有）",
                        "只留一处",
                    )
                )
            parent.items[key.text] = node
            parent.keys.setdefault(key.text, (key.line, key.column))

    try:
        while loader.check_event():
            event = loader.get_event()
            name = type(event).__name__
            if getattr(event, "anchor", None):
                mark = "*" if name == "AliasEvent" else "&"
                problems.append(
                    error(
                        at(event),
                        "yaml/anchor",
                        f"不能使用 {mark}{event.anchor} 这种引用写法",
                        "把内容照写一遍；普通文字以 & 或 * 开头时加引号",
                    )
                )
            if getattr(event, "tag", None):
                problems.append(
                    error(at(event), "yaml/tag", "不能使用 ! 开头的标签", "去掉标签，或用引号把整个值括起来")
                )
            if name == "DocumentStartEvent":
                documents += 1
                if documents > 1:
                    problems.append(
                        error(at(event), "yaml/documents", "一个文件里只能有一份属性", "删掉多余的 --- 行")
                    )
                    break
            elif name == "ScalarEvent":
                where = at(event)
                if escapes and (CONTROL.search(event.value) or DIRECTION.search(event.value)):
                    problems.append(
                        error(
                            where,
                            "file/control-character",
                            "引号里的反斜杠写出了看不见的控制字符",
                            "去掉反斜杠写法，直接写文字",
                        )
                    )
                add(Scalar(event.value, where.line, where.column, not event.style), where)
            elif name == "AliasEvent":
                where = at(event)
                add(Scalar("", where.line, where.column), where)
            elif name in ("SequenceStartEvent", "MappingStartEvent"):
                where = at(event)
                node: Sequence | Mapping = (
                    Sequence([], where.line, where.column)
                    if name[0] == "S"
                    else Mapping({}, {}, where.line, where.column)
                )
                if len(stack) >= MAXIMUM_DEPTH:
                    problems.append(
                        error(where, "yaml/depth", f"层次超过 {MAXIMUM_DEPTH} 层", "减少缩进的层次")
                    )
                    break
                stack.append((node, []))
            elif name in ("SequenceEndEvent", "MappingEndEvent"):
                node, _ = stack.pop()
                add(node, At(path, node.line, node.column))
    finally:
        loader.dispose()
    if problems:
        return None, problems
    if root is None or (isinstance(root, Scalar) and not root.text):
        return Mapping({}, {}, first_line, 1), []
    if not isinstance(root, Mapping):
        return None, [
            error(
                At(path, root.line, root.column),
                "yaml/not-a-mapping",
                "这里应当是“名称: 值”的形式",
                "每行写一个属性，如 title: 标题",
            )
        ]
    return root, []


_PLAIN = re.compile(r"[^\s\-?:,\[\]{}#&*!|>'\"%@`~](?:[^\n:#]|:(?=\S)|(?<=\S)#)*")


def quoted(text: str) -> str:
    """A text as one writes it after `name: `: bare where that is safe, else in double quotes."""
    if _PLAIN.fullmatch(text) and text == text.strip():
        return text
    return json.dumps(text, ensure_ascii=False)
