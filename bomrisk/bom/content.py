"""What the cells of a column look like: the evidence that decides between meanings of its header."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from bomrisk.bom import units, words

_NUMBER = re.compile(r"[-+]?(?:\d[\d.,' \u00a0\u202f]*|[.,]\d+)(?:[eE][-+]?\d+)?%?")
_INTEGER = re.compile(r"\d{1,7}(?:\.0+)?")
_MONEY = re.compile(
    r"(?:[$€£¥₹₽₩元]|\b(?:US|USD|EUR|RMB|INR|AR)\$?)\s*[-+]?\d|\d\s*(?:[$€£¥₹₽₩元]|USD|EUR|RMB|руб)",
    re.I,
)
_NUMBER_UNIT = re.compile(r"[~≈]?[-+]?\d[\d.,]*\s*([^\W\d]{1,8}\.?[²³23]?|[\"'%])")
_NO_NUMBER = re.compile(r"-+|—|–|a/?r|v|ref\.?|as req(?:uired|'?d)?\.?|tbd|n/?a|\?|x", re.I)
_PREFIX = words.pattern("designator")
_DESIGNATOR = re.compile(
    rf"(?:{_PREFIX})\$?\d+[A-Z]?(?:\s*(?:[-–—,;./ ]|\.\.\.|…)\s*(?:(?:{_PREFIX})\$?)?\d+[A-Z]?)*[,; ]*"
)
_ELECTRICAL = re.compile(
    r"\d+(?:[.,]\d+)?\s*(?:[pnuµμmkKMGR]?\s?(?:[FHΩVAWR]|[Oo]hms?|Hz)?|[pnumkMR]\d*)(?:[/ ,].*)?"
)
_URL = re.compile(r"https?://|www\.|\w+\.(?:com|org|net|de|cn|co\.uk|io|fr|eu|ru)(?:/|$)", re.I)
_DOTTED = re.compile(r"\d+(?:\.\d+)+\.?")
_STEP = re.compile(r"\d{1,4}(?:\.\d{1,4})*\.?")
_LEVEL = re.compile(
    r"[\s.*+>\-–_|]*\d{1,2}[.)]?|[.*>\-]+|[A-Z]|(?:l|lvl|level|lev)[\s.]*\d{1,2}", re.I
)
_CODE = re.compile(r"(?=.*\d)[\w./#+\-]{3,48}")
_LETTERS = re.compile(r"[^\W\d_]{3,}|[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]{2,}")
_UUID = re.compile(r"\{?[0-9A-Fa-f]{8}-?(?:[0-9A-Fa-f]{4}-?){3}[0-9A-Fa-f]{12}\}?")
_STANDARD = re.compile(
    rf"(?i)(?<![^\W\d_])(?:{words.pattern('standard')})[\s\-/.:]{{0,3}}[A-Z]{{0,3}}[\s\-/]?\d"
)
_PROSE = re.compile(r"(?=(?:.*(?<![^\s(,/-])[^\W\d_]{2,}(?![^\s),;:./-])){2})\S+\s+\S+\s+\S")
_TOKEN = re.compile(r"[A-Z0-9][A-Z0-9._/#+\-]{2,47}")
_YES_NO = re.compile(words.pattern("yes or no"), re.I)


@dataclass(frozen=True, slots=True)
class Profile:
    """Shares (0 to 1) of the filled cells of a column that look like this or that."""

    count: int
    filled: float
    """Share of the rows in which the column is not empty."""
    number: float = 0.0
    integer: float = 0.0
    quantity: float = 0.0
    money: float = 0.0
    designator: float = 0.0
    designator_list: float = 0.0
    electrical: float = 0.0
    unit: float = 0.0
    url: float = 0.0
    dotted: float = 0.0
    step: float = 0.0
    level: float = 0.0
    code: float = 0.0
    words: float = 0.0
    yes_no: float = 0.0
    cage: float = 0.0
    niin: float = 0.0
    nsn: float = 0.0
    fsc: float = 0.0
    uuid: float = 0.0
    """Keys of a program, such as fe346626-4863-4dc2-ad11-fcd5fb5439d2: no number of a part."""
    standard: float = 0.0
    """Numbers of standards, such as AMS 4911 or DIN EN 10088-3."""
    prose: float = 0.0
    """Three words or more, two of them of letters alone."""
    token: float = 0.0
    """Capitals and digits without a space, as numbers of parts are written."""
    distinct: float = 1.0
    length: float = 0.0
    counting: bool = False
    """Numbers that run 1, 2, 3 … down the column, or up it."""


def profile(values: Sequence[str | None]) -> Profile:
    """The profile of a column from a sample of its cells in order."""
    texts = [text.strip() for text in values if text and text.strip()]
    if not texts:
        return Profile(0, 0.0)
    total = len(texts)

    def share(test: Callable[[str], object]) -> float:
        return sum(1 for text in texts if test(text)) / total

    return Profile(
        count=total,
        filled=total / len(values),
        number=share(_NUMBER.fullmatch),
        integer=share(_INTEGER.fullmatch),
        quantity=share(is_quantity),
        money=share(_MONEY.search),
        designator=share(_DESIGNATOR.fullmatch),
        designator_list=share(
            lambda text: bool(_DESIGNATOR.fullmatch(text)) and re.search(r"[,; ]", text)
        ),
        electrical=share(_ELECTRICAL.fullmatch),
        unit=share(units.kind_of_unit),
        url=share(_URL.search),
        dotted=share(_DOTTED.fullmatch),
        step=share(_STEP.fullmatch),
        level=share(_LEVEL.fullmatch),
        code=share(_CODE.fullmatch),
        words=share(_LETTERS.search),
        yes_no=share(_YES_NO.fullmatch),
        cage=share(re.compile(r"(?=.*\d)[0-9A-HJ-NP-Z]{5}").fullmatch),
        niin=share(re.compile(r"\d{9}|\d{2}-\d{3}-\d{4}").fullmatch),
        nsn=share(re.compile(r"\d{4}-?\d{2}-?\d{3}-?\d{4}").fullmatch),
        fsc=share(re.compile(r"\d{4}").fullmatch),
        uuid=share(_UUID.fullmatch),
        standard=share(_STANDARD.search),
        prose=share(_PROSE.match),
        token=share(_TOKEN.fullmatch),
        distinct=len(set(texts)) / total,
        length=sum(len(text) for text in texts) / total,
        counting=_counts(texts),
    )


@lru_cache(maxsize=65536)
def is_quantity(text: str) -> bool:
    """Whether a text could stand in a quantity column: a number, a number with a unit, "AR", "-"."""
    if _NUMBER.fullmatch(text) or _NO_NUMBER.fullmatch(text):
        return True
    match = _NUMBER_UNIT.fullmatch(text)
    return bool(match and units.kind_of_unit(match[1]))


RULE = r"^[\s_=~*+:|.\-\u2013\u2014\u2500\u2501]*$"
"""A cell that holds nothing but the signs of which lines are ruled; Polars reads it too."""
SHORTEST_RULE = 3


def is_ruled(texts: Iterable[str]) -> bool:
    """Whether cells are a line ruled below a header or between parts: one is long enough for it."""
    known = list(texts)
    return all(re.match(RULE, text) for text in known) and any(
        len(text) >= SHORTEST_RULE for text in known
    )


def is_number(text: str) -> bool:
    """Whether a cell holds nothing but a number, with or without a currency sign."""
    return bool(_NUMBER.fullmatch(text.strip().strip("$€£¥₹ ")))


def is_url(text: str) -> bool:
    """Whether a cell holds a web address."""
    return bool(_URL.search(text))


def _counts(texts: list[str]) -> bool:
    numbers = [int(float(text)) for text in texts if _INTEGER.fullmatch(text)]
    if len(numbers) < 4 or len(numbers) < 0.8 * len(texts):
        return False
    steps = Counter(two - one for one, two in pairwise(numbers))
    return max(steps[1], steps[-1]) >= 0.7 * (len(numbers) - 1)


def _amount(found: Profile) -> float:
    if found.quantity >= 0.6:
        if found.filled < 0.35:
            return 0.7
        return 0.45 if found.counting and found.count > 8 else 1.0
    return 0.6 if found.quantity >= 0.3 else 0.1


def _text(found: Profile) -> float:
    if found.url >= 0.6 or found.unit >= 0.8:
        return 0.1
    if found.number >= 0.8:
        return 0.15
    if found.designator >= 0.7 and found.designator_list >= 0.15:
        return 0.15
    return 1.0 if found.words >= 0.5 else 0.75


def _identity(found: Profile) -> float:
    if found.url >= 0.6 or found.unit >= 0.8 or found.uuid >= 0.5:
        return 0.05
    if found.counting:
        return 0.2 if found.length <= 4 else 0.8
    if found.designator >= 0.7 and found.designator_list >= 0.15:
        return 0.15
    if found.quantity >= 0.9 and found.length < 3.2:
        return 0.25
    if found.length > 60:
        return 0.4
    if found.prose >= 0.6 and found.code < 0.2:
        return 0.7
    if found.distinct < 0.3 and found.count >= 10:
        return 0.55
    return 1.0 if found.code >= 0.3 or found.distinct > 0.5 else 0.8


def _position(found: Profile) -> float:
    if found.step >= 0.8:
        return 1.0 if found.distinct > 0.9 or found.counting or found.dotted >= 0.25 else 0.7
    if found.code >= 0.8 and found.length <= 8 and found.words < 0.3:
        return 0.7
    return 0.05


def _depth(found: Profile) -> float:
    if found.dotted >= 0.25 and found.step >= 0.85:
        return 1.7
    if found.level >= 0.9:
        return 1.0 if found.distinct < 0.7 or found.count < 12 else 0.5
    return 0.03


def _reference(found: Profile) -> float:
    if found.designator >= 0.5:
        return 1.25 if found.designator_list >= 0.1 else 1.1
    return 0.7 if found.designator >= 0.25 else 0.25


def _unit(found: Profile) -> float:
    if found.unit >= 0.6:
        return 1.2
    if found.number >= 0.5:
        return 0.02
    return 0.6 if found.unit >= 0.3 else 0.25


def _money(found: Profile) -> float:
    return 1.0 if found.number + found.money >= 0.5 else 0.15


def _number(found: Profile) -> float:
    return 1.0 if found.quantity >= 0.5 else 0.15


def _address(found: Profile) -> float:
    return 1.1 if found.url >= 0.3 else 0.6


def _company(found: Profile) -> float:
    if found.number >= 0.6:
        return 0.08
    return 0.25 if found.url >= 0.5 else 1.0


def _prose(found: Profile) -> float:
    return 0.3 if found.number >= 0.85 else 1.0


def _substance(found: Profile) -> float:
    """Long plain numbers are numbers of parts; 6061, 304 and 1.4301 are alloys."""
    if found.number >= 0.85 and found.length >= 5.5 and found.dotted < 0.5:
        return 0.1
    return 1.0


def _standards(found: Profile) -> float:
    return 1.1 if found.standard >= 0.3 else 0.75


def _land(found: Profile) -> float:
    return 0.05 if found.number >= 0.5 else 1.0


def _pattern(share: str) -> Callable[[Profile], float]:
    def test(found: Profile) -> float:
        return 1.1 if getattr(found, share) >= 0.6 else 0.4

    return test


_TESTS: dict[str, Callable[[Profile], float]] = {
    "quantity": _amount,
    "quantity_total": _number,
    "quantity_other": _number,
    "mass": _number,
    "ext_mass": _number,
    "unit_cost": _money,
    "ext_cost": _money,
    "price_unit": lambda found: 1.0 if found.integer >= 0.6 else 0.05,
    "name": _text,
    "description": _text,
    "part_number": _identity,
    "mpn": _identity,
    "supplier_pn": _identity,
    "item_no": _position,
    "level": _depth,
    "reference": _reference,
    "unit": _unit,
    "mass_unit": lambda found: 0.1 if found.number >= 0.5 else 1.0,
    "url": _address,
    "manufacturer": _company,
    "supplier": _company,
    "material": _substance,
    "specification": _standards,
    "notes": _prose,
    "country_of_origin": _land,
    "cage": _pattern("cage"),
    "niin": _pattern("niin"),
    "nsn": _pattern("nsn"),
    "fsc": _pattern("fsc"),
    "fitted": _pattern("yes_no"),
    "value": lambda found: 1.0 if found.electrical >= 0.3 else 0.8,
    "revision": lambda found: 1.0 if found.length <= 8 else 0.3,
    "parent": lambda found: 0.1 if found.number >= 0.9 and found.length < 3 else 1.0,
    "category": lambda found: 0.4 if found.number >= 0.8 or found.distinct > 0.9 else 1.0,
}


def agreement(name: str, found: Profile) -> float:
    """How well a column's content agrees with a field: 1 fits, near 0 speaks against, above 1 confirms.

    An empty column neither confirms nor speaks against, but yields to a filled one.
    """
    if found.count == 0:
        return 0.5
    if name.startswith("origin_"):
        return _land(found)
    test = _TESTS.get(name)
    return test(found) if test else 1.0
