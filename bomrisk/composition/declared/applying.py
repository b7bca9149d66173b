"""Declared element masses in the place of those that recognition reckons, line by line.

The materials of a line stay what recognition or a person's decision says. An element that none of them holds
gets a row of its own: the magnet that the substances make up, else the bare element, so that its supply
chain is traced. Such a row stands under the field `declaration` and never clears a line.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from bomrisk.bom.units import grams
from bomrisk.composition.declared.balance import Balanced, balanced
from bomrisk.composition.declared.line import LineDeclared, Masses, spread
from bomrisk.composition.declared.matching import matched
from bomrisk.composition.declared.model import DeclaredPart, MaterialDeclarations, Remark
from bomrisk.tables import CONTENTS, MATERIALS, NOTES

if TYPE_CHECKING:
    import polars as pl

    from bomrisk.composition.masses import Composition
    from bomrisk.knowledge import Knowledge

KIND = "material declaration"
"""Kind of the notes on declarations."""
MASSES_DIFFER = 0.05
"""A declared mass may differ by this share from the mass in the BOM before it is remarked."""


def declare(
    composed: Composition,
    lines: pl.DataFrame,
    masses: pl.DataFrame,
    declarations: MaterialDeclarations,
    knowledge: Knowledge,
) -> Composition:
    """The composition with the declared masses (g, rolled up) in the place of the reckoned ones.

    `masses` has `line` and `line_mass_g`. Within a line the declared elements and what recognition
    still says of the rest never weigh more than the line; what the parts below a line hold is not
    counted again in it.
    """
    import polars as pl

    if not declarations.parts and not declarations.remarks:
        return composed
    hits, remarks = matched(lines, declarations.parts)
    remarks = [*declarations.remarks, *remarks]
    told = dict(hits)
    below = _lines_below(lines, told)
    wanted = sorted({*told, *(inner for some in below.values() for inner in some)})
    rows = _grouped(composed.materials.filter(pl.col("line").is_in(wanted)))
    contents = _grouped(composed.contents.filter(pl.col("line").is_in(wanted)).collect())
    facts = lines.select("line", "level", "rolled_up", "mass_g", "unit").filter(
        pl.col("line").is_in(list(told))
    )
    known = dict(masses.filter(pl.col("line").is_in(list(told))).iter_rows())
    used: list[int] = []
    for fact in facts.sort("level", "line", descending=[True, False], nulls_last=True).iter_rows(
        named=True
    ):
        line, part = fact["line"], told[fact["line"]]
        found = balanced(part, fact["mass_g"])
        remarks += _remarks(part, found, fact["mass_g"])
        if found.fault or not (found.elements or found.open):
            continue
        inner = [row for other in below.get(line, ()) for row in contents.get(other, ())]
        given = LineDeclared(line, part, found, _rolled(found, part, fact, known[line]), inner)
        answer = spread(given, rows.get(line, []), contents.get(line, []), knowledge)
        rows[line], contents[line] = answer.materials, answer.contents
        remarks += [Remark(part.file, part.sheet, part.row, text) for text in answer.remarks]
        used.append(line)
    return replace(
        composed,
        materials=_replaced(composed.materials, rows, used, MATERIALS.schema()),
        contents=_with_contents(composed.contents, contents, used),
        notes=pl.concat([composed.notes, _notes(remarks)]),
    )


def _rolled(
    found: Balanced, part: DeclaredPart, fact: Mapping[str, Any], line_mass: float | None
) -> Masses:
    """By what the amounts of a piece are multiplied, and what the line weighs (g); null if unknown."""
    piece = fact["mass_g"] if fact["mass_g"] is not None else part.mass_g
    pieces = fact["rolled_up"]
    if grams(fact["unit"] or "") is not None:
        # the quantity is itself a mass: the declared piece is scaled to it
        whole = 1.0 if found.share else piece
        factor = line_mass / whole if whole and line_mass is not None else None
        return Masses(factor, line_mass)
    if line_mass is None and pieces is not None and piece is not None:
        line_mass = piece * pieces
    if found.share:
        return Masses(line_mass, line_mass)
    return Masses(pieces, line_mass)


def _lines_below(lines: pl.DataFrame, told: Iterable[int]) -> dict[int, list[int]]:
    """All lines below each declared line that has any."""
    if lines["parent"].null_count() == lines.height:
        return {}
    children: dict[int, list[int]] = {}
    for line, parent in lines.select("line", "parent").drop_nulls("parent").iter_rows():
        children.setdefault(parent, []).append(line)
    below: dict[int, list[int]] = {}
    for line in told:
        found = list(children.get(line, ()))
        for one in found:
            found += children.get(one, ())
        if found:
            below[line] = found
    return below


def _grouped(frame: pl.DataFrame) -> dict[int, list[dict[str, Any]]]:
    out: dict[int, list[dict[str, Any]]] = {}
    for row in frame.iter_rows(named=True):
        out.setdefault(row["line"], []).append(row)
    return out


def _replaced(
    frame: pl.DataFrame,
    rows: Mapping[int, Sequence[Mapping[str, Any]]],
    used: Sequence[int],
    schema: Mapping[str, Any],
) -> pl.DataFrame:
    import polars as pl

    types = {name: schema[name] for name in frame.columns}
    new = pl.DataFrame(
        [[row.get(name) for name in types] for line in used for row in rows[line]],
        schema=types,
        orient="row",
    )
    kept = frame.filter(~pl.col("line").is_in(list(used)))
    return pl.concat([kept, new]).sort("line", "inferred", "material_id", maintain_order=True)


def _with_contents(
    frame: pl.LazyFrame, rows: Mapping[int, Sequence[Mapping[str, Any]]], used: Sequence[int]
) -> pl.LazyFrame:
    import polars as pl

    new = pl.DataFrame(
        [[row[name] for name in CONTENTS.names] for line in used for row in rows[line]],
        schema=CONTENTS.schema(),
        orient="row",
    )
    kept = frame.filter(~pl.col("line").is_in(list(used)))
    return pl.concat([kept, new.lazy()]).sort("line", "material_id", "element")


def _remarks(part: DeclaredPart, found: Balanced, piece_g: float | None) -> list[Remark]:
    """What is wrong with a declaration as a whole, and what of it is not known."""
    texts = []
    name = part.called
    if found.fault:
        texts.append(f"the declaration of {name} is not used: {found.fault}")
    if found.unknown:
        distinct = list(dict.fromkeys(found.unknown))
        named = ", ".join(distinct[:10]) + (" …" if len(distinct) > 10 else "")
        unit = "of the part" if found.share else "g per piece"
        texts.append(
            f"{len(distinct)} substances of {name} are not known, {found.rest:.6g} {unit} together,"
            f" so their elements are not counted: {named}"
        )
    if piece_g is not None and part.mass_g is not None:
        away = abs(piece_g - part.mass_g)
        if away > MASSES_DIFFER * max(piece_g, part.mass_g):
            texts.append(
                f"a piece of {name} weighs {part.mass_g:.6g} g as declared and {piece_g:.6g} g in the"
                " parts list, which is used"
            )
    return [Remark(part.file, part.sheet, part.row, text) for text in texts]


def _notes(remarks: Iterable[Remark]) -> pl.DataFrame:
    import polars as pl

    rows = [
        (None, one.file, one.sheet or None, one.row, KIND, one.text)
        for one in dict.fromkeys(remarks)
    ]
    return pl.DataFrame(rows, schema=NOTES.schema(), orient="row")
