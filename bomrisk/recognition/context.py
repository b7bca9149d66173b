"""General rules of context: what stands beside a hit takes it away, or says what part of the item it is.

Negation (no, non-, w/o, free), chemical compounds (titanium dioxide), consumables (silver polish),
accessories (magnet holder, Li-ion charger), purpose (gasket for titanium), names and colours. None of
these knows a text; each is a class of reading.
"""

from __future__ import annotations

import re

from bomrisk.knowledge.model import Material
from bomrisk.recognition.answer import Clue
from bomrisk.recognition.reading import Reading, capitals
from bomrisk.recognition.script import compound, denied, part_of_a_word, worked_with
from bomrisk.recognition.sense import ARTICLES, of_solder, other_sense
from bomrisk.recognition.wordlists import words, words_by_key

SENTENCE = 60
"""Characters from which commas part clauses; below, they part the words of one name."""

_CLAUSE = re.compile(r"[;|+&(]|,\s+| AND | WITH | W/ | INCL")
_BREAK = re.compile(r"[,;|(\[\]):]|\. |\bBUT\b|\bAND\b|\bWITH\b")
_NUMBERED = re.compile(r"\.|\s*[0-9]")
_FOR = re.compile(
    r"\b(?:FOR|FUER|FUR|ZUR|ZUM|VOOR|POUR|PARA|DLA|ДЛЯ|TO FIT|FITS|SUITS|COMPATIBLE WITH)\b"
)
_FOR_WORDS = words("purpose_words")
_PHRASE_END = re.compile(r"[,;|(+&]|\. ")
_PHRASE_BREAKS = frozenset({"AND", "WITH", "W", "FOR", "OF", "TO", "IN"})
_INSTEAD = re.compile(
    r"\b(?:INSTEAD OF|IN PLACE OF|IN LIEU OF|RATHER THAN|SUBSTITUTES? FOR|REPLAC(?:ES|ING)"
    r"|STATT|ANSTATT|ANSTELLE VON|ANSTELLE|AU LIEU D[EU]|EN LUGAR DE|EN VEZ DE|INVECE D(?:I|EL)"
    r"|AO INVES DE|EM VEZ DE|ZAMIAST|ВМЕСТО)\b"
)
_REPLACED = re.compile(
    r"(?: [A-Z]+){0,2} (?:(?:IS|WAS|HAS BEEN|TO BE) )?(?:REPLACED|SUPERSEDED|SUBSTITUTED) (?:BY|WITH)\b"
)
_REPLACE = re.compile(r"\b(?:REPLACE|CHANGE|SUBSTITUTE|ERSETZE|REMPLACER|REEMPLAZAR)\b")
_BY = re.compile(r"(?: [A-Z]+){0,2} (?:BY|WITH|TO|DURCH|PAR|POR) ")
_NUMBER = re.compile(r"[0-9]")
_FREE_INSIDE = re.compile(r"[A-Z]-FREE\b")

_CJK_ELECTRIC = frozenset("电電전")
_CJK_ACCESSORIES = ("固定", "安装", "吸附", "支架", "夹具", "座", "胶", "盒", "治具", "ホルダ")

_ONLY_PRECIOUS = frozenset({"GOLD", "SILVER"})
_INSIDE = re.compile(
    r"\b(?:WITH|W/|INCL\.?|INCLUDING|CONTAINING|MIT|AVEC|CON|COM|USES|USING|HAS)\b"
)
_ACCESSORY_KINDS = ("permanent_magnet", "battery", "capacitor")
_PLACE = frozenset(
    ["HOLE", "HOLES", "POCKET", "POCKETS", "SLOT", "SLOTS", "RECESS", "CAVITY", "GAP"]
)
_CJK_PLACES = ("孔", "槽", "穴", "구멍", "홈")
_CLEANED = frozenset(["CLEANER", "CLEANERS", "CLEANING", "POLISH"])
_HEX_COLOUR = re.compile(r"#[0-9A-F]{6}\b")
_TINTED = frozenset(
    ["GOLD", "SILVER", "COPPER", "BRONZE", "TITANIUM", "GRAPHITE", "PLATINUM", "CHROME"]
)
_TINTS = frozenset(["au_metal", "ag_metal", "cu_bronze", "graphite"])
"""The same in other languages: PETG grafite."""


def stands(clue: Clue, reading: Reading, material: Material) -> bool:
    """Whether the words around a clue leave it standing."""
    after = reading.after(clue.end, 3)
    if negated(clue.start, clue.end, reading, after) or purpose(clue.start, reading):
        return False
    plain = clue.rule.startswith(("name", "trade name", "stainless")) or (
        clue.rule.startswith("pattern of")
        and reading.upper[clue.start : clue.end].replace(" ", "").isalpha()
    )
    if plain and not _is_metal(clue, reading, after):
        return False
    if material.family.startswith("permanent_magnet") and _electric(clue, reading):
        return False
    if plain and material.veto and _vetoed(clue, reading, material):
        return False
    if not material.family.startswith(_ACCESSORY_KINDS):
        return True
    if clue.material_id == "permanent_magnet_unspecified" and (
        _held_by_head(clue, reading) or _room_for(clue, reading)
    ):
        return False
    if not words("accessories").isdisjoint(_noun_tail(reading, clue.end)):
        return False
    return not reading.upper.startswith(_CJK_ACCESSORIES, clue.end)


def _held_by_head(clue: Clue, reading: Reading) -> bool:
    """Whether a federal item name says what holds or covers the magnet: HOLDER,MAGNET."""
    head, comma, _ = reading.upper[: clue.start].partition(",")
    named = head.split()
    return (
        bool(comma and named) and clue.start - len(head) <= 2 and named[-1] in words("accessories")
    )


def _room_for(clue: Clue, reading: Reading) -> bool:
    """Whether the magnet is the place where one goes (magnet hole, 磁石穴), or one in name only."""
    if reading.before(clue.start, 1) == ["LEAD"] or reading.upper.startswith(":?", clue.end):
        return True  # what brings customers, and the address of a file
    tail = _noun_tail(reading, clue.end)[:1]
    return not _PLACE.isdisjoint(tail) or reading.upper.startswith(_CJK_PLACES, clue.end)


def _electric(clue: Clue, reading: Reading) -> bool:
    """Whether the magnet is one of a coil: 电磁铁, MAGNET,ELECTRO, or the coil of a magnet itself."""
    upper = reading.upper
    if upper[max(0, clue.start - 1) : clue.start] in _CJK_ELECTRIC:
        return True
    if clue.material_id != "permanent_magnet_unspecified":
        return False
    tail = reading.after(clue.end, 1)
    if tail and tail[0] in words("electric") and not _gap_breaks(reading, clue.end, "("):
        return True
    head = reading.spelled[:1]
    return bool(head) and head[0] in words("coils") and reading.index_before(clue.start) <= 2


def _vetoed(clue: Clue, reading: Reading, material: Material) -> bool:
    """Whether a word that the record forbids stands in the same clause as its name."""
    said = Reading(clause(reading.upper, clue.start, clue.end))
    return any(has(said, word) for word in map(capitals, material.veto))


def clause(upper: str, start: int, end: int) -> str:
    """The clause around a span: what is joined to it by 'and', 'with', plus or bar is another thing."""
    left, right = 0, len(upper)
    sentence = len(upper) > SENTENCE
    for match in _CLAUSE.finditer(upper):
        if match.group().strip() == "," and not sentence:
            continue
        if match.end() <= start:
            left = match.end()
        elif match.start() >= end:
            right = min(right, match.start())
    return upper[left:right]


def _is_metal(clue: Clue, reading: Reading, after: list[str]) -> bool:
    """Whether a plain name means the substance: no compound of it, no thing used on it, no other sense."""
    before = reading.before(clue.start, 4)
    gap = reading.upper[max(0, clue.start - 2) : clue.start]
    if ("," not in gap and _compound_before(before, clue)) or (
        not reading.upper.isascii()
        and compound(clue.start, clue.end, reading.upper, clue.material_id)
    ):
        return False
    listed = after[:1] and after[0] in words("colours") and _gap_breaks(reading, clue.end, ',;|"')
    if (
        after
        and not listed
        and (after[0] in words("compounds") or after[0] in words("consumables"))
    ):
        return False
    if (
        after[:2] == ["ANTI", "SEIZE"]
        or (clue.material_id == "solder_unspecified" and worked_with(reading, clue.end, after))
        or not _CLEANED.isdisjoint(_noun_tail(reading, clue.end, 5))
    ):
        return False
    second = after[1:2]
    if second and second[0] in words("consumables") and not _gap_breaks(reading, clue.end):
        return False
    if before and (
        before[0] == "LOW" or before[0] in words("colour_words") or _shade(clue, reading, before[0])
    ):
        return False
    if of_solder(before, reading.spelled):
        return False  # what the solder is of, or for
    word = reading.upper[clue.start : clue.end]
    if part_of_a_word(clue.start, reading.upper) or (
        other_sense(reading.upper, clue.start, clue.end)
        or ((word in _TINTED or clue.material_id in _TINTS) and _colour(clue, reading))
    ):
        return False
    return _proper(word, before, after, reading, clue)


def _shade(clue: Clue, reading: Reading, before: str) -> bool:
    """Whether steel or aluminium stands right behind a colour that it shades: gris acier, azul acero."""
    return (
        clue.material_id in ("steel_unspecified", "al_unspecified")
        and before in words("shades_before")
        and reading.upper[: clue.start].endswith(f"{before} ")
    )


def _compound_before(before: list[str], clue: Clue) -> bool:
    """Whether the word before makes a compound of the element: oxyde de, chlorek, карбид; steel has none."""
    if before[:1] == ["OXIDE"] and clue.material_id.startswith(("steel_", "ss_")):
        return False  # black oxide steel
    joined = before[1:2] if before and before[0] in ("DE", "D", "DI", "DU", "OF") else before[:1]
    return bool(joined) and joined[0] in words("compounds_before")


def negated(start: int, end: int, reading: Reading, after: list[str]) -> bool:
    """Whether the words before or after deny the span: no …, non-…, without …, …-free, … not present."""
    upper = reading.upper
    return (
        _denied_before(start, reading)
        or _denied_after(end, upper, after)
        or _replaced(start, end, upper)
        or _FREE_INSIDE.search(upper, start, end) is not None
        or (not upper.isascii() and denied(start, end, upper))
    )


def _denied_before(start: int, reading: Reading) -> bool:
    """Whether one of the five words before denies what follows it, up to a comma or another thing."""
    upper = reading.upper
    index = reading.index_before(start)
    for place in range(index - 1, max(-1, index - 5), -1):
        word = reading.spelled[place]
        denies = word in words("not_before")
        if not denies and word not in ("O", "LESS"):
            continue
        begins, ends = reading.spans[place]
        numbered = word in ("NO", "NON") and _NUMBERED.match(upper, ends) is not None
        if _BREAK.search(upper, ends + (not numbered and upper[ends : ends + 1] == "."), start):
            return False
        if word == "NON" and place < index - 1:
            continue  # denies the next word alone: non magnetic screw, titanium
        if denies:
            return not numbered
        if word == "O" and upper[max(0, begins - 2) : begins] == "W/":
            return True
        if word == "LESS" and upper[begins - 1 : begins] == " ":
            return True
    return False


def _denied_after(end: int, upper: str, after: list[str]) -> bool:
    if not after:
        return False
    if after[0] in words("free_after") and upper[end : end + 1] in ("-", " "):
        return True
    return after[0] == "NOT" and len(after) > 1 and after[1] in words("not_after")


def _replaced(start: int, end: int, upper: str) -> bool:
    """Whether another thing takes the place of the span: instead of it, it replaced by, replace it by."""
    near = upper[max(0, start - 40) : start]
    for match in _INSTEAD.finditer(near):
        if not _BREAK.search(near, match.end()) and not _NUMBER.search(near, match.end()):
            return True  # behind a number stands the name of the part that was replaced
    if _REPLACED.match(upper, end):
        return True
    asked = _REPLACE.search(near)
    return (
        asked is not None
        and not _BY.search(near, asked.end())
        and not re.search(r"[,;|]", near[asked.end() :])
        and _BY.match(upper, end) is not None
    )


def purpose(start: int, reading: Reading) -> bool:
    """Whether the span says only what the item is for."""
    if not reading.words & _FOR_WORDS:
        return False
    found = None
    for match in _FOR.finditer(reading.upper, 0, start):
        found = match
    if found is None:
        return False
    # what a bracket says of the purpose ends with the bracket: (for 8mm slot, aluminium profile)
    bracketed = reading.upper[: found.start()].endswith("(")
    ended = r"[;|)]" if bracketed else r"[,;|]|[A-Z]{4}\. |\bMATERIAL[A-Z]{0,2}:"
    return not re.search(ended, reading.upper[found.end() : start])


def role_of(clue: Clue, reading: Reading, material: Material) -> str:
    """What share of the item the material can be: coating, inside, bulk or unknown."""
    if clue.role != "unknown":
        return clue.role
    after = reading.after(clue.end, 1)
    if material.family in ("plating", "ceramic_tbc", "coating_mcraly") or (
        after and after[0] in words("plated")
    ):
        return "coating"
    if "PLATED" in clue.rule.upper() or "PLATING" in clue.rule.upper():
        return "coating"
    if _INSIDE.search(reading.upper[: clue.start]):
        return "inside"
    return "unknown"


def accessory_after(end: int, reading: Reading) -> bool:
    """Whether the noun phrase goes on to an accessory: servo horn, stepper mount, servo debug port cable."""
    tail = _noun_tail(reading, end, 4)
    if any(word in words("accessories") for word in tail[:2]):
        return True
    return len(tail) > 1 and all(map(str.isalpha, tail)) and tail[-1] in words("last_nouns")


def _noun_tail(reading: Reading, end: int, most: int = 2) -> list[str]:
    """The first tokens after a span that belong to the same noun phrase."""
    tail: list[str] = []
    place = end
    index = reading.index_after(end)
    for at in range(index, min(index + most, len(reading.spelled))):
        begins, ends = reading.spans[at]
        word = reading.spelled[at]
        if _PHRASE_END.search(reading.upper, place, begins) or word in _PHRASE_BREAKS:
            break
        tail.append(word)
        place = ends
    return tail


def _gap_breaks(reading: Reading, end: int, marks: str = ",;|(") -> bool:
    return bool(re.match(rf"\s*[{marks}]", reading.upper[end:]))


def _worked_on(reading: Reading, clue: Clue) -> bool:
    """Whether a federal item name says what its tool works on: TENSIONER,STEEL STRAPPING."""
    comma = reading.upper.find(",")
    # a text in Chinese alone has no tokens
    if not 0 < comma < clue.start or words("working_tools").isdisjoint(reading.spelled[:1]):
        return False
    tail = reading.upper[clue.end :]
    return bool(re.match(r" [A-Z]{4,}", tail)) and "," not in reading.upper[comma + 1 : clue.start]


def _proper(word: str, before: list[str], after: list[str], reading: Reading, clue: Clue) -> bool:
    """Whether a plain metal name is the metal: not a brand, a colour, a medal or a way to connect."""
    said = after[1:2] if after and after[0].isdigit() else after[:1]  # IRIDIUM 9602 MODEM
    if (
        said
        and said[0] in words_by_key("proper_next").get(word, ())
        and not _gap_breaks(reading, clue.end)
    ):
        return False
    if after and after[0] in words("named_after_metal") and not _gap_breaks(reading, clue.end):
        return False
    if before and before[0] in words_by_key("proper_before").get(word, ()):
        return False
    if _worked_on(reading, clue) or (
        word in _ONLY_PRECIOUS and _other_silver(reading, clue, after)
    ):
        return False
    if word in _ONLY_PRECIOUS and after and not _gap_breaks(reading, clue.end):
        return after[0] in words("precious_next") or not after[0].isalpha()
    if word == "SOLDER":
        if clue.start == 0 and ("TO" in after or not ARTICLES.isdisjoint(after[:1])):
            return False  # solder wires directly to the tabs, solder the lead
        form = bool(after) and after[0] in words("solder_forms")
        return (form or clue.start == 0 or not before) and not reading.words & words("connectors")
    return True


def _other_silver(reading: Reading, clue: Clue, after: list[str]) -> bool:
    """Whether silver is a colour of packs, or nickel silver (German silver): copper, nickel and zinc."""
    if _PACKED.match(reading.upper, clue.end):
        return True
    alloy = reading.upper[: clue.end].endswith(("NICKEL SILVER", "NICKEL-SILVER", "GERMAN SILVER"))
    return alloy and not (after and after[0] in words("plated"))


_PACKED = re.compile(r" [0-9]+[ -]?(?:PACKS?|PK)\b")
"""Right behind gold or silver: a colour that packs come in."""


def _colour(clue: Clue, reading: Reading) -> bool:
    """Whether a metal stands among colours: SILVER/BLACK, MIDNIGHT BLUE, SILVER, PEARL, SILVER #C0C0C0."""
    if _HEX_COLOUR.search(reading.upper):
        return True
    if reading.words & words("tinted_things") and "FILLED" not in reading.words:
        return not words("plated") & set(reading.after(clue.end, 1))
    if reading.upper[clue.start : clue.end] not in _ONLY_PRECIOUS:
        return False  # a black titanium screw is of titanium
    if reading.words & words("printed_things"):
        return not words("plated") & set(reading.after(clue.end, 1))
    colours = words("colours")
    before, after = reading.before(clue.start, 1), reading.after(clue.end, 2)
    if after[:1] and after[0] in words("plated") | words("precious_next") - colours:
        return False
    second = after[1:2] and after[0] in ("AND", "OR")
    beside = {*before, *(after[1:2] if second else after[:1])}
    return not colours.isdisjoint(beside)


def has(reading: Reading, word: str) -> bool:
    """Whether a context word stands in the text: whole words; a trailing * allows any ending."""
    opening = word.endswith("*")
    bare = word.rstrip("*")
    if bare.isalnum() and bare.isalpha() and bare.isascii():
        if opening:
            return any(token.startswith(bare) for token in reading.words)
        return bare in reading.words
    place = reading.upper.find(bare)
    while place >= 0:
        end = place + len(bare)
        if not bare.isascii() or (reading.opens(place) and (opening or reading.whole(place, end))):
            return True
        place = reading.upper.find(bare, place + 1)
    return False
