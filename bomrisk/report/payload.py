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
from bomrisk.report.countries import OTHER, country_name
from bomrisk.report.figures import percent, percent_interval
from bomrisk.report.linetable import Standing
from bomrisk.report.wording import GRADES, declared_words, facts_words, rule_title, stage_label
from bomrisk.tables import LINES, STAGES

FIELD_BYTES = 1_500_000
"""Bytes that optional cells of the lines may take in the page; what does not fit is named there."""
FINGERPRINTS_UP_TO = 20_000
"""Findings up to which the page carries the fingerprints; they hardly compress."""
STEPS_UP_TO = 100_000
"""Steps of supply cases up to which the page carries them."""

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
    fields, left_out = _fields(lines)
    order = lines.select("line")
    names = dict(assessment.cards.select("material_id", "name").iter_rows())
    cases = _shown_cases(assessment, order)
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
        "materials": _materials(assessment, order, cases, names, anchors),
        "cases": _cases(cases, names),
        "steps": _steps(assessment, cases, names),
        "findings": _findings(assessment, order, names),
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


def _kinds(frame: pl.DataFrame, columns: list[str]) -> tuple[pl.DataFrame, pl.Series]:
    """The distinct rows of the columns, and the number of its kind for every row of the frame."""
    kinds = frame.select(columns).unique(maintain_order=True).with_row_index("_place")
    numbered = frame.select(columns).join(
        kinds, on=columns, how="left", nulls_equal=True, maintain_order="left"
    )
    return kinds.drop("_place"), numbered["_place"]


def _count(order: pl.DataFrame, frame: pl.DataFrame) -> str:
    """How many rows of the frame each line has."""
    counted = order.join(
        frame.group_by("line").agg(n=pl.len()), on="line", how="left", maintain_order="left"
    )
    return packed(counted["n"].fill_null(0).cast(pl.Int32))


def _shown_cases(assessment: Assessment, order: pl.DataFrame) -> pl.DataFrame:
    used = assessment.materials.join(order, on="line", how="semi").select("case").unique()
    return assessment.cases.join(used, on="case", how="semi").sort("case").with_row_index("place")


def _materials(
    assessment: Assessment,
    order: pl.DataFrame,
    cases: pl.DataFrame,
    names: dict[str, str],
    anchors: dict[str, str],
) -> str:
    frame = (
        assessment.materials.join(order, on="line", how="semi")
        .join(cases.select("case", "place"), on="case", how="left")
        .sort(
            "line", "inferred", "confidence", "material_id", descending=[False, False, True, False]
        )
    )
    columns = [
        "material_id", "field", "span_start", "span_end", "matched", "rule", "confidence",
        "inferred", "fraction_low", "fraction_likely", "fraction_high",
    ]  # fmt: skip
    kinds, kind = _kinds(frame, columns)
    ids = kinds["material_id"]
    parts = {column: packed(kinds[column]) for column in columns[1:]}
    parts["name"] = packed(_named(ids, names))
    parts["anchor"] = packed(ids.replace_strict(anchors, default=None, return_dtype=pl.String))
    return record(
        {
            "kinds": record(parts),
            "count": _count(order, frame),
            "kind": packed(kind),
            "case": packed(frame["place"].cast(pl.Int32).fill_null(-1)),
            "low": packed(significant(frame["mass_low_g"], 3)),
            "likely": packed(significant(frame["mass_likely_g"], 3)),
            "high": packed(significant(frame["mass_high_g"], 3)),
        }
    )


def _named(ids: pl.Series, names: dict[str, str]) -> pl.Series:
    """Ids of materials as names; what is no id stays."""
    return ids.replace_strict(names, default=ids, return_dtype=pl.String)


def _cases(cases: pl.DataFrame, names: dict[str, str]) -> str:
    declared = pl.Series(
        [declared_words(text) for text in cases["declared"].to_list()], dtype=pl.String
    )
    ids = cases["material_id"]
    return record(
        {
            "material": packed(_named(ids, names)),
            "declared": packed(declared),
            "low": packed(significant(cases["touch_low"])),
            "point": packed(significant(cases["touch_point"])),
            "high": packed(significant(cases["touch_high"])),
            "evidence": packed(cases["evidence"]),
            "note": packed(cases["note"]),
        }
    )


def _steps(assessment: Assessment, cases: pl.DataFrame, names: dict[str, str]) -> str:
    """The steps of the shown cases, shares in words; null if they are too many for a page."""
    steps = assessment.steps.join(cases.select("case", "place"), on="case", how="inner")
    if steps.height > STEPS_UP_TO:
        return "null"
    order = {stage: place for place, stage in enumerate(STAGES)}
    grades = list(GRADES)
    weakest = (
        pl.col("evidence")
        .replace_strict(grades, range(len(grades)), default=None, return_dtype=pl.Int8)
        .alias("weakest")
    )
    said = steps.filter(pl.col("country").is_not_null() & pl.col("share").is_not_null()).sort(
        "place", "commodity", "stage", pl.col("country") == OTHER, -pl.col("share"), "country"
    )
    pairs = said.select("country", "share").unique()
    words = pairs.with_columns(
        words=pl.Series(
            [f"{country_name(c)} {percent(s)}" for c, s in pairs.iter_rows()], dtype=pl.String
        )
    )
    step = ["place", "commodity", "stage"]
    text = (
        said.join(words, on=["country", "share"], how="left", maintain_order="left")
        .group_by(step, maintain_order=True)
        .agg(pl.col("words").head(4).str.join(", "), n=pl.len())
        .with_columns(
            words=pl.when(pl.col("n") > 4).then(pl.col("words") + " …").otherwise("words")
        )
    )
    bounds = assessment.exposures.filter(pl.col("scope") == "step").select(
        "case", "commodity", "stage", "low", "high"
    )
    rows = (
        steps.with_row_index("first")
        .group_by("case", *step, maintain_order=True)
        .agg(pl.col("declared").any(), weakest.max(), pl.col("first").min())
        .with_columns(
            pl.col("first").min().over("place", "commodity"),
            evidence=pl.col("weakest").replace_strict(
                range(len(grades)), grades, default=None, return_dtype=pl.String
            ),
            stage_rank=pl.col("stage").replace_strict(
                order, default=len(order), return_dtype=pl.Int8
            ),
        )
        .sort("place", "first", "stage_rank", "stage")
        .join(text, on=step, how="left", maintain_order="left")
        .join(bounds, on=["case", "commodity", "stage"], how="left", maintain_order="left")
    )
    touch = pl.Series(
        [percent_interval(a, b) for a, b in rows.select("low", "high").iter_rows()], dtype=pl.String
    )
    counts = cases.select("place").join(
        rows.group_by("place").agg(count=pl.len()), on="place", how="left", maintain_order="left"
    )
    return record(
        {
            "n": plain(cases.height),
            "count": packed(counts["count"].fill_null(0).cast(pl.Int32)),
            "commodity": packed(_named(rows["commodity"], names)),
            "stage": packed(rows["stage"]),
            "words": packed(rows["words"]),
            "declared": packed(rows["declared"]),
            "evidence": packed(rows["evidence"]),
            "touch": packed(touch),
        }
    )


def _findings(assessment: Assessment, order: pl.DataFrame, names: dict[str, str]) -> str:
    frame = assessment.findings.join(order, on="line", how="semi").sort(
        "line", "effective_from", "rule", "material_id"
    )
    columns = [
        "rule", "code", "material_id", "paragraph", "reason", "facts", "missing",
        "effective_from", "effective_to", "inferred", "disposition",
    ]  # fmt: skip
    kinds, kind = _kinds(frame, columns)
    facts = [facts_words(text) for text in kinds["facts"].to_list()]
    kinds = kinds.with_columns(facts=pl.Series(facts, dtype=pl.String))
    parts = {column: packed(kinds[column]) for column in columns if column != "material_id"}
    ids = kinds["material_id"]
    parts["material"] = packed(_named(ids, names))
    rules = kinds["rule"].unique().sort().to_list()
    titles = kinds["rule"].replace_strict(
        {rule: rule_title(rule).citation for rule in rules}, return_dtype=pl.String
    )
    parts["title"] = packed(titles)
    found = {"kinds": record(parts), "count": _count(order, frame), "kind": packed(kind)}
    if frame.height <= FINGERPRINTS_UP_TO:
        found["fingerprint"] = packed(frame["fingerprint"])
    return record(found)


def _notes(assessment: Assessment, order: pl.DataFrame) -> str:
    frame = assessment.notes.join(order, on="line", how="semi").sort("line", "kind", "text")
    kinds, kind = _kinds(frame, ["kind", "text"])
    return record(
        {
            "kinds": record({"kind": packed(kinds["kind"]), "text": packed(kinds["text"])}),
            "count": _count(order, frame),
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
                    "name": plain(indicator),
                    "value": packed(significant(frame["value"], 3)),
                    "low": packed(significant(frame["low"], 3)),
                    "high": packed(significant(frame["high"], 3)),
                }
            )
        )
    return listing(parts)
