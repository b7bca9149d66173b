"""One parts list in every format, under any name and in any encoding, reads as the same lines."""

from __future__ import annotations

import csv
import io
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from polars.testing import assert_frame_equal

from bomrisk.bom import Bom, Limits, read
from bomrisk.bom.mapping import SavedMapping
from bomrisk.tables import EXCLUDED, LINES, NOTES
from tests.bom.writers import write_csv, write_ods, write_xlsx

Row = Sequence[Any]
Rows = Sequence[Row]

PARTS: Rows = [
    ["Part Number", "Description", "Qty", "Unit", "Mass [g]"],
    ["A-1", "Ring magnet N42SH", 4, "EA", 12.5],
    ["A-2", "Housing, aluminium", 1, "EA", 250],
    ["A-3", "Shaft", 2, "EA", 40],
]
EXPECTED = {2: ("A-1", 4.0, 4.0, None), 3: ("A-2", 1.0, 1.0, None), 4: ("A-3", 2.0, 2.0, None)}


def checked(
    path: Path, *, limits: Limits | None = None, mapping: SavedMapping | None = None
) -> Bom:
    """The file as read, once it is sure that every row is accounted for and the frames fit their tables."""
    bom = read(path, limits=limits, mapping=mapping)
    assert bom.lines.height + bom.excluded.height == bom.rows_read
    for frame, table in ((bom.lines, LINES), (bom.excluded, EXCLUDED), (bom.notes, NOTES)):
        assert dict(frame.schema) == table.schema()
    assert bom.lines["line"].to_list() == list(range(bom.lines.height))
    assert bom.lines["line_id"].n_unique() == bom.lines.height
    assert bom.excluded["reason"].null_count() == 0
    assert bom.notes["text"].null_count() == 0
    return bom


Line = tuple[str | None, float | None, float | None, int | None]


def seen(bom: Bom, name: str = "part_number") -> dict[int, Line]:
    """Row → name of the part, quantity, quantity in one end item, row of the parent."""
    rows = bom.lines["row"].to_list()
    return {
        line["row"]: (
            line[name],
            line["quantity"],
            line["rolled_up"],
            None if line["parent"] is None else rows[line["parent"]],
        )
        for line in bom.lines.iter_rows(named=True)
    }


def reasons(bom: Bom) -> dict[int, str]:
    """Row → why it is no line."""
    return dict(bom.excluded.select("row", "reason").iter_rows())


def letters(bom: Bom, table: int = 0) -> dict[str, str]:
    """Field → column letter of one table."""
    return {name: column.letter for name, column in bom.tables[table].columns.items()}


def told(bom: Bom, kind: str) -> dict[int | None, str]:
    """Row → remark of one kind."""
    found = bom.notes.filter(pl.col("kind") == kind)
    return dict(found.select("row", "text").iter_rows())


def only(bom: Bom, **wanted: Any) -> None:
    """Assert what the first line says."""
    line = bom.lines.row(0, named=True)
    assert {name: line[name] for name in wanted} == wanted


def csv_text(rows: Rows, delimiter: str = ",") -> str:
    buffer = io.StringIO()
    csv.writer(buffer, delimiter=delimiter, lineterminator="\n").writerows(
        [["" if cell is None else cell for cell in row] for row in rows]
    )
    return buffer.getvalue()


def html_text(rows: Rows) -> str:
    body = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
    return f"<html><head><style>td {{color: red}}</style></head><body><table>{body}</table></body></html>"


def xml2003_text(rows: Rows, *, before: str = "") -> str:
    space = "urn:schemas-microsoft-com:office:spreadsheet"
    body = "".join(
        "<Row>"
        + "".join(f'<Cell><Data ss:Type="String">{cell}</Data></Cell>' for cell in row)
        + "</Row>"
        for row in rows
    )
    return (
        f'<?xml version="1.0"?>{before}<Workbook xmlns="{space}" xmlns:ss="{space}">'
        f'<Worksheet ss:Name="BOM"><Table>{body}</Table></Worksheet></Workbook>'
    )


def write(path: Path, kind: str, rows: Rows = PARTS) -> Path:
    """The rows as a file of a kind, whatever the path calls itself."""
    if kind == "xlsx":
        spare = path.with_name("spare.xlsx")
        write_xlsx(spare, rows).rename(path)
    elif kind == "ods":
        write_ods(
            path, [[float(cell) if isinstance(cell, int) else cell for cell in row] for row in rows]
        )
    elif kind == "csv":
        path.write_text(csv_text(rows), encoding="utf-8")
    elif kind == "tsv":
        path.write_text(csv_text(rows, "\t"), encoding="utf-8")
    elif kind == "semicolon":
        path.write_text(csv_text(rows, ";"), encoding="utf-8")
    elif kind == "html":
        path.write_text(html_text(rows), encoding="utf-8")
    elif kind == "xml2003":
        path.write_text(xml2003_text(rows), encoding="utf-8")
    elif kind == "parquet":
        head, *body = rows
        columns = {str(name): [row[at] for row in body] for at, name in enumerate(head)}
        pl.DataFrame(columns).write_parquet(path)
    return path


KINDS = {
    "xlsx": "xlsx", "ods": "ods", "csv": "text", "tsv": "text", "semicolon": "text",
    "html": "html", "xml2003": "xml2003", "parquet": "parquet",
}  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", ["bom.xls", "bom.csv"])
def test_the_content_decides_not_the_name(tmp_path: Path, kind: str, name: str) -> None:
    bom = checked(write(tmp_path / name, kind))
    shift = 1 if kind == "parquet" else 0
    assert seen(bom) == {row - shift: line for row, line in EXPECTED.items()}
    assert reasons(bom) == ({} if kind == "parquet" else {1: "header"})
    assert (bom.source.name, bom.source.format) == (name, KINDS[kind])
    assert bom.source.size_bytes == (tmp_path / name).stat().st_size
    assert bom.lines["mass_g"].to_list() == [12.5, 250, 40]
    assert bom.lines["description"].to_list() == [
        "Ring magnet N42SH",
        "Housing, aluminium",
        "Shaft",
    ]
    assert letters(bom) == {
        "part_number": "A",
        "description": "B",
        "quantity": "C",
        "unit": "D",
        "mass": "E",
    }
    assert bom.total_quantity == 7


@pytest.mark.parametrize("kind", KINDS)
def test_reading_twice_gives_equal_frames(tmp_path: Path, kind: str) -> None:
    path = write(tmp_path / "bom", kind)
    one, two = read(path), read(path)
    for name in ("lines", "excluded", "notes"):
        assert_frame_equal(getattr(one, name), getattr(two, name))
    assert one.tables == two.tables
    assert one.layout == two.layout


def test_line_ids_are_stable_for_one_file_and_differ_between_files(tmp_path: Path) -> None:
    one = checked(write(tmp_path / "one.csv", "csv")).lines["line_id"].to_list()
    same = checked(write(tmp_path / "renamed.csv", "csv")).lines["line_id"].to_list()
    other = checked(write(tmp_path / "other.csv", "tsv")).lines["line_id"].to_list()
    assert one == same
    assert not set(one) & set(other)
    assert all(identity.endswith(f":{row}") for identity, row in zip(one, (2, 3, 4), strict=True))


GERMAN: Rows = [
    ["Pos", "Benennung", "Teilenummer", "Menge", "Werkstoff"],
    ["1", "Gehäuse für Läufer", "T-1", "2", "Stahl"],
    ["2", "Welle (Ø 8)", "T-2", "1", "Stahl"],
]
RUSSIAN: Rows = [
    ["Поз.", "Наименование", "Обозначение", "Кол.", "Материал"],
    ["1", "Магнит кольцевой", "АБВ-1", "2", "Сплав"],
    ["2", "Корпус двигателя", "АБВ-2", "1", "Сталь"],
]
CHINESE: Rows = [
    ["序号", "名称", "零件号", "数量", "材料"],
    ["1", "磁铁和电机的转子", "C-1", "2", "钕铁硼"],
    ["2", "电机外壳", "C-2", "1", "铝合金"],
]
JAPANESE: Rows = [
    ["番号", "品名", "品番", "数量", "材質"],
    ["1", "マグネット", "J-1", "2", "ネオジム"],
    ["2", "モーターのケース", "J-2", "1", "アルミ"],
]
FRENCH: Rows = [
    ["Repère", "Désignation", "Référence", "Quantité", "Matière"],
    ["1", "Aimant fritté", "F-1", "2", "Acier trempé"],
    ["2", "Boîtier", "F-2", "1", "Acier"],
]
SPANISH: Rows = [
    ["Número", "Descripción", "Numero parte", "Cantidad", "Material"],
    ["1", "Imán", "S-1", "2", "Neodimio"],
    ["2", "Señal", "S-2", "1", "Acero"],
]


@pytest.mark.parametrize(
    ("rows", "encoding"),
    [
        (GERMAN, "utf-8"), (GERMAN, "utf-8-sig"), (GERMAN, "utf-16"), (GERMAN, "utf-16-le"), (GERMAN, "utf-16-be"), (GERMAN, "cp1252"),
        (FRENCH, "cp1252"), (SPANISH, "cp1252"), (SPANISH, "utf-8-sig"),
        (RUSSIAN, "cp1251"), (RUSSIAN, "utf-8"), (RUSSIAN, "utf-16"),
        (CHINESE, "gb18030"), (CHINESE, "utf-8"), (CHINESE, "utf-16"),
        (JAPANESE, "shift_jis"), (JAPANESE, "utf-8"),
    ],
)  # fmt: skip
def test_encodings_and_languages(tmp_path: Path, rows: Rows, encoding: str) -> None:
    delimiter = {"cp1252": ";", "utf-16": "\t"}.get(encoding, ",")
    bom = checked(write_csv(tmp_path / "bom.csv", rows, encoding=encoding, delimiter=delimiter))
    table = bom.tables[0]
    assert table.header_row == 1
    assert [table.columns[name].letter for name in ("quantity", "material")] == ["D", "E"]
    texts = bom.lines.select(
        pl.col("name", "description", "part_number", "mpn", "item_no", "material")
    ).row(0)
    assert {rows[1][1], rows[1][2], rows[1][4]} <= set(texts)
    assert bom.lines["quantity"].to_list() == [2, 1]
    expected = {"utf-8": None, "utf-8-sig": None}.get(
        encoding, encoding.removesuffix("-le").removesuffix("-be")
    )
    note = " ".join(told(bom, "file").values())
    assert expected is None or expected.replace("shift_jis", "cp932") in note


@pytest.mark.parametrize(
    ("rows", "columns"),
    [
        (GERMAN, {"item_no": "A", "name": "B", "part_number": "C", "quantity": "D", "material": "E"}),
        (RUSSIAN, {"item_no": "A", "name": "B", "part_number": "C", "quantity": "D", "material": "E"}),
        (CHINESE, {"item_no": "A", "name": "B", "part_number": "C", "quantity": "D", "material": "E"}),
        (JAPANESE, {"name": "B", "part_number": "C", "quantity": "D", "material": "E"}),
        (FRENCH, {"item_no": "A", "name": "B", "part_number": "C", "quantity": "D", "material": "E"}),
        (SPANISH, {"item_no": "A", "part_number": "C", "quantity": "D", "material": "E"}),
    ],
)  # fmt: skip
@pytest.mark.parametrize("kind", ["xlsx", "ods", "html"])
def test_headers_of_other_languages(
    tmp_path: Path, rows: Rows, columns: Mapping[str, str], kind: str
) -> None:
    bom = checked(write(tmp_path / "bom", kind, rows))
    assert {name: letter for name, letter in letters(bom).items() if name in columns} == columns
    assert bom.lines["quantity"].to_list() == [2, 1]


def test_micro_sign_of_cp1252_is_not_turned_into_a_quote(tmp_path: Path) -> None:
    path = tmp_path / "bom.csv"
    path.write_bytes(b"Designator,Value,MPN,Qty\nC1,10\xb5F,GRM188,1\nC2,1\xb5F,GRM155,2\n")
    assert seen(checked(path), "mpn") == {2: ("GRM188", 1, 1, None), 3: ("GRM155", 2, 2, None)}
    assert "10µF" in (checked(path).lines["notes"][0] or "")


def test_spoiled_characters_are_reported(tmp_path: Path) -> None:
    path = tmp_path / "bom.csv"
    path.write_text("Part Number,Description,Qty\nA-1,Sensor Â±5A,1\nA-2,Nut,2\n", encoding="utf-8")
    assert "spoiled" in told(checked(path), "file")[None]


def test_text_details(tmp_path: Path) -> None:
    """A quoted line break counts as one record at its first line; inch marks and broken records survive."""
    path = tmp_path / "bom.csv"
    usual = "".join(f"B-{at},Screw,{at},EA\n" for at in range(1, 21))
    path.write_text(
        'sep=,\nPart Number,Description,Qty,Unit\nA-1,"Ring\nmagnet",4,EA\nA-2,3/4" pipe,1,EA\n'
        f'A-3,Bolt A,3,2,EA\nA-4,Nut\n M3,5,EA\nA-5,"Say ""hi""",6,EA\n{usual}',
        encoding="utf-8",
    )
    bom = checked(path)
    found = seen(bom)
    assert {row: line for row, line in found.items() if row < 10} == {
        3: ("A-1", 4, 4, None), 5: ("A-2", 1, 1, None), 6: ("A-3", 2, 2, None), 7: ("A-4", 5, 5, None), 9: ("A-5", 6, 6, None),
    }  # fmt: skip
    assert found[29] == ("B-20", 20, 20, None)
    texts = bom.lines["description"].to_list()[:5]
    assert [" ".join(text.split()) for text in texts] == [
        "Ring magnet",
        '3/4" pipe',
        "Bolt A,3",
        "Nut M3",
        'Say "hi"',
    ]
    assert len(bom.notes.filter(pl.col("text").str.contains("rejoined"))) == 2
    assert reasons(bom) == {1: "title", 2: "header"}


def test_nul_characters_are_dropped_and_told(tmp_path: Path) -> None:
    path = tmp_path / "bom.csv"
    path.write_bytes(
        csv_text([*PARTS, *([f"B-{at}", "Screw", 2, "EA", 1] for at in range(20))]).encode()
        + b"A-\x009,Nut,2,EA,1\n"
    )
    bom = checked(path)
    assert bom.lines.row(-1, named=True)["part_number"] == "A-9"
    assert "NUL" in told(bom, "file")[None]


def test_a_long_text_file_reads_as_a_short_one(tmp_path: Path) -> None:
    """Above the limit of careful parsing the records are read in one go: rows and texts stay the same."""
    body = "".join(f'P-{at:06d},"Screw, long",{at % 7 + 1},EA\n' for at in range(20_500))
    path = tmp_path / "bom.csv"
    path.write_text(
        f'Part Number,Description,Qty,Unit\nP-x,"two\nlines",2,EA\n{body}', encoding="utf-8"
    )
    bom = checked(path)
    assert bom.lines.height == 20_501
    assert bom.lines["row"].to_list()[:3] == [2, 4, 5]
    assert bom.lines.row(-1, named=True)["part_number"] == "P-020499"
    path.write_text(f'Part Number,Description,Qty,Unit\nP-x,3 "inch,2,EA\n{body}', encoding="utf-8")
    bom = checked(path)
    assert bom.lines.row(0, named=True)["description"] == '3 "inch'
    assert bom.lines.height == 20_501


def test_a_file_in_which_every_cell_is_quoted_reads_at_once(tmp_path: Path) -> None:
    path = tmp_path / "bom.csv"
    body = "".join(f'"P-{at}","Screw, long","{at % 7 + 1}","EA"\n' for at in range(250))
    path.write_text(f'"Part Number","Description","Qty","Unit"\n{body}', encoding="utf-8")
    begun = time.perf_counter()
    assert checked(path).lines.height == 250
    assert time.perf_counter() - begun < 3


def test_parquet_types_become_texts(tmp_path: Path) -> None:
    path = tmp_path / "bom.parquet"
    pl.DataFrame(
        {
            "part_number": ["A-1", "A-2", "A-3"],
            "name": ["Magnet", "Housing", "Shaft"],
            "quantity": [4.0, 0.5, None],
            "material": [["NdFeB", "Ni"], ["Al"], None],
            "other": [{"a": 1}, {"a": 2}, {"a": 3}],
        }
    ).write_parquet(path)
    bom = checked(path)
    assert seen(bom) == {
        1: ("A-1", 4, 4, None),
        2: ("A-2", 0.5, 0.5, None),
        3: ("A-3", None, None, None),
    }
    assert bom.lines["material"].to_list() == ["NdFeB; Ni", "Al", None]
    assert bom.lines["quantity_text"].to_list() == ["4", "0.5", None]


def test_html_and_xml_spans(tmp_path: Path) -> None:
    path = tmp_path / "bom.xls"
    path.write_text(
        "<table><tr><td colspan=4>Bill of materials<br>Rev C<tr><th>Part Number<th>Description<th>Qty<th>Unit"
        "<tr><td>A-1<td>Magnet &amp; ring<td>4<td>EA<tr><td>A-2<td>Nut<script>1<2</script><td>1<td>EA</table>",
        encoding="utf-8",
    )
    bom = checked(path)
    assert seen(bom) == {3: ("A-1", 4, 4, None), 4: ("A-2", 1, 1, None)}
    assert bom.lines["description"].to_list() == ["Magnet & ring", "Nut"]
    space = "urn:schemas-microsoft-com:office:spreadsheet"
    path.write_text(
        f'<?xml version="1.0"?><Workbook xmlns="{space}" xmlns:ss="{space}"><Worksheet ss:Name="P"><Table>'
        '<Row ss:Index="3"><Cell><Data>Part Number</Data></Cell><Cell ss:Index="3"><Data>Qty</Data></Cell></Row>'
        '<Row><Cell><Data>A-1</Data></Cell><Cell ss:Index="3"><Data>4</Data></Cell></Row>'
        '<Row><Cell><Data>A-2</Data></Cell><Cell ss:Index="3"><Data>5</Data></Cell></Row></Table></Worksheet></Workbook>',
        encoding="utf-8",
    )
    bom = checked(path)
    assert seen(bom) == {4: ("A-1", 4, 4, None), 5: ("A-2", 5, 5, None)}
    assert letters(bom) == {"part_number": "A", "quantity": "C"}
    assert reasons(bom) == {1: "blank", 2: "blank", 3: "header"}
