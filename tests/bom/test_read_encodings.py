"""Code pages are told by what their bytes read as, in short lists too; spoiled texts are reported."""

from __future__ import annotations

import random
from collections import Counter
from pathlib import Path

import pytest

from bomrisk.bom.encoding import decode, spoiled
from tests.bom.encoded_lists import PAGES, parts_list
from tests.bom.test_read_files import checked, html_text, told

UNICODE = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be")


def test_lists_of_sixteen_languages_are_decoded() -> None:
    """Of 30 lists per language, page and length (a header alone to 20 rows) hardly one is misread."""
    wrong: Counter[tuple[str, str]] = Counter()
    count = 0
    for language, pages in PAGES.items():
        for rows in (0, 1, 3, 20):
            for seed in range(30):
                text = parts_list(language, rows, random.Random(f"{language}{rows}{seed}"))
                for page in (*pages, *UNICODE):
                    count += 1
                    wrong[language, page] += decode(text.encode(page)).text != text
    assert sum(wrong.values()) <= 0.002 * count, wrong
    assert max(wrong.values()) <= 0.05 * 120, wrong


@pytest.mark.parametrize(
    ("page", "texts"),
    [
        ("cp1252", "Ø8 shaft|Capacitor 10 µF|Probe 20°C|±5%|Area 3 m²|½ inch|3 × 4|Brand® X|€ 5|10 – 20|O’Ring|Müller GmbH|Ångström|£5|Nº|Ø|ß"),
        ("cp1251", "Температура|°C|№ 5|10 мкФ|Ø8 мм|шт|±5 %|Болт"),
        ("gb18030", "Ω|10Ω|±5%|20℃|Φ8|φ8轴|10μF|3×4|（黑色）|个|磁铁|轴|①|≥5"),
        ("cp932", "Ω|±5%|20℃|φ8|3×4|（黒）|個|磁石|軸|ﾈｼﾞ|ﾜｯｼｬ"),
        ("cp949", "개|자석|±5%|20℃|축|φ8|Ω|나사"),
        ("big5", "個|磁鐵|±5%|20℃|軸|φ8|Ω"),
        ("euc_jp", "個|磁石|±5%|20℃|軸|φ8|Ω|ネジ"),
        ("cp1250", "Název|Množství v kusech, číslo|Łódź|Škoda"),
    ],
)  # fmt: skip
def test_one_text_beyond_ascii_is_enough(page: str, texts: str) -> None:
    misread = []
    for cell in texts.split("|"):
        text = f"Part Number,Description,Qty\r\nA-1,{cell},1\r\nA-2,Bearing,2\r\n"
        try:
            data = text.encode(page)
        except UnicodeEncodeError:
            continue
        if decode(data).text != text:
            misread.append(cell)
    assert misread == []


def test_what_the_file_was_read_as_is_said_and_what_else_it_may_be(tmp_path: Path) -> None:
    path = tmp_path / "bom.csv"
    path.write_bytes("Part Number,Description,Qty\nA-1,Győr,1\nA-2,Nut,2\n".encode("cp1250"))
    note = told(checked(path), "file")[None]
    assert "read as cp1252" in note
    assert "may also be cp1250" in note


def test_evidence_deep_in_a_long_file_counts(tmp_path: Path) -> None:
    text = "Part Number,Description,Qty\n" + "A-1,Nut,1\n" * 30_000 + "A-2,磁铁和电机的转子,2\n"
    assert decode(text.encode("gb18030")).text == text


def test_utf_8_with_a_few_foreign_bytes_stays_utf_8(tmp_path: Path) -> None:
    path = tmp_path / "bom.csv"
    rows = "".join(f"A-{at},Gehäuse für Läufer,{at}\n" for at in range(1, 9))
    path.write_bytes(f"Part Number,Description,Qty\n{rows}".encode() + b"B-1,Temp 20\xb0C,2\n")
    bom = checked(path)
    assert bom.lines["description"].to_list()[0] == "Gehäuse für Läufer"
    assert bom.lines["description"].to_list()[-1] == "Temp 20°C"
    assert "1 bytes of another encoding" in told(bom, "file")[None]


@pytest.mark.parametrize(
    ("text", "page", "wrong"),
    [
        ("Gehäuse für Läufer", "utf-8", "cp1252"),
        ("Магнит кольцевой", "utf-8", "cp1251"),
        ("Магнит кольцевой", "cp1251", "cp1252"),
        ("磁铁和电机的转子", "gb18030", "cp1252"),
        ("±5 %", "utf-8", "cp1252"),
    ],
)
def test_mojibake_is_reported(tmp_path: Path, text: str, page: str, wrong: str) -> None:
    path = tmp_path / "bom.csv"
    spoiled = text.encode(page).decode(wrong, "replace")
    path.write_text(f"Part Number,Description,Qty\nA-1,{spoiled},1\nA-2,Nut,2\n", encoding="utf-8")
    assert "spoiled" in told(checked(path), "file")[None]


@pytest.mark.parametrize("language", PAGES)
def test_sound_texts_are_no_mojibake(language: str) -> None:
    for seed in range(20):
        assert spoiled(parts_list(language, 20, random.Random(seed), plain=0.0)) is None
    assert spoiled("A ········ 5 ×××××× °°°° ± ½¼¾ Ø") is None


def test_an_html_page_is_read_as_it_declares_itself(tmp_path: Path) -> None:
    path = tmp_path / "bom.xls"
    rows = [["Part Number", "Description", "Qty"], ["A-1", "Győr", "4"], ["A-2", "Nut", "2"]]
    head = '<meta http-equiv="Content-Type" content="text/html; charset=windows-1250">'
    path.write_bytes(html_text(rows).replace("<head>", f"<head>{head}").encode("cp1250"))
    assert checked(path).lines["description"].to_list()[0] == "Győr"
