"""What trips a gate: bands and findings that nobody has settled."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bomrisk.assessment.answer import DELIVERY_RULES

if TYPE_CHECKING:
    import polars as pl

    from bomrisk.assessment.assessment import Assessment

UNDECIDED = ("INCOMPLETE", "REVIEW")


def tripping(assessment: Assessment) -> dict[str, int]:
    """How many lines speak for each gate: critical, high, fail and unknown; 0 leaves it shut.

    `high` includes critical. `fail` counts failures of delivery rules in force on the day of delivery
    (else the as-of date); `unknown` counts lines that a delivery rule leaves open, and unknown bands.
    A finding that is accepted, waived or a false positive counts no more; a mitigated one still does.
    Bands are not changed by a disposition.
    """
    import polars as pl

    from bomrisk.compliance import open_findings

    bands, meta = assessment.answer.bands, assessment.meta
    delivery = assessment.findings.filter(pl.col("rule").str.starts_with(DELIVERY_RULES))
    left = open_findings(delivery)
    day = (meta.delivery or meta.as_of).isoformat()
    fails = left.filter(pl.col("code") == "FAIL").filter(_in_force(day))
    undecided = left.filter(pl.col("code").is_in(UNDECIDED))
    return {
        "critical": bands["Critical"],
        "high": bands["Critical"] + bands["High"],
        "fail": fails["line"].n_unique(),
        "unknown": bands["Unknown"] + undecided["line"].n_unique(),
    }


def _in_force(day: str) -> pl.Expr:
    """Whether a finding's rule applies on the day; a bound that is not stated is open."""
    import polars as pl

    begun = pl.col("effective_from").is_null() | (pl.col("effective_from") <= day)
    return begun & (pl.col("effective_to").is_null() | (pl.col("effective_to") >= day))
