"""Parameters that are judgements: limits of the bands, weights of evidence, what counts.

A table of the knowledge, so that they are shown, cited and may be changed.
"""

from __future__ import annotations

from tools.knowledge.facts import Row

_REGIME = "share above which one third country is too much at one stage: the EU's benchmark"
_OWN = "judgement of this project"


def _row(name: str, value: str, unit: str, meaning: str, sources: str = "BOMRISK") -> Row:
    return {
        "name": name,
        "value": value,
        "unit": unit,
        "meaning": meaning,
        "evidence": "derived" if sources != "BOMRISK" else "recalled",
        "source_ids": sources,
    }


BANDS = [
    _row(
        "critical_touch_low",
        "0.65",
        "probability",
        "Critical: least probability of touching the country set, while a control on the element binds"
        f" the buyer; {_REGIME}",
        "S30;BOMRISK",
    ),
    _row(
        "high_indicator",
        "2",
        "EU supply risk",
        f"High: the indicator from here; {_OWN}, twice the EU's limit",
    ),
    _row(
        "high_touch_low",
        "0.65",
        "probability",
        f"High: least probability of touching the country set; {_REGIME}",
        "S30;BOMRISK",
    ),
    _row(
        "moderate_indicator",
        "1",
        "EU supply risk",
        "Moderate: the indicator from here; the EU calls a material critical from a supply risk of 1.0",
        "EU_CRM2017;EU_CRM2023_A7",
    ),
    _row(
        "moderate_touch_high",
        "0.65",
        "probability",
        f"Moderate: greatest probability, together with moderate_touch_point; {_REGIME}",
        "S30;BOMRISK",
    ),
    _row(
        "moderate_touch_point",
        "0.3",
        "probability",
        f"Moderate: point estimate, together with moderate_touch_high; {_OWN}",
    ),
    _row(
        "dirichlet_verified",
        "120",
        "weight",
        f"Dirichlet weight of a share set whose figures are verified; {_OWN}",
    ),
    _row("dirichlet_derived", "40", "weight", f"the same for derived figures; {_OWN}"),
    _row("dirichlet_recalled", "12", "weight", f"the same for recalled figures; {_OWN}"),
    _row(
        "prior_home",
        "10",
        "weight",
        f"prior weight of a flow that stays in its country, times the next step's share; {_OWN}",
    ),
    _row("prior_route", "10", "weight", f"prior weight of a flow on a known route; {_OWN}"),
    _row("prior_other", "1", "weight", f"prior weight of any other flow; {_OWN}"),
    _row(
        "constituent_counts_from",
        "1.0",
        "weight percent",
        "an element counts in a trace from this likely content; a rare earth and an element under an"
        f" export control count always; {_OWN}",
    ),
]
