"""Sound files in every format that is read, from which the fuzzer makes unsound ones."""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path

from tests.bom.binary_writers import xls, xlsb
from tests.bom.layouts import LAYOUTS
from tests.bom.test_read_files import csv_text, html_text, write, xml2003_text
from tests.bom.writers import Rows, sheet_xml, table, typed, write_ods, write_xlsx, xlsx_of_parts

TREE: Rows = [
    ["Drawing D-4711", None, None, None, None, None],
    ["Level", "Part Number", "Description", "Qty", "Unit", "Mass [g]"],
    ["1", "A-1", "Rotor Ø 8", 4.0, "EA", 12.5],
    ["2", "A-2", "Magnet 磁铁 N42SH", 1.5, "kg", None],
    ["1", "A-3", "Total", None, None, 40.0],
    [None, None, None, None, None, None],
    ["1", "00012", "Shaft", 2.0, "EA", 40.0],
]


def seeds() -> dict[str, tuple[str, bytes]]:
    """Name → (format, bytes of the file)."""
    made: dict[str, tuple[str, bytes]] = {}
    grids = {"tree": TREE} | {
        f"layout {number}": table(layout.rows) for number, layout in enumerate(LAYOUTS)
    }
    texts: dict[str, Callable[[Rows], bytes]] = {
        "csv": lambda rows: csv_text(_filled(rows)).encode(),
        "tsv": lambda rows: csv_text(_filled(rows), "\t").encode(),
        "semicolon": lambda rows: csv_text(_filled(rows), ";").encode("cp1252", "replace"),
        "utf-16": lambda rows: csv_text(_filled(rows)).encode("utf-16"),
        "gb18030": lambda rows: csv_text(_filled(rows)).encode("gb18030"),
        "html": lambda rows: html_text(_filled(rows)).encode(),
        "xml2003": lambda rows: xml2003_text(_escaped(rows)).encode(),
        "xls": xls,
        "xlsb": xlsb,
        "xlsx inline": lambda rows: _file(lambda path: xlsx_of_parts(path, sheet_xml(rows))),
        "ods": lambda rows: _file(lambda path: write_ods(path, rows)),
    }
    for at, (name, rows) in enumerate(grids.items()):
        for number, (kind, make) in enumerate(texts.items()):
            if name == "tree" or (at + number) % len(texts) == 0:
                made[f"{kind}, {name}"] = (kind.partition(" ")[0], make(rows))
    made["xlsx, tree"] = (
        "xlsx",
        _file(lambda path: write_xlsx(path, {"BOM": TREE, "Notes": TREE[:1]})),
    )
    made["xlsx, styled"] = ("xlsx", _file(_styled))
    made["parquet, tree"] = ("parquet", _file(_parquet))
    made["cards"] = ("csv", "".join(f"{card:<80}\n" for card in _CARDS).encode())
    made["aligned"] = ("csv", _ALIGNED.encode())
    return made


_ALIGNED = """
Partlist

Qty Value  Device    Parts           Description
2          C2.5/2    C1, C2          CAPACITOR
12  10k    R-US_0207 R1, R2, R3, R4  RESISTOR, carbon
1   BSS138 MOSFET-N  Q2              NPN
"""
_CARDS = (
    "0001A AAAAA  12345 PN-0001                                    ROTOR ASSEMBLY  01A",
    "0002A AAAAB  12345 PN-0002                                    MAGNET,RING     01A",
    "0003A AAAAC  12345 PN-0003                                    SHAFT           01A",
)


def _filled(rows: Rows) -> Rows:
    return [["" if cell is None else cell for cell in row] for row in rows]


def _escaped(rows: Rows) -> Rows:
    return [
        [str(cell).replace("&", "&amp;").replace("<", "&lt;") for cell in row]
        for row in _filled(rows)
    ]


def _file(make: Callable[[Path], object]) -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "bom")
        make(path)
        return path.read_bytes()


def _parquet(path: Path) -> None:
    head, *body = TREE[1:]
    write(
        path,
        "parquet",
        [head, *([None if cell is None else str(cell) for cell in row] for row in body)],
    )


def _styled(path: Path) -> None:
    """A workbook with all that is read beside the cells: formats, outline, merges, filter, formulas."""
    import openpyxl
    from openpyxl.styles import Alignment

    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in TREE:
        sheet.append([typed(cell) for cell in row])
    sheet["B7"] = 12
    sheet["B7"].number_format = "00000"
    sheet["C4"].alignment = Alignment(indent=2)
    sheet["D3"] = "=2*2"
    sheet["D4"] = "=NA()"
    sheet.row_dimensions[4].outlineLevel = 1
    sheet.row_dimensions[5].hidden = True
    sheet.merge_cells("A1:F1")
    sheet.merge_cells("E3:E4")
    sheet.auto_filter.ref = "A2:F7"
    sheet.auto_filter.add_filter_column(0, ["1"])
    book.create_sheet("Hidden").sheet_state = "hidden"
    book.save(path)


def by_format(made: Mapping[str, tuple[str, bytes]]) -> dict[str, list[bytes]]:
    """Format → the files of it."""
    found: dict[str, list[bytes]] = {}
    for kind, data in made.values():
        found.setdefault(kind, []).append(data)
    return found
