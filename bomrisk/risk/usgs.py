"""The USGS factors of Nassar et al. 2020: disruption potential, trade exposure, economic vulnerability."""

from __future__ import annotations

from collections.abc import Mapping

from bomrisk.risk.indicator import Indicator, Input, evaluate, unknown


def disruption_potential(
    production: Mapping[str, float],
    ability: Mapping[str, float],
    willingness: Mapping[str, float],
    *,
    importer: str,
) -> Indicator:
    """DP = Σ PS² · ASI · WSI over foreign countries, before normalisation.

    `production` holds shares of primary and secondary production; `ability` (ASI) and `willingness`
    (WSI) to supply are 0 to 1, higher is worse. The importer's own share adds nothing.
    """
    foreign = {c: share for c, share in production.items() if c != importer}
    missing = [f"ASI of {c}" for c in foreign if c not in ability]
    missing += [f"WSI of {c}" for c in foreign if c not in willingness]
    if missing:
        return unknown("disruption potential", "DP", tuple(missing))
    value = sum(share**2 * ability[c] * willingness[c] for c, share in foreign.items())
    return Indicator("disruption potential", "DP", value, value, value)


def trade_exposure(
    *, primary: Input, secondary: Input, imports: Input, exports: Input, stock_change: Input
) -> Indicator:
    """TE = (I - E + dS)/(PP + SP + I - E + dS): net import reliance, held within 0 and 1. Tonnes."""
    return evaluate(
        "trade exposure",
        "TE",
        _trade_exposure,
        {
            "primary": primary,
            "secondary": secondary,
            "imports": imports,
            "exports": exports,
            "stock_change": stock_change,
        },
    )


def _trade_exposure(
    primary: float, secondary: float, imports: float, exports: float, stock_change: float
) -> float:
    net = imports - exports + stock_change
    use = primary + secondary + net
    return min(1.0, max(0.0, net / use)) if use > 0.0 else 0.0


def usgs_supply_risk(*, disruption: Input, exposure: Input, vulnerability: Input) -> Indicator:
    """SR = (DP · TE · EV)^(1/3), all 0 to 1. One factor of 0 makes it 0: show the factors beside it."""
    return evaluate(
        "USGS supply risk",
        "SR",
        lambda disruption, exposure, vulnerability: (
            (disruption * exposure * vulnerability) ** (1 / 3)
        ),
        {"disruption": disruption, "exposure": exposure, "vulnerability": vulnerability},
    )
