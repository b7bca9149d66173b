"""Large sheets are read by the places of their tags; whatever they hold, it is what calamine reads there."""

from __future__ import annotations

import time
import zipfile
from dataclasses import fields
from pathlib import Path
from xml.sax.saxutils import escape

import openpyxl
import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bomrisk.bom import Limits, ooxml, workbook
from bomrisk.bom.letters import letter
from bomrisk.bom.numberformats import Shown, shown
from bomrisk.bom.sheet import Sheet
from bomrisk.bom.sheetscan import SheetScan
from bomrisk.errors import InputError
from tests.bom.writers import xlsx_of_parts

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELATIONS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    + "".join(
        f'<Relationship Id="rId{number}" Type="{OFFICE}/{kind}" Target="{target}"/>'
        for number, (kind, target) in enumerate(
            (
                ("worksheet", "worksheets/sheet1.xml"),
                ("sharedStrings", "sharedStrings.xml"),
                ("styles", "styles.xml"),
            ),
            1,
        )
    )
    + "</Relationships>"
)
STYLES = (
    f'<styleSheet xmlns="{MAIN}"><numFmts count="2"><numFmt numFmtId="164" formatCode="00000"/>'
    '<numFmt numFmtId="165" formatCode="yyyy-mm-dd"/></numFmts><cellXfs count="7"><xf numFmtId="0"/>'
    '<xf numFmtId="2"/><xf numFmtId="164"/><xf numFmtId="0"><alignment indent="2"/></xf>'
    '<xf numFmtId="165"/><xf numFmtId="46"/><xf numFmtId="14"/></cellXfs></styleSheet>'
)
FIRST = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\r\n'
SHARED = (
    "<si><t>MAGNET, N42SH</t></si>",
    '<si><t xml:space="preserve">  indented </t></si>',
    "<si><t> trimmed </t></si>",
    "<si><t>R&amp;D &lt;5 &#916;T &#x41;</t></si>",
    "<si><t>two_x000D_\nlines _x0041_</t></si>",
    '<si><r><t>Sm</t></r><r><rPr><b/></rPr><t xml:space="preserve">Co </t></r></si>',
    '<si><t>磁石</t><rPh sb="0" eb="1"><t>じしゃく</t></rPh><phoneticPr fontId="1"/></si>',
    "<si><t/></si>",
    "<si><t></t></si>",
)


def book(
    path: Path,
    rows: str,
    *,
    shared: tuple[str, ...] = SHARED,
    after: str = "",
    styles: str = STYLES,
) -> bytes:
    """A workbook with these rows, written as they stand, with Excel's first lines."""
    xml = f'{FIRST}<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData>{after}</worksheet>'
    texts = f'{FIRST}<sst xmlns="{MAIN}" count="9" uniqueCount="9">{"".join(shared)}</sst>'
    extra = {
        "xl/_rels/workbook.xml.rels": RELATIONS,
        "xl/sharedStrings.xml": texts,
        "xl/styles.xml": styles,
    }
    return xlsx_of_parts(path, xml, extra=extra).read_bytes()


class Gathered:
    """Whether the last workbook was read by the places of its tags, each sheet of it."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.sheets: list[bool] = []
        self.patch = monkeypatch
        original = workbook._gathered

        def noted(found: SheetScan) -> tuple[pl.DataFrame, bool] | None:
            result = original(found)
            self.sheets.append(result is not None)
            return result

        monkeypatch.setattr(workbook, "_gathered", noted)

    def read(self, data: bytes, plain_from: int) -> list[Sheet] | str:
        self.sheets = []
        self.patch.setattr(ooxml, "PLAIN_FROM", plain_from)
        try:
            return workbook.read_workbook(data, "xlsx", "bom.xlsx", Limits())
        except InputError as error:
            return str(error)

    def alike(self, data: bytes) -> list[bool]:
        """Read both ways, which must agree in everything; which sheets were read by their tags."""
        by_calamine = self.read(data, 1 << 60)
        assert not any(self.sheets)
        by_tags = self.read(data, 0)
        if isinstance(by_calamine, str) or isinstance(by_tags, str):
            assert by_tags == by_calamine
            return self.sheets
        assert [sheet.name for sheet in by_tags] == [sheet.name for sheet in by_calamine]
        for one, other in zip(by_tags, by_calamine, strict=True):
            for field in fields(Sheet):
                mine, theirs = getattr(one, field.name), getattr(other, field.name)
                assert contents(mine) == contents(theirs), field.name
        return self.sheets

    def left(self, data: bytes, *, refused: str = "calamine error") -> bool:
        """Whether a workbook that is left to calamine is read; else it is refused, for this reason."""
        sheets = self.alike(data)
        said = self.read(data, 0)
        if isinstance(said, str):
            assert refused in said
            return False
        assert sheets
        assert not any(sheets)
        return True


def contents(value: object) -> object:
    """What a field of a sheet holds, in types that can be compared."""
    if isinstance(value, pl.DataFrame):
        columns = value.to_dict(as_series=False)
        while columns and not any(columns[list(columns)[-1]]):
            columns.popitem()
        return columns
    if isinstance(value, pl.Series):
        return value.to_list()
    if isinstance(value, dict):
        return {key: contents(part) for key, part in value.items()}
    return value


@pytest.fixture
def gathered(monkeypatch: pytest.MonkeyPatch) -> Gathered:
    return Gathered(monkeypatch)


NUMBERS = [
    *[
        "0",
        "1",
        "7",
        "10",
        "-3",
        "0.5",
        "143.91",
        "100",
        "0.30000000000000004",
        "1E-05",
        "1e5",
        "1.5E3",
    ],
    *[
        "1E-10",
        "-0",
        "-3.50",
        "5.0",
        "007",
        ".5",
        "5.",
        "+7",
        "1E17",
        "123456789012345678",
        "45000",
    ],
    *["12345678.123456789", "99999999999999.99", "3.14159265358979", "-.5E-3"],
]
SIGNS = [*"ab N42 é磁-_x0041_\t\n", "&amp;", "&lt;", "&#10;", "_x000D_", ">"]
WORDS = st.lists(st.sampled_from(SIGNS), max_size=12).map("".join)


@st.composite
def cells(draw: st.DrawFn, place: str) -> str:
    """One cell as some program writes it."""
    style = draw(st.sampled_from(["", "", "", *(f' s="{number}"' for number in range(4))]))
    head = f'<c r="{place}"{style}'
    formula = draw(st.sampled_from(["", "", "<f>A1+1</f>", '<f t="shared" si="0"/>']))
    kind = draw(
        st.sampled_from(["shared", "number", "day", "typed", "formula", "inline", "bool", "empty"])
    )
    if kind == "shared":
        return f'{head} t="s">{formula}<v>{draw(st.integers(0, len(SHARED) - 1))}</v></c>'
    if kind == "number":
        return f"{head}>{formula}<v>{draw(st.sampled_from(NUMBERS))}</v></c>"
    if kind == "day":
        return f'<c r="{place}" s="{draw(st.sampled_from([4, 6]))}"><v>{draw(st.integers(61, 2958465))}</v></c>'
    if kind == "typed":
        return f'{head} t="n"><v>{draw(st.sampled_from(NUMBERS))}</v></c>'
    if kind == "formula":
        return f'{head} t="str">{formula or "<f>B1</f>"}<v>{draw(WORDS)}</v></c>'
    if kind == "inline":
        kept = draw(st.sampled_from(["", ' xml:space="preserve"']))
        return f'{head} t="inlineStr"><is><t{kept}>{draw(WORDS)}</t></is></c>'
    if kind == "bool":
        return f'{head} t="b"><v>{draw(st.integers(0, 1))}</v></c>'
    return draw(
        st.sampled_from(
            [
                f"{head}/>",
                f"{head} />",
                f"{head}></c>",
                f"{head}><v></v></c>",
                f"{head}><f>A1</f></c>",
                f"{head}><f>A1</f><v /></c>",
                f'{head} t="str"><f>A1</f><v></v></c>',
                f'{head} t="e"><f>A1</f><v>#REF!</v></c>',
            ]
        )
    )


@st.composite
def rows(draw: st.DrawFn) -> str:
    """Rows with gaps between them and between their cells."""
    written = ""
    for number in sorted(draw(st.sets(st.integers(1, 12), min_size=1, max_size=6))):
        columns = sorted(draw(st.sets(st.sampled_from([0, 1, 2, 25, 26, 60]), max_size=4)))
        marks = draw(st.sampled_from(["", ' hidden="1"', ' outlineLevel="2"', ' spans="1:5"']))
        inner = "".join(draw(cells(f"{letter(column)}{number}")) for column in columns)
        end = draw(st.sampled_from(["", "\n"]))
        written += (
            f'<row r="{number}"{marks}>{inner}</row>{end}'
            if inner
            else f'<row r="{number}"{marks}/>'
        )
    return written


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows())
def test_every_cell_is_what_calamine_reads(gathered: Gathered, tmp_path: Path, rows: str) -> None:
    assert gathered.alike(book(tmp_path / "bom.xlsx", rows)) == [True]


CELL = '<c r="A1"><v>1</v></c>'


@pytest.mark.parametrize(
    "odd",
    [
        '<row r="1"><c t="n" r="A1"><v>2</v></c></row>',
        '<row r="1"><c><v>2</v></c></row>',
        "<row r='1'><c r='A1'><v>2</v></c></row>",
        '<row r="1"><c r="A1" cm="1"><v>2</v></c></row>',
        '<row r="1"><c r="a1"><v>2</v></c></row>',
        '<row r="1"><c r="A1" s="5"><v>45000</v></c></row>',
        '<row r="1"><c r="A1" s="4"><v>45000.5</v></c></row>',
        '<row r="1"><c r="A1" s="4"><v>60</v></c></row>',
        *(
            f'<row r="1"><c r="A1"{kind}><v>{text}</v></c></row>'
            for text in ("AR", "1,5", "1.2.3", " 7", "NaN", "1e999", "1E20")
            for kind in ("", ' t="n"')
        ),
        '<row r="1"><c r="A1" s="99"><v>45000</v></c></row>',
        '<row r="1"><c r="A1" t="d"><v>2024-01-02</v></c></row>',
        '<row r="1"><c r="A1" t="s"><v>99</v></c></row>',
        '<row r="1"><c r="A1" t="inlineStr"><is><r><t>a</t></r><r><t>b</t></r></is></c></row>',
        '<row r="1"><c r="A1" t="inlineStr"><is><t>a</t><t>b</t></is></c></row>',
        '<row r="1"><c r="A1" t="str"><v>a<![CDATA[<c]]></v></c></row>',
        '<row r="1"><!-- <c r="B1"><v>7</v></c> --><c r="A1"><v>2</v></c></row>',
        '<row r="1"><c r="A1"><v xml:space="preserve">2</v></c></row>',
        f'<row r="1">{CELL}<extLst><ext/></extLst></row>',
        f'<x:row xmlns:x="{MAIN}" r="1"><x:c r="A1"><x:v>2</x:v></x:c></x:row>',
    ],
)
def test_what_programs_hardly_write_is_left_to_calamine(
    gathered: Gathered, tmp_path: Path, odd: str
) -> None:
    rest = '<row r="2"><c r="A2"><v>5</v></c><c r="B2" t="s"><v>0</v></c></row>'
    for rows in (
        odd + rest,
        rest.replace("2", "1", 1).replace("A2", "A1").replace("B2", "B1")
        + odd.replace("1", "2", 1),
    ):
        gathered.left(book(tmp_path / "bom.xlsx", rows))


@pytest.mark.parametrize(
    "shared", ["<si/>", "<si><t>&unknown;</t></si>", "<si><t><![CDATA[x]]></t></si>"]
)
def test_shared_texts_that_programs_hardly_write_are_left_to_calamine(
    gathered: Gathered, tmp_path: Path, shared: str
) -> None:
    rows = '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row>'
    data = book(tmp_path / "bom.xlsx", rows, shared=(shared, *SHARED))
    gathered.left(data)


@pytest.mark.parametrize(
    "shared",
    [
        '<si><t xml:space="default">Sm</t></si>',
        "<si><t xml:space='preserve'> Sm </t></si>",
        "<si><t >Sm</t></si>",
        "<si><r><t >Sm</t></r><r><t>Co</t></r></si>",
        '<si><r><t xml:space="preserve" >Sm </t></r><r><t>Co</t></r></si>',
        "<si><t>a</t><t>b</t></si>",
        '<si><r><t>a</t></r><rPh sb="0" eb="1"/><r><t>b</t></r><rPh><t>x</t></rPh></si>',
        '<si><r><rPr a="<t>z</t>"/><t>b</t></r></si>',
        "<si><r><t>_x00</t></r><r><t>41_</t></r></si>",
        "<si><r><rPr><t>no</t></rPr><t>Sm</t></r></si>",
        "<si><t>a<!-- x -->b</t></si>",
        "<si><t>line\r\nline</t></si>",
    ],
)
def test_shared_texts_in_odd_tags_are_what_calamine_reads(
    gathered: Gathered, tmp_path: Path, shared: str
) -> None:
    rows = '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row>'
    gathered.alike(book(tmp_path / "bom.xlsx", rows, shared=(shared, *SHARED)))


def test_a_shared_text_with_character_data_is_read_wherever_a_block_ends(
    gathered: Gathered, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from bomrisk.bom import archive

    rows = '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="s"><v>1</v></c></row>'
    data = book(tmp_path / "bom.xlsx", rows, shared=("<si><t>a<![CDATA[N42]]></t></si>", *SHARED))
    for block in range(150, 210):
        monkeypatch.setattr(archive, "_BLOCK", block)
        gathered.alike(data)


def test_spoken_texts_without_an_end_are_passed_over_in_a_moment(
    gathered: Gathered, tmp_path: Path
) -> None:
    rows = '<row r="1"><c r="A1" t="s"><v>0</v></c></row>'
    shared = f"<si><r><t>a</t></r>{'<rPh>' * 200_000}</si>"
    began = time.process_time()
    gathered.read(book(tmp_path / "bom.xlsx", rows, shared=(shared,)), 0)
    assert time.process_time() - began < 10


@pytest.mark.parametrize(
    "text",
    [
        *("a&#xD800;b", "a&#55296;b", "a&#0;b", "a&#x0;b", "a&#x110000;b", "a&#٤٥;b", "a& b"),
        *(
            "a_xD800_b",
            "_xD83D__xDE00_",
            "_xFFFF_",
            "_x2019_",
            "_x0100_",
            "_x00FF_",
            "_x005F_x0041_",
        ),
    ],
)
def test_codes_of_no_sign_are_left_as_calamine_leaves_them(
    gathered: Gathered, tmp_path: Path, text: str
) -> None:
    for cell in (
        '<c r="A1" t="s"><v>0</v></c>',
        f'<c r="A1" t="inlineStr"><is><t>{text}</t></is></c>',
        f'<c r="A1" t="str"><f>B1</f><v>{text}</v></c>',
    ):
        shared = (f"<si><t>{text}</t></si>",) if 't="s"' in cell else SHARED
        gathered.alike(book(tmp_path / "bom.xlsx", f'<row r="1">{cell}</row>', shared=shared))
    rich = f"<si><r><t>{text}</t></r><r><t>b</t></r></si>"
    rows = '<row r="1"><c r="A1" t="s"><v>0</v></c></row>'
    gathered.alike(book(tmp_path / "bom.xlsx", rows, shared=(rich,)))


def test_shared_texts_are_those_of_the_part_that_calamine_reads(
    gathered: Gathered, tmp_path: Path
) -> None:
    """Another part of such a name, before it or instead of it, is not taken for it."""
    rows = '<row r="1"><c r="A1" t="s"><v>0</v></c></row>'
    book(tmp_path / "bom.xlsx", rows)
    with zipfile.ZipFile(tmp_path / "bom.xlsx") as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    right = parts.pop("xl/sharedStrings.xml")
    wrong = right.replace(b"MAGNET", b"STEEL")
    for names in (
        {"customXml/sharedStrings.xml": wrong, "xl/sharedStrings.xml": right},
        {"xl/SharedStrings.xml": right, "xl/sharedStrings.xml": wrong},
        {"xl/old/sharedStrings.xml": wrong},
    ):
        with zipfile.ZipFile(tmp_path / "two.xlsx", "w") as archive:
            for name, content in (parts | names).items():
                archive.writestr(name, content)
        gathered.left((tmp_path / "two.xlsx").read_bytes())


NINE = '<row\tr="2"><c\tr="A2"><v>9</v></c></row>'


@pytest.mark.parametrize(
    "head",
    [
        *(f"{{}}{first}{NINE}" for first in ("<sheetData/>", '<sheetData a="1">')),
        f"<!-- {{}} --><sheetData>{NINE}</sheetData>",
        f"<?x {{}} ?><sheetData>{NINE}</sheetData>",
        f"<![CDATA[{{}}]]><sheetData>{NINE}</sheetData>",
        f'<x:sheetData xmlns:x="{MAIN}"><x:row r="2"/></x:sheetData>{{}}',
        f'<sheetData a="1">{NINE}</sheetData>{{}}',
        "<sheetData/>{}",
        *('<dimension ref="A1:"/>{}', "<dimension/>{}", '<dimension ref="?"/>{}'),
        '<foo a="><sheetData>"/>{}',
    ],
)
def test_rows_begin_where_calamine_sees_them_begin(
    gathered: Gathered, tmp_path: Path, head: str
) -> None:
    rows = f'<sheetData><row r="1">{CELL}</row></sheetData>'
    xml = f'<worksheet xmlns="{MAIN}">{head.format(rows)}</worksheet>'
    gathered.alike(xlsx_of_parts(tmp_path / "bom.xlsx", xml).read_bytes())


@pytest.mark.parametrize("encoding", ["ISO-8859-1", "GBK", "UTF-16", "ISO-2022-JP", "utf-8"])
def test_a_part_is_read_in_the_encoding_that_it_names(
    gathered: Gathered, tmp_path: Path, encoding: str
) -> None:
    line = f'<?xml version="1.0" encoding="{encoding}"?>'
    rows = '<row r="1"><c r="A1" t="s"><v>0</v></c></row>'
    texts = f"{line}<sst><si><t>é磁 \x1b$B12</t></si></sst>"
    inline = '<row r="1"><c r="A1" t="inlineStr"><is><t>é磁 \x1b$B12</t></is></c></row>'
    xml = "<worksheet><sheetData>{}</sheetData></worksheet>"
    path = tmp_path / "bom.xlsx"
    extra = {"xl/sharedStrings.xml": texts}
    for part in (xml.format(rows), line + xml.format(inline)):
        data = xlsx_of_parts(path, part, extra=extra).read_bytes()
        assert (True in gathered.alike(data)) == (encoding == "utf-8")


@pytest.mark.parametrize("place", ["A1</f>", 'r="1">', "<foo"])
def test_a_sheet_that_is_not_in_utf8_is_refused_wherever_it_is_not(
    gathered: Gathered, tmp_path: Path, place: str
) -> None:
    rows = '<row r="1"><c r="A1"><f>A1</f><v>1</v></c></row>'
    xml = f'<worksheet xmlns="{MAIN}"><sheetData>{rows}</sheetData><foo/></worksheet>'.encode()
    bad = xml.replace(place.encode(), b"\xff" + place.encode(), 1).decode("latin-1")
    path = tmp_path / "bom.xlsx"
    xlsx_of_parts(path, "")
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts["xl/worksheets/sheet1.xml"] = bad.encode("latin-1")
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    assert not gathered.left(path.read_bytes(), refused="not written in UTF-8")


@pytest.mark.parametrize(
    "cells",
    [
        *(
            '<c r="{0}1" s="1"><v>-0.0</v></c><c r="{1}1"><v>0.0</v></c>',
            '<c r="{0}1"><v>0.0</v></c><c r="{1}1"><v>-0.00</v></c>',
        ),
        *(f'<c r="{{0}}1" t="b"><v>{truth}</v></c>' for truth in ("0", "1", "00", "01", "2")),
        *(f'<c r="{{0}}1" t="e"><v>{error}</v></c>' for error in ("#REF!", "#SPILL!", "#n/a", "7")),
        '<c r="{0}1"><v>3</v></c><c r="{0}1"><v>4</v></c><c r="{0}1"/>',
        '<c r="{0}1"><v>3</v></c><c r="{0}1" t="str"><v></v></c>',
        '<c r="{0}1"><v>3</v></c><c r="{0}1" t="inlineStr"><is><t></t></is></c>',
    ],
)
def test_cells_that_are_nearly_the_same_are_told_apart(
    gathered: Gathered, tmp_path: Path, cells: str
) -> None:
    """Zero and minus zero, truths of more digits, errors that are unknown, one place written twice."""
    rows = f'<row r="1">{cells.format("A", "B")}</row>'
    gathered.alike(book(tmp_path / "bom.xlsx", rows))


@pytest.mark.parametrize(
    "tag",
    [
        *('<row r="1" hidden="1">', '<row r="1"\thidden="1">', '<row r="1"\noutlineLevel="3">'),
        *('<row r="9">', '<row r="1000000">', '<row r="5000001">', '<row r="99999999">'),
        *('<row r="0">', '<row r="">', '<row r="-1">', '<row r="1.0">', "<row>", '<rows r="1">'),
    ],
)
def test_a_row_counts_by_its_own_tag(gathered: Gathered, tmp_path: Path, tag: str) -> None:
    """An empty row far below is within the limits or not, whoever reads the cells."""
    cell = '<c r="A1"><v>1</v></c>'
    for rows in (f"{tag}{cell}</row>", f'<row r="1">{cell}</row>{tag[:-1]}/>'):
        gathered.alike(book(tmp_path / "bom.xlsx", rows))


def test_a_row_without_a_number_behind_an_empty_far_row_is_beyond_the_limits(
    gathered: Gathered, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Calamine, to which the second batch sends the sheet, would make room for all rows between."""
    from bomrisk.bom import archive, sheetscan

    far = '<row r="5000000"/>' * 100 + " " * 1000
    rows = f'<row r="1">{CELL}</row>{far}<row spans="1:1"><c><v>7</v></c></row>'
    data = book(tmp_path / "bom.xlsx", rows)
    monkeypatch.setattr(archive, "_BLOCK", 256)
    monkeypatch.setattr(sheetscan, "_BATCH", 512)
    monkeypatch.setattr(workbook, "_load", lambda *_: pytest.fail("calamine makes room for them"))
    read = gathered.read(data, 0)
    assert isinstance(read, str)
    assert "beyond the limit" in read


def test_cells_are_found_across_batches_of_any_size(
    gathered: Gathered, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from bomrisk.bom import archive, sheetscan

    lines = [
        f'<row r="{row}"><c r="A{row}"><v>{row}</v></c><c r="C{row}" t="s"><v>3</v></c></row>'
        for row in range(1, 400)
    ]
    data = book(
        tmp_path / "bom.xlsx",
        "".join(lines),
        after='<mergeCells><mergeCell ref="A1:A2"/></mergeCells>',
    )
    for block, batch in ((64, 100), (1000, 1500), (333, 5000)):
        monkeypatch.setattr(archive, "_BLOCK", block)
        monkeypatch.setattr(sheetscan, "_BATCH", batch)
        read = gathered.read(data, 0)
        assert not isinstance(read, str)
        assert read[0].frame.get_column("A").to_list() == [str(row) for row in range(1, 400)]
        assert read[0].frame.get_column("C").unique().to_list() == ["R&D <5 ΔT A"]
        assert len(read[0].merges) == 1
    assert gathered.sheets == [True]


@pytest.mark.parametrize("write_only", [True, False])
def test_workbooks_of_openpyxl_are_read_by_their_tags(
    gathered: Gathered, tmp_path: Path, *, write_only: bool
) -> None:
    made = openpyxl.Workbook(write_only=write_only)
    sheet = made.create_sheet("BOM")
    for number in range(50):
        sheet.append([number, f"P&N {number}", number / 7, None, number % 2 == 0, " a ", "=A1*2"])
    made.save(tmp_path / "bom.xlsx")
    assert all(gathered.alike((tmp_path / "bom.xlsx").read_bytes()))
    assert gathered.sheets


def test_a_sheet_with_one_far_cell_is_not_laid_out_in_full(
    gathered: Gathered, tmp_path: Path
) -> None:
    rows = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="A1048576"><v>2</v></c><c r="Z1048576"><v>2</v></c></row>'
    assert gathered.alike(book(tmp_path / "bom.xlsx", rows)) == [False]


def test_shared_texts_with_a_document_type_are_left_to_calamine(
    gathered: Gathered, tmp_path: Path
) -> None:
    data = book(
        tmp_path / "bom.xlsx",
        '<row r="1"><c r="A1"><v>1</v></c></row>',
        shared=('<!DOCTYPE x [<!ENTITY a "b">]>',),
    )
    gathered.left(data)


def test_a_damaged_or_shortened_sheet_is_left_to_calamine(
    gathered: Gathered, tmp_path: Path
) -> None:
    """What calamine refuses for its checksum is refused, though every tag is in its place."""
    xml = '<row r="1"><c r="A1"><v>1234</v></c></row><row r="2"><c r="A2"><v>5678</v></c></row>'
    sheet = f'<worksheet xmlns="{MAIN}"><sheetData>{xml}</sheetData></worksheet>'
    path = tmp_path / "bom.xlsx"
    sound = xlsx_of_parts(path, sheet, compress=False).read_bytes()
    assert gathered.alike(sound) == [True]
    gathered.left(sound.replace(b"5678", b"5679"))
    for end in ("", "</sheetData>"):
        part = sheet.replace("</sheetData></worksheet>", end)
        gathered.left(xlsx_of_parts(path, part).read_bytes())


@pytest.mark.parametrize(
    ("code", "what"),
    [
        ("0.00", Shown.NUMBER),
        ("#,##0.00 [$€-407];[Red]-#,##0.00", Shown.NUMBER),
        ('0.0 "days"', Shown.NUMBER),
        ("0.00E+00", Shown.NUMBER),
        ("yyyy-mm-dd", Shown.DAY),
        ("[$-409]d-mmm-yy;@", Shown.DAY),
        ("m/d/yyyy h:mm", Shown.DAY),
        ("[h]:mm", Shown.UNSURE),
        ("mm:ss", Shown.UNSURE),
        ('General "y"d', Shown.UNSURE),
        ("General/General", Shown.UNSURE),
        ('"a_"0"d"', Shown.UNSURE),
    ],
)
def test_a_format_says_how_its_numbers_are_read(
    gathered: Gathered, tmp_path: Path, code: str, what: Shown
) -> None:
    """And calamine reads them so."""
    assert shown("164", code) == what
    rows = '<row r="1"><c r="A1" s="4"><v>45000</v></c></row>'
    path = tmp_path / "bom.xlsx"
    styles = STYLES.replace("yyyy-mm-dd", escape(code, {'"': "&quot;"}))
    assert gathered.alike(book(path, rows, styles=styles)) == [what != Shown.UNSURE]


def test_days_since_1904_are_left_to_calamine(gathered: Gathered, tmp_path: Path) -> None:
    rows = '<row r="1"><c r="A1" s="4"><v>45000</v></c></row>'
    book(tmp_path / "bom.xlsx", rows)
    with zipfile.ZipFile(tmp_path / "bom.xlsx") as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts["xl/workbook.xml"] = parts["xl/workbook.xml"].replace(
        b"<sheets>", b'<workbookPr date1904="1"/><sheets>'
    )
    with zipfile.ZipFile(tmp_path / "old.xlsx", "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    assert gathered.alike((tmp_path / "old.xlsx").read_bytes()) == [False]


@pytest.mark.parametrize(
    "styles",
    [
        '<numFmts><numFmt numFmtId="14" formatCode=""/></numFmts><cellXfs><xf numFmtId="14"/></cellXfs>',
        '<dxfs><dxf><numFmt numFmtId="165" formatCode="yyyy"/></dxf></dxfs><cellXfs><xf numFmtId="165"/></cellXfs>',
        '<cellXfs/><fonts><xf numFmtId="14"/></fonts>',
        '<cellXfs><xf numFmtId="0"><extLst><xf numFmtId="14"/></extLst></xf><xf numFmtId="2"/></cellXfs>',
    ],
)
def test_formats_are_those_of_the_cells(gathered: Gathered, tmp_path: Path, styles: str) -> None:
    """And not those of a condition, a font or an extension."""
    rows = '<row r="1"><c r="A1" s="0"><v>45000</v></c></row>'
    rows += '<row r="2"><c r="A2" s="1"><v>45000</v></c></row>' if "ext" in styles else ""
    xml = f'<styleSheet xmlns="{MAIN}">{styles}</styleSheet>'
    gathered.alike(book(tmp_path / "bom.xlsx", rows, styles=xml))


def test_a_workbook_whose_list_of_sheets_is_odd_is_left_to_calamine(
    gathered: Gathered, tmp_path: Path
) -> None:
    """Two sheets of one name would be one, and one that is missing would be passed over."""
    data = book(tmp_path / "bom.xlsx", f'<row r="1">{CELL}</row>')
    with zipfile.ZipFile(tmp_path / "bom.xlsx") as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    assert gathered.alike(data) == [True]
    for sheet in (
        '<sheet name="BOM" sheetId="2" r:id="rId1"/>',
        '<sheet name="Other" sheetId="2" r:id="rId99"/>',
        '<sheet name="Other" sheetId="2"/>',
    ):
        listed = parts["xl/workbook.xml"].replace(b"</sheets>", f"{sheet}</sheets>".encode())
        with zipfile.ZipFile(tmp_path / "odd.xlsx", "w") as archive:
            for name, content in (parts | {"xl/workbook.xml": listed}).items():
                archive.writestr(name, content)
        gathered.left((tmp_path / "odd.xlsx").read_bytes())


HEADLESS = f'<row r="1">{CELL}</row>'
MANY = 300_000


@pytest.mark.parametrize(
    ("rows", "head", "code"),
    [
        (HEADLESS, " " * 8_000_000, "0"),
        (HEADLESS, "<a " + 'b="c"' * MANY + " <", "0"),
        (HEADLESS, "", "General" * MANY),
        (HEADLESS.replace("r=", 's="0" r=') + '<row r="2"><c r="A2" t="e"><f>' * MANY, "", "0"),
        (f'<row r="1"><c r="A1" t="str"><v>{"&amp;" * 40_000}</v></c></row>' * 200, "", "0"),
        (f'<row r="1"><c r="A1" t="str"><v>{"&#38;" * 40_000}</v></c></row>' * 200, "", "0"),
    ],
    ids=["blanks", "quotes", "General", "errors", "named", "numbered"],
)
def test_no_small_file_takes_long(
    gathered: Gathered, tmp_path: Path, rows: str, head: str, code: str
) -> None:
    xml = f'<worksheet xmlns="{MAIN}">{head}<sheetData>{rows}</sheetData></worksheet>'
    styles = STYLES.replace("yyyy-mm-dd", code)
    path = tmp_path / "bom.xlsx"
    data = xlsx_of_parts(path, xml, extra={"xl/styles.xml": styles}).read_bytes()
    began = time.process_time()
    gathered.read(data, 0)
    assert time.process_time() - began < 10


def test_the_head_of_a_sheet_takes_no_room(gathered: Gathered, tmp_path: Path) -> None:
    """Blanks without end before the rows are not looked at one by one."""
    blanks = " " * 3_000_000
    xml = f'<worksheet xmlns="{MAIN}">{blanks}<sheetData>{HEADLESS}</sheetData></worksheet>'
    assert gathered.alike(xlsx_of_parts(tmp_path / "bom.xlsx", xml).read_bytes()) == [False]


@pytest.mark.parametrize("tag", ["/c", "/v", "/f", "/t", "/is", "is", "/row"])
def test_a_tag_of_another_name_is_not_taken_for_one(
    gathered: Gathered, tmp_path: Path, tag: str
) -> None:
    """Calamine, which finds no end, refuses the sheet."""
    rows = (
        '<row r="1"><c r="A1"><f>B1</f><v>1</v></c></row>'
        '<row r="2"><c r="A2" t="inlineStr"><is><t>x</t></is></c></row>'
    )
    gathered.alike(book(tmp_path / "bom.xlsx", rows.replace(f"<{tag}>", f"<{tag}x>")))


def test_two_archives_in_one_file_are_refused(gathered: Gathered, tmp_path: Path) -> None:
    """The tags of one would be scanned, and the cells of the other read."""
    one = book(tmp_path / "bom.xlsx", f'<row r="1">{CELL}</row>')
    odd = book(tmp_path / "bom.xlsx", '<row r="1"><c t="n" r="A1"><v>2</v></c></row>')
    for data in (one + odd, odd + one, b"PK\x03\x04" + one):
        read = gathered.read(data, 0)
        assert isinstance(read, str)
        assert gathered.read(data, 1 << 60) == read


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.one_of(
            st.floats(-1e17, 1e17, allow_nan=False),
            st.floats(-1e3, 1e3),
            st.integers(-(10**12), 10**12).map(lambda number: number / 1000),
            st.tuples(st.integers(-(10**7), 10**7), st.integers(1, 999)).map(
                lambda pair: pair[0] / pair[1]
            ),
        ),
        min_size=1,
        max_size=30,
    )
)
def test_numbers_of_any_precision_are_as_calamine_reads_them(
    gathered: Gathered, tmp_path: Path, numbers: list[float]
) -> None:
    rows = "".join(
        f'<row r="{row}"><c r="A{row}"><v>{number!r}</v></c></row>'
        for row, number in enumerate(numbers, 1)
    )
    assert gathered.alike(book(tmp_path / "bom.xlsx", rows)) == [True]
