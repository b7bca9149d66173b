"""What every rule is: an id, the days on which it applies, a citation, and a ruling on one matter."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bomrisk.compliance.judgement import Code, Judgement
from bomrisk.compliance.matter import Matter


class Kind(StrEnum):
    """What a rule decides."""

    DELIVERY = "delivery"
    """Whether the part may be delivered."""
    EXCEPTION = "exception"
    """Whether an exception to a delivery rule holds; the delivery rule says what follows."""
    RECORD = "record"
    """What a contract file or a disclosure must hold."""
    CONTROL = "export control"
    DUTY = "duty"
    LIST = "list"
    """A flag: being on a list violates nothing."""


class Clock(StrEnum):
    """The day that decides whether a rule is in force (each date of a contract sets other things)."""

    DELIVERY = "delivery"
    SHIPMENT = "shipment"
    ENTRY = "entry"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Ruling:
    """A judgement before the rule has put its name and dates to it."""

    code: Code
    paragraph: str
    reason: str
    facts: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Rule:
    """One dated rule. `decide` sees one matter alone, so that the same facts give the same ruling."""

    id: str
    title: str
    family: str
    """The page of the manual on which it stands."""
    kind: Kind
    citation: str
    effective_from: date | None
    """First day; None where it is not known."""
    effective_to: date | None
    status: str
    page: str
    """The manual page: what the rule says, what of it was read, and what is only known."""
    decide: Callable[[Matter], Ruling]
    clock: Clock = Clock.DELIVERY

    def judge(self, matter: Matter) -> Judgement:
        """Judge a matter; a day outside the rule's days is not its matter."""
        ruling = self.out_of_time(matter) or self.decide(matter)
        return Judgement(
            self.id,
            ruling.code,
            ruling.paragraph,
            ruling.reason,
            ruling.facts,
            ruling.missing,
            self.effective_from.isoformat() if self.effective_from else "",
            self.effective_to.isoformat() if self.effective_to else None,
            self.status,
            matter.part.inferred,
        )

    def out_of_time(self, matter: Matter) -> Ruling | None:
        """Not applicable, where the deciding span of days lies outside the rule's days."""
        if self.clock is Clock.NONE:
            return None
        first, last = span(matter, self.clock)
        early = self.effective_from and last and last < self.effective_from
        late = self.effective_to and first > self.effective_to
        if not early and not late:
            return None
        what, days = _WORDS[self.clock], f"{first}" if first == last else f"{first} to {last}"
        edge = f"before {self.effective_from}" if early else f"after {self.effective_to}"
        return Ruling(
            Code.NOT_APPLICABLE,
            self.citation,
            f"{what} {days if last else f'from {first} on'} is {edge}, outside the days of this rule",
            (f"{what} {days if last else 'open'} ({_source(matter, self.clock)})",),
        )


_WORDS = {Clock.DELIVERY: "delivery", Clock.SHIPMENT: "shipment", Clock.ENTRY: "entry"}


def _source(matter: Matter, clock: Clock) -> str:
    contract = matter.contract
    stated = {
        Clock.DELIVERY: contract.delivery,
        Clock.SHIPMENT: contract.ship_date,
        Clock.ENTRY: contract.entry_date,
    }[clock]
    if stated is not None:
        return "contract"
    return "delivery of the contract" if contract.delivery else "open, from the as-of date"


def span(matter: Matter, clock: Clock = Clock.DELIVERY) -> tuple[date, date | None]:
    """First and last day that count for a rule; the last is None while the delivery is open.

    The shipment and the entry default to the delivery; an open delivery begins on the as-of date.
    """
    contract = matter.contract
    if clock is Clock.SHIPMENT and contract.ship_date:
        return contract.ship_date, contract.ship_date
    if clock is Clock.ENTRY and contract.entry_date:
        return contract.entry_date, contract.entry_date
    if contract.delivery:
        return contract.delivery, contract.last_delivery
    return matter.as_of, None


def not_applicable(paragraph: str, reason: str, *facts: str) -> Ruling:
    """The rule does not speak of this part."""
    return Ruling(Code.NOT_APPLICABLE, paragraph, reason, facts)


def exempt(paragraph: str, reason: str, *facts: str) -> Ruling:
    """An exception holds."""
    return Ruling(Code.EXEMPT, paragraph, reason, facts)


def review(paragraph: str, reason: str, *facts: str, missing: tuple[str, ...] = ()) -> Ruling:
    """A person must decide: the text is not clear, or only known by recall."""
    return Ruling(Code.REVIEW, paragraph, reason, facts, missing)


def incomplete(paragraph: str, reason: str, *facts: str, missing: tuple[str, ...]) -> Ruling:
    """A demanded fact lacks."""
    return Ruling(Code.INCOMPLETE, paragraph, reason, facts, missing)


def watch(paragraph: str, reason: str, *facts: str) -> Ruling:
    """Nothing to decide now; a date or a development to keep in sight."""
    return Ruling(Code.WATCH, paragraph, reason, facts)


def with_exceptions(ruling: Ruling, claims: tuple[Ruling, ...]) -> Ruling:
    """A ruling with the exceptions that were claimed, in their order.

    One that holds decides. One that is arguable (REVIEW) or lacks a fact (INCOMPLETE) takes the place
    of any ruling that would stop the delivery, for it may be cured; a pass needs no exception.
    """
    for claim in claims:
        if claim.code is Code.EXEMPT:
            return claim
    if ruling.code in (Code.PASS, Code.NOT_APPLICABLE):
        return ruling
    for code in (Code.REVIEW, Code.INCOMPLETE):
        for claim in claims:
            if claim.code is code:
                missing = tuple(dict.fromkeys((*claim.missing, *ruling.missing)))
                return Ruling(
                    code,
                    claim.paragraph,
                    f"{claim.reason}; otherwise {ruling.code}: {ruling.reason}",
                    tuple(dict.fromkeys((*claim.facts, *ruling.facts))),
                    missing,
                )
    return ruling
