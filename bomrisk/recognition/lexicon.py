"""The names of materials, looked up token by token, whole words only, longest first.

Names come from the knowledge (synonyms, trade names, the record's own name), from an overlay, and from
`data/names.csv` (other names and languages). `data/cautions.csv` says which of them mean other things
too: those count only beside evidence of their kind, or never. A name that is short and not listed is
treated as ambiguous, because an honest miss is better than a wrong hit.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from importlib.resources import files
from itertools import pairwise

from bomrisk.knowledge.model import Material
from bomrisk.recognition.answer import Clue
from bomrisk.recognition.families import group_of
from bomrisk.recognition.reading import Reading, capitals, level
from bomrisk.recognition.sought import Spelling
from bomrisk.recognition.wordlists import words

MOST = 20
"""Times that one opening word is followed up in one text: a text that repeats itself says no more."""

_PIECE = re.compile(r"[A-Z]+|[0-9]+|[\u0400-\u04ff]+|[\u00c0-\u024f]+")
_GLUED = frozenset({"", " ", "-"})
_GAPS = ("", " ", "-", ".", "/", ":", "(", ". ", " - ", " (", "'", "_", "*", ", ", ",")
_APART = re.compile(r"[ /.:_'()\"*+-]{0,3}")
_APART_COMMA = re.compile(r"[ /.:_'()\"*+,-]{0,3}")


@dataclass(frozen=True, slots=True)
class Name:
    """One name of a material as it is looked for.

    `needs` is the kind of evidence it waits for, if any; `exact` is its spelling where the case
    decides; `source` says in words where the name comes from.
    """

    text: str
    material_id: str
    source: str
    needs: str = ""
    exact: str = ""
    confidence: float = 0.95


@dataclass(slots=True)
class _Node:
    """A place in the tree of tokens: what may follow, and the names that end here."""

    next: dict[str, _Node] = field(default_factory=dict)
    names: list[tuple[Name, tuple[bool, ...], bool]] = field(default_factory=list)


class Lexicon:
    """All names of one state of the knowledge, as a tree of tokens, with the letters to look for first."""

    def __init__(self, names: Iterable[Name]) -> None:
        self._root: dict[str, _Node] = {}
        self._spaceless: dict[str, list[Name]] = {}
        self._spellings: dict[str, dict[Spelling, None]] = {}
        triggers: set[str] = set()
        spoken: set[str] = set()
        for name in names:
            if _spaceless(name.text):
                self._spaceless.setdefault(capitals(name.text), []).append(name)
                self._spellings[capitals(name.text)] = {Spelling(()): None}
                triggers.add(capitals(name.text))
                continue
            pieces = list(_PIECE.finditer(capitals(name.text)))
            if not pieces:
                continue
            glued = tuple(left.end() == right.start() for left, right in pairwise(pieces))
            node = self._root.setdefault(pieces[0].group(), _Node())
            for piece in pieces[1:]:
                node = node.next.setdefault(piece.group(), _Node())
            node.names.append((name, glued, "," in name.text))
            spelled = [piece.group() for piece in pieces]
            if word := _word(spelled):
                spoken.add(word)
                found_by = {word}
            else:
                triggers |= (found_by := _stretches(spelled, glued))
            cased = re.findall("[A-Za-z]+", level(name.text)) if name.exact else []
            for trigger in found_by:
                spelling = Spelling(tuple(dict.fromkeys(spelled)), tuple(cased))
                self._spellings.setdefault(trigger, {})[spelling] = None
        self.triggers = frozenset(triggers)
        """Letters and digits of which a text must hold one to hold a name without words."""
        self.words = frozenset(spoken)
        """Whole runs of letters of which a text must hold one to hold a name with words."""

    def spellings(self, trigger: str) -> tuple[Spelling, ...]:
        """What may be spelled in a text in which this trigger or word was found."""
        return tuple(self._spellings.get(trigger, ()))

    def find(self, reading: Reading, seen: Iterable[str]) -> Iterator[tuple[Name, int, int]]:
        """The names in a text: at each place the longest one, and all that are equally long.

        `seen` are the triggers found in the text: what holds a name without spaces is among them.
        """
        root = self._root
        tried: dict[str, int] = {}
        for at, word in enumerate(reading.spelled):
            node = root.get(word)
            if node is not None:
                tried[word] = count = tried.get(word, 0) + 1
                if count <= MOST:
                    yield from _longest(node, at, reading)
        if not reading.upper.isascii():
            yield from self._find_spaceless(reading, seen)

    def _find_spaceless(
        self, reading: Reading, seen: Iterable[str]
    ) -> Iterator[tuple[Name, int, int]]:
        spoken = [text for text in seen if text in self._spaceless]
        taken: list[tuple[int, int]] = []
        for text in sorted(spoken, key=lambda text: (-len(text), text)):
            start = reading.upper.find(text)
            end = start + len(text)
            if start < 0 or any(start < past and begun < end for begun, past in taken):
                continue
            taken.append((start, end))
            for name in self._spaceless[text]:
                yield name, start, end


def _longest(node: _Node | None, at: int, reading: Reading) -> list[tuple[Name, int, int]]:
    """The longest names that begin with the token at an index."""
    spelled, spans = reading.spelled, reading.spans
    start = spans[at][0]
    best: list[tuple[Name, int, int]] = []
    if not reading.opens(start):
        return best
    place = at
    while node is not None:
        if node.names:
            end = spans[place][1]
            if reading.closes(end):
                for name, glued, comma in node.names:
                    if _fits(reading, spans[at : place + 1], glued, comma, name):
                        if best and best[0][2] != end:
                            best = []
                        best.append((name, start, end))
        place += 1
        node = node.next.get(spelled[place]) if place < len(spelled) else None
    return best


def _spaceless(text: str) -> bool:
    """Whether a name is of a script without spaces: Chinese, Japanese, Korean."""
    return any(char >= "\u2e80" for char in text)


def _fits(
    reading: Reading,
    spans: list[tuple[int, int]],
    glued: tuple[bool, ...],
    comma: bool,
    name: Name,
) -> bool:
    upper = reading.upper
    apart = _APART_COMMA if comma else _APART
    for close, left, right in zip(glued, spans, spans[1:], strict=False):
        gap = upper[left[1] : right[0]]
        if close:
            if gap not in _GLUED or (gap == " " and len(name.text) < 5):
                return False
        elif not apart.fullmatch(gap):
            return False
    if name.exact:
        start, end = spans[0][0], spans[-1][1]
        said = reading.cased[start:end]
        letters = re.sub(r"[^A-Za-z]", "", said)
        return letters == name.exact
    return True


def _word(pieces: list[str]) -> str:
    """The most telling run of letters of a name, two letters at least: no text holds the name without it."""
    runs = [piece for piece in pieces if not piece.isdigit()]
    telling = [run for run in runs if run not in words("everyday")]
    longest = max(telling or runs, key=len, default="")
    return longest if len(longest) > 1 else ""


def _stretches(pieces: list[str], glued: tuple[bool, ...]) -> set[str]:
    """Letters and digits without which a name of single letters cannot stand in a text."""
    if len(pieces) == 1:
        return {pieces[0]}
    pairs = sorted(
        zip(glued, pieces, pieces[1:], strict=False),
        key=lambda pair: (not pair[0], -len(pair[1]) - len(pair[2])),
    )
    close, left, right = pairs[0]
    return {f"{left}{gap}{right}" for gap in (_GLUED if close else _GAPS)}


def names_of(materials: Mapping[str, Material]) -> list[Name]:
    """Every usable name of the materials, those of the package's own tables included."""
    cautions = _cautions()
    claims: dict[tuple[str, str, str], Name] = {}
    for material in materials.values():
        for text, source in _spoken(material):
            rule = cautions.get(text, _default_caution(text, material))
            name = _name(text, material.id, source, rule)
            if name is None:
                continue
            claims.setdefault((capitals(text), material.id, name.exact), name)
            if name.exact and len(name.exact) > 2 and not name.needs:
                # in a text all in capitals only its context tells SIC from a name
                loose = Name(text.upper(), material.id, source, group_of(material), confidence=0.75)
                claims.setdefault((capitals(text), material.id, ""), loose)
    for row in rows_of("names.csv"):
        if row["material_id"] in materials:
            name = _name(row["name"], row["material_id"], f"name ({row['language']})", row["needs"])
            if name is not None:
                claims.setdefault((capitals(row["name"]), row["material_id"], ""), name)
    return [name for _, name in sorted(claims.items())]


def vendor_grades(
    materials: Mapping[str, Material], rows: Iterable[Mapping[str, str]]
) -> list[Name]:
    """Vendors' grades under a trade name (VACODYM 902 TP), where the knowledge holds their class."""
    return [
        Name(row["grade"], row["material_id"], f"grade of {row['vendor']}")
        for row in rows
        if row["material_id"] in materials
        and not row["material_id"].endswith("unspecified")
        and re.fullmatch(r"[A-Za-z]{5,} [A-Z]{0,2}[0-9]{2,3}[A-Z]{0,2}(?: [A-Z]{2})?", row["grade"])
    ]


def _spoken(material: Material) -> Iterator[tuple[str, str]]:
    for text in material.synonyms:
        yield text, "name"
    for system, text in material.codes:
        if system == "trade":
            yield text, "trade name"
    for text in _titles(material.name):
        yield text, "name"


def _titles(name: str) -> list[str]:
    """The names in a record's title: without remarks in brackets or after a comma, alternatives apart."""
    if "," in name:
        return []
    bare = re.sub(r"\s*\([^)]*\)", "", name)
    titles = [part.split("/")[0].strip() for part in bare.split(" / ")]
    split = "/" in bare
    return [
        title
        for title in titles
        if len(title) > 3
        and re.search("[A-Za-z]{2}", title)
        and (not split or re.search("[0-9]", title))
    ]


def _name(text: str, material_id: str, source: str, rule: str) -> Name | None:
    terms = rule.split()
    if "never" in terms:
        return None
    exact = re.sub(r"[^A-Za-z]", "", level(text)) if "cased" in terms else ""
    needs = next((term for term in terms if term != "cased"), "")
    return Name(text, material_id, source, needs, exact, 0.75 if needs else 0.95)


def _default_caution(text: str, material: Material) -> str:
    """What a name not listed needs: nothing if it is long enough to be unmistakable."""
    runs = re.findall(r"[A-Z]+", capitals(text))
    letters = sum(map(len, runs))
    digits = sum(char.isdigit() for char in text)
    if not level(text).isascii() or any(len(run) >= 6 for run in runs):
        return ""
    if (digits and letters >= 2 and letters + digits >= 5) or (len(runs) > 1 and letters >= 8):
        return ""
    return group_of(material)


def rows_of(file: str) -> list[dict[str, str]]:
    """The rows of one of the package's own tables."""
    with files("bomrisk.recognition.data").joinpath(file).open(encoding="utf-8") as handle:
        return list(csv.DictReader(handle))


def _cautions() -> dict[str, str]:
    return {row["name"]: row["needs"] for row in rows_of("cautions.csv")}


def clue_of(name: Name, start: int, end: int) -> Clue:
    """The clue that a name found in a text stands for."""
    return Clue(
        name.material_id,
        start,
        end,
        f"{name.source} {name.text}",
        name.confidence,
        name.needs,
    )
