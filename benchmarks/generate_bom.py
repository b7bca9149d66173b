"""Write a realistic bill of materials of any size: 15 columns, the same bytes for the same seed.

Usage: ``python benchmarks/generate_bom.py --lines 1000000 --out big.xlsx`` (or ``.csv``).

What a BOM of a program looks like to a reader: every part number is different, but only about 6,000
descriptions occur (``--descriptions``), each from one to three suppliers of 400, and a declared
country is the supplier's. A third of the descriptions name a material; the rest are item names of
the Department of Defense and standard hardware. The workbook is written as XML, row by row, with
shared strings as Excel has them: little memory at any size, and nothing but the standard library.
"""

from __future__ import annotations

import argparse
import csv
import random
import sys
import tempfile
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import IO
from xml.sax.saxutils import escape

DATA = Path(__file__).resolve().parent / "data"
SHEET_ROWS = 1_048_576
HEADER = (
    "Level",
    "Find No.",
    "Part Number",
    "Description",
    "Material",
    "Qty",
    "UOM",
    "Unit Mass (g)",
    "Unit Cost (USD)",
    "Supplier",
    "CAGE Code",
    "NIIN",
    "Country Melted",
    "Country Magnetized",
    "Country of Origin",
)
NOUNS = (
    "MAGNET,PERMANENT", "HOUSING,MOTOR", "SHAFT,SHOULDERED", "BRACKET,MOUNTING", "BLADE,TURBINE",
    "FITTING,STRUCTURAL", "PLATE,MENDING", "SLEEVE,BUSHING", "CAPACITOR,FIXED", "CORE,ELECTRICAL",
    "RING,RETAINING", "WEIGHT,COUNTERBALANCE", "BODY,VALVE", "ROTOR,MOTOR", "LINER,COMBUSTION",
)  # fmt: skip
HARDWARE = (
    "SCREW,CAP,SOCKET HEAD", "NUT,SELF-LOCKING,HEXAGON", "WASHER,FLAT", "RIVET,SOLID", "O-RING",
    "PIN,STRAIGHT,HEADLESS", "BOLT,MACHINE", "CLAMP,LOOP", "CONNECTOR,PLUG,ELECTRICAL,SMA",
    "RESISTOR,FIXED,FILM,SM", "WIRE,MAGNET,ELECTRICAL",
)  # fmt: skip
BULK = (("WIRE,ELECTRICAL", "M"), ("SEALING COMPOUND", "KG"), ("TUBING,NONMETALLIC", "M"))
GRADES = tuple(
    f"NdFeB N{n}{s}" for n in (35, 38, 40, 42, 45, 48) for s in ("", "M", "H", "SH", "UH")
)
COUNTRIES = (
    "USA",
    "JPN",
    "DEU",
    "CHN",
    "MEX",
    "GBR",
    "TWN",
    "MYS",
    "KOR",
    "FRA",
    "Hong Kong",
    "AUT",
)
MELTED = ("USA", "JPN", "CHN", "DEU", "CN/JP")

Cell = str | int | float | None


@dataclass(frozen=True, slots=True)
class Text:
    """A description with what always stands beside it: material cell and unit of measure."""

    description: str
    material: str
    unit: str
    is_magnet: bool


def _file(name: str) -> list[str]:
    lines = (DATA / name).read_text(encoding="utf-8").splitlines()
    return list(dict.fromkeys(" ".join(line.split()) for line in lines if line.strip()))


def descriptions(count: int, random_: random.Random) -> list[Text]:
    """`count` different descriptions; a third name a material, in the text or in the next cell."""
    materials = [*_file("material_texts.txt"), *GRADES]
    names = [name for name in _file("dod_item_names.txt") if name[0] not in "=+-@"]
    random_.shuffle(names)
    found: dict[str, Text] = {}
    while len(found) < count:
        draw = random_.random()
        material = unit = ""
        if draw < 0.33:
            noun, word = random_.choice(NOUNS), random_.choice(materials)
            in_text = random_.random() < 0.6
            text = f"{noun},{word}" if in_text else f"{noun} {random_.randrange(1000)}"
            material = "" if in_text else word
        elif draw < 0.83 and names:
            text = names.pop()
        elif draw < 0.99:
            text = f"{random_.choice(HARDWARE)},NAS{random_.randrange(1000, 9999)}"
        else:
            noun, unit = random_.choice(BULK)
            text = f"{noun},TYPE {random_.randrange(1000)}"
        found.setdefault(text, Text(text, material, unit or "EA", text.startswith("MAGNET,")))
    return list(found.values())


def lines(count: int, seed: int, distinct: int = 6000, depth: int = 6) -> Iterator[list[Cell]]:
    """The rows under the header in file order; level 1 is the top, a deeper row is part of it."""
    random_ = random.Random(seed)
    texts = descriptions(min(distinct, count), random_)
    unit_random, choice, randrange = random_.random, random_.choice, random_.randrange
    suppliers = [
        (f"Example Supplier {n:03d} (illustrative)", f"FI{n:03d}", choice(COUNTRIES))
        for n in range(400)
    ]
    sources = {text.description: random_.sample(suppliers, randrange(1, 4)) for text in texts}
    level, find = 1, [0] * (depth + 2)
    for index in range(count):
        find[level] += 1
        text = texts[index] if index < len(texts) else choice(texts)
        supplier, cage, country = choice(sources[text.description])
        draw = unit_random()
        melted = choice(MELTED) if text.is_magnet and unit_random() < 0.4 else None
        yield [
            level,
            find[level],
            f"{randrange(1000, 9999)}-{index:07d}-{randrange(1, 99)}",
            text.description,
            text.material or None,
            round(unit_random() * 12, 2) if text.unit != "EA" else 1 + int(8 * draw * draw),
            text.unit,
            None if draw < 0.35 else round(10 ** (3.5 * unit_random() - 1), 2),
            round(10 ** (4 * unit_random() - 1), 2),
            supplier,
            cage,
            f"{randrange(10**9):09d}",
            melted,
            country if melted else None,
            country if unit_random() < 0.25 else None,
        ]
        step = unit_random()
        if step < 0.22 and level < depth:
            level += 1
            find[level] = 0
        elif step > 0.80 and level > 1:
            level -= 1


def write_csv(rows: Iterator[list[Cell]], path: Path) -> None:
    """A comma-separated file in UTF-8."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\r\n")
        writer.writerow(HEADER)
        writer.writerows(rows)


LETTERS = "ABCDEFGHIJKLMNO"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
PARTS = {
    "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/'
    'vnd.openxmlformats-package.relationships+xml"/>'
    f'<Override PartName="/xl/workbook.xml" ContentType="{TYPE}.sheet.main+xml"/>'
    f'<Override PartName="/xl/worksheets/sheet1.xml" ContentType="{TYPE}.worksheet+xml"/>'
    f'<Override PartName="/xl/sharedStrings.xml" ContentType="{TYPE}.sharedStrings+xml"/></Types>',
    "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/>'
    "</Relationships>",
    "xl/workbook.xml": f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}">'
    '<sheets><sheet name="BOM" sheetId="1" r:id="rId1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/>'
    f'<Relationship Id="rId2" Type="{OFFICE}/sharedStrings" Target="sharedStrings.xml"/>'
    "</Relationships>",
}


class SharedStrings:
    """The workbook's table of texts; it remembers those that may come again, not part numbers."""

    def __init__(self, spool: IO[bytes]) -> None:
        self._spool = spool
        self._index: dict[str, int] = {}
        self.count = 0

    def index(self, text: str, *, once: bool) -> int:
        """The number of a text in the table; `once` says that it will not be asked for again."""
        known = None if once else self._index.get(text)
        if known is not None:
            return known
        self._spool.write(f"<si><t>{escape(text)}</t></si>".encode())
        self.count += 1
        if not once:
            self._index[text] = self.count - 1
        return self.count - 1


def _row_xml(number: int, row: Sequence[Cell], strings: SharedStrings) -> str:
    cells = []
    for letter, value in zip(LETTERS, row, strict=True):
        if isinstance(value, str):
            index = strings.index(value, once=letter in "CL")
            cells.append(f'<c r="{letter}{number}" t="s"><v>{index}</v></c>')
        elif value is not None:
            cells.append(f'<c r="{letter}{number}"><v>{value}</v></c>')
    return f'<row r="{number}">{"".join(cells)}</row>'


def _open(archive: zipfile.ZipFile, name: str) -> IO[bytes]:
    member = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
    member.compress_type = zipfile.ZIP_DEFLATED
    return archive.open(member, "w", force_zip64=True)


def write_xlsx(rows: Iterator[list[Cell]], path: Path, count: int) -> None:
    """A workbook of one sheet, written row by row; its texts wait in a temporary file."""
    with (
        tempfile.TemporaryFile() as spool,
        zipfile.ZipFile(path, "w", compresslevel=4) as archive,
    ):
        for name, text in PARTS.items():
            with _open(archive, name) as part:
                part.write((XML + text).encode())
        strings = SharedStrings(spool)
        with _open(archive, "xl/worksheets/sheet1.xml") as sheet:
            sheet.write(
                f'{XML}<worksheet xmlns="{MAIN}"><dimension ref="A1:O{count + 1}"/>'
                f"<sheetData>{_row_xml(1, HEADER, strings)}".encode()
            )
            numbered = enumerate(rows, 2)
            while chunk := list(islice(numbered, 2000)):
                sheet.write("".join(_row_xml(n, row, strings) for n, row in chunk).encode())
            sheet.write(b"</sheetData></worksheet>")
        spool.seek(0)
        with _open(archive, "xl/sharedStrings.xml") as part:
            part.write(f'{XML}<sst xmlns="{MAIN}" uniqueCount="{strings.count}">'.encode())
            while data := spool.read(1 << 20):
                part.write(data)
            part.write(b"</sst>")


def generate(path: Path, count: int, seed: int = 1, distinct: int = 6000) -> None:
    """Write one file; the ending of its name says which format."""
    rows = lines(count, seed, distinct)
    if path.suffix == ".csv":
        write_csv(rows, path)
    elif path.suffix == ".xlsx" and count < SHEET_ROWS:
        write_xlsx(rows, path, count)
    else:
        raise SystemExit(f"{path.name}: give .csv, or .xlsx with fewer than {SHEET_ROWS} lines")


def main(arguments: Sequence[str] | None = None) -> None:
    """Write a benchmark BOM."""
    parser = argparse.ArgumentParser(description="Write a realistic bill of materials of any size.")
    parser.add_argument("--lines", type=int, required=True, help="lines under the header")
    parser.add_argument("--out", type=Path, required=True, help="file to write, .xlsx or .csv")
    parser.add_argument("--seed", type=int, default=1, help="same seed, same bytes (default 1)")
    parser.add_argument("--descriptions", type=int, default=6000, help="distinct descriptions")
    given = parser.parse_args(arguments)
    if given.lines < 1:
        parser.error("--lines: at least 1")
    generate(given.out, given.lines, given.seed, given.descriptions)
    print(f"{given.out}: {given.lines} lines", file=sys.stderr)


if __name__ == "__main__":
    main()
