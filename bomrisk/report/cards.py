"""A card per material found: composition, steps, bounds in words, and where each figure comes from."""

from __future__ import annotations

from dataclasses import dataclass, replace

import polars as pl

from bomrisk.assessment import Assessment
from bomrisk.report.countries import listed
from bomrisk.report.figures import counted, grams, percent, percent_interval, weight_percent
from bomrisk.report.shares import CaseRows, Chain, chains_of, rows_by_case, told_once
from bomrisk.report.sources import Citation, SourceIndex
from bomrisk.report.summary import deciding
from bomrisk.report.wording import Word, declared_words, grade_word

WORDS_SHOWN = 6
"""Matched words shown per card."""
CASES_SHOWN = 12
"""Sets of declared origins shown per card."""
FULL_CARDS = 12
"""Cards that are drawn with bars and remarks; the further ones say the same in words, so that a page
with hundreds of materials stays small."""
OPEN_CODES = ("FAIL", "INCOMPLETE", "REVIEW")
"""Results that leave a line undelivered or to be decided."""
OPEN_CARDS = 4
"""Cards that are unfolded on screen; all are in print."""


@dataclass(frozen=True, slots=True)
class ElementRow:
    """An element of a material, weight percent as printed, and its range on a scale of 0 to 100."""

    element: str
    low: str
    likely: str
    high: str
    balance: bool
    start: float
    width: float
    mark: float


@dataclass(frozen=True, slots=True)
class DeclaredCase:
    """A set of declared origins of this material in the BOM, and what it does to the bounds."""

    declared: str
    lines: int
    touch: str
    note: str


@dataclass(frozen=True, slots=True)
class Card:
    """One material as the report shows it."""

    anchor: str
    material_id: str
    name: str
    family: str
    form: str
    density: str
    grade: Word
    citations: tuple[Citation, ...]
    note: str
    origin: str
    lines: int
    inferred_lines: int
    failing_lines: int
    mass: str
    matched: tuple[tuple[str, str, int], ...]
    elements: tuple[ElementRow, ...]
    composition_grade: Word | None
    touch: str
    touch_point: str
    touch_words: str
    basis: str
    """Which declared origins the chains below hold for; empty if none."""
    chains: tuple[Chain, ...]
    cases: tuple[DeclaredCase, ...]
    cases_left: int
    unfolded: bool
    full: bool


def cards_of(assessment: Assessment, sources: SourceIndex) -> tuple[Card, ...]:
    """The cards, those that decide first.

    Materials of failing lines stand before those of lines that a deciding rule leaves open; then the
    least probability of touch decides.
    """
    fails = (
        deciding(assessment)
        .group_by("material_id")
        .agg(
            fails=pl.col("line").filter(pl.col("code") == "FAIL").n_unique(),
            open=pl.col("code").is_in(OPEN_CODES).any(),
        )
    )
    uses = (
        assessment.cases.join(
            assessment.materials.group_by("case").agg(lines=pl.col("line").n_unique()),
            on="case",
            how="left",
        )
        .with_columns(pl.col("lines").fill_null(0))
        .sort("case")
    )
    worst = uses.group_by("material_id").agg(touch=pl.col("touch_low").max())
    order = (
        assessment.cards.join(fails, on="material_id", how="left")
        .join(worst, on="material_id", how="left")
        .with_columns(pl.col("fails").fill_null(0), pl.col("open").fill_null(value=False))
        .sort(
            ["fails", "open", "touch", "name"],
            descending=[True, True, True, False],
            nulls_last=True,
        )
    )
    ranked = uses.sort(
        [pl.col("declared").fill_null("") != "", -pl.col("lines").cast(pl.Int64), pl.col("case")]
    )
    of = _PerMaterial(
        found=_by_material(assessment.materials),
        cases=_by_material(ranked),
        compositions=_by_material(assessment.compositions),
        country_set=assessment.meta.country_set,
    )
    rows = rows_by_case(assessment, [cases["case"][0] for cases in of.cases.values()])
    cards = (
        _card(of, rows, sources, row, place)
        for place, row in enumerate(order.iter_rows(named=True))
    )
    told: dict[object, str] = {}
    return tuple(replace(card, chains=told_once(card.chains, card.anchor, told)) for card in cards)


def anchors_of(cards: tuple[Card, ...]) -> dict[str, str]:
    """Material id to the anchor of its card."""
    return {card.material_id: card.anchor for card in cards}


@dataclass(frozen=True, slots=True)
class _PerMaterial:
    """The frames of an assessment, parted by material once."""

    found: dict[str, pl.DataFrame]
    cases: dict[str, pl.DataFrame]
    compositions: dict[str, pl.DataFrame]
    country_set: tuple[str, ...]


def _by_material(frame: pl.DataFrame) -> dict[str, pl.DataFrame]:
    parts = frame.partition_by("material_id", as_dict=True, maintain_order=True)
    return {str(key[0]): part for key, part in parts.items()}


def _card(
    of: _PerMaterial,
    rows: dict[int, CaseRows],
    sources: SourceIndex,
    row: dict[str, object],
    place: int,
) -> Card:
    material_id = str(row["material_id"])
    found = of.found[material_id]
    cases = of.cases.get(material_id)
    base = cases.row(0, named=True) if cases is not None else None
    composition = of.compositions.get(material_id)
    shown = (
        [case for case in cases.iter_rows(named=True) if case["declared"]]
        if cases is not None
        else []
    )
    density = row["density_g_cm3"]
    return Card(
        anchor=f"m{place + 1}",
        material_id=material_id,
        name=str(row["name"] or material_id),
        family=_family(str(row["family"] or "")),
        form=str(row["form"] or ""),
        density="unknown" if density is None else f"{density} g/cm³",
        grade=grade_word(str(row["evidence"] or "") or None),
        citations=sources.cite(str(row["source_ids"] or "")),
        note=str(row["note"] or ""),
        origin=str(row["origin"] or ""),
        lines=found["line"].n_unique(),
        inferred_lines=found.filter(pl.col("inferred"))["line"].n_unique(),
        failing_lines=int(str(row["fails"])),
        mass=_mass(found),
        matched=_matched(found),
        elements=_elements(composition) if composition is not None else (),
        composition_grade=grade_word(composition["evidence"][0])
        if composition is not None
        else None,
        touch=percent_interval(base["touch_low"], base["touch_high"]) if base else "unknown",
        touch_point=percent(base["touch_point"])
        if base and base["touch_point"] is not None
        else "",
        touch_words=_touch_words(base, of.country_set),
        basis=declared_words(base["declared"]) if base else "",
        chains=chains_of(rows[base["case"]], sources) if base else (),
        cases=tuple(
            DeclaredCase(
                declared=declared_words(case["declared"]),
                lines=case["lines"],
                touch=percent_interval(case["touch_low"], case["touch_high"]),
                note=case["note"] or "",
            )
            for case in shown[:CASES_SHOWN]
        ),
        cases_left=max(0, len(shown) - CASES_SHOWN),
        unfolded=place < OPEN_CARDS,
        full=place < FULL_CARDS,
    )


def _touch_words(base: dict[str, object] | None, country_set: tuple[str, ...]) -> str:
    """The bounds and the point of touch in a sentence; 'any unit touched', never 'share of mass'."""
    where = listed(country_set)
    if base is None or base["touch_low"] is None or base["touch_high"] is None:
        return f"Whether it passes through {where} at any step is unknown."
    low, high = percent(_number(base["touch_low"])), percent(_number(base["touch_high"]))
    point = base["touch_point"]
    if low == high:
        said = f"{low} of the units of this material"
    else:
        said = f"At least {low} and at most {high} of the units of this material"
    best = "" if point is None or low == high else f"; best estimate {percent(_number(point))}"
    sentence = f"{said} touch {where} at some step on their way{best}."
    return sentence.replace("<", "less than ").replace(">", "more than ")


def _family(family: str) -> str:
    """The family in words, with the field's own spelling of magnets."""
    spelling = {
        "ndfeb": "NdFeB",
        "smco": "SmCo",
        "alnico": "AlNiCo",
        "smfen": "SmFeN",
        "ni": "nickel",
    }
    return " ".join(spelling.get(word, word) for word in family.split("_"))


def _number(value: object) -> float:
    return float(str(value))


def _mass(found: pl.DataFrame) -> str:
    """Mass of the material in the end item; lines whose mass is unknown are counted, not left out."""
    known = found.filter(pl.col("mass_likely_g").is_not_null())
    unknown = found.filter(pl.col("mass_likely_g").is_null())["line"].n_unique()
    if known.is_empty():
        return "unknown"
    low, likely, high = (
        float(known[name].sum()) for name in ("mass_low_g", "mass_likely_g", "mass_high_g")
    )
    said = f"{grams(likely)} ({grams(low)} to {grams(high)})" if low != high else grams(likely)
    return f"{said} and {counted(unknown, 'line')} of unknown mass" if unknown else said


def _matched(found: pl.DataFrame) -> tuple[tuple[str, str, int], ...]:
    """The words that said so, the rule that fired, and on how many lines."""
    rows = (
        found.group_by("matched", "rule")
        .agg(lines=pl.col("line").n_unique())
        .sort(["lines", "matched", "rule"], descending=[True, False, False])
        .head(WORDS_SHOWN)
    )
    return tuple((m or "", rule or "", n) for m, rule, n in rows.iter_rows())


def _elements(composition: pl.DataFrame) -> tuple[ElementRow, ...]:
    return tuple(
        ElementRow(
            element=row["element"],
            low=weight_percent(row["wt_pct_low"]),
            likely=weight_percent(row["wt_pct_likely"]),
            high=weight_percent(row["wt_pct_high"]),
            balance=bool(row["balance"]),
            start=round(row["wt_pct_low"], 2),
            width=round(max(0.6, row["wt_pct_high"] - row["wt_pct_low"]), 2),
            mark=round(row["wt_pct_likely"], 2),
        )
        for row in composition.iter_rows(named=True)
    )
