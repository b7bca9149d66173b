"""What a part is by its maker alone, where the line says nothing else: the weakest inference of all.

A line may hold no more than a maker and a number. Where `data/makers.csv` knows that the maker's
catalogue, or the part of it under such numbers, is one type of part, the line is taken for it at a low
confidence, marked inferred and put before a reviewer. Whatever else the line says goes first: any word
in its name or description, a material, a word for what such makers sell beside it (bracket, cable,
driver, encoder, gearbox) in the number, a note or the web address, or that the part is made in house.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import astuple, dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from bomrisk.knowledge.model import PartRule
from bomrisk.recognition.combination import LineMaterial
from bomrisk.recognition.frames import asked_frame, found_frame
from bomrisk.recognition.lexicon import rows_of
from bomrisk.recognition.wordlists import words

if TYPE_CHECKING:
    import polars as pl

    from bomrisk.recognition.engine import Recognizer

BY_NUMBER = 0.75
"""Factor on a part rule's confidence where the form of the number decides; a judgement."""
BY_CATALOGUE = 0.65
"""The same where only the maker's whole catalogue does, spare parts and accessories included."""
MATERIAL_ALONE = 0.8
"""Confidence, before the factor, that goods of a maker of magnets or cells are of his material."""

MAKER_FIELDS = ("manufacturer", "supplier")
"""Where makers stand; a supplier counts only where no manufacturer is named."""
NUMBER_FIELDS = ("mpn", "part_number", "supplier_pn")
_SAYS = ("name", "description", "material", "specification")
_TOLD = ("notes", "url")
_COMPANY = re.compile(
    r"(?i)\b(?:co|company|corp|corporation|inc|incorporated|ltd|limited|llc|llp|plc|gmbh|ag|kg|se|sa|sas|srl|spa|bv"
    r"|nv|ab|oy|aps|pty|pte|kk|store|shop|official|flagship|usa|europe)\b\.?"
    r"|股份|有限责任公司|有限公司|公司|集团|旗舰店|专营店|专卖店|官方|店铺|株式会社|\(株\)|㈱|주식회사"
)
_STRONG_WORD = re.compile(r"[A-Z]{3,}")
_OTHER_SCRIPT = re.compile(r"[^\W\d_a-zA-Z]")
_GRADE = re.compile(r"(?:^|[^A-Z])(N[0-9]{2}(?:[MH]|SH|UH|EH|AH)?)(?:$|[^A-Z0-9])")
_SUFFIX = re.compile(r"[0-9](SH|UH|EH|AH)(?:$|[^A-Z])")
_WITH_SUFFIX = "N42"
"""The grade to which a suffix alone belongs (D42SH is N42SH): the documented one of such numbers."""


@dataclass(frozen=True, slots=True)
class Maker:
    """A line of goods of one maker: the part rule or the material that it stands for, and how that is known.

    `numbers` is a pattern that the number begins with, empty where the whole catalogue is meant. `evidence`
    is verified (the maker's own text was read) or recalled: second-hand, from a public text that names such
    numbers as these goods, where a `year` of reading stands, else from memory, and `source` is where to look.
    `grade` is that of magnets whose number states none, where the maker says so.
    """

    maker: str
    names: tuple[str, ...]
    rule: str
    material: str
    role: str
    numbers: str
    grade: str
    makes: str
    source: str
    year: str
    evidence: str

    @property
    def words(self) -> str:
        """What the maker makes and how weakly that is known, for a reason."""
        known = self.evidence
        if known == "recalled":
            known += ", second-hand" if self.year else ", not read in a source"
        return f"{self.maker} makes {self.makes} ({known})"


@lru_cache(maxsize=1)
def known_makers() -> dict[str, tuple[Maker, ...]]:
    """The lines of goods by every name of their maker, as `plain` writes it."""
    out: dict[str, list[Maker]] = {}
    for row in rows_of("makers.csv"):
        names = (row["maker"], *(name for name in row["names"].split("|") if name))
        maker = Maker(**{**row, "names": names})  # type: ignore[arg-type]
        for name in dict.fromkeys(plain(name) for name in names):
            out.setdefault(name, []).append(maker)
    return {name: tuple(makers) for name, makers in out.items()}


def plain(text: str) -> str:
    """A maker's name as it is compared: no company form, no punctuation, lower case."""
    level = unicodedata.normalize("NFKD", _COMPANY.sub(" ", unicodedata.normalize("NFKC", text)))
    kept = "".join(sign for sign in level if not unicodedata.combining(sign))
    return re.sub(r"[\W_]+", "", kept).casefold()


def by_maker(
    lines: pl.DataFrame,
    settled: pl.Series,
    recognizer: Recognizer,
    part_rules: Mapping[str, PartRule],
) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Materials and doubts of lines (LINES schema) that name a maker and no more.

    Columns as `materials_frame` and `doubts_frame` give them. `settled` are the numbers of lines of
    which anything is known or asked already.
    """
    found: list[tuple[object, ...]] = []
    doubts: list[tuple[object, ...]] = []
    for field, maker, case in _named(lines, settled):
        hit = _number(case, maker)
        if hit is None or _says_else(case, maker, hit):
            continue
        for row in _rows(maker, field, case, hit, recognizer, part_rules):
            doubt = (row.material_id, hit[0], hit[2], row.confidence, row.rule)
            found += [(line, *astuple(row)) for line in case["line"]]
            doubts += [(line, *doubt) for line in case["line"]]
    return found_frame(found), asked_frame(doubts)


def _named(lines: pl.DataFrame, settled: pl.Series) -> Iterator[tuple[str, Maker, dict[str, Any]]]:
    """The distinct cases of lines whose maker is known: where he stands, his goods, and the line's texts."""
    import polars as pl

    rest = lines
    for field in MAKER_FIELDS:
        texts = rest.get_column(field).drop_nulls().unique(maintain_order=True).to_list()
        hits = {text: makers for text in texts if (makers := known_makers().get(plain(text)))}
        if hits:
            his = rest.filter(
                pl.col(field).is_in(list(hits))
                & ~pl.col("line").is_in(settled.implode())
                & pl.col("make_buy").ne_missing("make")
            )
            for text, makers in hits.items():
                yield from _cases(his.filter(pl.col(field) == text), field, makers)
        rest = rest.filter(pl.col(field).is_null())


def _cases(
    lines: pl.DataFrame, field: str, makers: Iterable[Maker]
) -> Iterator[tuple[str, Maker, dict[str, Any]]]:
    """The distinct texts of one maker's lines, by his lines of goods."""
    import polars as pl

    columns = dict.fromkeys((field, *NUMBER_FIELDS, *_SAYS, *_TOLD))
    for maker in makers:
        pattern = f"(?i){maker.numbers}"
        numbered = pl.any_horizontal(pl.col(name).str.contains(pattern) for name in NUMBER_FIELDS)
        silent = _without_words(lines.filter(numbered), maker)
        cases = silent.group_by(*columns, maintain_order=True).agg("line")
        for case in cases.iter_rows(named=True):
            yield field, maker, case


def _without_words(lines: pl.DataFrame, maker: Maker) -> pl.DataFrame:
    """The lines without those whose texts say something for certain: each distinct text is weighed once."""
    import polars as pl

    for field in _SAYS:
        texts = lines.get_column(field).drop_nulls().unique().to_list()
        saying = [text for text in texts if _speaks(_without_names(text, maker))]
        if saying:
            # a number inside the text is no word, and is taken out of it later
            repeats = pl.any_horizontal(
                pl.col(field).str.contains(pl.col(number), literal=True) for number in NUMBER_FIELDS
            )
            lines = lines.filter(
                ~pl.col(field).is_in(saying).fill_null(value=False) | repeats.fill_null(value=False)
            )
    return lines


def _number(case: Mapping[str, Any], maker: Maker) -> tuple[str, str, str] | None:
    """The number that speaks for the maker's goods: its field, its words that do so, the whole text."""
    for field in NUMBER_FIELDS:
        text = case[field]
        if not isinstance(text, str):
            continue
        own = _without_names(text, maker)
        if not maker.numbers:
            return field, "", text
        match = re.match(maker.numbers, own, re.IGNORECASE)
        if match is not None:
            return field, match[0], text
    return None


def _without_names(text: str, maker: Maker) -> str:
    """A text without the maker's own names at word borders, and without the signs left at its ends."""
    out = unicodedata.normalize("NFKC", text)
    for name in sorted(maker.names, key=len, reverse=True):
        border = r"(?<![A-Za-z0-9])" if name[:1].isascii() else ""
        end = r"(?![A-Za-z0-9])" if name[-1:].isascii() else ""
        out = re.sub(border + re.escape(name) + end, " ", out, flags=re.IGNORECASE)
    return out.strip(" -_/.,:;()[]#")


def _says_else(case: Mapping[str, Any], maker: Maker, hit: tuple[str, str, str]) -> bool:
    """Whether the line says what it is, or that it is something else than the maker's main goods."""
    numbers = [text for field in NUMBER_FIELDS if isinstance(text := case[field], str)]
    for field in _SAYS:
        text = case[field]
        if isinstance(text, str):
            for number in numbers:
                text = text.replace(number, " ")
            if _speaks(_without_names(text, maker)):
                return True
    for text in numbers:
        own = _without_names(text, maker)
        if hit[1] and text == hit[2]:
            # codes of letters may follow behind a hyphen (AKM42H-ANCNC-00), words behind a blank
            _, _, words_behind = own[len(hit[1]) :].partition(" ")
        else:
            words_behind = own
        rest = own[len(hit[1]) :] if text == hit[2] else own
        if _OTHER_SCRIPT.search(rest) or _names_goods(rest) or _has_long_word(words_behind):
            return True
    return any(isinstance(text := case[field], str) and _names_goods(text) for field in _TOLD)


def _speaks(text: str) -> bool:
    """Whether a text holds a word: three letters on end that are no code, or any other script."""
    upper = text.upper()
    if _OTHER_SCRIPT.search(upper):
        return True
    tokens = re.findall(r"[A-Z0-9]+", upper)
    return any(
        _STRONG_WORD.fullmatch(token) and token not in words("says_nothing") for token in tokens
    )


def _has_long_word(text: str) -> bool:
    """Whether a number holds a word of letters alone, not only codes."""
    return any(
        len(token) > 3 and token.isalpha() and token not in words("says_nothing")
        for token in re.findall(r"[A-Z0-9]+", text.upper())
    )


def _names_goods(text: str) -> bool:
    """Whether a text names something that such makers sell beside their main goods."""
    upper = unicodedata.normalize("NFKC", text).upper()
    lists = ("beside_catalogue", "accessories", "tails", "heads")
    tokens = re.findall(r"[A-Z]+", upper)
    return any(token in words(name) for token in tokens for name in lists)


def _rows(
    maker: Maker,
    field: str,
    case: Mapping[str, Any],
    hit: tuple[str, str, str],
    recognizer: Recognizer,
    part_rules: Mapping[str, PartRule],
) -> Iterator[LineMaterial]:
    """The materials that follow, each with its low confidence and the reason in words."""
    text = str(case[field])
    factor = BY_NUMBER if hit[1] else BY_CATALOGUE
    told = f"; the number {hit[2][:60]!r} is of that kind" if hit[1] else ""
    why = f"the maker alone: {maker.words}{told}; nothing else in the line says what it is"

    def row(material: str, confidence: float, rule: str | None, role: str) -> LineMaterial:
        return LineMaterial(
            material,
            field,
            0,
            len(text),
            text,
            why,
            round(confidence * factor, 3),
            inferred=True,
            part_rule=rule,
            role=role,
        )

    if maker.material:
        if maker.material in recognizer.materials:
            named = _graded(maker, hit[2], recognizer)
            yield row(named, MATERIAL_ALONE, None, maker.role)
        return
    rule = part_rules.get(maker.rule)
    if rule is None:
        return
    best: dict[str, float] = {}
    for holds in rule.implies:
        sure = min(rule.confidence, holds.confidence)
        if holds.material_id in recognizer.materials:
            best[holds.material_id] = max(sure, best.get(holds.material_id, 0.0))
    for material in sorted(best):
        yield row(material, best[material], rule.id, "inside")


def _graded(maker: Maker, number: str, recognizer: Recognizer) -> str:
    """The material of the grade that a magnet's number states (D42-N52, D42SH), or that stands for none."""
    import polars as pl

    upper = number.upper()
    stated, suffix = _GRADE.search(upper), _SUFFIX.search(upper)
    grade = maker.grade
    if stated is not None:
        grade = stated[1]
    elif suffix is not None:
        grade = _WITH_SUFFIX + suffix[1]
    if not grade or maker.material != "ndfeb_unspecified":
        return maker.material
    text = pl.Series("text", [f"NdFeB magnet {grade}"], dtype=pl.String)
    named = [
        clue.material_id
        for _, answer in recognizer.read(text)
        for clue in answer.materials
        if clue.material_id.startswith("ndfeb_sintered")
    ]
    return named[0] if named else maker.material
