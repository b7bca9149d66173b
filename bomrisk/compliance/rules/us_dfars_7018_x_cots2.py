"""Exception to DFARS 225.7018 from 2027-01-01: commercially available off-the-shelf items.

**What it says.** As before, but a COTS item of 50 % *covered material* or more by weight is left
out, so that a bare magnet, about 100 %, is never exempt, and so is any covered mill product that is
not incorporated into an item.

**The drafting trap.** In the clause the line on mill products stands as its own (c)(1)(ii) and,
read by the letter, looks like an exception. 225.7018-3(c)(1)(iii) and 10 USC 4872(c)(3)(A)(ii) make
it an exclusion *from* the COTS exception, and so it is coded. The statute itself still says 50 %
tungsten.

**What is disputed.** As before: COTS components inside another end item; for magnets REVIEW.

**Paragraph.** DFARS 225.7018-3(c)(1)(i)(B) and (iii); clause (c)(1)(i)(A)(2) and (c)(1)(ii).

**What was read.** All of it, in the official copy of 2025-11-20. **Inferred:** the reading of the
trap.
"""

from __future__ import annotations

from datetime import date

from bomrisk.compliance.cots import cots_item
from bomrisk.compliance.matter import Matter
from bomrisk.compliance.rule import Kind, Rule, Ruling


def decide(matter: Matter) -> Ruling:
    """Ask whether the part is COTS and not left out of the exception."""
    return cots_item(matter, mines=True, paragraph="225.7018-3(c)(1)(i)(B), (iii)")


RULE = Rule(
    id="US-DFARS-7018-X-COTS2",
    title="Exception: COTS, from 2027-01-01",
    family="7018",
    kind=Kind.EXCEPTION,
    citation="DFARS 225.7018-3(c)(1)(i)(B), (iii); clause (c)(1)(i)(A)(2), (c)(1)(ii)",
    effective_from=date(2027, 1, 1),
    effective_to=None,
    status="law for deliveries from 2027-01-01",
    page=__doc__ or "",
    decide=decide,
)
