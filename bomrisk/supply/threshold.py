"""Thresholds that decide which constituents count; a table of the knowledge, which a user may change."""

from __future__ import annotations

from bomrisk.knowledge import Knowledge


def counts_from_wt_pct(knowledge: Knowledge) -> float:
    """Least likely content, in weight percent, at which an element that is no rare earth counts."""
    for row in knowledge.table("bands"):
        if row["name"] == "constituent_counts_from":
            return float(row["value"])
    return 1.0
