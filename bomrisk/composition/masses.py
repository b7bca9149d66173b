"""Masses of materials and elements in the end item: share of the line, times its mass, times the roll-up.

The mass of a line is its piece mass times the rolled-up quantity, or the quantity itself where the
unit is one of mass. A line without a mass but with a size gets one from a density, as a range.
Unknown mass stays unknown and is counted in a note; it is never zero. Element
masses multiply the bounds: least content of the least mass, greatest content of the greatest.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from bomrisk.bom.units import grams, kind_of_unit, millilitres, millimetres
from bomrisk.composition.assemblies import balance_notes, without_repeats
from bomrisk.composition.beyond import beyond_parts
from bomrisk.composition.declared import MaterialDeclarations, declare
from bomrisk.composition.fractions import Held, shares_of
from bomrisk.composition.size import Volume, rod_cm3, volume_of
from bomrisk.tables import CONTENTS, MATERIALS, NOTES

if TYPE_CHECKING:
    import polars as pl

    from bomrisk.knowledge import Knowledge


_SIZED = ("size", "description", "name", "specification")
"""Fields in which a size may stand."""


@dataclass(frozen=True, slots=True)
class Composition:
    """Materials with their shares and masses, the elements in them (collected on demand), and notes."""

    materials: pl.DataFrame
    contents: pl.LazyFrame
    notes: pl.DataFrame


def compose(
    lines: pl.DataFrame,
    materials: pl.DataFrame,
    knowledge: Knowledge,
    declarations: MaterialDeclarations | None = None,
) -> Composition:
    """Fill shares (0 to 1) and rolled-up masses (g) of the materials, and break them into elements.

    What `declarations` say of a part's elements goes before what recognition reckons.
    """
    import polars as pl

    materials = without_repeats(materials, lines, knowledge)
    masses = line_masses(lines)
    shared = materials.drop(
        "fraction_low", "fraction_likely", "fraction_high", strict=False
    ).with_columns(_shares(materials, knowledge))
    sized = _from_size(lines, shared, masses, knowledge)
    filled = (
        shared.join(masses, on="line", how="left", maintain_order="left")
        .with_columns(
            mass_low_g=pl.col("fraction_low") * pl.col("line_mass_g"),
            mass_likely_g=pl.col("fraction_likely") * pl.col("line_mass_g"),
            mass_high_g=pl.col("fraction_high") * pl.col("line_mass_g"),
        )
        .drop("line_mass_g")
        .join(sized, on=["line", "material_id"], how="left", maintain_order="left")
        .with_columns(
            pl.coalesce(f"mass_{bound}_g", f"sized_{bound}_g").alias(f"mass_{bound}_g")
            for bound in ("low", "likely", "high")
        )
    )
    order = [name for name in MATERIALS.names if name in filled.columns]
    filled = beyond_parts(filled.select(order), lines, knowledge)
    notes = pl.concat([_notes(lines, filled, sized), balance_notes(lines, masses)])
    composed = Composition(filled, _contents(filled, knowledge), notes)
    if declarations is None:
        return composed
    return declare(composed, lines, masses, declarations, knowledge)


def line_masses(lines: pl.DataFrame) -> pl.DataFrame:
    """The mass of every line in the end item: `line`, `line_mass_g` (null where it is unknown)."""
    import polars as pl

    units = {unit: grams(unit) for unit in lines["unit"].drop_nulls().unique()}
    factor = pl.col("unit").replace_strict(units, default=None, return_dtype=pl.Float64)
    return lines.select(
        "line",
        line_mass_g=pl.when(factor.is_not_null())
        .then(pl.col("rolled_up") * factor)
        .otherwise(pl.col("mass_g") * pl.col("rolled_up")),
    )


def _shares(materials: pl.DataFrame, knowledge: Knowledge) -> list[pl.Series]:
    """The three columns of shares, worked out once per distinct set of materials of a line."""
    import polars as pl

    facts = ("material_id", "field", "role", "part_rule", "inferred")
    numbered = materials.select("line", *facts).with_row_index("place")
    by_line = numbered.group_by("line", maintain_order=True).agg(
        "place", pl.struct(facts).alias("held")
    )
    low: list[float | None] = [None] * materials.height
    likely: list[float | None] = [None] * materials.height
    high: list[float | None] = [None] * materials.height
    known: dict[tuple[Held, ...], list[tuple[float, float | None, float]]] = {}
    cases = by_line.group_by("held", maintain_order=True).agg(pl.col("place"))
    for held, places in cases.iter_rows():
        key = tuple(Held(**one) for one in held)
        if key not in known:
            known[key] = shares_of(key, knowledge.materials, knowledge.part_rules)
        for place_list in places:
            for place, share in zip(place_list, known[key], strict=True):
                low[place], likely[place], high[place] = share
    return [
        pl.Series("fraction_low", low, dtype=pl.Float64),
        pl.Series("fraction_likely", likely, dtype=pl.Float64),
        pl.Series("fraction_high", high, dtype=pl.Float64),
    ]


def _from_size(
    lines: pl.DataFrame, materials: pl.DataFrame, masses: pl.DataFrame, knowledge: Knowledge
) -> pl.DataFrame:
    """Masses of materials whose line gives no mass but a size: volume times density, rolled up, as a range.

    The density is the file's, else that of the material; a part that is only partly of the material
    keeps its share of the volume. Worked out once per distinct size, text and material.
    """
    import polars as pl

    wanted = (
        materials.filter(
            ~pl.col("inferred")
            & pl.col("role").is_in(["unknown", "bulk"])
            & pl.col("part_rule").is_null()
            & ~pl.col("field").is_in(["alternates", "notes"])
        )
        .select("line", "material_id", "fraction_low", "fraction_likely", "fraction_high")
        .join(masses.filter(pl.col("line_mass_g").is_null()), on="line", how="semi")
        .join(
            lines.select("line", *_SIZED, "unit", "density_g_cm3", "rolled_up"),
            on="line",
            how="left",
        )
    )
    known: dict[tuple[str, ...], Volume | None] = {}
    rows = []
    for row in wanted.iter_rows(named=True):
        material = knowledge.materials[row["material_id"]]
        density = row["density_g_cm3"] or material.density_g_cm3
        if not density or row["rolled_up"] is None:
            continue
        solid = material.family.startswith("permanent_magnet")
        texts = tuple(row[name] or "" for name in _SIZED)
        key = (*texts, row["unit"] or "", str(solid))
        if key not in known:
            known[key] = _volume(row["unit"] or "", texts, solid=solid)
        volume = known[key]
        if volume is None:
            continue
        rows.append((row["line"], row["material_id"], *_weighed(row, volume, density)))
    bounds = ("sized_low_g", "sized_likely_g", "sized_high_g")
    return pl.DataFrame(
        rows,
        schema={"line": pl.UInt32, "material_id": pl.String, **dict.fromkeys(bounds, pl.Float64)},
        orient="row",
    ).unique(["line", "material_id"], keep="first", maintain_order=True)


def _volume(unit: str, texts: tuple[str, ...], *, solid: bool) -> Volume | None:
    """The volume of one unit of a quantity: of a piece, of a metre of wire, or of a litre."""
    filled = millilitres(unit)
    if filled:
        return filled, filled, filled
    long = millimetres(unit)
    if long:
        return rod_cm3(long, texts)
    if kind_of_unit(unit) == "area":
        return None
    return volume_of(texts[0], texts[1:], solid=solid)


def _weighed(row: Mapping[str, Any], volume: Volume, density: float) -> tuple[float | None, ...]:
    """Least, likely and greatest grams of a material in the end item, of a volume in cm3."""
    low, likely, high = volume
    times = density * row["rolled_up"]
    part = row["fraction_likely"]
    return (
        low * times * row["fraction_low"],
        None if likely is None or part is None else likely * times * part,
        high * times * row["fraction_high"],
    )


def _contents(materials: pl.DataFrame, knowledge: Knowledge) -> pl.LazyFrame:
    import polars as pl

    used = set(materials["material_id"].unique())
    rows = [
        (
            material.id,
            part.element,
            part.low / 100,
            part.likely / 100,
            part.high / 100,
            str(material.evidence),
        )
        for material in knowledge.materials.values()
        if material.id in used
        for part in material.composition
    ]
    parts = pl.LazyFrame(
        rows,
        schema={
            "material_id": pl.String,
            "element": pl.String,
            "wt_low": pl.Float64,
            "wt_likely": pl.Float64,
            "wt_high": pl.Float64,
            "evidence": pl.String,
        },
        orient="row",
    )
    return (
        materials.lazy()
        .join(parts, on="material_id", how="inner")
        .with_columns(
            mass_low_g=pl.col("mass_low_g") * pl.col("wt_low"),
            mass_likely_g=pl.col("mass_likely_g") * pl.col("wt_likely"),
            mass_high_g=pl.col("mass_high_g") * pl.col("wt_high"),
        )
        .select(CONTENTS.names)
        .sort("line", "material_id", "element")
    )


def _notes(lines: pl.DataFrame, materials: pl.DataFrame, sized: pl.DataFrame) -> pl.DataFrame:
    """Notes per file: lines whose materials have no known mass, and masses reckoned from a size."""
    import polars as pl

    unknown = materials.filter(pl.col("mass_high_g").is_null())
    return pl.concat(
        [
            _counted(
                lines,
                unknown,
                "{} lines hold a recognized material but their mass is unknown: their element masses"
                " are unknown, not zero",
            ),
            _counted(
                lines,
                sized,
                "{} lines give a size and no mass: theirs is reckoned from size and density,"
                " as a range",
            ),
        ]
    )


def _counted(lines: pl.DataFrame, found: pl.DataFrame, text: str) -> pl.DataFrame:
    """One note per file with the number of its lines among those found."""
    import polars as pl

    counted = (
        found.select("line")
        .unique()
        .join(lines.select("line", "file"), on="line")
        .group_by("file")
        .len("count")
        .sort("file")
    )
    return counted.select(
        line=pl.lit(None, pl.UInt32),
        file="file",
        sheet=pl.lit(None, pl.String),
        row=pl.lit(None, pl.UInt32),
        kind=pl.lit("mass"),
        text=pl.format(text, "count"),
    ).select(NOTES.names)
