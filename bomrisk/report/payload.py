"""The data behind the table of lines: columns that the page's script unpacks when it opens.

Shape (each column packed as `bomrisk.report.columns` says):
  n            number of lines in the page
  line         the line's row number in the assessment; ids are `file` + ":" + row
  fields       [{name, label, column}] of the line's cells as written, without the empty ones
  band, probability, reasons, touch_low, touch_high, results: how the line stands
  materials    kinds (what was recognized, by distinct case), count per line, kind, case and mass per use
  cases, steps declared origins in words, bounds, and the steps with shares in words
  findings     kinds, count per line, kind and fingerprint per finding
  notes        kinds, count per line, kind per note
  scores       the other indicators with value, least and greatest value
"""

from __future__ import annotations

import polars as pl

from bomrisk.assessment import Assessment
from bomrisk.report.columns import cost, listing, packed, plain, record, significant
from bomrisk.report.linedata import (
    cases_of,
    count_per_line,
    findings_of,
    kinds_of,
    materials_of,
    shown_cases,
    steps_of,
)
from bomrisk.report.linetable import Standing
from bomrisk.report.wording import stage_label
from bomrisk.tables import LINES

FIELD_BYTES = 1_500_000
"""Bytes that optional cells of the lines may take in the page; what does not fit is named there."""

_INDICATORS = {
    "hhi": "Concentration (HHI) of the most concentrated step",
    "supply_risk": "Supply risk seen from the US, at its worst step",
    "touch": "Probability of touching the traced countries",
}
_ALWAYS = ("part_number", "name", "description", "supplier", "rolled_up")
_HIDDEN = ("line", "line_id", "file", "sheet", "row", "parent", "level", "path")
_LABELS = {
    "item_no": "Item",
    "mpn": "Maker's part number",
    "supplier_pn": "Supplier's part number",
    "cage": "CAGE",
    "niin": "NIIN",
    "fsc": "FSC",
    "url": "Address",
    "make_buy": "Make or buy",
    "alternate_of": "Alternate of row",
    "quantity_text": "Quantity as written",
    "rolled_up": "Quantity per end item",
    "mass_g": "Mass of one piece, g",
    "mass_text": "Mass as written",
    "unit_cost": "Cost of one piece",
    "ext_cost": "Cost of the line",
}


class Payload:
    """The packed data: `text` is JSON, `left_out` names the cells that did not fit."""

    __slots__ = ("left_out", "text")

    def __init__(self, text: str, left_out: tuple[str, ...]) -> None:
        self.text = text
        self.left_out = left_out


def payload_of(
    assessment: Assessment, standing: Standing, lines: pl.DataFrame, anchors: dict[str, str]
) -> Payload:
    """The data of the lines that the page holds; `anchors` are material id → anchor of its card."""
    lines = lines.with_columns(
        pl.col(name).round_sig_figs(9) for name, kind in lines.schema.items() if kind == pl.Float64
    )
    rows = assessment.lines.select(alternate_of="line", _row="row")
    lines = lines.join(rows, on="alternate_of", how="left", maintain_order="left").with_columns(
        alternate_of="_row"
    )
    fields, left_out = _fields(lines)
    order = lines.select("line")
    names = dict(assessment.cards.select("material_id", "name").iter_rows())
    cases = shown_cases(assessment, order)
    parts = {
        "n": plain(lines.height),
        "line": packed(lines["line"]),
        "file": packed(lines["line_id"].str.split_exact(":", 1).struct.field("field_0")),
        "sheet": packed(lines["sheet"]),
        "row": packed(lines["row"]),
        "level": packed(lines["level"]),
        "path": packed(lines["path"]),
        "fields": fields,
        **_standing(order, standing),
        "materials": materials_of(assessment, order, cases, names, anchors),
        "cases": cases_of(cases, names),
        "steps": steps_of(assessment, cases, names),
        "findings": findings_of(assessment, order, names),
        "notes": _notes(assessment, order),
        "scores": _scores(assessment, order),
    }
    return Payload(record(parts), left_out)


def _label(name: str) -> str:
    if name.startswith("origin_"):
        return f"Declared {stage_label(name.removeprefix('origin_'))}"
    return _LABELS.get(name, name.replace("_", " ").capitalize())


def _fields(lines: pl.DataFrame) -> tuple[str, tuple[str, ...]]:
    """The cells of the lines: the needed ones first, then as many others as fit."""
    names = [name for name in LINES.names if name not in _HIDDEN]
    filled: dict[str, str] = {}
    left_out: list[str] = []
    room = FIELD_BYTES
    for name in (*_ALWAYS, *(n for n in names if n not in _ALWAYS)):
        column = lines[name]
        if column.dtype == pl.String:
            column = column.str.strip_chars().replace("", None)
        if column.null_count() == column.len():
            continue
        text = packed(column)
        if name not in _ALWAYS:
            size = cost(text)
            if size > room:
                left_out.append(_label(name))
                continue
            room -= size
        filled[name] = text
    return (
        listing(
            [
                record({"name": plain(name), "label": plain(_label(name)), "c": filled[name]})
                for name in names
                if name in filled
            ]
        ),
        tuple(left_out),
    )


def _standing(order: pl.DataFrame, standing: Standing) -> dict[str, str]:
    frame = order.join(standing.frame, on="line", how="left", maintain_order="left")
    return {
        "band": packed(frame["band"]),
        "bandRank": packed(frame["band_rank"]),
        "probability": packed(significant(frame["probability"], 2)),
        "reasons": packed(frame["reasons"]),
        "touchLow": packed(significant(frame["touch_low"], 3)),
        "touchHigh": packed(significant(frame["touch_high"], 3)),
        "results": listing([packed(frame[f"result_{i}"]) for i in range(len(standing.rules))]),
        "ruleLabels": plain([rule.label for rule in standing.rules]),
    }


def _notes(assessment: Assessment, order: pl.DataFrame) -> str:
    frame = assessment.notes.join(order, on="line", how="semi").sort("line", "kind", "text")
    kinds, kind = kinds_of(frame, ["kind", "text"])
    return record(
        {
            "kinds": record({"kind": packed(kinds["kind"]), "text": packed(kinds["text"])}),
            "count": count_per_line(order, frame),
            "kind": packed(kind),
        }
    )


def _scores(assessment: Assessment, order: pl.DataFrame) -> str:
    """The indicators beside the overall band, for the details of a line."""
    others = assessment.scores.filter(pl.col("indicator") != "overall")
    parts = []
    for indicator in others["indicator"].unique().sort().to_list():
        frame = order.join(
            others.filter(pl.col("indicator") == indicator).unique(
                subset="line", keep="first", maintain_order=True
            ),
            on="line",
            how="left",
            maintain_order="left",
        )
        parts.append(
            record(
                {
                    "name": plain(_INDICATORS.get(indicator, indicator.replace("_", " "))),
                    "value": packed(significant(frame["value"], 3)),
                    "low": packed(significant(frame["low"], 3)),
                    "high": packed(significant(frame["high"], 3)),
                }
            )
        )
    return listing(parts)
