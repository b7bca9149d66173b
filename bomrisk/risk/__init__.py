"""Indicators of supply risk with the names of their papers, bands with their reasons, uncertainty."""

from bomrisk.risk.bands import BANDS, Thresholds
from bomrisk.risk.concentration import (
    governance_scaled,
    hhi,
    hhi_from_production,
    hhi_range,
    mass_weighted,
    weighted_hhi,
)
from bomrisk.risk.criticality import global_supply_concentration, weighted_score
from bomrisk.risk.eu_supply_risk import (
    eu_supply_risk,
    eu_supply_risk_from_shares,
    import_reliance,
)
from bomrisk.risk.evidence import next_best_evidence
from bomrisk.risk.geopolrisk import (
    COPPER_REFERENCE,
    characterization_factor,
    geopolrisk,
    import_price,
    import_risk,
    weighted_imports,
)
from bomrisk.risk.indicator import Indicator, Range
from bomrisk.risk.score import score_lines
from bomrisk.risk.survival import Survival, survival, time_to_survive_days
from bomrisk.risk.uncertainty import (
    Spread,
    Weights,
    dirichlet_sd,
    pedigree_gsd2_95,
    touch_spread,
)
from bomrisk.risk.usgs import disruption_potential, trade_exposure, usgs_supply_risk

__all__ = [
    "BANDS",
    "COPPER_REFERENCE",
    "Indicator",
    "Range",
    "Spread",
    "Survival",
    "Thresholds",
    "Weights",
    "characterization_factor",
    "dirichlet_sd",
    "disruption_potential",
    "eu_supply_risk",
    "eu_supply_risk_from_shares",
    "geopolrisk",
    "global_supply_concentration",
    "governance_scaled",
    "hhi",
    "hhi_from_production",
    "hhi_range",
    "import_price",
    "import_reliance",
    "import_risk",
    "mass_weighted",
    "next_best_evidence",
    "pedigree_gsd2_95",
    "score_lines",
    "survival",
    "time_to_survive_days",
    "touch_spread",
    "trade_exposure",
    "usgs_supply_risk",
    "weighted_hhi",
    "weighted_imports",
    "weighted_score",
]
