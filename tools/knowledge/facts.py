"""Reading the folder of facts: rows of its CSV files, grades and source ids made uniform."""

from __future__ import annotations

import csv
from pathlib import Path
from typing import Any

import yaml

Row = dict[str, str]

LAW_STAGE = {
    "mining": "mined",
    "separation": "separated",
    "refining": "separated",
    "metal": "reduced",
    "alloy": "melted",
    "magnet": "sintered",
}
"""Stage words of the facts to the law's, as the facts' own stage map has them."""

COMMODITY = {
    "NdFeB alloy": "NdFeB",
    "NdFeB magnet": "NdFeB",
    "SmCo alloy": "SmCo",
    "SmCo magnet": "SmCo",
    "HREE(Tb-Lu)": "HREE",
    "LREE(La-Gd)": "LREE",
    "FeMn/SiMn": "FeMn",
}
"""Names of the facts to one name per commodity; the stage says whether alloy or magnet is meant."""

FERRO_ALLOY = {"Cr": "FeCr", "Mn": "FeMn", "Nb": "FeNb"}
"""An element whose alloy stage in the facts is its ferro-alloy."""


def rows(folder: Path, name: str) -> list[Row]:
    """The rows of one CSV file of the facts, every value stripped."""
    with (folder / name).open(encoding="utf-8", newline="") as file:
        return [
            {key: (value or "").strip() for key, value in row.items()}
            for row in csv.DictReader(file)
        ]


def yaml_file(folder: Path, name: str) -> Any:
    """One YAML file of the facts."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    return yaml.load((folder / name).read_text(encoding="utf-8"), Loader=loader)  # noqa: S506


def commodity_stage(commodity: str, stage: str) -> tuple[str, str]:
    """One name per commodity and the law's stage word.

    Crude steel is melted, not reduced; the alloy stage of Cr, Mn and Nb is a ferro-alloy. A stage
    that no law names (an export proxy, demand) keeps its own name.
    """
    if stage == "alloy" and commodity in FERRO_ALLOY:
        return FERRO_ALLOY[commodity], "melted"
    if commodity == "steel" and stage == "metal":
        return "steel", "melted"
    return COMMODITY.get(commodity, commodity), LAW_STAGE.get(stage, stage.replace("_", " "))


def law_stages(text: str) -> str:
    """A list of the facts' stages in the law's words; words already the law's stay."""
    return ";".join(LAW_STAGE.get(s.strip(), s.strip()) for s in text.split(";") if s.strip())


def grade(text: str) -> tuple[str, str]:
    """The grade of evidence, and the remark that stood beside it."""
    if text.startswith("name seen"):
        return "recalled", text
    for word in ("verified", "derived", "recalled"):
        if text.startswith(word):
            remark = text[len(word) :].strip(" :;,")
            if remark.startswith("(") and remark.endswith(")") and remark.count("(") == 1:
                remark = remark[1:-1]
            return word, remark
    raise ValueError(f"no grade of evidence in {text!r}")


def joined(*remarks: str) -> str:
    """Remarks as one note, empty ones left out."""
    return "; ".join(remark for remark in remarks if remark)


def source_ids(text: str) -> str:
    """Source ids, ';' between."""
    ids = [part.strip() for part in text.replace(" + ", ";").split(";")]
    return ";".join(dict.fromkeys(part for part in ids if part))
