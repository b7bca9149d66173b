"""The result of one rule on one part: a code, the paragraph and facts that decided, what is missing."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Code(StrEnum):
    """Result of a rule. Unknown is never a pass: a demanded fact that lacks makes INCOMPLETE."""

    PASS = "PASS"  # noqa: S105 - a verdict, not a password
    FAIL = "FAIL"
    EXEMPT = "EXEMPT"
    NOT_APPLICABLE = "NOT_APPLICABLE"
    REVIEW = "REVIEW"
    INCOMPLETE = "INCOMPLETE"
    WATCH = "WATCH"


SEVERITY = (
    Code.NOT_APPLICABLE,
    Code.EXEMPT,
    Code.PASS,
    Code.WATCH,
    Code.REVIEW,
    Code.INCOMPLETE,
    Code.FAIL,
)
"""The codes from the least to the most that stands in the way of a delivery."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """What one rule says of one part, and why.

    `facts` are the facts used, each as "fact (where it came from)"; `missing` are stages or papers that
    a clearance would need. `effective_to` is None while the rule has no end; both dates are yyyy-mm-dd,
    and `effective_from` is empty for a rule whose first day is not known. `inferred` marks a material
    that only follows from the type of part.
    """

    rule: str
    code: Code
    paragraph: str
    reason: str
    facts: tuple[str, ...]
    missing: tuple[str, ...]
    effective_from: str
    effective_to: str | None
    status: str = ""
    inferred: bool = False
