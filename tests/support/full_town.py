"""A town with one of everything: every type linked to others, files, an alias, a tombstone, a draft, an embargo.

    town = furnish(Town(tmp_path))
"""

from __future__ import annotations

import base64

from support.town import OWN, Town, front, notice, organ, policy, reprint

PNG = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
TABLE = "片区,电话\n示例东片区,0000-0000001\n"

TOMBSTONES = """\
tombstones:
  - address: /notices/2025/withdrawn.html
    title: 示例：撤下的通知
    reason: 内容有误（示例）
    date: 2026-02-01
    replacement: /notices/2026/heating.html
"""

FEES = {
    "id": "fees-2026", "title": "示例：收费目录清单（2026年版）", "column": "fees", "published_at": "2026-01-05 09:30", "sample": "true",
    "list": "district-fees", "edition": "2026-01-01", "kind": "行政事业性收费", **OWN,
}  # fmt: skip
ROWS = """\
rows:
  - {code: A-01, department: 示例部门, item: 示例：学费, basis: 示例依据, standard: 示例：400元, pricing: 政府定价}
  - {code: A-02, department: 示例部门, item: 示例：住宿费, basis: 示例依据, standard: 示例：300元, pricing: 政府指导价}
"""


def interpretation(**fields: str) -> str:
    """An interpretation that has nothing wrong with it."""
    body = "\n\n".join(f"## {name}\n\n示例。" for name in ("背景依据", "宗旨任务", "主要内容", "涉及范围", "执行口径", "注意事项", "新旧政策差异"))
    return front(body, **({"id": "interpretation", "title": "示例解读", "column": "interpretation", "published_at": "2026-11-21 10:00",
                           "policies": "[rules]", "form": "文字", "level": "起草科室", "interpreter": "示例起草科室"} | OWN | fields))


def consultation(**fields: str) -> str:
    """An open consultation that has nothing wrong with it."""
    return front(**({"id": "consultation", "title": "示例：征求意见公告", "column": "consultation", "published_at": "2026-11-10 09:00",
                     "opens_on": "2026-11-10", "closes_on": "2026-12-20", "explanation": "起草说明（示例）。", "basis": "依据（示例）。",
                     "methods": "[信函, 电话]", "contact": "示例联系人岗位", "draft_file": "opinions/draft.txt",
                     "attachments": "[{file: opinions/draft.txt, name: 示例草案}]"} | OWN | fields))


def furnish(town: Town) -> Town:
    """Put one of everything into a town."""
    town.write("organs/finance.md", organ(id="finance", title="示例区财政局", order="2"))
    town.write("policies/2026/rules.md", policy("第一条 见[法律](../2019/law.html)。\n\n第二条 见[公告](/notices/2026/heating.html)。",
                                                id="rules", title="示例规定", related="[law]", also_in="[budget]"))
    town.write("policies/2019/law.md", reprint())
    town.write("interpretations/2026/rules.md", interpretation())
    town.write("consultations/2026/opinions.md", consultation())
    town.write("consultations/2026/opinions/draft.txt", "征求意见稿（示例）。\n")
    town.write("fee-lists/fees-2026.yml", "\n".join(f"{name}: {value}" for name, value in FEES.items()) + "\n" + ROWS)
    town.write("notices/2026/heating.md", notice("见附件。\n\n![流程图：示例](heating/steps.png)", id="heating", title="示例：供热通知", sample="true",
                                                published_at="2026-11-20 09:30", aliases="[/notices/2026/heat.html]",
                                                attachments="[{file: heating/areas.csv, name: 示例片区表}]"))
    town.write("notices/2026/heating/areas.csv", TABLE)
    town.write("notices/2026/heating/steps.png", PNG)
    town.write("notices/2026/draft.md", notice(id="draft", title="示例：草稿", draft="true"))
    town.write("notices/2026/later.md", notice(id="later", title="示例：定时发布", publish_at="2026-12-01 08:00"))
    town.write("_portal/tombstones.yml", TOMBSTONES)
    for number in range(1, 26):
        day = f"2025-{number % 12 + 1:02}-{number:02}"
        town.write(f"notices/2025/n{number}.md", notice(f"正文{number}。", id=f"n{number}", title=f"示例公告{number}", published_at=day,
                                                       secrecy_review=OWN["secrecy_review"].replace("2026-01-01", day)))
    return town
