"""Tables of all sheets → the frames of a Bom: lines with their tree, excluded rows, notes."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bomrisk.bom.accounting import excluded_rows
from bomrisk.bom.columns import Column, ColumnMap
from bomrisk.bom.lines import TableLines
from bomrisk.bom.model import Bom, ColumnFound, SourceFile, TableFound
from bomrisk.bom.placing import Placed, placed
from bomrisk.bom.structure import is_cumulative, names_of
from bomrisk.bom.sureness import confidence, doubtful
from bomrisk.bom.views import SheetTables
from bomrisk.tables import EXCLUDED, LINES, NOTES

if TYPE_CHECKING:
    import polars as pl

    from bomrisk.bom.sheet import Sheet


def assemble(source: SourceFile, found: Sequence[SheetTables]) -> Bom:
    """The Bom of all sheets; raises AssertionError if a row was lost on the way."""
    import polars as pl

    lines: list[pl.DataFrame] = []
    excluded: list[pl.DataFrame] = []
    notes: list[pl.DataFrame] = []
    tables: list[TableFound] = []
    hidden: dict[str, int] = {}
    others: list[pl.DataFrame] = []
    rows_read = 0
    everything = placed(found)
    firsts = [0]
    for item in everything:
        firsts.append(firsts[-1] + item.table.lines.height)
    for number, item in enumerate(everything):
        made = _lines(source, item, everything, firsts, number)
        lines.append(made.lines)
        notes += made.notes
        others.append(made.alternates)
        tables.append(_found(item.one.sheet, item.table, made.kind))
    for one in found:
        for part, height in excluded_rows(source, one, counted=one.role is None):
            excluded.append(part)
            rows_read += height
        notes += _sheet_notes(source, one, hidden)
    notes += doubtful(source, tables)
    return Bom(
        source=source,
        tables=_merged(tables),
        rows_read=rows_read,
        total_quantity=_total(lines),
        lines=_cast(lines, LINES.schema()),
        excluded=_cast(excluded, EXCLUDED.schema()),
        notes=_cast(notes, NOTES.schema()).sort(
            "line", "row", nulls_last=False, maintain_order=True
        )
        if notes
        else pl.DataFrame(schema=NOTES.schema()),
        alternates=pl.concat(others) if others else pl.DataFrame(),
        products=tuple(
            dict.fromkeys(
                column.header.text for item in everything for column in item.table.mapping.products
            )
        ),
        layout=_layout(found),
        hidden_rows=hidden,
    )


def _cast(frames: Sequence[pl.DataFrame], schema: dict[str, pl.DataType]) -> pl.DataFrame:
    import polars as pl

    empty = pl.DataFrame(schema=schema)
    return pl.concat([empty, *(frame.select(empty.columns).cast(empty.schema) for frame in frames)])


def _total(frames: Sequence[pl.DataFrame]) -> float | None:
    known = [frame.get_column("quantity").drop_nulls() for frame in frames]
    if not any(column.len() for column in known):
        return None
    return float(sum(float(column.sum()) for column in known))


@dataclass(frozen=True, slots=True)
class _Made:
    """Lines of one table in their final form, with their notes and alternates."""

    lines: pl.DataFrame
    notes: list[pl.DataFrame]
    alternates: pl.DataFrame
    kind: str


def _lines(
    source: SourceFile,
    item: Placed,
    everything: Sequence[Placed],
    firsts: Sequence[int],
    number: int,
) -> _Made:
    import polars as pl

    one, table, tree = item.one, item.table, item.structure
    first = firsts[number]
    numbers = pl.Series(range(first, first + table.lines.height), dtype=pl.UInt32)
    rows = one.sheet.rows.gather(table.lines.get_column("place"))
    parents, levels, path = _above(item, everything, firsts, first)
    choices = tree.first_choice
    side = (
        ""
        if table.region.letters[0] == one.sheet.frame.columns[0]
        else f".{table.region.letters[0]}"
    )
    head = hashlib.sha256((source.sha256 + one.sheet.name).encode()).hexdigest()[:6]
    frame = table.lines.with_columns(
        numbers.alias("line"),
        (pl.lit(head + ":") + rows.cast(pl.String) + side).alias("line_id"),
        pl.lit(source.name).alias("file"),
        pl.lit(one.sheet.name).alias("sheet"),
        rows.alias("row"),
        parents.alias("parent"),
        levels.alias("level"),
        path.alias("path"),
        tree.quantities.alias("quantity"),
        tree.rolled_up.alias("rolled_up"),
        (pl.lit(None, pl.UInt32) if choices is None else choices + first).alias("alternate_of"),
        pl.lit(None, pl.String).alias("from_items"),
    )
    remarks = pl.DataFrame(
        list(tree.troubles),
        schema={"at": pl.UInt32, "kind": pl.String, "text": pl.String},
        orient="row",
    ).with_columns(pl.col("at") + first)
    by_place = frame.select("place", pl.col("line").alias("at"), "row")
    explained = [place for place, kind, _ in tree.troubles if kind == "quantity"]
    told = table.notes.join(by_place, on="place", how="inner", maintain_order="left").filter(
        ~((pl.col("kind") == "quantity") & (pl.col("at") - first).is_in(explained))
    )
    structural = remarks.join(by_place, on="at", how="inner", maintain_order="left")
    notes = [
        part.select(
            pl.col("at").alias("line"),
            pl.lit(source.name).alias("file"),
            pl.lit(one.sheet.name).alias("sheet"),
            "row",
            "kind",
            "text",
        )
        for part in (told, structural)
        if part.height
    ]
    total = _against_total(frame, table)
    if total:
        notes.append(_note(source, one.sheet, "quantity", total))
    others = table.alternates.join(by_place, on="place", how="inner", maintain_order="left")
    return _Made(
        frame,
        notes,
        others.select(pl.col("at").alias("line"), "rank", "part_number", "manufacturer"),
        tree.kind,
    )


def _above(
    item: Placed, everything: Sequence[Placed], firsts: Sequence[int], first: int
) -> tuple[pl.Series, pl.Series, pl.Series]:
    """Parents, levels and paths of a table's lines, below the line or group that stands for it."""
    import polars as pl

    tree = item.structure
    frame = pl.DataFrame({"parent": tree.parents + first, "level": tree.levels, "path": tree.paths})
    head = item.one.group
    if item.owners:
        number, place = item.owners[0]
        above = everything[number]
        name = above.structure.paths[place]
        own = names_of(above.table)[place]
        head = " / ".join(text for text in (name, own) if text)
        frame = frame.with_columns(
            pl.col("parent").fill_null(firsts[number] + place),
            pl.col("level") + 1 + above.structure.levels[place],
        )
    if head is not None:
        frame = frame.with_columns(
            pl.concat_str(pl.lit(head), "path", separator=" / ", ignore_nulls=True).alias("path")
        )
    return frame.get_column("parent"), frame.get_column("level"), frame.get_column("path")


def _against_total(frame: pl.DataFrame, table: TableLines) -> str | None:
    """A remark if the list's own total quantities are not what its quantities multiply to."""
    import polars as pl

    from bomrisk.bom import parsing

    texts = table.keys.get_column("quantity_total")
    if texts.null_count() == texts.len() or is_cumulative(table):
        return None
    totals = parsing.amounts(
        texts, parsing.decimal_of(texts, typed=True, otherwise=None)
    ).get_column("value")
    compared = pl.DataFrame({"ours": frame.get_column("rolled_up"), "theirs": totals}).drop_nulls()
    differ = compared.filter(
        (pl.col("ours") - pl.col("theirs")).abs() > 1e-6 * pl.col("theirs").abs() + 1e-9
    )
    if not differ.height:
        return None
    header = table.mapping.main["quantity_total"].header.text
    return (
        f"{differ.height:,} of {compared.height:,} quantities in column {header!r} are not what the"
        " quantities per assembly multiply to: the latter are used"
    )


def _note(source: SourceFile, sheet: Sheet, kind: str, text: str) -> pl.DataFrame:
    import polars as pl

    return pl.DataFrame(
        [(None, source.name, sheet.name, None, kind, text)],
        schema=dict(NOTES.schema()),
        orient="row",
    )


def _sheet_notes(
    source: SourceFile, one: SheetTables, hidden: dict[str, int]
) -> Iterator[pl.DataFrame]:
    sheet = one.sheet
    for text in sheet.remarks:
        yield _note(source, sheet, "file", text)
    for text in one.notes:
        yield _note(source, sheet, "sheet", text)
    if sheet.hidden and one.role is None and one.height:
        yield _note(source, sheet, "hidden rows", "the sheet is hidden; it was read all the same")
    if sheet.hidden_rows is not None:
        inside = sheet.rows.is_in(sheet.hidden_rows.implode())
        count = int(inside.sum())
        if count:
            hidden[sheet.name] = count
            why = "a filter is on" if sheet.filtered else "they are hidden or folded away"
            yield _note(
                source,
                sheet,
                "hidden rows",
                f"{count:,} hidden rows were read all the same ({why})",
            )


def _found(sheet: Sheet, table: TableLines, kind: str) -> TableFound:
    region, mapping = table.region, table.mapping
    columns = {
        name: ColumnFound(
            _first(mapping, column),
            column.header.text or None,
            round(column.score, 3),
            column.reason,
            column.last,
        )
        for name, column in sorted(mapping.main.items())
        if name != "other"
    }
    if mapping.products and "quantity" in columns:
        first, last = mapping.products[0], mapping.products[-1]
        why = f"{columns['quantity'].reason}; one column for each of {len(mapping.products)} end items"
        columns["quantity"] = replace(
            columns["quantity"], letter=first.letter, last=last.letter, reason=why
        )
    rows = sheet.rows.gather(table.lines.get_column("place"))
    sure, why = confidence(mapping)
    return TableFound(
        sheet=sheet.name,
        header_row=None if region.header is None else int(sheet.rows[region.header.index]),
        columns=columns,
        first_row=int(rows[0]),
        last_row=int(rows[-1]),
        hierarchy=kind,
        confidence=sure,
        reason=why,
    )


def _first(mapping: ColumnMap, column: Column) -> str:
    """Letter of the first column in which a field stands."""
    groups = [letters for letters in mapping.steps if column.letter in letters]
    return groups[0][0] if column.last and groups else column.letter


def _merged(tables: Sequence[TableFound]) -> tuple[TableFound, ...]:
    """Tables that stand below one another with part and quantity in the same columns are one table."""
    merged: list[TableFound] = []
    for table in tables:
        last = merged[-1] if merged else None
        if last is not None and last.sheet == table.sheet and _continues(last, table):
            least = min(last, table, key=lambda one: one.confidence)
            merged[-1] = TableFound(
                last.sheet,
                last.header_row,
                {**table.columns, **last.columns},
                last.first_row,
                table.last_row,
                last.hierarchy if last.hierarchy != "flat" else table.hierarchy,
                least.confidence,
                least.reason,
                (*(last.parts or (last,)), table),
            )
            continue
        merged.append(table)
    return tuple(merged)


def _continues(one: TableFound, two: TableFound) -> bool:
    if two.first_row <= one.last_row:
        return False
    fields = ("part_number", "name", "mpn", "quantity")
    places = [
        (one.columns[name].letter, two.columns[name].letter)
        for name in fields
        if name in one.columns and name in two.columns
    ]
    return len(places) >= 2 and all(here == there for here, there in places)


def _layout(found: Sequence[SheetTables]) -> str:
    text = repr(
        [
            (
                one.sheet.name,
                sorted((table.region.header.texts if table.region.header else {}).items()),
            )
            for one in found
            for table in one.tables
        ]
    )
    return hashlib.sha256(text.encode()).hexdigest()[:16]
