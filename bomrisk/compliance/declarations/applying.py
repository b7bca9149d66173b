"""Declared origins put onto the lines of a BOM; a declaration goes before a column, conflicts are told."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bomrisk.compliance.claim import BOM_COLUMN, Claim, claims_table
from bomrisk.compliance.declarations.answer import Answer
from bomrisk.compliance.declarations.merging import Merged
from bomrisk.compliance.declarations.supplier import UNNAMED, Supplier, merged_suppliers
from bomrisk.supply.origin import read_origin
from bomrisk.tables import NOTES, ORIGIN_FIELDS

if TYPE_CHECKING:
    import polars as pl


@dataclass(frozen=True, slots=True)
class Applied:
    """Lines with declared origins in their columns, and the notes on what was applied or contradicted.

    `claims` (`bomrisk.compliance.claim`) are facts that a supplier states of a line and a rule then weighs.
    """

    lines: pl.DataFrame
    notes: pl.DataFrame
    claims: pl.DataFrame


CLAIMS = {"COTS": "cots", "recycled in the US": "recycled"}
"""Exceptions that a supplier can state the facts of; all others rest on papers that he does not give."""


def apply_declarations(lines: pl.DataFrame, merged: Iterable[Merged]) -> Applied:
    """Put the merged declarations onto all lines of the part and supplier that they name.

    A line is met by its part number (else its words) and its supplier (by CAGE, then by name). Where the
    column says another country, the declaration counts and a note tells of it.
    """
    import polars as pl

    told = [one for one in merged if one.origins or one.remarks or one.exception or one.content]
    if not told:
        return Applied(lines, pl.DataFrame(schema=NOTES.schema()), claims_table(()))
    keyed = _keyed(lines)
    suppliers = _suppliers(keyed, told)
    parts = sorted({_part(one) for one in told})
    keyed = keyed.filter(pl.col("part").is_in(parts))
    by_line: dict[int, list[Merged]] = {}
    places: dict[tuple[str, tuple[str, ...]], list[int]] = {}
    for line, part, name, cage in keyed.iter_rows():
        places.setdefault((part, suppliers[name, cage].written), []).append(line)
    for one in told:
        for line in places.get((_part(one), suppliers[_pair(one)].written), ()):
            by_line.setdefault(line, []).append(one)
    return _applied(lines, by_line)


def _part(one: Merged) -> str:
    """Part number, else words, of the row of a request, as `_keyed` has them of a line."""
    return (one.asked.part_number or one.asked.description).lower()


def _pair(one: Merged) -> tuple[str | None, str | None]:
    """Name and CAGE of the supplier of a request, as lines have them."""
    supplier = one.request.supplier
    named = supplier.name not in (UNNAMED, f"CAGE {supplier.cage}")
    return (supplier.name if named else None, supplier.cage)


def _suppliers(
    keyed: pl.DataFrame, told: Iterable[Merged]
) -> Mapping[tuple[str | None, str | None], Supplier]:
    """The suppliers of the lines and of the requests, merged in one: other lines may write him otherwise."""
    pairs = set(keyed.select("name", "cage").unique().rows())
    return merged_suppliers(pairs | {_pair(one) for one in told})


def _keyed(lines: pl.DataFrame) -> pl.DataFrame:
    """(line, part, name, cage) of the supplier as requests name them."""
    import polars as pl

    words = pl.concat_str(
        [pl.col(f).replace("", None) for f in ("name", "description")],
        separator=" ",
        ignore_nulls=True,
    )
    part = pl.coalesce(
        pl.col("part_number").replace("", None), pl.col("mpn").replace("", None), words
    )
    name = pl.coalesce(pl.col("supplier").replace("", None), pl.col("manufacturer"))
    return lines.select("line", part=part.fill_null("").str.to_lowercase(), name=name, cage="cage")


def _applied(lines: pl.DataFrame, by_line: dict[int, list[Merged]]) -> Applied:
    import polars as pl

    place = {
        row["line"]: row
        for row in lines.filter(pl.col("line").is_in(list(by_line))).iter_rows(named=True)
    }
    changes: dict[str, dict[int, list[str]]] = {}
    notes: list[dict[str, object]] = []
    claims: list[tuple[int, Claim]] = []
    for line, found in sorted(by_line.items()):
        where = {name: place[line][name] for name in ("line", "file", "sheet", "row")}
        for one in found:
            about = one.asked.material
            claims += [(line, claim) for claim in _claims(one, place[line])]
            notes += [{**where, "kind": "declaration", "text": text} for text in one.remarks]
            if one.exception is not None:
                text = _claimed(one.exception)
                notes.append({**where, "kind": "declaration", "text": text})
            for stage, cell in one.origins.items():
                column = f"origin_{stage}"
                if column not in ORIGIN_FIELDS:
                    continue
                source = one.sources[stage]
                before = place[line][column] or ""
                claims.append((line, Claim(f"origins.{stage}", cell, source, about)))
                claims.append((line, Claim(f"bom.{stage}", before, BOM_COLUMN)))
                if before and _differ(before, cell):
                    text = (
                        f"{stage}: the BOM says {before}, {source} says {cell}: the declaration is used,"
                        " and what it alone would clear is for review"
                    )
                    notes.append({**where, "kind": "declaration", "text": text})
                    claims.append((line, Claim(f"column.{stage}", before, BOM_COLUMN, about)))
                changes.setdefault(column, {}).setdefault(line, []).append(cell)
    for column, told in changes.items():
        cells = {line: _together(several) for line, several in told.items()}
        new = pl.col("line").replace_strict(cells, default=None, return_dtype=pl.String)
        lines = lines.with_columns(pl.coalesce(new, pl.col(column)).alias(column))
    full = [{name: note.get(name) for name in NOTES.names} for note in notes]
    return Applied(
        lines,
        pl.DataFrame(full, schema=NOTES.schema(), orient="row"),
        claims_table(claims),
    )


def _claims(one: Merged, row: Mapping[str, str | None]) -> Iterator[Claim]:
    """What the answers of one row of a request claim of a line, beside where its steps were done."""
    about = one.asked.material
    if one.exception is not None:
        fact = CLAIMS.get(one.exception.exception)
        if fact is not None:
            yield Claim(fact, "yes", one.exception.source, about)
    if one.refusal is not None:
        yield Claim("refused", one.refusal.refusal, one.refusal.source, about)
    if one.content is not None:
        yield Claim("contains", one.content.contains, one.content.source, about)
    for stage, (cell, source) in one.doubts.items():
        if cell and _differ(one.origins.get(stage, row.get(f"origin_{stage}") or ""), cell):
            yield Claim(f"doubt.{stage}", cell, source, about)


def _together(cells: Iterable[str]) -> str:
    """What a column of the line holds where answers about several of its materials differ: all countries."""
    several = tuple(dict.fromkeys(cells))
    if len(several) == 1:
        return several[0]
    return "/".join(sorted({o.country for cell in several for o in read_origin(cell).origins}))


def _claimed(answer: Answer) -> str:
    """What a supplier claims, and what becomes of it."""
    said = f"{answer.place}: {answer.supplier} claims the exception {answer.exception!r}"
    basis = f" (basis: {answer.basis})" if answer.basis else ""
    if answer.exception in CLAIMS:
        return f"{said}{basis}: it is weighed as a fact of the part"
    return f"{said}{basis}: a claim alone decides nothing; it needs the paper it rests on"


def _differ(before: str, cell: str) -> bool:
    return {o.country for o in read_origin(before).origins} != {
        o.country for o in read_origin(cell).origins
    }
