"""Chinese export controls: what leaves China, in which form, on which day, and which suspensions run."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from bomrisk.compliance.classification import NONE, UNKNOWN_MAGNET
from bomrisk.compliance.judgement import Code
from bomrisk.compliance.matter import Matter
from bomrisk.compliance.part import ORIGIN_STAGES
from bomrisk.compliance.rule import Clock, Ruling, incomplete, not_applicable, review, span, watch

CHINA = frozenset(("CHN",))
CUSTOMS_APART = frozenset(("HKG", "MAC"))
"""Customs territories of their own: whether a control binds there is a person's question."""

DEEP = ("assembly", "electronic-device", "end-item", "fastener", "equipment", "battery")
"""Deeply processed goods, such as motor rotors and sensors (MOFCOM FAQ of 2025-09-16)."""

EIGHTEEN = ("Sm", "Gd", "Tb", "Dy", "Lu", "Sc", "Y")
"""Elements of announcement 18 of 2025."""
FIFTY_SEVEN = ("Ho", "Er", "Tm", "Eu", "Yb")
"""Elements of announcement 57 of 2025."""
RARE_EARTHS = ("La", "Ce", "Pr", "Nd", *EIGHTEEN, *FIFTY_SEVEN)

TRACE_PCT = 0.1
"""Dy and Tb together up to here usually clear without a licence: trade practice, not law."""
MAKES_IT_PCT = 10.0
"""Gallium, germanium and antimony make goods of theirs from this content: a judgement."""

CARBON_PCT = 90.0
"""Goods with this much carbon or more are carbon: a judgement."""

SUSPENDED_FROM = date(2025, 11, 7)
SUSPENDED_TO = date(2026, 11, 10)
"""No. 70 of 2025 for announcements 55, 56, 57, 58, 61 and 62."""
EXTENDED_TO = date(2027, 1, 10)
"""Announced in September 2026; a formal notice was not found."""
SUSPENDED_46_FROM = date(2025, 11, 9)
SUSPENDED_46_TO = date(2026, 11, 27)
"""No. 72 of 2025 for article 2 of announcement 46 of 2024; an extension was not found."""


@dataclass(frozen=True, slots=True)
class Scope:
    """Whether goods are of a controlled kind: yes, no, or open (None), and why; `missing` if open."""

    controlled: bool | None
    why: str
    missing: tuple[str, ...] = ()


NO = Scope(False, "not of a controlled kind")


def day_of(matter: Matter) -> date:
    """The day of shipment: as stated, else the delivery, else the as-of date."""
    return span(matter, Clock.SHIPMENT)[0]


def rare_earth_scope(matter: Matter, elements: tuple[str, ...]) -> Scope:
    """Metal, alloys, targets, oxides and compounds of the elements, and magnets that hold them.

    SmCo magnets are named; NdFeB magnets are controlled where they hold Tb or Dy. Nd, Pr, La and Ce are
    free. Blocks, rings and tiles count as magnets; rotors, sensors and the like do not, generally.
    """
    make = matter.make
    if matter.family == UNKNOWN_MAGNET:
        return Scope(None, "the magnet's material is not stated", ("material of the magnet",))
    if matter.family is None:
        return Scope(None, "the material is not known", ("material",))
    if make.composition is None and matter.family == "ndfeb":
        return Scope(None, "its content of dysprosium and terbium is not stated", ("composition",))
    inside = [e for e in elements if e in make.elements and make.pct(e) != 0.0]
    if not inside:
        return Scope(False, f"holds none of {', '.join(elements)}")
    if make.composition is not None:
        shown = ", ".join(f"{make.pct(e):g} % {e}" for e in inside if make.pct(e))
    else:
        shown = ", ".join(inside)
    why = f"holds {shown}"
    if matter.part.item in DEEP:
        return _deep(matter, why)
    if matter.family == "ndfeb" and make.composition is not None:
        heavy = sum(make.pct(e) or 0.0 for e in ("Dy", "Tb"))
        if 0.0 < heavy <= TRACE_PCT:
            why += " (up to 0.1 % usually clears: trade practice, not legal text)"
    return Scope(True, why)


def metal_scope(
    matter: Matter, elements: Iterable[str], *, least_pct: float = MAKES_IT_PCT
) -> Scope:
    """Goods of which one of the elements makes a good part."""
    make = matter.make
    if matter.family is None:
        return Scope(None, "the material is not known", ("material",))
    inside = [
        e
        for e in elements
        if e in make.elements and (make.pct(e) is None or (make.pct(e) or 0) >= least_pct)
    ]
    if not inside:
        return Scope(False, f"no goods of {', '.join(elements)}")
    why = f"goods of {', '.join(inside)}"
    return _deep(matter, why) if matter.part.item in DEEP else Scope(True, why)


def goods_scope(matter: Matter, *goods: str) -> Scope:
    """Goods by their kind: graphite, superhard, lithium-battery; carbon may be one of the first two."""
    if matter.make.goods in goods:
        return Scope(True, matter.make.goods.replace("-", " "))
    if matter.family is None and not matter.make.goods:
        return Scope(None, "the material is not known", ("material",))
    carbon = not matter.make.goods and (matter.make.pct("C") or 0.0) >= CARBON_PCT
    if carbon and not {"graphite", "superhard"}.isdisjoint(goods):
        return Scope(None, "carbon: graphite, diamond or neither is not stated", ("material",))
    return Scope(False, f"no {' or '.join(goods)}".replace("-", " "))


def either(first: Scope, second: Scope) -> Scope:
    """Goods of one kind or another: controlled if either is, else open if either is."""
    if first.controlled or second.controlled:
        return first if first.controlled else second
    return first if first.controlled is None else second


def _deep(matter: Matter, why: str) -> Scope:
    text = f"{why}, in a deeply processed good: generally out of scope (FAQ of 2025-09-16)"
    return Scope(None if matter.contract.end_use == "military" else False, text)


def licence(matter: Matter, paragraph: str, scope: Scope, note: str = "") -> Ruling:
    """REVIEW for controlled goods that leave China, whatever the destination: a licence is needed."""
    if scope.controlled is False:
        return not_applicable(paragraph, scope.why, matter.material_fact())
    outside = leaving_china(matter, paragraph)
    if outside is not None:
        return outside
    facts = (matter.material_fact(), *shipment_facts(matter))
    if scope.controlled is None and scope.missing:
        return incomplete(paragraph, scope.why, *facts, missing=scope.missing)
    text = f"{scope.why}: export from China needs a licence{note}"
    return review(paragraph, text, *facts, missing=("export licence",))


def leaving_china(matter: Matter, paragraph: str) -> Ruling | None:
    """None for goods that leave China; else why the control does not bind, or what is not stated."""
    contract = matter.contract
    if contract.ship_from is None:
        made = matter.inside(ORIGIN_STAGES, CHINA | CUSTOMS_APART)
        if not made and matter.places:
            text = "no stage in China is stated, nor a shipment from there"
            return not_applicable(paragraph, text, *matter.place_facts())
        text = "from where it is shipped is not stated"
        return incomplete(paragraph, text, *matter.place_facts(), missing=("ship_from",))
    if contract.ship_from in CUSTOMS_APART:
        text = f"shipped from {contract.ship_from}: whether the control binds there was not read"
        return review(paragraph, text, *shipment_facts(matter))
    if contract.ship_from not in CHINA:
        text = f"shipped from {contract.ship_from}, not from China"
        return not_applicable(paragraph, text, *shipment_facts(matter))
    if contract.ship_to in CHINA:
        return not_applicable(paragraph, "shipped inside China", *shipment_facts(matter))
    return None


def shipment_facts(matter: Matter) -> tuple[str, ...]:
    """What the contract says of shipment and end use."""
    contract = matter.contract
    stated = [
        matter.term(name, f"{name.replace('_', ' ')} {getattr(contract, name)}")
        for name in ("ship_from", "ship_to", "ship_date", "end_use")
        if getattr(contract, name) is not None
    ]
    if contract.ship_date is None:
        stated.append(f"shipment taken as of {day_of(matter)} (no ship date stated)")
    return tuple(stated)


def october_2025(matter: Matter, paragraph: str, active: Ruling, started: date) -> Ruling:
    """The ruling of a control of October 2025 on the day of shipment, its suspension counted in.

    Not applicable before its start and while suspended; WATCH while only an announced extension without
    a formal notice holds it back; after that nobody knows, and what `active` says is a person's matter.
    """
    day = day_of(matter)
    if active.code is Code.NOT_APPLICABLE:
        return active
    if day < started and day < SUSPENDED_FROM:
        return not_applicable(paragraph, f"starts on {started}", *active.facts)
    if SUSPENDED_FROM <= day <= SUSPENDED_TO:
        text = f"suspended by No. 70 of 2025 from {SUSPENDED_FROM} to {SUSPENDED_TO}"
        return not_applicable(paragraph, text, *active.facts)
    if active.code is Code.INCOMPLETE:
        return active
    if SUSPENDED_TO < day <= EXTENDED_TO:
        text = (
            f"the formal suspension ended on {SUSPENDED_TO}; an extension to {EXTENDED_TO} was announced,"
            f" its notice was not found; if it binds: {active.reason}"
        )
        return watch(paragraph, text, *active.facts)
    if day < SUSPENDED_FROM:
        return active
    text = (
        f"the announced extension ended on {EXTENDED_TO}; what follows is not known; if it binds:"
        f" {active.reason}"
    )
    return review(paragraph, text, *active.facts, missing=active.missing)


def listed(matter: Matter) -> Scope:
    """Whether goods are dual-use by one of the announcements that bind on the day of shipment."""
    from bomrisk.compliance.rules import (
        cn_10_2025,
        cn_18_2025,
        cn_23_2023,
        cn_33_2024,
        cn_39_2023,
    )

    day = day_of(matter)
    scopes = [
        (rule.RULE.id, rule.scope(matter))
        for rule in (cn_18_2025, cn_10_2025, cn_23_2023, cn_33_2024, cn_39_2023)
        if rule.RULE.effective_from is None or day >= rule.RULE.effective_from
    ]
    for rule_id, scope in scopes:
        if scope.controlled:
            return Scope(True, f"{scope.why} ({rule_id})")
    for rule_id, scope in scopes:
        if scope.controlled is None:
            return Scope(None, f"{scope.why} ({rule_id})", scope.missing)
    if matter.family == NONE and matter.part.item in DEEP:
        return Scope(False, "not of a kind that the announcements name")
    return NO
