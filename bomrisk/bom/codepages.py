"""Which code page a text without a mark is in: the one in which its bytes read as words of a language.

Of each code page the share of the bytes beyond ASCII is reckoned that read as what people write: letters
that stand in words, frequent characters of Chinese, Japanese or Korean, signs such as ° ± µ Ø where they
stand alone. Header words that are known count most, so that a list of two lines is told as well.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

from bomrisk.bom import units

SAMPLE_BYTES = 65_536
"""So many bytes of lines with letters beyond ASCII are looked at; plain lines tell nothing."""
_PIECE = 400
_HIGH = re.compile(rb"[\x80-\xff]")
_CUT = re.compile(rb"[\x00-\x3f]")
"""A byte that is the second of no character of two bytes."""
_BEYOND = re.compile(r"[^\x00-\x7f]+")
_WORD = re.compile(r"[^\W\d_]+")
_SIGNS = "°±²³×½¼¾€£§®™–—‘’“”„…·№"
"""Signs of Western and Cyrillic pages that stand alone in parts lists."""
_WIDE_SIGNS = frozenset(
    "\u3000、。，．・：；？！（）［］【】《》「」〜～±×÷°℃μπ→↑↓〇○●◎★☆□■△▲▽▼※％＃＆＊＠"
    "αβγδεΔΣ㎜㎏①②③④⑤⑥⑦⑧⑨ⅠⅡⅢ"
)
_ENGINEERING = frozenset("ΩΦφ±℃×°μ≥≤")
_CLOSE = 0.08
"""Two code pages whose shares differ by less are told apart by nothing but custom."""


@dataclass(frozen=True, slots=True)
class Page:
    """A code page, the language whose letters speak for it, and how much custom speaks for it."""

    name: str
    language: str
    custom: float
    common: tuple[tuple[int, int], ...] = ()
    """First bytes of the frequent characters of a page of two bytes."""


_WIDE = (
    Page("gb18030", "zh", 0.04, ((0xB0, 0xD7),)),
    Page("cp932", "ja", 0.02, ((0x88, 0x97),)),
    Page("big5", "zh-tw", -0.04, ((0xA4, 0xC6),)),
    Page("cp949", "ko", 0.0, ((0xB0, 0xC8),)),
    Page("euc_jp", "ja", -0.03, ((0xB0, 0xCF),)),
)
_LATIN = (
    Page("cp1252", "de|fr|es|pt|it|nordic|et", 0.05),
    Page("cp1250", "cs|pl|hu|south slavic|ro|de", 0.0),
    Page("cp1254", "tr", -0.02),
)
_CYRILLIC = Page("cp1251", "ru|uk", 0.03)


@dataclass(frozen=True, slots=True)
class Choice:
    """The code page chosen, and another one that fits nearly as well, if there is one."""

    name: str
    other: str | None


def choose(data: bytes) -> Choice:
    """The code page that fits the bytes best."""
    sample = _sample(data)
    scores: dict[str, float] = {}
    for page in (*_WIDE, *_LATIN, _CYRILLIC):
        try:
            text = sample.decode(page.name)
        except UnicodeDecodeError:
            text = sample.decode(page.name, "replace")
            if text.count("\ufffd") > 0.02 * max(1, _beyond(text)):
                continue
        if page in _WIDE:
            fit = _wide(text, page)
        elif page is _CYRILLIC:
            fit = _cyrillic(text)
        else:
            fit = _latin(text, page)
        scores[page.name] = fit + page.custom
    best = sorted(scores, key=lambda name: (-scores[name], name))
    if not best:
        return Choice("cp1252", None)
    near = next((name for name in best[1:2] if scores[best[0]] - scores[name] < _CLOSE), None)
    if near and sample.decode(near, "replace") == sample.decode(best[0], "replace"):
        near = None
    return Choice(best[0], near)


def _sample(data: bytes) -> bytes:
    """Pieces of lines with bytes beyond ASCII, none cut within a character."""
    pieces: list[bytes] = []
    size = at = 0
    while size < SAMPLE_BYTES:
        high = _HIGH.search(data, at)
        if high is None:
            break
        begin = max(at, data.rfind(b"\n", max(0, high.start() - _PIECE), high.start()) + 1)
        begin = max(begin, high.start() - _PIECE)
        end = data.find(b"\n", high.start(), high.start() + _PIECE)
        if end < 0:
            cut = _CUT.search(data, high.start() + _PIECE, high.start() + 2 * _PIECE)
            end = cut.start() if cut else high.start() + 2 * _PIECE
        pieces.append(data[begin:end])
        size += end - begin
        at = end
    return b"\n".join(pieces)


def _beyond(text: str) -> int:
    return sum(1 for char in text if char > "\x7f")


@lru_cache(maxsize=1)
def _characters() -> dict[str, frozenset[str]]:
    source = resources.files("bomrisk.bom").joinpath("characters.csv").read_text(encoding="utf-8")
    return {
        row["language"]: frozenset(row["characters"]) for row in csv.DictReader(source.splitlines())
    }


@lru_cache(maxsize=1)
def _header_words() -> frozenset[str]:
    """Header words of `fields.csv` in lower case, and the single words of them."""
    source = resources.files("bomrisk.bom").joinpath("fields.csv").read_text(encoding="utf-8")
    found: set[str] = set()
    for row in csv.DictReader(source.splitlines()):
        for item in row["headers"].split("|"):
            phrase = item.partition("=")[0].rstrip("+").casefold()
            found.update(
                word for word in (phrase, *phrase.split()) if len(word) > 3 or not word.isascii()
            )
    return frozenset(found)


def _wide(text: str, page: Page) -> float:
    """How well a page of two bytes fits: frequent characters and known words most, rare ones hardly."""
    frequent = _characters()[page.language]
    counts = Counter(char for char in text if char > "\x7f")
    total = gained = 0.0
    for char, count in counts.items():
        try:
            code = char.encode(page.name)
        except UnicodeEncodeError:
            code = b"??"
        total += count * len(code)
        gained += count * len(code) * _weight(char, code, page, frequent)
    known = sum(
        2 * len(word)
        for word in _WORD.findall(text)
        if not word.isascii() and word in _header_words()
    )
    return min(1.0, (gained + 0.6 * known) / max(1.0, total))


def _weight(char: str, code: bytes, page: Page, frequent: frozenset[str]) -> float:
    if char == "\ufffd" or "\ue000" <= char <= "\uf8ff":
        return -2.0
    if char in frequent or char in _ENGINEERING:
        return 1.0
    if char in _WIDE_SIGNS:
        return 0.8
    if "\u3041" <= char <= "\u3096" or "\u30a1" <= char <= "\u30fe":
        return 1.0 if page.language == "ja" else 0.3
    if "\uff61" <= char <= "\uff9f":
        return 0.45 if page.language == "ja" else 0.0
    if "\uff01" <= char <= "\uff5e":
        return 0.8
    if len(code) == 2 and any(low <= code[0] <= high for low, high in page.common):
        single = page.name in ("big5", "cp932") or code[1] >= 0xA1
        return 0.6 if single else 0.1
    return 0.05


def _latin(text: str, page: Page) -> float:
    """How well a Western page fits: letters of one language in words, signs that stand alone."""
    total, gained = _beyond(text), 0.0
    in_words: dict[str, float] = defaultdict(float)
    for token in text.split():
        if token.isascii():
            continue
        for at, char in enumerate(token):
            if char > "\x7f":
                if char.isalpha() and char not in _SIGNS_LIKE_LETTERS:
                    in_words[char if char == "İ" else char.lower()] += _stands(token, at, char)
                else:
                    gained += _sign(token, at, char)
        gained += 0.5 * sum(_beyond(word) for word in _WORD.findall(token) if _is_known(word))
    languages = [_characters()[name] for name in page.language.split("|")]
    covered = [
        sum(count for char, count in in_words.items() if char in letters) for letters in languages
    ]
    any_of = frozenset().union(*languages)
    either = sum(count for char, count in in_words.items() if char in any_of)
    return (gained + 0.7 * max(covered) + 0.2 * either) / max(1, total)


_SIGNS_LIKE_LETTERS = "ªºµØø"


def _stands(token: str, at: int, char: str) -> float:
    """How well a letter beyond ASCII stands in its word: beside plain letters, not in a long run."""
    before, after = token[at - 1 : at] if at else "", token[at + 1 : at + 2]
    around = token[max(0, at - 2) : at + 3]
    run = max(len(part) for part in _BEYOND.findall(around))
    if run >= 3 or (char.isupper() and before.isalpha() and before.islower()):
        return 0.05
    if char == "œ" and after not in "uieUIE":
        return 0.1
    plain = (before.isascii() and before.isalpha()) or (after.isascii() and after.isalpha())
    return 1.0 if plain else 0.5


def _sign(token: str, at: int, char: str) -> float:
    """How well a sign stands where it is: ° after a figure, Ø before one, none within a word."""
    before, after = token[at - 1 : at] if at else "", token[at + 1 : at + 2]
    if char not in _SIGNS and char not in _SIGNS_LIKE_LETTERS:
        return 0.02
    inside = before.isalpha() and after.isalpha()
    if inside and char in "Øø":
        return 0.7
    return 0.05 if inside and char not in "×’·–" else 0.85


def _is_known(word: str) -> bool:
    """Whether a word beyond ASCII is one of the headers that are known, with or without its accents."""
    low = word.casefold()
    if low.isascii():
        return False
    plain = "".join(
        char for char in unicodedata.normalize("NFKD", low) if not unicodedata.combining(char)
    )
    return low in _header_words() or plain.replace("ł", "l").replace("ı", "i") in _header_words()


def _cyrillic(text: str) -> float:
    """How well the Cyrillic page fits: whole words of letters in one case, with vowels among them."""
    letters = _characters()["ru"] | _characters()["uk"]
    total, gained = _beyond(text), 0.0
    written = vowels = 0
    for word in _WORD.findall(text):
        beyond = [char for char in word if char > "\x7f"]
        if not beyond:
            continue
        own = [char for char in beyond if char.casefold() in letters]
        even = word.islower() or word.isupper() or (word[:1].isupper() and word[1:].islower())
        pure = len(own) == len(word) and (len(word) > 1)
        weight = 1.0 if pure and even else 0.3 if even else 0.1
        if len(word) == 2 and not units.kind_of_unit(word):
            weight = min(weight, 0.7)
        gained += (weight + (0.5 if _is_known(word) else 0.0)) * len(own)
        if pure and len(word) > 3:
            written += len(word)
            vowels += sum(1 for char in word.casefold() if char in "аеиоуыэюяёіїє")
    gained += 0.8 * sum(1 for char in text if char in _SIGNS)
    odd = written >= 12 and not 0.22 < vowels / written < 0.6
    return min(1.0, gained / max(1, total)) * (0.3 if odd else 1.0)
