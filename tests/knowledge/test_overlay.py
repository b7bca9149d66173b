"""A user's own file: merged and named, or refused with every fault, its place and its mend."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from bomrisk.errors import BomriskError, InputErrors
from bomrisk.knowledge import Knowledge
from bomrisk.knowledge.model import Evidence

DOCS = Path(__file__).parents[2] / "docs"

SOURCE = "sources: [{id: OWN-1, title: Survey, locator: file 12, seen: all of it, year: 2026}]\n"


def overlay(tmp_path: Path, text: str, *, source: str = SOURCE, name: str = "own.yaml") -> Path:
    path = tmp_path / name
    path.write_text(source + text, encoding="utf-8")
    return path


def share(country: str, value: object, **fields: object) -> str:
    given = {
        "commodity": "NdFeB",
        "stage": "sintered",
        "country": country,
        "share": value,
        "year": 2026,
        "evidence": "derived",
        "source": "OWN-1",
    } | fields
    return "  - {" + ", ".join(f"{key}: {value}" for key, value in given.items()) + "}\n"


SHARES = "shares:\n" + share("CHN", 0.9, low=0.85, high=0.93) + share("OTH", 0.1)

MATERIAL = """materials:
  - id: house_52
    name: House grade 52
    family: permanent_magnet_ndfeb
    basis: ranges
    composition: {Nd: [27, 29, 31], B: [0.9, 1.0, 1.1], Fe: [67, 70, 71]}
    balance: [Fe]
    patterns: ['\\bHM-?52\\b']
    source: OWN-1
    evidence: verified
"""


def faults(path: Path) -> dict[str, str]:
    with pytest.raises(InputErrors) as caught:
        Knowledge([path])
    assert all(error.file == str(path) for error in caught.value.errors)
    assert all(error.mend for error in caught.value.errors)
    return {str(error.path): error.what for error in caught.value.errors}


def test_shares_replace_the_recommended_set_and_the_old_one_stays_visible(
    tmp_path: Path, knowledge: Knowledge
) -> None:
    own = Knowledge([overlay(tmp_path, SHARES)])
    found = own.shares("NdFeB", "sintered")
    assert found
    assert found.origin == "own.yaml"
    assert found.share_of(frozenset({"CHN"}))[1] == pytest.approx(0.9)
    assert (found.shares[0].low, found.shares[0].high) == (0.85, 0.93)
    assert found.shares[0].source_ids == ("OWN-1",)
    before = knowledge.shares("NdFeB", "sintered")
    assert before
    kept = [one for one in own.published_shares("NdFeB", "sintered") if one.shares == before.shares]
    assert [one.recommended for one in kept] == [False]
    assert own.shares("Nd", "separated") == knowledge.shares("Nd", "separated")
    assert len(own.share_sets()) == len(knowledge.share_sets())


def test_it_is_named_with_its_hash_and_changes_the_digest(
    tmp_path: Path, knowledge: Knowledge
) -> None:
    path = overlay(tmp_path, SHARES + MATERIAL)
    own = Knowledge([path])
    (named,) = own.overlays
    assert named.file == "own.yaml"
    assert named.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert (named.added, named.replaced) == (2, 1)  # source and material; the set of NdFeB
    assert own.digest != knowledge.digest
    assert Knowledge([path]).digest == own.digest


def test_a_new_material_is_known_with_its_source(tmp_path: Path) -> None:
    own = Knowledge([overlay(tmp_path, MATERIAL)])
    magnet = own.materials["house_52"]
    assert magnet.origin == "own.yaml"
    assert magnet.evidence is Evidence.VERIFIED
    assert [part.element for part in magnet.composition if part.balance] == ["Fe"]
    assert own.product(magnet) == "NdFeB"
    assert own.covered_family(magnet) == "ndfeb"
    assert own.sources["OWN-1"].title == "Survey"
    assert len(own.materials) == 479


def test_an_id_that_exists_is_replaced(tmp_path: Path, knowledge: Knowledge) -> None:
    text = MATERIAL.replace("house_52", "smco_2_17")
    own = Knowledge([overlay(tmp_path, text)])
    assert own.materials["smco_2_17"].name == "House grade 52"
    assert own.overlays[0].replaced == 1
    assert len(own.materials) == len(knowledge.materials)


def test_a_later_file_may_cite_an_earlier_one_and_wins(tmp_path: Path) -> None:
    first = overlay(tmp_path, SHARES)
    second = overlay(
        tmp_path,
        "shares:\n" + share("CHN", 0.7) + share("OTH", 0.3),
        source="",
        name="second.yaml",
    )
    own = Knowledge([first, second])
    found = own.shares("NdFeB", "sintered")
    assert found
    assert found.shares[0].share == pytest.approx(0.7)
    assert [named.file for named in own.overlays] == ["own.yaml", "second.yaml"]


def test_part_rules_and_parameters(tmp_path: Path) -> None:
    text = """part_rules:
  - id: house_latch
    part: Latch
    patterns: ['HL-\\d{3}']
    implies: [{material: smco_2_17, low: 0.1, likely: 0.2, high: 0.3, confidence: 0.9}]
    confidence: 0.9
    source: OWN-1
    evidence: derived
bands: [{name: high_touch_low, value: 0.6, source: OWN-1}]
"""
    own = Knowledge([overlay(tmp_path, text)])
    rule = own.part_rules["house_latch"]
    assert rule.origin == "own.yaml"
    assert rule.implies[0].material_id == "smco_2_17"
    bands = {row["name"]: row for row in own.table("bands")}
    assert bands["high_touch_low"]["value"] == "0.6"
    assert bands["high_touch_low"]["source_ids"] == "OWN-1"
    assert bands["critical_touch_low"]["value"] == "0.65"


def test_the_example_of_the_docs_is_sound(tmp_path: Path) -> None:
    page = (DOCS / "overlay.md").read_text("utf-8")
    example = page.split("```yaml\n")[1].split("```")[0]
    own = Knowledge([overlay(tmp_path, example, source="")])
    assert own.overlays[0].added == 3
    assert own.part_rules["house_latch"].implies[0].material_id == "house_magnet_52"


@pytest.mark.parametrize(
    ("text", "path", "words"),
    [
        ("shares:\n" + share("CHN", -0.5) + share("OTH", 0.5), "shares[0].share", "not -0.5"),
        ("shares:\n" + share("CHN", ".nan") + share("OTH", 0.5), "shares[0].share", "finite"),
        ("shares:\n" + share("CHN", ".inf") + share("OTH", 0.5), "shares[0].share", "inf"),
        ("shares:\n" + share("CHN", "'0.5'") + share("OTH", 0.5), "shares[0].share", "number"),
        ("shares:\n" + share("CHN", "true") + share("OTH", 0.5), "shares[0].share", "number"),
        ("shares:\n" + share("CHN", 0.5), "shares[0]", "sum to 0.5000, not to 1"),
        ("shares:\n" + share("QQQ", 0.5) + share("OTH", 0.5), "shares[0].country", "'QQQ'"),
        ("shares:\n" + share("WORLD", 1), "shares[0].country", "'WORLD'"),
        ("shares:\n" + share("China", 1), "shares[0].country", "'China'"),
        (
            "shares:\n" + share("CHN", 0.5) + share("CHN", 0.5),
            "shares[1].country",
            "stands twice in the set",
        ),
        ("shares:\n" + share("OTH", 1, low=0.2, high=0.9), "shares[0].share", "does not hold"),
        ("shares:\n" + share("OTH", 1, stage="mining"), "shares[0].stage", "no stage 'mining'"),
        ("shares:\n" + share("OTH", 1, commodity="cheese"), "shares[0].commodity", "'cheese'"),
        ("shares:\n" + share("OTH", 1, source="NOPE"), "shares[0].source", "'NOPE'"),
        ("shares:\n" + share("OTH", 1, evidence="sure"), "shares[0].evidence", "'sure'"),
        ("shares:\n" + share("OTH", 1, year="soon"), "shares[0].year", "'soon'"),
        ("shares:\n" + share("OTH", 1, colour="red"), "shares[0].colour", "no such field"),
        ("shares:\n  - {commodity: NdFeB}\n", "shares[0].stage", "missing"),
        ("shares: 5\n", "shares", "no list"),
        ("shares: [5]\n", "shares[0]", "valid dictionary"),
        ("sheep: []\n", "sheep", "no section 'sheep'"),
        (MATERIAL.replace("29, 31", "39, 41"), "materials[0].composition", "sum to 110"),
        (
            MATERIAL.replace("[27, 29, 31]", "[30, 29, 31]"),
            "materials[0].composition.Nd",
            "does not hold",
        ),
        (MATERIAL.replace("Nd:", "Nx:"), "materials[0].composition.Nx", "no element 'Nx'"),
        (MATERIAL.replace("[Fe]", "[Zn]"), "materials[0].balance", "'Zn'"),
        (
            MATERIAL.replace("permanent_magnet_ndfeb", "cheese"),
            "materials[0].family",
            "no family 'cheese'",
        ),
        (MATERIAL.replace("HM-?52", "(?=HM)"), "materials[0].patterns[0]", "looks around"),
        (
            "materials: [{id: x, name: x, family: carbon, basis: ranges, composition: {},"
            " source: OWN-1, evidence: derived}]\n",
            "materials[0].composition",
            "empty",
        ),
        ("bands: [{name: cheese, value: 1, source: OWN-1}]\n", "bands[0].name", "'cheese'"),
        (
            "bands: [{name: high_indicator, value: 1, source: OWN-1},"
            " {name: high_indicator, value: 2, source: OWN-1}]\n",
            "bands[1].name",
            "stands twice",
        ),
    ],
)
def test_a_fault_is_refused_with_its_place(
    tmp_path: Path, text: str, path: str, words: str
) -> None:
    found = faults(overlay(tmp_path, text))
    assert path in found, found
    assert words in found[path]


RULE = """part_rules:
  - id: r
    part: Latch
    patterns: ['HL']
    negative_patterns: ['DUMMY']
    implies: [{material: smco_2_17, low: 0.1, likely: 0.2, high: 0.3, confidence: 0.9}]
    confidence: 0.9
    source: OWN-1
    evidence: derived
"""


@pytest.mark.parametrize(
    ("old", "new", "path", "words"),
    [
        ("smco_2_17", "cheese", "part_rules[0].implies[0].material", "'cheese'"),
        ("low: 0.1", "low: 0.25", "part_rules[0].implies[0]", "not in order"),
        ("high: 0.3", "high: 1.3", "part_rules[0].implies[0]", "whole part"),
        ("'DUMMY'", "'(a)\\1'", "part_rules[0].negative_patterns[0]", "refers back"),
        ("['HL']", "[]", "part_rules[0].patterns", "at least 1"),
        ("id: r", "id: 'a b'", "part_rules[0].id", "has not the form"),
    ],
)
def test_a_fault_in_a_part_rule(tmp_path: Path, old: str, new: str, path: str, words: str) -> None:
    found = faults(overlay(tmp_path, RULE.replace(old, new)))
    assert list(found) == [path]
    assert words in found[path]


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    text = (
        "shares:\n"
        + share("QQQ", 0.5, source="NOPE")
        + share("OTH", -1)
        + MATERIAL.replace("Nd:", "Nx:")
    )
    assert set(faults(overlay(tmp_path, text))) == {
        "shares[1].share",
        "shares[0].source",
        "shares[0].country",
        "materials[0].composition.Nx",
    }


@pytest.mark.parametrize("text", ["", "[1, 2]\n", "just words\n", "{}\n"])
def test_a_file_that_is_no_overlay(tmp_path: Path, text: str) -> None:
    path = tmp_path / "own.yaml"
    path.write_text(text)
    with pytest.raises(BomriskError, match=r"own\.yaml.*no overlay"):
        Knowledge([path])
