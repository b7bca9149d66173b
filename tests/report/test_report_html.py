"""The page as text: policy, self-containment, determinism, escaping, and its outline against stored ones."""

from __future__ import annotations

import base64
import gzip
import hashlib
import json
import os
import re
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest

from bomrisk.assessment import Assessment
from bomrisk.report.html import render
from tests.report import scenes
from tests.report.longbom import long_bom
from tests.report.outline import outline, words

SNAPSHOTS = Path(__file__).parent / "snapshots"
SCENES: dict[str, Callable[[], Assessment]] = {
    "normal": scenes.normal,
    "dated": scenes.dated,
    "without_findings": scenes.without_findings,
    "all_unknown": scenes.all_unknown,
    "empty": scenes.empty,
    "hostile": scenes.hostile,
}


def embedded(page: str) -> dict[str, Any]:
    """The data behind the table of lines."""
    found = re.search(r'<script type="text/plain" id="lines-data">([^<]*)</script>', page)
    assert found is not None
    unpacked: dict[str, Any] = json.loads(gzip.decompress(base64.b64decode(found.group(1))))
    return unpacked


class _Tags(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, list[tuple[str, str | None]]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, attrs))


def tags_of(page: str) -> list[tuple[str, list[tuple[str, str | None]]]]:
    """The page's elements with their attributes, as a browser reads them."""
    reader = _Tags()
    reader.feed(page)
    return reader.found


@pytest.mark.parametrize("name", sorted(SCENES.keys() - {"dated"}))
def test_outline_is_as_stored(name: str) -> None:
    """BOMRISK_REWRITE_SNAPSHOTS=1 writes the stored outlines anew."""
    made = outline(render(SCENES[name]()))
    stored = SNAPSHOTS / f"{name}.txt"
    if os.environ.get("BOMRISK_REWRITE_SNAPSHOTS") == "1":
        stored.write_text(made, encoding="utf-8")
    assert made == stored.read_text(encoding="utf-8")


def test_same_assessment_gives_the_same_bytes() -> None:
    assert render(scenes.normal()) == render(scenes.normal())


def test_policy_allows_the_page_own_scripts_and_style_and_nothing_else() -> None:
    page = render(scenes.normal(marking="CUI"))
    found = re.search(r'http-equiv="Content-Security-Policy" content="([^"]*)"', page)
    assert found is not None
    rules = dict(rule.split(" ", 1) for rule in found.group(1).replace("&#39;", "'").split("; "))
    hashed = {
        tag: {
            "'sha256-" + base64.b64encode(hashlib.sha256(body.encode()).digest()).decode() + "'"
            for body in re.findall(rf"<{tag}>(.*?)</{tag}>", page, re.DOTALL)
        }
        for tag in ("script", "style")
    }
    assert rules["default-src"] == "'none'"
    assert set(rules["script-src"].split()) == hashed["script"]
    assert set(rules["style-src"].split()) == hashed["style"]
    assert "unsafe" not in found.group(1)
    assert rules["base-uri"] == rules["form-action"] == "'none'"


@pytest.mark.parametrize("name", SCENES)
def test_nothing_is_loaded_and_nothing_runs_inline(name: str) -> None:
    page = render(SCENES[name]())
    tags = tags_of(page)
    attributes = [(tag, name, value or "") for tag, given in tags for name, value in given]
    assert not [
        a for a in attributes if a[1] in ("src", "srcset", "style") or a[1].startswith("on")
    ]
    assert not {"img", "iframe", "object", "embed", "base"} & {tag for tag, _ in tags}
    assert [given for tag, given in tags if tag == "link"] == [
        [("rel", "icon"), ("href", "data:,")]
    ]
    links = [value for _, name, value in attributes if name == "href"]
    assert not [link for link in links if not link.startswith(("#", "https://", "data:,"))]
    assert "sourceMappingURL" not in page
    assert not re.search(r"url\((?!#)", re.findall(r"<style>(.*?)</style>", page, re.DOTALL)[0])


def test_hostile_text_stays_text() -> None:
    page = render(scenes.hostile())
    assert "<img" not in page
    assert page.count("</script>") == 3
    assert scenes.HOSTILE in words(page)
    first = embedded(page)
    assert scenes.HOSTILE in json.dumps(first, ensure_ascii=False).replace('\\"', '"')


def test_sections_stand_in_the_order_of_reading() -> None:
    page = render(scenes.normal())
    order = re.findall(r'<section id="(\w+)"', page)
    assert order == [
        "answer", "matrix", "findings", "rollups", "lines", "materials", "unread", "excluded", "timeline", "appendix",
    ]  # fmt: skip


def test_every_link_inside_the_page_has_its_target() -> None:
    page = render(scenes.normal())
    ids = set(re.findall(r'\sid="([^"]+)"', page))
    assert len(re.findall(r'\sid="', page)) == len(ids)
    assert set(re.findall(r'href="#([^"]+)"', page)) <= ids


def test_first_screen_says_what_blocks_with_the_declared_facts_and_who_owes_what() -> None:
    said = words(render(scenes.normal()))
    answer = said[said.index("May it be delivered?") : said.index("Stages and countries Where")]
    assert "Delivery until 2026-12-31" in answer
    assert "Delivery from 2027-01-01" in answer
    assert "melted in China (column D); magnetized in the United States (column E)" in answer
    assert "252.225-7052(b)(1)(i)" in answer
    assert "Rotor Supply 2 mined, separated, melted, powdered, sintered, magnetized" in answer
    assert "16 rows read = 10 lines + 6 excluded" in answer


def test_marking_is_printed_as_given_or_said_to_be_missing() -> None:
    unset = "Marking not set. Determine CUI, distribution and export control before release."
    assert unset in words(render(scenes.normal()))
    page = render(scenes.normal(marking="CUI // SP-CTI"))
    assert unset not in words(page)
    assert page.count(">CUI // SP-CTI</div>") == 2
    assert 'content: "CUI \\2f \\2f  SP\\2d CTI"' in page


def test_marking_cannot_leave_its_rule_of_style() -> None:
    page = render(scenes.normal(marking='"; } body { display: none } </style><script>'))
    style = re.findall(r"<style>(.*?)</style>", page, re.DOTALL)[0]
    assert style.rstrip().splitlines()[-1].count("{") == 3
    assert page.count("<script>") == 2


def test_unknown_is_never_printed_as_nought() -> None:
    page = render(scenes.all_unknown())
    said = words(page)
    matrix = said[said.index("Stages and countries Where") : said.index("Findings by rule Certain")]
    assert "0 %" not in matrix.replace("100 %", "")
    assert "Unknown" in matrix
    assert "Unknown: no source gives a composition" in said
    assert "no figures known: counted from 0 to 100 %" in said
    assert "Proof missing" in said


def test_a_delivery_date_shows_which_regime_is_in_force() -> None:
    said = words(render(scenes.dated()))
    assert "May it be delivered on 2027-02-01?" in said
    assert said.count("Not in force on the day of delivery.") == 1


def test_report_of_1000_lines_is_below_its_budget() -> None:
    assert len(render(long_bom(1000)).encode()) <= 1_200_000


def test_report_of_100000_lines_holds_them_all_below_its_budget() -> None:
    page = render(long_bom(100_000))
    assert len(page.encode()) <= 5_000_000
    assert embedded(page)["n"] == 100_000


def test_above_100000_lines_the_page_holds_the_worst_and_says_so() -> None:
    page = render(long_bom(100_001))
    data = embedded(page)
    assert data["n"] == 5000
    assert "It holds the summary and the 5000 worst lines" in words(page)
    assert "100 001 rows read" in words(page)
    worst = data["band"]
    shown = {worst["x"]} if "x" in worst else {worst["d"][i] for i in worst["i"]}
    assert "Unknown" not in shown


def test_static_table_holds_the_worst_500() -> None:
    page = render(long_bom(1000))
    rows = re.findall(r'<tr id="line-(\d+)">', page)
    assert len(rows) == 500
    assert "Fails" in page[page.index(f'<tr id="line-{rows[0]}">') :].split("</tr>")[0]
