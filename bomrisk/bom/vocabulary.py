"""Header words and the fields that they may mean, from `fields.csv`: it drives mapping and docs."""

from __future__ import annotations

import csv
import re
import unicodedata
from dataclasses import dataclass, field, replace
from functools import lru_cache
from importlib import resources

from bomrisk.bom import units, words

_BRACKETS = re.compile(r"[(\[（【{<]([^)\]）】}>]*)[)\]）】}>]")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z][a-z])|(?<=[a-z])(?=[A-Z]{2,}\b)")
_PUNCTUATION = re.compile(r"[^\w#%€$£¥]+|_")
_MASS_PER = re.compile(r"(?<!\w)([^\W\d_]{1,3})\s*/\s*([^\W\d_]{2,})")
_DASH_NUMBER = re.compile(r"-\d{1,4}")
_CJK = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\u1100-\u11ff]")
_LANGUAGES = re.compile(
    r"\s+/\s+|\s*\|\s*|(?<=[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af])\s*(?=[A-Za-z])"
    r"|(?<=[A-Za-z.])\s*(?=[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af])"
)
"""What stands between the two languages of a header."""
_OWNERS: tuple[tuple[str, dict[str, str]], ...] = (
    (
        "above",
        {"part_number": "parent", "name": "other", "description": "other", "quantity": "other"},
    ),
    (
        "seller",
        {
            "part_number": "supplier_pn",
            "mpn": "supplier_pn",
            "name": "supplier",
            "description": "other",
        },
    ),
    ("maker", {"part_number": "mpn", "name": "manufacturer"}),
    (
        "alternate",
        {
            "part_number": "alt_part_number",
            "mpn": "alt_part_number",
            "name": "alt_part_number",
            "manufacturer": "alt_manufacturer",
        },
    ),
)
"""Whose number or name it is: words beside it give a header another field."""
_HOST_FIELDS = {"quantity": "quantity_total", "mass": "ext_mass", "unit_cost": "ext_cost"}
DASHED = 0.4
"""Strength of a dash number alone: in a row of known headers it is the quantity in that assembly."""
LONGEST_HEADER = 80
"""A longer text is a sentence, not a header."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A field that a header may mean, how strongly (0 to 1), and by which words."""

    field: str
    strength: float
    words: str


@dataclass(frozen=True, slots=True)
class Header:
    """A header cell: its text, its candidates (best first), and the unit or currency that it names."""

    text: str
    candidates: tuple[Candidate, ...] = ()
    unit: str | None = None
    currency: str | None = None
    ordinal: int = 1
    """2 or more for the second, third … column of a kind, such as ``Manufacturer 2``."""

    @property
    def strength(self) -> float:
        """Strength of the best candidate; 0 if nothing matches."""
        return self.candidates[0].strength if self.candidates else 0.0


@dataclass(frozen=True, slots=True)
class Field:
    """A canonical field: its role (line = a column of the lines table, tree, role) and its meaning."""

    name: str
    role: str
    meaning: str


@dataclass(slots=True)
class Vocabulary:
    """All fields and all header words, ready for look-up."""

    fields: dict[str, Field] = field(default_factory=dict)
    exact: dict[str, list[Candidate]] = field(default_factory=dict)
    inside: dict[str, list[Candidate]] = field(default_factory=dict)
    scripts: list[tuple[str, Candidate]] = field(default_factory=list)


def normal(text: str) -> str:
    """A header as it is compared: lower case words without marks, accents and brackets' shapes."""
    text = unicodedata.normalize("NFKC", text)
    text = _CAMEL.sub(" ", text)
    text = unicodedata.normalize("NFKD", text.casefold())
    text = "".join(char for char in text if not unicodedata.combining(char))
    text = text.replace("#", " # ").replace("%", " % ")
    return " ".join(_PUNCTUATION.sub(" ", text).split())


@lru_cache(maxsize=1)
def vocabulary() -> Vocabulary:
    """The vocabulary of `fields.csv`."""
    lexicon = Vocabulary()
    source = resources.files("bomrisk.bom").joinpath("fields.csv").read_text(encoding="utf-8")
    for row in csv.DictReader(source.splitlines()):
        name = row["field"]
        if name not in lexicon.fields:
            lexicon.fields[name] = Field(name, row["role"], row["meaning"])
        for item in row["headers"].split("|"):
            _add(lexicon, name, item.strip())
    for lists in (lexicon.exact, lexicon.inside):
        for found in lists.values():
            found.sort(key=lambda one: -one.strength)
    lexicon.scripts.sort(key=lambda pair: -len(pair[0]))
    return lexicon


def _add(lexicon: Vocabulary, name: str, item: str) -> None:
    phrase, _, weight = item.partition("=")
    may_be_inside = phrase.endswith("+")
    phrase = normal(phrase.rstrip("+"))
    if not phrase:
        return
    candidate = Candidate(name, float(weight) if weight else 1.0, phrase)
    known = lexicon.exact.setdefault(phrase, [])
    if any(other.field == name for other in known):
        return
    known.append(candidate)
    if may_be_inside:
        if _CJK.search(phrase):
            lexicon.scripts.append((phrase, candidate))
        else:
            lexicon.inside.setdefault(phrase, []).append(candidate)


@lru_cache(maxsize=65536)
def read_header(text: str) -> Header:
    """What a header cell may mean; without candidates if it is no known header.

    ``Weight unit (g)`` and ``Gewicht kg/Einheit`` are the mass of one unit, and name its unit.
    """
    found = _read(text)
    first = found.candidates[0] if found.candidates else None
    if first is None:
        return found
    if first.field == "mass_unit" and found.unit and units.grams(found.unit):
        return replace(found, candidates=(replace(first, field="mass"),))
    if first.field == "mass" and found.unit is None:
        per = _MASS_PER.search(text)
        if per and units.grams(per[1]) and units.kind_of_unit(per[2]) in (None, "count"):
            return replace(found, unit=per[1])
    return found


def _read(text: str) -> Header:
    clean = " ".join(text.split())
    if not clean or len(clean) > LONGEST_HEADER:
        return Header(clean)
    if _DASH_NUMBER.fullmatch(clean):
        return Header(clean, (Candidate("quantity", DASHED, "dash number"),))
    hints = [hint.strip() for hint in _BRACKETS.findall(clean)]
    main = _BRACKETS.sub(" ", clean)
    unit, money = _hints(hints)
    whole = normal(clean)
    for phrase in dict.fromkeys((whole, normal(main), whole.removeprefix("bom "))):
        found = _exact(phrase, unit, money) if phrase else None
        if found is not None:
            return replace(found, text=clean)
    left, unit, money = _without_unit(normal(main) or normal(clean), unit, money)
    return Header(clean, _inside(left) or _of_two_languages(main), unit, money)


def _of_two_languages(text: str) -> tuple[Candidate, ...]:
    """Candidates of a header that says the same twice: ``图号 Drawing No.``, ``Pos / Rep.``."""
    pieces = [piece for piece in _LANGUAGES.split(text) if piece.strip()]
    if len(pieces) != 2:
        return ()
    found = [_exact(normal(piece), None, None) for piece in pieces]
    best = max((one for one in found if one), key=lambda one: one.strength, default=None)
    return best.candidates if best else ()


def _exact(phrase: str, unit: str | None, money: str | None) -> Header | None:
    """The header that is just this phrase, with a number behind it, or with a unit behind it."""
    exact = vocabulary().exact
    found = exact.get(phrase)
    if found:
        return Header(phrase, tuple(found), unit, money or _without_unit(phrase, None, None)[2])
    tail = re.fullmatch(r"(.*\D) ?(\d)", phrase)
    found = exact.get(tail[1].strip()) if tail else None
    if found and tail:
        return Header(phrase, tuple(found), unit, money, max(1, int(tail[2])))
    shorter, unit, money = _without_unit(phrase, unit, money)
    found = exact.get(shorter)
    return Header(phrase, tuple(found), unit, money) if found else None


def _hints(hints: list[str]) -> tuple[str | None, str | None]:
    unit = next((hint for hint in hints if units.kind_of_unit(hint) or units.grams(hint)), None)
    money = next((code for hint in hints if (code := units.currency(hint))), None)
    return unit, money


def _without_unit(
    phrase: str, unit: str | None, money: str | None
) -> tuple[str, str | None, str | None]:
    """The phrase without a closing (or opening) unit of mass or length or currency, and these."""
    tokens = phrase.split()
    if "in" in tokens[:1]:
        tokens = tokens[1:]
    while len(tokens) > 1:
        last = tokens[-1]
        code = units.currency(last)
        if code:
            money, tokens = money or code, tokens[:-1]
        elif units.kind_of_unit(last) in ("mass", "length", "volume", "area") and last not in (
            "t",
            "in",
            "um",
        ):
            unit, tokens = unit or last, tokens[:-1]
        elif last in ("in", "per", "at", "@", "each") and len(tokens) > 2:
            tokens = tokens[:-1]
        else:
            break
    return " ".join(tokens), unit, money


def _inside(phrase: str) -> tuple[Candidate, ...]:
    """Candidates whose words stand inside a longer header; every word left over weakens them."""
    lexicon = vocabulary()
    tokens = phrase.split()
    best: dict[str, Candidate] = {}
    head = tokens[-1] if tokens and tokens[-1] in words.plain("head") else ""
    for length in range(min(5, len(tokens)), 0, -1):
        for start in range(len(tokens) - length + 1):
            part = " ".join(tokens[start : start + length])
            for candidate in lexicon.inside.get(part, ()):
                extra = len(tokens) - length
                at_end = start + length == len(tokens) or start == 0
                strength = candidate.strength * (0.92 if at_end else 0.8) ** min(extra, 4)
                if head and head not in part.split():
                    strength *= 0.6
                found = _by_qualifier(candidate.field, tokens)
                known = best.get(found)
                if known is None or strength > known.strength:
                    best[found] = Candidate(found, round(strength, 4), part)
    if not best and _CJK.search(phrase):
        solid = phrase.replace(" ", "")
        for part, candidate in lexicon.scripts:
            if part.replace(" ", "") in solid and candidate.field not in best:
                share = len(part) / len(solid)
                best[candidate.field] = Candidate(
                    candidate.field, round(candidate.strength * (0.5 + 0.4 * share), 4), part
                )
    if not best and 5 <= len(phrase) <= 30:
        best = _misspelt(phrase)
    return tuple(sorted(best.values(), key=lambda one: (-one.strength, one.field)))


def _by_qualifier(name: str, tokens: list[str]) -> str:
    """A quantity that is ordered or sold is not content; a total is already multiplied.

    A part number with a maker or seller before it is theirs.
    """
    said = set(tokens)
    for topic, fields in _OWNERS:
        if name in fields and words.plain(topic) & said:
            return fields[name]
    if name == "quantity" and words.plain("not content") & said:
        return "quantity_other"
    if name in _HOST_FIELDS and words.plain("multiplied") & said:
        return _HOST_FIELDS[name]
    return name


LIKE_ENOUGH = 88
"""Likeness (0 to 100) from which a word is a misspelt header word."""


@lru_cache(maxsize=1)
def _by_length() -> dict[int, tuple[str, ...]]:
    """Header words that can be like enough to a phrase of each length."""
    long_ones = [word for word in vocabulary().exact if len(word) >= 5]
    slack = (
        200 - LIKE_ENOUGH
    ) / LIKE_ENOUGH  # of two lengths at this likeness the longer over the shorter
    return {
        length: tuple(word for word in long_ones if length / slack <= len(word) <= length * slack)
        for length in range(5, 31)
    }


def _misspelt(phrase: str) -> dict[str, Candidate]:
    """The header word that a phrase nearly is; a phrase with a digit in it is data."""
    from rapidfuzz import fuzz, process

    if any(char.isdigit() for char in phrase):
        return {}
    hit = process.extractOne(
        phrase, _by_length()[len(phrase)], scorer=fuzz.ratio, score_cutoff=LIKE_ENOUGH
    )
    if hit is None:
        return {}
    return {
        one.field: Candidate(one.field, round(one.strength * hit[1] / 125, 4), one.words)
        for one in vocabulary().exact[hit[0]]
    }


def quick_words() -> frozenset[str]:
    """Header texts in lower case as they are usually written, to find header rows in a long sheet."""
    return frozenset(vocabulary().exact)
