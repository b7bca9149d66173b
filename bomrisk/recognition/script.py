"""Signs right before or behind a name in Chinese, Japanese or Korean, which part no words.

They deny the name (不含, なし, 없음), make another word of it (钢琴), make a compound of the element
(碳化钛, 窒化チタン, 钛酸钡), or say that solder is printed, tested or applied (锡膏检测).
"""

from __future__ import annotations

import re

from bomrisk.recognition.reading import Reading
from bomrisk.recognition.wordlists import words

_NOT = ("不含", "无需", "無需", "非", "无磁", "不带", "なし", "無し", "无", "無")
_NOT_AFTER = re.compile(r"\s?(?:なし|無し|ナシ|レス|フリー|不要|없음|없는|미포함|제외)")
_COMPOUND = re.compile(
    r"(?:[酸氧氯塩碳炭氮窒硼硅硫]化|(?:フッ|ホウ|ケイ|セレン|ヒ)化|[碳硝炭硫]酸|산화|염화|탄화|질화|붕화|황화|탄산|질산)$"
)
_TREATED = re.compile(r"(?:[碳炭氮窒]化|탄화|질화)$")
"""Before a steel the same signs say that its surface was treated: 氮化钢."""
_ACID = re.compile(r"酸|산(?:바륨|칼륨|나트륨|칼슘|리튬|납|연|스트론튬|염)")
_SOLDERING = re.compile(
    r"\s?膏?(?:コネクタ|ご?こて|ごて|付け?|吸|スリーブ|ジャンパ|ブリッジ|フラックス|台|机|枪|站|器|工具|烙铁|套管|인두|기"
    r"|检|測|测|印刷|厚|网|搅拌|不良|印)"
)


_OTHER_WORD = re.compile(
    r"[钢鋼](?:化|琴|笔|筆)|[银銀](?:行|奖|獎|賞|联|聯|幕|河|灰|杏)|[铜銅](?:锣|鑼|奖|獎|賞)|[钛鈦](?:灰|白)"
    r"|白金(?:会员|會員|卡)|黄金(?:时代|周|分割)|金(?:奖|獎|賞)"
)
"""Words that begin with the sign of a metal and hold none: 钢化玻璃 (toughened glass), 钢琴, 銀行, 銅鑼."""


def part_of_a_word(start: int, upper: str) -> bool:
    """Whether the sign of a metal is part of a word for something else: 钢化玻璃, 塑钢, 銀行."""
    if _OTHER_WORD.match(upper, start):
        return True
    return upper[start : start + 1] in ("钢", "鋼") and upper[start - 1 : start] == "塑"


def denied(start: int, end: int, upper: str) -> bool:
    """Whether signs right before or after the span deny it."""
    if _NOT_AFTER.match(upper, end):
        return True
    return upper[:start].endswith(_NOT)


def compound(start: int, end: int, upper: str, material_id: str) -> bool:
    """Whether signs right before or after the name of an element make it a compound or an acid's salt."""
    if _ACID.match(upper, end):
        return True
    before = upper[max(0, start - 4) : start]
    if material_id.startswith(("steel", "ss_")) and _TREATED.search(before):
        return False
    return _COMPOUND.search(before) is not None


def worked_with(reading: Reading, end: int, after: list[str]) -> bool:
    """Whether solder is what a tool or a step works with: 锡膏检测, solder paste inspection."""
    if _SOLDERING.match(reading.upper, end):
        return True
    return after[:1] == ["PASTE"] and not words("paste_steps").isdisjoint(after[1:2])
