"""Aluminium and copper alloys by their short names in EN, JIS, GOST and GB/T.

AlMgSi1 and CuSn8, A5052 and C3604, Д16Т and БрАЖ9-4, HPb59-1 and QBe2.
A name that spells a composition the knowledge does not hold still proves the metal: AlMg3 is aluminium.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from bomrisk.recognition.answer import Clue
from bomrisk.recognition.grammar.pattern import Answer, Context, Pattern, quoted
from bomrisk.recognition.wordlists import words

_ALUMINIUM = {
    "ALMGSI1": "al_6082",
    "ALSI1MGMN": "al_6082",
    "ALMGSI0.5": "al_6063",
    "ALMGSI": "al_6063",
    "ALMGSI0.7": "al_6005a",
    "ALSIMG": "al_6005a",
    "ALMG1SICU": "al_6061",
    "ALMG2.5": "al_5052",
    "ALMG4.5MN": "al_5083",
    "ALMG4.5MN0.7": "al_5083",
    "ALMG4": "al_5086",
    "ALCUMG2": "al_2024",
    "ALCU4MG1": "al_2024",
    "ALCU4SIMG": "al_2014",
    "ALZNMGCU1.5": "al_7075",
    "ALZN5.5MGCU": "al_7075",
    "ALSI7MG": "al_a356",
    "ALSI7MG0.3": "al_a356",
    "ALSI7MG0.6": "al_a357",
    "ALSI10MG": "al_si10mg",
}
_RUSSIAN_ALUMINIUM = {
    "Д16": "al_2024",
    "Д19": "al_unspecified",
    "В95": "al_7075",
    "АД31": "al_6063",
    "АД33": "al_6061",
    "АК8": "al_2014",
    "АЛ9": "al_a356",
    "АК7": "al_a356",
}
_COPPER = (
    ("CUZN", "cu_brass"),
    ("CUSN", "cu_bronze"),
    ("CUNI30", "cu_ni_70_30"),
    ("CUBE", "cu_c17200"),
    ("CUCO2BE", "cu_c17500"),
    ("CUNI2BE", "cu_c17510"),
    ("CUCR1ZR", "cu_cr_zr"),
    ("CUCRZR", "cu_cr_zr"),
)


def _clue(
    material: str, match: re.Match[str], rule: str, confidence: float, needs: str = ""
) -> Clue:
    return Clue(material, match.start(), match.end(), f"{rule}: {quoted(match)}", confidence, needs)


def _aluminium(match: re.Match[str], context: Context) -> Iterable[Answer]:
    said = context.reading.cased[match.start(1) : match.end(1)]
    name = match[1].replace(",", ".").replace(" ", "")
    if not (any(char.isdigit() for char in name) or re.match("Al[A-Z]", said)):
        return
    yield _clue(_ALUMINIUM.get(name, "al_unspecified"), match, "EN aluminium name", 0.93)


def _copper(match: re.Match[str], context: Context) -> Iterable[Answer]:
    name = match.group()
    said = context.reading.cased[match.start() : match.end()]
    if not (any(char.isdigit() for char in name) or re.match("Cu[A-Z]", said)):
        return  # CUBE
    if name.startswith("CUAL"):
        yield _clue("cu_nab" if "NI" in name else "cu_bronze", match, "EN copper alloy name", 0.9)
        return
    for opening, material in _COPPER:
        if name.startswith(opening):
            yield _clue(material, match, "EN copper alloy name", 0.93)
            return


def _pure_copper(match: re.Match[str], context: Context) -> Iterable[Answer]:  # noqa: ARG001
    yield _clue("cu_pure", match, "EN copper name", 0.9)


def _japanese_aluminium(match: re.Match[str], context: Context) -> Iterable[Answer]:
    number, form = match[1], match[2]
    known = {"5052", "5083", "6061", "6063", "7075", "2024", "2014", "6082", "5086", "7050"}
    if number not in known | words("registered_aluminium"):
        return
    beside = context.reading.before(match.start(), 1) + context.reading.after(match.end(), 1)
    formed = words("stock_forms") | words("mechanical")
    shaped = not formed.isdisjoint(word.removesuffix("S") for word in beside)
    temper = "-" in match.group()
    if (
        form
        or shaped
        or temper
        or "aluminium" in context.evidence
        or "announced" in context.evidence
    ):
        yield _clue(
            f"al_{number}" if number in known else "al_unspecified",
            match,
            "JIS aluminium number",
            0.93,
        )


def _japanese_brass(match: re.Match[str], context: Context) -> Iterable[Answer]:
    sure = "copper" in context.evidence
    material = "cu_c17200" if match.group().startswith("C17") else "cu_brass"
    material = "cu_bronze" if match.group().startswith("C5") else material
    material = "cu_pure" if match.group().startswith(("C10", "C11", "C12")) else material
    yield _clue(material, match, "JIS copper alloy", 0.9 if sure else 0.4, "" if sure else "copper")


def _copper_number(match: re.Match[str], context: Context) -> Iterable[Answer]:  # noqa: ARG001
    """Copper alloys by the three figures that UNS numbers grew from: copper alloy 172."""
    material = _of_copper(int(match[1]))
    if material:
        yield _clue(material, match, "copper alloy number", 0.93)


def _copper_code(match: re.Match[str], context: Context) -> Iterable[Answer]:
    """C95400 is a supplier's order number too: UNS, copper or a form of stock must stand beside it."""
    reading = context.reading
    beside = (*reading.before(match.start(), 1), *reading.after(match.end(), 1))
    forms = words("stock_forms") | {"BUSHING", "BUSHINGS", "STRIP", "WIRE", "BUSHES", "SLEEVE"}
    sure = bool({"UNS", "COPPER", "BRASS", "BRONZE", "CDA"} & reading.words)
    material = _of_copper(int(match[1]))
    if material and (sure or not forms.isdisjoint(beside)):
        yield _clue(material, match, "UNS number of a copper alloy", 0.9)


def _of_copper(number: int) -> str:
    """The material by the first three figures of a number for copper alloys; empty where none is known."""
    return (
        "cu_pure"
        if number < 130
        else "cu_c17200"
        if number in (172, 173)
        else "cu_c17510"
        if number == 1751
        else "cu_c17500"
        if number == 175
        else "cu_brass"
        if 210 <= number < 500
        else "cu_bronze"
        if 500 <= number < 600 or number in (932, 954)
        else "cu_nab"
        if number in (630, 958)
        else "cu_ni_70_30"
        if number == 715
        else ""
    )


def _russian_aluminium(match: re.Match[str], context: Context) -> Iterable[Answer]:  # noqa: ARG001
    name = re.match(r"[А-Я]+[0-9]*", match.group())
    found = _RUSSIAN_ALUMINIUM.get(name.group() if name else "", "al_unspecified")
    yield _clue(found, match, "GOST aluminium name", 0.9)


def _russian_casting(match: re.Match[str], context: Context) -> Iterable[Answer]:  # noqa: ARG001
    """Light alloys whose short GOST names need the word alloy before them: АК12 is a rifle, too."""
    light = "mg_unspecified" if match[1] in ("МЛ", "ВМЛ", "МА") else "al_unspecified"
    yield _clue(light, match, "GOST light alloy", 0.92)


def _russian_brass(match: re.Match[str], context: Context) -> Iterable[Answer]:  # noqa: ARG001
    yield _clue("cu_brass", match, "GOST brass", 0.9)


def _russian_bronze(match: re.Match[str], context: Context) -> Iterable[Answer]:  # noqa: ARG001
    name = match[1]
    if name.startswith("ОНЗ"):
        return  # the word itself, read with its endings
    material = (
        "cu_c17200"
        if name.startswith("Б")
        else "cu_nab"
        if name.startswith("АЖН")
        else "cu_cr_zr"
        if name.startswith("ХЦР")
        else "cu_bronze"
    )
    yield _clue(material, match, "GOST bronze", 0.93)


def _chinese_copper(match: re.Match[str], context: Context) -> Iterable[Answer]:  # noqa: ARG001
    name = match.group()
    material = (
        "cu_c17200"
        if name.startswith("QBE")
        else "cu_brass"
        if name.startswith("H")
        else "cu_nab"
        if name.startswith(("QAL10-4-4", "QAL10-5-5"))
        else "cu_bronze"
    )
    yield _clue(material, match, "GB/T copper alloy", 0.9)


def _short_chinese(match: re.Match[str], context: Context) -> Iterable[Answer]:
    if "copper" in context.evidence:
        brass = match.group().startswith("H")
        yield _clue("cu_brass" if brass else "cu_pure", match, "GB/T copper alloy", 0.85)


PATTERNS = (
    Pattern(
        r"(?:EN ?)?(?:AW ?-? ?)?(AL(?:MG|SI|ZN|CU|MN)(?:[0-9]{1,2}(?:[.,][0-9])?)?"
        r"(?:(?:MG|SI|ZN|CU|MN|PB|BI|TI|CR|FE)(?:[0-9]{1,2}(?:[.,][0-9])?)?)*)",
        _aluminium,
        triggers=("ALMG", "ALSI", "ALZN", "ALCU", "ALMN"),
    ),
    Pattern(
        r"CU(?:ZN|SN|AL|NI|BE|CO|CR)[0-9]{0,2}(?:[.,][0-9])?"
        r"(?:(?:ZN|SN|AL|NI|BE|PB|FE|MN|SI|ZR|P|AS)[0-9]{0,2}(?:[.,][0-9])?)*(?:-[A-Z]{1,2})?",
        _copper,
        triggers=("CUZN", "CUSN", "CUAL", "CUNI", "CUBE", "CUCO", "CUCR"),
    ),
    Pattern(
        r"CU-(?:ETP|OFE?|DHP|PHC|HCP)|E-CU(?:57|58)?|SF-CU|CUAG ?0[.,][0-9]{1,2}P?", _pure_copper
    ),
    Pattern(
        r"A([1-8][0-9]{3})(P|BD|BE|TD|TE|B|S)?(?:-[HTO][0-9]{0,3})?",
        _japanese_aluminium,
        triggers=tuple(f"A{number}" for number in (1, 2, 3, 5, 6, 7)),
    ),
    Pattern(
        r"C(?:3604|3602|3771|2600|2680|2700|2720|2801|1020|1100|1220|1720|5191|5210)"
        r"(?:P|R|B|BD|BE|W)?(?:-[A-Z0-9/]{1,4})?",
        _japanese_brass,
    ),
    Pattern(
        r"(?:UNS ?|CDA ?)?C([1-9][0-9]{2})00",
        _copper_code,
        triggers=tuple(f"C{digit}" for digit in "123456789"),
    ),
    Pattern(r"(?:COPPER|BRASS|BRONZE),? ALLOY,? (?:NO\.? ?)?([1-9][0-9]{2})", _copper_number),
    Pattern(
        r"Д(?:16|19)(?:Ч|П)?(?:А?[ТМ]В?)?|Д1А?[ТМ]|АМГ-?[1-6][0-9]?[МНП]?|АМЦ[МНАС]{0,2}|В95(?:ПЧ|ОЧ)?(?:АТ|Т[123]?)?"
        r"|АД(?:31|33|35|0|1)(?:Т[15]?)?|АК(?:4-1|6|7|8|9)Ч?|АЛ[2-9](?:Т[4-6])?",
        _russian_aluminium,
        triggers=("Д16", "Д19", "Д1", "АМГ", "АМЦ", "В95", "АД", "АК", "АЛ"),
    ),
    Pattern(
        r"(?:СПЛАВ|СИЛУМИН)[А-Я]{0,2} (АК|АО|АМ|АЦ|МЛ|ВМЛ|МА)[0-9]{1,2}[А-Я0-9-]{0,7}",
        _russian_casting,
    ),
    Pattern(
        r"Л(?:С|О|МЦ|ЖМЦ|Ж|К|А|АЖ|Н)?(?:5[0-9]|6[0-9]|70|80|90)(?:-[0-9-]{1,7})?",
        _russian_brass,
        triggers=("Л5", "Л6", "Л7", "Л8", "Л9", "ЛС", "ЛО", "ЛМЦ", "ЛЖ", "ЛК", "ЛА", "ЛН"),
    ),
    Pattern(r"БР\.? ?([А-Я]{1,4}[0-9]*(?:[.,-][0-9]+)*(?:[А-Я][0-9]+)*)Т?", _russian_bronze),
    Pattern(
        r"HPB(?:59|60|61|62|63|66)-[0-9.]{1,3}|QSN[0-9.]{1,4}(?:-[0-9.]{1,4})*|QAL[0-9]{1,2}(?:-[0-9.]{1,4})*"
        r"|QBE(?:2|1\.[79])(?:\.[0-9])?",
        _chinese_copper,
        triggers=("HPB", "QSN", "QAL", "QBE"),
    ),
    Pattern(
        r"H(?:59|62|65|68|70|80|90)|T[123]|TU[12]|TP[12]",
        _short_chinese,
        triggers=("铜", "銅"),
    ),
)
