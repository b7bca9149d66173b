"""EU supply risk, in the form of the criticality studies of 2017, 2020 and 2023, and seen from the US.

SR = [HHI_GS · IR/2 + HHI_EU · (1 - IR/2)] · (1 - EoL_RIR) · SI_SR, with HHI = HHI_WGI,t: the squared
shares weighted by scaled governance (0 to 10) and the trade factor t. GS is global supply, EU the
supply mix of the buyer's region. Practical range 0 to 10; critical from 1.0.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from bomrisk.risk.concentration import weighted_hhi
from bomrisk.risk.indicator import Indicator, Input, evaluate, unknown

NAME = "EU supply risk"
SYMBOL = "SR"


def eu_supply_risk(
    *,
    hhi_global: Input,
    hhi_region: Input,
    import_reliance: Input,
    recycling_input_rate: Input,
    substitution_index: Input,
    supply_used: str = "GS+EU",
) -> Indicator:
    """Supply risk of a raw material at one stage.

    `import_reliance` (IR), `recycling_input_rate` (EoL_RIR) and `substitution_index` (SI_SR) are 0 to 1;
    a negative import reliance counts as 0. `supply_used` is GS+EU, or GS or EU where the other mix or
    the import reliance is not known; what is not used may be None.
    """
    inputs: dict[str, Input] = {
        "recycling": recycling_input_rate,
        "substitution": substitution_index,
    }
    used = supply_used.upper().replace(" ONLY", "").replace("EUS", "EU").replace(" ", "")
    if used == "GS":
        inputs["supply"] = hhi_global
        formula: Callable[..., float] = one_mix
    elif used == "EU":
        inputs["supply"] = hhi_region
        formula = one_mix
    else:
        inputs |= {"world": hhi_global, "region": hhi_region, "reliance": import_reliance}
        formula = combined
    return _named(evaluate(NAME, SYMBOL, formula, inputs))


def eu_supply_risk_from_shares(
    *,
    world: Mapping[str, float] | None,
    region: Mapping[str, float] | None,
    governance: Mapping[str, float],
    trade: Mapping[str, float] | None = None,
    import_reliance: Input,
    recycling_input_rate: Input,
    substitution_index: Input,
    supply_used: str = "GS+EU",
) -> Indicator:
    """The same from country shares (0 to 1), scaled governance (0 to 10) and trade factors (default 1)."""
    mixes: dict[str, Input] = {}
    for key, shares in (("world", world), ("region", region)):
        if shares is None:
            mixes[key] = None
            continue
        index = weighted_hhi(shares, governance=governance, trade=trade)
        if index.value is None:
            return unknown(NAME, SYMBOL, index.missing)
        mixes[key] = index.value
    return eu_supply_risk(
        hhi_global=mixes["world"],
        hhi_region=mixes["region"],
        import_reliance=import_reliance,
        recycling_input_rate=recycling_input_rate,
        substitution_index=substitution_index,
        supply_used=supply_used,
    )


def import_reliance(imports: float, exports: float, production: float) -> float:
    """Net imports over apparent consumption, (I - E)/(P + I - E), held within 0 and 1."""
    use = production + imports - exports
    if use <= 0.0:
        return 0.0
    return min(1.0, max(0.0, (imports - exports) / use))


def one_mix(supply: float, recycling: float, substitution: float) -> float:
    """Supply risk where one mix stands for all: HHI · (1 - EoL_RIR) · SI_SR."""
    return supply * (1.0 - recycling) * substitution


def combined(
    world: float, region: float, reliance: float, recycling: float, substitution: float
) -> float:
    """Supply risk by the formula of the studies, both mixes weighted by import reliance."""
    half = max(0.0, reliance) / 2.0
    return (world * half + region * (1.0 - half)) * (1.0 - recycling) * substitution


_WORDS = {
    "world": "HHI_WGI,t of global supply",
    "region": "HHI_WGI,t of the region's supply",
    "supply": "HHI_WGI,t of the supply used",
    "reliance": "import reliance",
    "recycling": "end-of-life recycling input rate",
    "substitution": "substitution index SI_SR",
}


def _named(indicator: Indicator) -> Indicator:
    if not indicator.missing:
        return indicator
    return unknown(NAME, SYMBOL, tuple(_WORDS[key] for key in indicator.missing))
