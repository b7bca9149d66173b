"""NDAA FY2006 sec. 1211: no munitions-list item from a Communist Chinese military company.

**What it says.** No item of the US Munitions List or the 600 series comes from a Communist Chinese
military company, at any tier; components only if they are themselves such items. Exceptions: visits
of ships and aircraft to China, testing, intelligence. The waiver of USD(A&S) and service
secretaries is reported 15 days before.

**How it is judged.** By stated facts: `usml` and `military_company`. A bare magnet, raw stock or a
fastener is normally on neither list (inferred): not applicable. An assembly manufactured in China
of which nobody says whether it is listed is REVIEW. Screening of companies is outside this tool.

**Paragraph.** DFARS 225.770-2; clause 252.225-7007(b).

**What was read.** All of it, in the official copy of 2025-11-20. **Only recalled:** sec. 1260H and
the contract bans of FY2024 sec. 805, which are not judged.
"""

from __future__ import annotations

from bomrisk.compliance.judgement import Code
from bomrisk.compliance.matter import Matter
from bomrisk.compliance.rule import Clock, Kind, Rule, Ruling, incomplete, not_applicable, review

PARAGRAPH = "225.770-2; 252.225-7007(b)"
PLAIN = ("magnet", "raw-material", "mill-product", "powder", "fastener", "forging", "casting", None)


def decide(matter: Matter) -> Ruling:
    """Ask whether a listed item comes from such a company."""
    part = matter.part
    made = matter.places.get("manufactured")
    chinese = made is not None and "CHN" in made.countries
    if part.usml is False or part.military_company is False:
        name = "usml" if part.usml is False else "military_company"
        text = f"{name.replace('_', ' ')}: no"
        return not_applicable(PARAGRAPH, text, matter.fact(name, text))
    if part.usml and part.military_company:
        facts = (matter.fact("usml"), matter.fact("military_company"))
        return Ruling(Code.FAIL, PARAGRAPH, "a listed item of a Chinese military company", facts)
    if part.usml or part.military_company:
        known, asked = ("usml", "military_company") if part.usml else ("military_company", "usml")
        if known == "usml" and not chinese and made is not None:
            return not_applicable(PARAGRAPH, f"{made}, not in China", *matter.place_facts())
        text = f"stated: {known.replace('_', ' ')}; not stated: {asked.replace('_', ' ')}"
        return incomplete(PARAGRAPH, text, matter.fact(known), missing=(asked,))
    if chinese and part.item not in PLAIN:
        text = f"{made}; whether it is on the USML or in the 600 series, and whose it is, is not stated"
        return review(PARAGRAPH, text, *matter.place_facts(), missing=("usml", "military_company"))
    return not_applicable(PARAGRAPH, "not stated to be a listed item, nor manufactured in China")


RULE = Rule(
    id="US-1211",
    title="No USML or 600-series item of a Communist Chinese military company",
    family="1211",
    kind=Kind.DELIVERY,
    citation="NDAA FY2006 sec. 1211; DFARS 225.770; 252.225-7007 (DEC 2018)",
    effective_from=None,
    effective_to=None,
    status="in force",
    page=__doc__ or "",
    decide=decide,
    clock=Clock.NONE,
)
