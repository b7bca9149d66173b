"""Codes of standards that name one material: UNS, AMS, W.Nr., ASTM and MIL specifications.

A specification that covers several grades names none of them: it gives the general material where
all its grades share one, and nothing otherwise. A code counts only as a whole: 7075 inside
P/N 7075-0012-01 or A286 inside A286B-REV is no code.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping

from bomrisk.knowledge.model import Material
from bomrisk.recognition.answer import Clue
from bomrisk.recognition.grammar.pattern import Answer, Context, Pattern

Table = dict[str, list[tuple[str, str]]]
"""Code without its qualifier → (qualifier such as CLASS 3, material id)."""

_WERKSTOFFE = {
    **dict.fromkeys(("1.4571", "1.4435", "1.4432"), "ss_316"),
    **dict.fromkeys(("1.4021", "1.4028", "1.4034", "1.4006", "1.4005"), "ss_410"),
    **dict.fromkeys(("1.4306", "1.4307"), "ss_304"),
    "1.4305": "ss_303",
    "1.4310": "ss_301",
    "1.4541": "ss_321",
    "1.4550": "ss_347",
    "1.4016": "ss_430",
    **dict.fromkeys(("1.4462", "1.4539", "1.4057", "1.4104"), "ss_unspecified"),
    **dict.fromkeys(("1.4003", "1.4410", "1.4501", "1.4507", "1.4362", "1.4162"), "ss_unspecified"),
    **dict.fromkeys(
        ("1.0037", "1.0038", "1.0577", "1.0503", "1.1191", "1.0715", "1.0718", "1.0330"),
        "steel_carbon",
    ),
    **dict.fromkeys(("1.2379", "1.2343", "1.2344", "1.2312", "1.7131"), "steel_unspecified"),
    "3.3206": "al_6063",
    "3.2315": "al_6082",
    "3.1355": "al_2024",
    "3.4365": "al_7075",
    "3.3547": "al_5083",
    **dict.fromkeys(("3.3535", "3.1645"), "al_unspecified"),
    **dict.fromkeys(("3.7025", "3.7035", "3.7055", "3.7065"), "ti_cp"),
    **dict.fromkeys(("2.0321", "2.0401"), "cu_brass"),
}
"""Common material numbers of EN 10027-2 and DIN 17007 that the records do not carry themselves."""

_WIDE = frozenset(["B166", "B168", "B574", "B575"])
"""ASTM specifications of more nickel alloys than the records hold: alone they name none."""

_QUALIFIER = re.compile(r"\b(?:CLASS|CL|TYPE|GRADE|GR|ALLOY|COMP|COND)(?:\b|(?=[0-9]))\.?|[() ]")


def patterns(
    materials: Mapping[str, Material], yields: Mapping[str, frozenset[str]]
) -> tuple[Pattern, ...]:
    """The rules that read the codes of the given materials."""
    tables: dict[str, Table] = defaultdict(lambda: defaultdict(list))
    for material in materials.values():
        for system, code in material.codes:
            for kind, key, qualifier in _keys(system, code):
                tables[kind][key].append((qualifier, material.id))
    for number, one in _WERKSTOFFE.items():
        if one in materials:
            tables["wnr"].setdefault(number, [("", one)])
    generals = _generals(yields)
    return (
        Pattern(
            r"[A-Z][0-9]{5}",
            _whole_code("UNS", tables["uns"], generals, 0.96),
            triggers=tuple(sorted(tables["uns"])),
        ),
        Pattern(
            r"UNS[ :-]{0,2}S?([1-4][0-9]{4})",
            _stainless_number(tables["uns"], generals),
            triggers=(" UNS ",),
        ),
        Pattern(
            r"AMS[ -]{0,2}([0-9]{4})[A-Z]?(?: ?[/,&] ?([0-9]{4})[A-Z]?|/[0-9]{1,2}[A-Z]?)?",
            _ams(tables["ams"], generals),
            triggers=("AMS",),
        ),
        Pattern(
            r"([0-9]{4})[A-Z]? ?\|[^|]{0,40}"
            r"(?:SHEET|BAR|WIRE|PLATE|STRIP|FORGING|RING|TUBING|EXTRUSION|CASTING)S?",
            _ams_row(tables["ams"], generals),
            whole=False,
            triggers=("|",),
        ),
        Pattern(
            r"[1-3]\.[0-9]{4}",
            _whole_code("W.Nr.", tables["wnr"], generals, 0.93),
            triggers=tuple(sorted(tables["wnr"])),
        ),
        Pattern(
            r"(?:(?:AMS-|AMS )?(?:MIL|QQ|FED|J)|AMS)-[A-Z]{1,4}-(?:[A-Z]-)?[0-9]{1,6}(?:/[0-9]{1,2})?[A-Z]?",
            _specified("specification", tables["mil"], generals),
            triggers=("MIL-", "QQ-", "AMS-"),
        ),
        Pattern(
            r"ASTM[ -]{0,2}([ABF][ -]?[0-9]{2,4})M?",
            _specified("ASTM", tables["astm"], generals),
            triggers=("ASTM",),
        ),
        Pattern(
            r"([AB][0-9]{3}|F[0-9]{2,4})[ -,]{1,2}(?:CLASS|CL|GR|GRADE|TYPE|ALLOY)\.? ?[0-9A-Z]{1,3}",
            _specified("ASTM", tables["astm"], generals, bare=True),
            triggers=tuple(sorted(tables["astm"])),
        ),
    )


def _keys(system: str, code: str) -> Iterable[tuple[str, str, str]]:
    upper = code.upper()
    if system == "uns":
        yield "uns", upper, ""
    elif system == "en" and re.fullmatch(r"[1-3]\.[0-9]{4}", upper):
        yield "wnr", upper, ""
    elif system == "ams" and re.fullmatch(r"[0-9]{4}", upper):
        yield "ams", upper, ""
    elif system == "astm":
        head = re.match(r"[ABF][0-9]{2,4}", upper)
        if head and head.group() not in _WIDE:
            yield "astm", head.group(), _plain(upper[head.end() :])
    elif system in ("mil", "ams"):
        if found := re.fullmatch(r"AMS ([0-9]{4})", upper):
            yield "ams", found[1], ""
        elif head := re.match(
            r"(?:AMS-)?((?:MIL|QQ)-[A-Z]{1,3}-(?:[A-Z]-)?[0-9]+(?:/[0-9]+)?|[A-Z]{1,2}-[0-9]+)",
            upper,
        ):
            yield "mil", _bare_specification(head[1]), _plain(upper[head.end() :])


def _bare_specification(text: str) -> str:
    """AMS-QQ-A-250/12, AMS-T-21014 and MIL-T-21014J under one key: the letter and number that stay."""
    text = re.sub(r"^(?:AMS[- ])", "", text)
    text = re.sub(r"^MIL-", "", text)
    return re.sub(r"^(?:DTL|PRF)-", "", text)


def _plain(text: str) -> str:
    return _QUALIFIER.sub("", text).strip(" -,")


def _generals(yields: Mapping[str, frozenset[str]]) -> Callable[[set[str]], str | None]:
    def general(ids: set[str]) -> str | None:
        """The one material, or the closest general one that yields to all of them."""
        if len(ids) == 1:
            return next(iter(ids))
        fitting = [
            (len(particular), name)
            for name, particular in yields.items()
            if all(one in particular or one == name for one in ids)
        ]
        return min(fitting)[1] if fitting else None

    return general


def _whole_code(
    system: str, table: Table, generals: Callable[[set[str]], str | None], confidence: float
) -> Callable[[re.Match[str], Context], Iterable[Answer]]:
    def read(match: re.Match[str], context: Context) -> Iterable[Answer]:
        code = match.group()
        if code not in table or _in_part_number(match.start(), match.end(), context.reading.upper):
            return
        material = generals({one for _, one in table[code]})
        if material:
            said = system == "UNS" and "UNS" in context.reading.words
            yield Clue(
                material,
                match.start(),
                match.end(),
                f"{system} {code}",
                0.98 if said else confidence,
            )

    return read


def _stainless_number(
    table: Table, generals: Callable[[set[str]], str | None]
) -> Callable[[re.Match[str], Context], Iterable[Answer]]:
    def read(match: re.Match[str], context: Context) -> Iterable[Answer]:  # noqa: ARG001
        """The series S1 to S4 of UNS is of stainless steels; dealers leave out its letter: UNS 32750."""
        code = f"S{match[1]}"
        material = generals({one for _, one in table[code]}) if code in table else "ss_unspecified"
        if material:
            yield Clue(material, match.start(), match.end(), f"UNS {code}", 0.95)

    return read


def _ams(
    table: Table, generals: Callable[[set[str]], str | None]
) -> Callable[[re.Match[str], Context], Iterable[Answer]]:
    def read(match: re.Match[str], context: Context) -> Iterable[Answer]:  # noqa: ARG001
        for code in (match[1], match[2]):
            if code and code in table:
                ids = {one for _, one in table[code]}
                material = generals(ids)
                if material:
                    yield Clue(
                        material,
                        match.start(),
                        match.end(),
                        f"specification AMS {code}",
                        0.92 if len(ids) == 1 else 0.8,
                    )

    return read


def _ams_row(
    table: Table, generals: Callable[[set[str]], str | None]
) -> Callable[[re.Match[str], Context], Iterable[Answer]]:
    def read(match: re.Match[str], context: Context) -> Iterable[Answer]:  # noqa: ARG001
        if match.start() == 0 and match[1] in table:
            material = generals({one for _, one in table[match[1]]})
            if material:
                yield Clue(
                    material,
                    0,
                    match.end(1),
                    f"AMS {match[1]} at the head of a row of a list of specifications",
                    0.75,
                )

    return read


def _specified(
    system: str, table: Table, generals: Callable[[set[str]], str | None], *, bare: bool = False
) -> Callable[[re.Match[str], Context], Iterable[Answer]]:
    def read(match: re.Match[str], context: Context) -> Iterable[Answer]:
        upper = context.reading.upper
        code = (
            re.sub(r"[ -]", "", match[1])
            if system == "ASTM"
            else _bare_specification(match.group())
        )
        rows = table.get(code) or table.get(re.sub(r"[A-Z]$", "", code))
        if not rows:
            return
        tail = _plain(upper[match.end(1) if bare else match.end() :][:40]).replace("/", " ")
        exact = {one for qualifier, one in rows if qualifier and _says(tail, qualifier)}
        ids = exact or {one for qualifier, one in rows if not bare}
        material = generals(ids) if ids else None
        if material:
            yield Clue(
                material,
                match.start(),
                match.end(),
                f"{'' if system == 'specification' else system + ' '}{' '.join(match.group().split())}"
                + (" with its class" if exact else ""),
                0.93 if exact or len(ids) == 1 else 0.75,
            )

    return read


def _says(tail: str, qualifier: str) -> bool:
    squeezed = re.sub(r"[ -]", "", tail)
    wanted = re.sub(r"[ -]", "", qualifier)
    if not squeezed.startswith(wanted):
        return False
    rest = squeezed[len(wanted) :]
    return not (rest and wanted[-1].isdigit() and rest[0].isdigit())


def _in_part_number(start: int, end: int, upper: str) -> bool:
    """Whether a code is a stretch of a longer number with hyphens, as in 7075-0012-01."""
    before = upper[start - 1] if start else " "
    after = upper[end : end + 2]
    return (before in "-/" and start > 1 and upper[start - 2].isalnum() and before == "-") or (
        len(after) == 2 and after[0] == "-" and after[1].isalnum() and not after[1:].startswith("T")
    )
