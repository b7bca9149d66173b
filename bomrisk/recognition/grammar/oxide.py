"""Oxides of the rare earths by their names in ten languages: oxyde de néodyme, оксид неодима, 酸化ネオジム.

English and Chinese names stand with the materials; here are those in which the word for oxide and the
name of the element are joined by a preposition, by a case, or into one word.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable

from bomrisk.recognition.answer import Clue
from bomrisk.recognition.grammar.pattern import Answer, Context, Pattern, quoted

_SPOKEN: tuple[tuple[str, str], ...] = (
    ("la2o3", r"LANTHANE|LANTHANUM|LANTAN(?:IO|O|U)|ЛАНТАНА"),
    ("ceo2", r"CERIUM|CERIO|CERU|ЦЕРИЯ"),
    ("pr6o11", r"PRASEODYME|PRASEODYMIUM|PRASEODIMIO|PRAZEODYMU|ПРАЗЕОДИМА"),
    ("nd2o3", r"NEODYME|NEODYMIUM|NEODIMIO|NEODYMU|НЕОДИМА"),
    ("sm2o3", r"SAMARIUM|SAMARIO|SAMARU|САМАРИЯ"),
    ("eu2o3", r"EUROPIUM|EUROPIO|EUROPU|ЕВРОПИЯ"),
    ("gd2o3", r"GADOLINIUM|GADOLINIO|GADOLINU|ГАДОЛИНИЯ"),
    ("tb4o7", r"TERBIUM|TERBIO|TERBU|ТЕРБИЯ"),
    ("dy2o3", r"DYSPROSIUM|DISPROSIO|DYSPROZU|ДИСПРОЗИЯ"),
    ("ho2o3", r"HOLMIUM|H?OLMIO|HOLMU|ГОЛЬМИЯ"),
    ("er2o3", r"ERBIUM|ERBIO|ERBU|ЭРБИЯ"),
    ("tm2o3", r"THULIUM|TULL?IO|TULU|ТУЛИЯ"),
    ("yb2o3", r"YTTERBIUM|ITT?ERBIO|ITERBU|ИТТЕРБИЯ"),
    ("lu2o3", r"LUTECIUM|LUTETIUM|LUTECIO|LUTEZIO|LUTETU|ЛЮТЕЦИЯ"),
    ("y2o3", r"YTTRIUM|ITT?RIO|ITRU|ИТТРИЯ"),
    ("sc2o3", r"SCANDIUM|E?SCANDIO|SKANDU|СКАНДИЯ"),
)
"""The element as it stands after the word for oxide in the Romance languages, Polish and Russian."""

_GERMAN: tuple[tuple[str, str], ...] = (
    ("la2o3", "LANTHAN"),
    ("ceo2", "CER"),
    ("pr6o11", "PRASEODYM"),
    ("nd2o3", "NEODYM"),
    ("sm2o3", "SAMARIUM"),
    ("eu2o3", "EUROPIUM"),
    ("gd2o3", "GADOLINIUM"),
    ("tb4o7", "TERBIUM"),
    ("dy2o3", "DYSPROSIUM"),
    ("ho2o3", "HOLMIUM"),
    ("er2o3", "ERBIUM"),
    ("tm2o3", "THULIUM"),
    ("yb2o3", "YTTERBIUM"),
    ("lu2o3", "LUTETIUM"),
    ("y2o3", "YTTRIUM"),
    ("sc2o3", "SCANDIUM"),
)
_JOINED: tuple[tuple[str, str], ...] = (
    ("la2o3", "酸化ランタン|산화 ?란타(?:넘|늄)|산화 ?란탄"),
    ("ceo2", "酸化セリウム|산화 ?세륨"),
    ("pr6o11", "酸化プラセオジム|산화 ?프라세오디뮴"),
    ("nd2o3", "酸化ネオジ(?:ム|ウム)|산화 ?네오디뮴"),
    ("sm2o3", "酸化サマリウム|산화 ?사마륨"),
    ("eu2o3", "酸化ユ(?:ウ|ー)ロピウム|산화 ?유로퓸"),
    ("gd2o3", "酸化ガドリニウム|산화 ?가돌리늄"),
    ("tb4o7", "酸化テルビウム|산화 ?(?:터븀|테르븀)"),
    ("dy2o3", "酸化ジスプロシウム|산화 ?디스프로슘"),
    ("ho2o3", "酸化ホルミウム|산화 ?홀뮴"),
    ("er2o3", "酸化エルビウム|산화 ?(?:어븀|에르븀)"),
    ("tm2o3", "酸化ツリウム|산화 ?툴륨"),
    ("yb2o3", "酸化イッテルビウム|산화 ?(?:이터븀|이테르븀)"),
    ("lu2o3", "酸化ルテチウム|산화 ?루테튬"),
    ("y2o3", "酸化イットリウム|산화 ?이트륨"),
    ("sc2o3", "酸化スカンジウム|산화 ?스칸듐"),
)
_OXIDE = r"(?:OXYDE|OXIDO|OSSIDO|TLENEK|ОКСИД|ОКИСЬ)S?(?: D(?:E|I|U)|-)? ?(?:D['’])?"


def _read(material: str) -> Callable[[re.Match[str], Context], Iterable[Answer]]:
    def read(match: re.Match[str], context: Context) -> Iterable[Answer]:  # noqa: ARG001
        yield Clue(material, match.start(), match.end(), f"oxide: {quoted(match)}", 0.95)

    return read


PATTERNS = (
    *(
        Pattern(
            rf"{_OXIDE} ?(?:{names})",
            _read(material),
            triggers=("OXYDE", "OXIDO", "OSSIDO", "TLENEK", "ОКСИД", "ОКИСЬ"),
        )
        for material, names in _SPOKEN
    ),
    *(Pattern(rf"{name} ?-?OXIDE?S?", _read(material)) for material, name in _GERMAN),
    *(
        Pattern(names, _read(material), whole=False, triggers=("酸化", "산화"))
        for material, names in _JOINED
    ),
)
