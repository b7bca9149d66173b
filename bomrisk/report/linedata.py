"""What a line's details show, packed: its materials, their supply cases and steps, and its findings.

Rows that repeat are packed once as a kind; every use of one carries the number of its kind.
"""

from __future__ import annotations

import polars as pl

from bomrisk.assessment import Assessment
from bomrisk.report.columns import packed, plain, record, significant
from bomrisk.report.countries import OTHER, country_name
from bomrisk.report.figures import percent, percent_interval
from bomrisk.report.summary import deciding
from bomrisk.report.wording import (
    CODES,
    GRADES,
    declared_words,
    facts_words,
    rule_title,
)
from bomrisk.tables import STAGES

FINGERPRINTS_UP_TO = 20_000
"""Findings up to which the page carries the fingerprints; they hardly compress."""
STEPS_UP_TO = 100_000
"""Steps of supply cases up to which the page carries them."""


def kinds_of(frame: pl.DataFrame, columns: list[str]) -> tuple[pl.DataFrame, pl.Series]:
    """The distinct rows of the columns, and the number of its kind for every row of the frame."""
    kinds = frame.select(columns).unique(maintain_order=True).with_row_index("_place")
    numbered = frame.select(columns).join(
        kinds, on=columns, how="left", nulls_equal=True, maintain_order="left"
    )
    return kinds.drop("_place"), numbered["_place"]


def count_per_line(order: pl.DataFrame, frame: pl.DataFrame) -> str:
    """How many rows of the frame each line has."""
    counted = order.join(
        frame.group_by("line").agg(n=pl.len()), on="line", how="left", maintain_order="left"
    )
    return packed(counted["n"].fill_null(0).cast(pl.Int32))


def shown_cases(assessment: Assessment, order: pl.DataFrame) -> pl.DataFrame:
    """The supply cases of the page's lines, numbered by `place` from 0."""
    used = assessment.materials.join(order, on="line", how="semi").select("case").unique()
    return assessment.cases.join(used, on="case", how="semi").sort("case").with_row_index("place")


def materials_of(
    assessment: Assessment,
    order: pl.DataFrame,
    cases: pl.DataFrame,
    names: dict[str, str],
    anchors: dict[str, str],
) -> str:
    """The materials of the lines: named ones before inferred ones, surer ones first."""
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
    kinds, kind = kinds_of(frame, columns)
    ids = kinds["material_id"]
    parts = {column: packed(kinds[column]) for column in columns[1:]}
    parts["name"] = packed(_named(ids, names))
    parts["anchor"] = packed(ids.replace_strict(anchors, default=None, return_dtype=pl.String))
    return record(
        {
            "kinds": record(parts),
            "count": count_per_line(order, frame),
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


def cases_of(cases: pl.DataFrame, names: dict[str, str]) -> str:
    """The supply cases: material, declared origins in words, and the bounds of touch."""
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


def steps_of(assessment: Assessment, cases: pl.DataFrame, names: dict[str, str]) -> str:
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


def findings_of(assessment: Assessment, order: pl.DataFrame, names: dict[str, str]) -> str:
    """The findings of the lines: rules that decide delivery first, worst first."""
    rules = deciding(assessment)["rule"].unique()
    codes = list(CODES)
    frame = assessment.findings.join(order, on="line", how="semi").sort(
        "line",
        ~pl.col("rule").is_in(rules.implode()),
        pl.col("code").replace_strict(codes, range(len(codes)), default=len(codes)),
        "effective_from",
        "rule",
        "material_id",
    )
    columns = [
        "rule", "code", "material_id", "paragraph", "reason", "facts", "missing",
        "effective_from", "effective_to", "inferred", "disposition",
    ]  # fmt: skip
    kinds, kind = kinds_of(frame, columns)
    facts = [facts_words(text) for text in kinds["facts"].to_list()]
    kinds = kinds.with_columns(facts=pl.Series(facts, dtype=pl.String))
    parts = {column: packed(kinds[column]) for column in columns if column != "material_id"}
    ids = kinds["material_id"]
    parts["material"] = packed(_named(ids, names))
    titles = kinds["rule"].replace_strict(
        {rule: rule_title(rule).subject for rule in kinds["rule"].unique().to_list()},
        return_dtype=pl.String,
    )
    parts["title"] = packed(titles)
    found = {"kinds": record(parts), "count": count_per_line(order, frame), "kind": packed(kind)}
    if frame.height <= FINGERPRINTS_UP_TO:
        found["fingerprint"] = packed(frame["fingerprint"])
    return record(found)
