"""GeoPolRisk: Gemechu 2015, Santillán-Saldivar 2022, Koyamparambath 2024.

GPRS = HHI · IR with IR = Σᵢ gᵢ fᵢ / (p + F): g is the governance of the exporter (0 best to 1 worst), f its
exports to the importer, F all imports, p domestic production (t). CF = GPRS · price / reference.
"""

from __future__ import annotations

from collections.abc import Sequence

from bomrisk.risk.indicator import Indicator, Input, evaluate, unknown

COPPER_REFERENCE = 0.409412948
"""Copper's score times price in the reference implementation, version 2.0.1 (OECD, 2017 to 2021)."""


def weighted_imports(
    quantities: Sequence[float],
    governance: Sequence[float | None],
    *,
    missing_governance: float | None = None,
) -> Indicator:
    """Σ gᵢ fᵢ, in the unit of the quantities.

    An exporter without governance makes the sum unknown, unless `missing_governance` stands in for it
    (the published implementation takes 0.5, silently).
    """
    name, symbol = "imports weighted by governance", "Σgf"
    known = [missing_governance if g is None else g for g in governance]
    if any(g is None for g in known):
        return unknown(name, symbol, ("governance of an exporter",))
    value = sum(q * (g or 0.0) for q, g in zip(quantities, known, strict=True))
    return Indicator(name, symbol, value, value, value)


def import_price(values: Sequence[float], quantities: Sequence[float]) -> Indicator:
    """Value over quantity of all imports; unknown where nothing was imported."""
    total = sum(quantities)
    if total <= 0.0:
        return unknown("import price", "price", ("imported quantity",))
    price = sum(values) / total
    return Indicator("import price", "price", price, price, price)


def import_risk(*, weighted: Input, imports: Input, domestic: Input) -> Indicator:
    """IR = Σ gᵢ fᵢ / (p + F). No imports and no production is unknown, not 0."""
    if imports == 0 and domestic == 0:
        return unknown("import risk", "IR", ("imports", "domestic production"))
    return evaluate(
        "import risk",
        "IR",
        lambda weighted, imports, domestic: weighted / (imports + domestic),
        {"weighted": weighted, "imports": imports, "domestic": domestic},
    )


def geopolrisk(*, hhi: Input, import_risk: Input) -> Indicator:
    """GPRS = HHI · IR, 0 to 1."""
    return evaluate(
        "GeoPolRisk score",
        "GPRS",
        lambda hhi, import_risk: hhi * import_risk,
        {"hhi": hhi, "import_risk": import_risk},
    )


def characterization_factor(
    *, score: Input, price: Input, reference: float = COPPER_REFERENCE
) -> Indicator:
    """Geopolitical supply potential in kg Cu-eq per kg: GPRS · price / copper's GPRS · price."""
    return evaluate(
        "geopolitical supply potential",
        "CF",
        lambda score, price: score * price / reference,
        {"score": score, "price": price},
    )
