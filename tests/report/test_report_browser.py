"""The page in Chromium, offline: the table of lines, the details, the filters, print, no script, accessibility.

`open_report` fails a test in which the page asked for anything, logged anything or raised an error.
"""

from __future__ import annotations

import csv
import io
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

import polars as pl
import pytest

from tests.report import scenes
from tests.report.longbom import long_bom

if TYPE_CHECKING:
    from playwright.sync_api import Page

    from tests.report.conftest import Opener

pytestmark = pytest.mark.browser
AXE = Path(__file__).parent.parent / "data" / "vendor" / "axe-core" / "axe.min.js"


def parts(page: Page) -> list[str]:
    """The first words of the rows that the table shows, in its order."""
    return page.locator("#lines-table .tabulator-row .line-open").all_inner_texts()


def told(page: Page) -> str:
    """What the page says of the number of lines shown."""
    return " ".join(page.locator("#lines-count").inner_text().split())


def wait_for_count(page: Page, text: str) -> None:
    """Wait until the page says so many lines; filters work with a short delay."""
    page.locator("#lines-count", has_text=text).wait_for()


@pytest.mark.parametrize(
    "scene", ["normal", "without_findings", "all_unknown", "empty", "hostile", "dated"]
)
def test_every_scene_opens_without_request_or_complaint(open_report: Opener, scene: str) -> None:
    page = open_report(getattr(scenes, scene)())
    assert page.locator("#lines-live").is_visible()
    assert not page.locator("#lines-static").is_visible()
    assert page.locator("h1").inner_text()


def test_lines_stand_in_the_order_and_depth_of_the_bom(open_report: Opener) -> None:
    page = open_report(scenes.normal())
    assert parts(page)[:4] == ["SYS-100", "SYS-110", "PMP-200", "MAG-217"]
    left = [
        page.locator("#lines-table .line-open").nth(n).bounding_box() or {"x": 0.0}
        for n in range(4)
    ]
    assert left[0]["x"] < left[1]["x"] < left[2]["x"] < left[3]["x"]
    assert told(page) == "10 lines"


def test_search_and_filters_narrow_the_lines(open_report: Opener) -> None:
    page = open_report(scenes.normal())
    page.fill("#filter-text", "rotor supply")
    wait_for_count(page, "2 lines of 10")
    assert parts(page) == ["MAG-300", "MAG-301"]
    page.fill("#filter-text", "rotor supply N42SH")
    wait_for_count(page, "1 line of 10")
    page.click("#line-filters button[type=reset]")
    wait_for_count(page, "10 lines")
    page.select_option("#filter-band", "High")
    wait_for_count(page, "1 line of 10")
    assert parts(page) == ["MTR-400"]
    page.select_option("#filter-band", "")
    page.select_option("#filter-result", label="Fails")
    wait_for_count(page, "1 line of 10")
    assert parts(page) == ["MAG-217"]
    page.select_option("#filter-result", "")
    page.select_option("#filter-material", "-")
    wait_for_count(page, "6 lines of 10")
    page.select_option("#filter-material", label="Samarium-cobalt 2:17 magnet")
    wait_for_count(page, "2 lines of 10")
    assert parts(page) == ["MAG-217", "MAG-301"]
    page.fill("#filter-text", "no such part")
    wait_for_count(page, "0 lines of 10")
    assert page.locator(".tabulator-placeholder").inner_text() == "No line matches these filters."


def test_lines_sort_by_column_and_worst_first_with_unknown_last(open_report: Opener) -> None:
    page = open_report(scenes.normal())
    head = page.locator("#lines-table .tabulator-col[tabulator-field=part]")
    head.click()
    assert parts(page)[:2] == ["(no part number or name)", "HSG-500"]
    head.click()
    assert parts(page)[0] == "SYS-110"
    quantity = page.locator("#lines-table .tabulator-col[tabulator-field=quantity]")
    quantity.click()
    assert parts(page)[0] == "MAG-300"
    assert parts(page)[-1] == "MAG-301"
    quantity.click()
    assert parts(page)[-1] == "MAG-301"
    page.select_option("#order", "worst")
    assert parts(page)[:4] == ["MAG-217", "MAG-300", "MAG-301", "MTR-400"]
    page.select_option("#order", "bom")
    assert parts(page)[:2] == ["SYS-100", "SYS-110"]


def test_the_worst_are_in_the_same_order_on_screen_and_on_paper(open_report: Opener) -> None:
    page = open_report(long_bom(400))
    page.select_option("#order", "worst")
    printed = page.locator("#lines-static tbody th b").all_text_contents()
    shown = parts(page)
    assert len(shown) > 5
    assert printed[: len(shown)] == shown


def test_details_open_by_keyboard_and_give_the_focus_back(open_report: Opener) -> None:
    page = open_report(scenes.normal())
    page.locator(".line-open", has_text="SYS-100").focus()
    for _ in range(3):
        page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.textContent") == "MAG-217"
    page.keyboard.press("Enter")
    dialog = page.locator("#line-dialog")
    dialog.wait_for()
    text = " ".join(dialog.inner_text().split())
    assert "MAG-217 MAGNET, PERMANENT, SM2CO17, 2:17 30 MGOe" in text
    assert "252.225-7052(b)(1)(i)" in text
    assert "melted in China (column D); magnetized in the United States (column E)" in text
    assert "Sm separated China 98 %" in text
    assert "SmCo powdered no figures: unknown" in text
    assert "Supplier Magnet Works" in text
    assert dialog.locator("mark").all_inner_texts() == ["SM2CO17"]
    page.keyboard.press("Escape")
    assert not dialog.is_visible()
    assert page.evaluate("document.activeElement.textContent") == "MAG-217"


def test_details_step_through_the_filtered_lines(open_report: Opener) -> None:
    page = open_report(scenes.normal())
    page.fill("#filter-text", "rotor supply")
    wait_for_count(page, "2 lines of 10")
    page.locator("#lines-table .tabulator-row").first.click()
    assert page.locator("#dialog-previous").is_disabled()
    page.click("#dialog-next")
    assert "MAG-301" in page.locator("#line-dialog-title").inner_text()
    assert "the quantity 'A/R' cannot be read" in page.locator("#line-dialog").inner_text()
    assert page.locator("#dialog-next").is_disabled()
    page.click("#dialog-close")
    assert not page.locator("#line-dialog").is_visible()


def test_an_inferred_material_is_marked_in_table_and_details(open_report: Opener) -> None:
    page = open_report(scenes.normal())
    row = page.locator("#lines-table .tabulator-row", has_text="MTR-400")
    assert "inferred" in row.inner_text()
    row.click()
    assert "inferred from the type of part" in page.locator("#line-dialog").inner_text()


@pytest.mark.parametrize(
    ("rule", "word"),
    [
        ("human: R. Viewer, 2026-11-01: drawing 7, note 3", "decided"),
        ("declared: substances of the part in parts.csv, row 4", "declared"),
    ],
)
def test_a_material_that_no_text_names_says_how_it_is_known(
    open_report: Opener, rule: str, word: str
) -> None:
    scene = scenes.normal()
    told_so = scene.materials.with_columns(
        rule=pl.when(pl.col("line") == 3).then(pl.lit(rule)).otherwise("rule")
    )
    page = open_report(replace(scene, materials=told_so))
    tagged = page.locator("#lines-table .tabulator-row .inferred", has_text=word)
    assert tagged.count() == 1
    page.emulate_media(media="print")
    assert word in page.locator("#line-3").inner_text()


def test_a_link_on_the_first_screen_opens_the_line(open_report: Opener) -> None:
    page = open_report(scenes.normal())
    page.locator(".blockers a").first.click()
    assert "MAG-217" in page.locator("#line-dialog-title").inner_text()


def test_hostile_text_is_shown_as_text_in_table_and_details(open_report: Opener) -> None:
    page = open_report(scenes.hostile())
    page.locator("#lines-table .tabulator-row").first.click()
    assert scenes.HOSTILE in page.locator("#line-dialog").inner_text()
    assert page.locator("img").count() == 0
    assert page.locator("#line-dialog a[href^='javascript']").count() == 0


def test_saved_csv_holds_the_filtered_lines_and_no_formula(open_report: Opener) -> None:
    page = open_report(scenes.hostile())
    with page.expect_download() as download:
        page.click("#save-csv")
    text = Path(download.value.path()).read_text(encoding="utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert len(rows) == 2
    assert rows[0]["part"] == "'" + scenes.FORMULA
    assert rows[1]["supplier"] == "'@SUM(1)"
    assert not [cell for row in rows for cell in row.values() if cell.startswith(("=", "+", "@"))]


def test_events_filter_by_kind_and_element(open_report: Opener) -> None:
    page = open_report(scenes.normal())
    visible = page.locator(".event:visible")
    assert visible.count() == 4
    page.select_option("#event-kind", "policy")
    assert visible.count() == 2
    assert page.locator("#event-count").inner_text() == "2 of 4 events"
    page.select_option("#event-element", "Dy")
    assert visible.count() == 1
    assert "2025-04-04" in visible.first.inner_text()
    page.click("#event-filters button[type=reset]")
    page.locator("#event-count", has_text="4 events").wait_for()
    assert visible.count() == 4


def test_paper_has_the_static_table_and_everything_unfolded(open_report: Opener) -> None:
    page = open_report(scenes.normal())
    page.emulate_media(media="print")
    page.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    assert page.locator("#lines-static").is_visible()
    assert not page.locator("#lines-live").is_visible()
    assert page.locator("details:not([open])").count() == 0
    assert page.locator("#lines-static tbody tr").count() == 10
    head = "getComputedStyle(document.querySelector('.static-lines thead')).display"
    assert page.evaluate(head) == "table-header-group"
    page.evaluate("window.dispatchEvent(new Event('afterprint'))")
    assert page.locator("details:not([open])").count() > 0


@pytest.mark.parametrize("paper", ["A4", "Letter"])
def test_nothing_is_cut_off_on_paper(open_report: Opener, paper: str) -> None:
    width = {"A4": 710, "Letter": 732}[paper]
    page = open_report(scenes.wordy(), viewport={"width": width, "height": 900})
    page.emulate_media(media="print")
    assert page.locator("#lines-static thead th").count() == 10
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.pdf(format=paper).startswith(b"%PDF")


def test_without_script_the_static_table_is_there(open_report: Opener) -> None:
    page = open_report(scenes.normal(), javascript=False)
    assert page.locator("#lines-static").is_visible()
    assert page.locator("#lines-static .no-script-only").is_visible()
    assert not page.locator("#lines-live").is_visible()
    assert page.locator("#theme").is_hidden()
    assert page.locator("#lines-static tbody tr").count() == 10


def test_a_page_of_100000_lines_shows_them_all(open_report: Opener) -> None:
    page = open_report(long_bom(100_000))
    assert told(page) == "100 000 lines"
    page.fill("#filter-text", "sm2co17 0000")
    page.locator("#lines-count", has_text="of 100").wait_for()
    assert parts(page)


@pytest.mark.parametrize("width", [360, 390, 1440])
@pytest.mark.parametrize("scene", ["normal", "hostile"])
def test_nothing_sticks_out_of_the_page(open_report: Opener, scene: str, width: int) -> None:
    page = open_report(getattr(scenes, scene)(), viewport={"width": width, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_the_theme_button_goes_through_light_and_dark(open_report: Opener) -> None:
    page = open_report(scenes.normal())
    colour = "getComputedStyle(document.body).backgroundColor"
    light = page.evaluate(colour)
    page.click("#theme")
    assert page.locator("#theme").inner_text() == "Theme: light"
    page.click("#theme")
    assert page.locator("#theme").inner_text() == "Theme: dark"
    assert page.evaluate(colour) != light
    page.click("#theme")
    assert page.evaluate(colour) == light


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("scene", ["normal", "all_unknown", "hostile", "empty"])
def test_axe_finds_nothing(open_report: Opener, scene: str, scheme: str) -> None:
    page = open_report(getattr(scenes, scene)(), color_scheme=scheme)
    page.evaluate("document.querySelectorAll('details').forEach(d => { d.open = true; })")
    assert violations(page) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_the_details_and_on_a_phone(open_report: Opener, scheme: str) -> None:
    page = open_report(scenes.normal(), color_scheme=scheme, viewport={"width": 390, "height": 844})
    assert violations(page) == []
    page.locator(".line-open", has_text="MAG-217").click()
    assert violations(page) == []


def violations(page: Page) -> list[Any]:
    """What axe-core holds against the page: rule, help, and the first place."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found: list[Any] = page.evaluate(
        "axe.run().then(r => r.violations.map(v => [v.id, v.help, v.nodes[0].html]))"
    )
    return found
