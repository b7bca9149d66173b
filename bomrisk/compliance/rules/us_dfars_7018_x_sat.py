"""Exception to DFARS 225.7018: acquisitions at or below the simplified acquisition threshold.

**What it says.** The restriction does not reach an acquisition that is not above the simplified
acquisition threshold. The test is on the acquisition, never on the price of a part. The threshold
is that of the day of award: 250,000 USD until 2025-09-30, 350,000 USD from 2025-10-01; in support
of a contingency operation 1,000,000 USD (inside the United States) or 2,000,000 USD (outside), for
humanitarian or peacekeeping operations 650,000 USD.

**Paragraph.** DFARS 225.7018-3(a); FAR 2.101.

**What was read.** 225.7018-3 in the official copy of 2025-11-20; the thresholds in reports of FAC
2025-06 (90 FR 41872), not in the Federal Register itself.
"""

from __future__ import annotations

from datetime import date

from bomrisk.compliance.matter import Matter
from bomrisk.compliance.rule import Kind, Rule, Ruling, exempt, not_applicable

PARAGRAPH = "225.7018-3(a)"


def small(matter: Matter, paragraph: str) -> Ruling:
    """Whether the acquisition is not above the threshold of its day of award."""
    contract = matter.contract
    value, threshold = contract.value_usd, contract.threshold_usd
    if value is None or threshold is None:
        return not_applicable(paragraph, "the acquisition's value or day of award is not stated")
    facts = (
        matter.term("value_usd", f"value {value:,.2f} USD"),
        matter.term("award", f"award {contract.award}"),
    )
    text = f"acquisition of {value:,.2f} USD"
    if value <= threshold:
        return exempt(
            paragraph,
            f"{text} is not above the simplified acquisition threshold of {threshold:,.0f} USD"
            f" for an award on {contract.award}",
            *facts,
        )
    return not_applicable(
        paragraph, f"{text} is above the threshold of {threshold:,.0f} USD", *facts
    )


def decide(matter: Matter) -> Ruling:
    """Hold the value of the acquisition against the threshold."""
    return small(matter, PARAGRAPH)


RULE = Rule(
    id="US-DFARS-7018-X-SAT",
    title="Exception: acquisition at or below the simplified acquisition threshold",
    family="7018",
    kind=Kind.EXCEPTION,
    citation="DFARS 225.7018-3(a); FAR 2.101",
    effective_from=date(2019, 4, 30),
    effective_to=None,
    status="in force",
    page=__doc__ or "",
    decide=decide,
)
