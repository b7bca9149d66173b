"""Types of part (servo motor, loudspeaker, TWT) that hold materials which the text does not name.

Federal item names put the head noun first: CLAMP,SYNCHRO is a clamp and CASE,…COMPASS a case. In
running order the head comes last: a servo horn is a horn. A part named only as the purpose of another
(driver for BLDC motors) or denied does not count. The confidence says how surely the text names this
type of part; how surely that part holds a material stands with the rule.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from bomrisk.knowledge.model import PartRule
from bomrisk.recognition.answer import PartFound
from bomrisk.recognition.context import accessory_after, clause, has, negated, purpose
from bomrisk.recognition.grammar.pattern import compiled
from bomrisk.recognition.lexicon import Lexicon, Name, rows_of
from bomrisk.recognition.literals import required
from bomrisk.recognition.reading import Reading
from bomrisk.recognition.sought import PartsSought
from bomrisk.recognition.wordlists import words, words_by_key

SURE = 0.85
"""Confidence of a part whose name stands as the head of the text."""
LIKELY = 0.7
"""Confidence of a part named somewhere in the text."""

_CJK_OTHER = (
    "安装",
    "驱动器",
    "控制器",
    "支架",
    "固定",
    "板-",
    "座",
    "法兰",
    "联轴",
    "垫",
    "ドライバ",
    "コントローラ",
    "ブラケット",
    "マウント",
    "アダプタ",
    "制御ボード",
    "ケーブル",
    "テスター",
    "ホーン",
    "마운트",
    "케이블",
    "测试仪",
    "延长线",
    "드라이버",
    "컨트롤러",
    "브라켓",
    "마운트",
    "제어기",
)
_CJK_AFTER = ("驱动", "驅動", "控制", "ドライブ", "드라이브")
_MOTOR_SIZE = (
    r"\b[A-Z]{0,3}[0-9]{4}[A-Z]?[ -]{0,3}[0-9]{2,4}\s?KV\b"
    r"|\bKV ?=? ?[0-9]{2,4}\b|\b[0-9]{2,4} ?KV\b"
)
_BETWEEN = r"\s?(?:[A-Z0-9 ./-]{1,24},\s?){0,3}"
"""What may stand between the head of an inverted name and the modifier that decides: MOTOR, 28V, DC."""
_ITEMS = re.compile(r"[+;|&]| AND |, [A-Z]{2,}-?[0-9][A-Z0-9-]*(?: |$)")
"""What parts two items of one text: a sign or word for both, or the type number of the second."""
_MOTOR_WORDS = re.compile(r"MOTOR|OUTRUNNER|ROTOR|[0-9]{4}|QUAD|DRONE|UAV|FPV|BRUSH")
_OUTRANKED = {
    "bldc_motor": ("drone_uas_motor", "servo_motor"),
    "dc_motor_brushed": ("bldc_motor", "servo_motor", "stepper_motor", "drone_uas_motor"),
    "servo_motor": ("stepper_motor",),
    "magneto": (),
    "ac_motor_or_generator_wound": (
        "aero_pm_motor",
        "servo_motor",
        "bldc_motor",
        "stepper_motor",
    ),
    "battery_rechargeable": ("battery_lipo_drone",),
    "capacitor_generic": (),
    "laser_diode_module": (),
}


def _forms(rules: Mapping[str, PartRule]) -> Iterator[tuple[str, str, frozenset[str]]]:
    """Other ways to write a part, each with the letters to look for.

    Sizes of motors, other orders of the words, and inverted names (MOTOR,DC,BRUSHLESS).
    """
    if "drone_uas_motor" in rules:
        yield "drone_uas_motor", _MOTOR_SIZE, required(_MOTOR_SIZE)
    for row in rows_of("part_forms.csv"):
        if row["rule"] in rules:
            yield row["rule"], row["pattern"], required(row["pattern"])
    for row in rows_of("heads.csv"):
        if row["rule"] in rules:
            head, modifier = row["head"], row["modifier"]
            word = max(re.split("[ -]", modifier), key=len)
            rare = len(word) > 3 and word not in words("everyday")
            trigger = f" {word} " if rare and word.isalpha() else f"{head},"
            yield row["rule"], rf"\b{head},{_BETWEEN}{modifier}\b", frozenset({trigger})


def _apart(one: PartFound, other: PartFound, upper: str) -> bool:
    """Whether two parts are items of their own: DC gear motor, MG996R servo; DC motor + stepper motor."""
    first, second = sorted((one, other), key=lambda part: part.start)
    return _ITEMS.search(upper, first.end, second.end) is not None


def _held(start: int, reading: Reading) -> bool:
    """Whether what holds or drives the part stands right before it: soporte servo, mount servo."""
    before = reading.before(start, 2)
    if before and before[0] in ("DE", "DO", "DA", "DEL", "DI", "DU", "PER"):
        before = before[1:]
    if not before or before[0] not in words("heads_before"):
        return False
    gap = reading.upper[max(0, start - 14) : start]
    return not re.search(r"[,;|+/:&(]", gap[gap.rfind(before[0]) :])


class PartBook:
    """All part rules of one state of the knowledge, with the letters to look for first."""

    def __init__(self, rules: Mapping[str, PartRule]) -> None:
        self._rules = rules
        self.by_trigger: dict[str, list[tuple[str, str]]] = {}
        for rule in rules.values():
            for pattern in rule.patterns:
                for trigger in required(pattern):
                    self.by_trigger.setdefault(trigger, []).append((rule.id, pattern))
        forms = list(_forms(rules))
        self.forms = tuple(pattern for _, pattern, _ in forms)
        """Patterns beside those that the rules bring along."""
        for rule_id, pattern, triggers in forms:
            for trigger in triggers:
                self.by_trigger.setdefault(trigger, []).append((rule_id, pattern))
        self._names = Lexicon(
            Name(row["name"], row["rule"], f"part name ({row['language']})")
            for row in rows_of("parts.csv")
            if row["rule"] in rules
        )
        self.triggers = frozenset(self.by_trigger) | self._names.triggers
        self.words = self._names.words

    def sought(self, trigger: str) -> PartsSought:
        """What to look for in texts in which this trigger or word was found."""
        patterns = dict.fromkeys(self.by_trigger.get(trigger, ()))
        return PartsSought(
            tuple((rule_id, compiled(pattern)) for rule_id, pattern in patterns),
            self._names.spellings(trigger),
        )

    def find(
        self, reading: Reading, sought: Sequence[PartsSought], seen: Iterable[str]
    ) -> tuple[PartFound, ...]:
        """The types of part that a text names."""
        found: dict[str, PartFound] = {}
        for rule_id, pattern in dict.fromkeys(one for parts in sought for one in parts.patterns):
            for match in pattern.finditer(reading.upper):
                self._weigh(found, rule_id, match.start(), match.end(), reading)
        if any(parts.spellings for parts in sought):
            for name, start, end in self._names.find(reading, seen):
                self._weigh(found, name.material_id, start, end, reading)
        if not found:
            return ()
        kept = [
            part
            for rule_id, part in found.items()
            if not any(
                other in found and not _apart(part, found[other], reading.upper)
                for other in _OUTRANKED.get(rule_id, ())
            )
        ]
        return tuple(sorted(kept, key=lambda part: (part.start, part.rule)))

    def _weigh(
        self, found: dict[str, PartFound], rule_id: str, start: int, end: int, reading: Reading
    ) -> None:
        upper = reading.upper
        if not reading.opens(start):
            return  # the T-motor inside Schrittmotor
        rule = self._rules[rule_id]
        said = clause(upper, start, end)
        if any(compiled(pattern).search(said) for pattern in rule.negative_patterns):
            return
        if rule_id == "drone_uas_motor" and not _MOTOR_WORDS.search(upper):
            return
        if any(has(reading, word) for word in words_by_key("other_part").get(rule_id, ())):
            return
        if negated(start, end, reading, reading.after(end, 3)) or purpose(start, reading):
            return
        if not self._is_head(rule_id, start, end, reading):
            return
        confidence = SURE if start == 0 else LIKELY
        held = found.get(rule_id)
        if held is None or (confidence, end - start, -start) > (
            held.confidence,
            held.end - held.start,
            -held.start,
        ):
            found[rule_id] = PartFound(rule_id, start, end, confidence)

    @staticmethod
    def _is_head(rule_id: str, start: int, end: int, reading: Reading) -> bool:
        """Whether the words are the thing itself and not what the thing belongs to."""
        upper = reading.upper
        comma = upper.find(",")
        if 0 < comma < start:
            head = reading.spelled[: reading.index_before(comma)]
            whole_noun = head[:2] == ["ELECTRON", "TUBE"]  # the federal name of a whole class
            if (
                head
                and not whole_noun
                and (head[-1] in words("heads") or head[0] in words("heads"))
            ):
                return False
        if _held(start, reading):
            return False
        rest = upper[:start] + " " + upper[end:]
        if not upper[start:end].isascii() and any(word in rest for word in _CJK_OTHER):
            return False
        if accessory_after(end, reading) or upper.startswith(_CJK_AFTER, end):
            return False
        tail = reading.after(end, 1)
        gap = upper[end : end + 1]
        return not (
            tail
            and gap in (" ", "-", "_")
            and tail[0] in words("tails")
            and rule_id not in ("twt", "tr_module")
        )
