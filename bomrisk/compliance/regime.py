"""How both regimes of DFARS 225.7018 decide: exceptions first, then each stage alone."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from bomrisk.compliance.classification import COVERED, MAGNETS, NAMES, UNKNOWN_MAGNET
from bomrisk.compliance.judgement import Code
from bomrisk.compliance.matter import Matter
from bomrisk.compliance.origins import Place, covered_there, said, words
from bomrisk.compliance.relief import Days
from bomrisk.compliance.rule import (
    Ruling,
    incomplete,
    not_applicable,
    review,
    span,
    with_exceptions,
)

LAST_STEP = "magnetized"
"""Of a bare magnet the country of origin, or of manufacture, speaks of its last step."""

NAMED_ELEMENTS = {"ndfeb": ("Nd", "Fe", "B"), "smco": ("Sm", "Co")}
"""Elements that the text on the mine-to-magnet regime names; others are strict constituents."""


@dataclass(frozen=True, slots=True)
class Regime:
    """What one regime catches and demands, by covered family.

    `demanded` lists groups: of each group one stage needs a country. `mines` is whether the regime
    reaches back to the mine. `exceptions` are asked in their order; those in `outside` take the whole
    acquisition out of the rule.
    """

    first: date
    last: date | None
    paragraphs: Mapping[str, str]
    caught: Mapping[str, tuple[str, ...]]
    demanded: Mapping[str, tuple[tuple[str, ...], ...]]
    mines: bool
    outside: Sequence[Callable[[Matter], Ruling]]
    exceptions: Sequence[Callable[[Matter], Ruling]]
    papers: Sequence[Callable[[Matter, Days], Ruling]]


def days_of(matter: Matter, first: date | None, last: date | None) -> Days:
    """The days of delivery that lie within a rule's days."""
    begin, end = span(matter)
    ends = [day for day in (end, last) if day is not None]
    return Days(max(begin, first) if first else begin, min(ends, default=None))


def decide(regime: Regime, matter: Matter) -> Ruling:
    """Judge a part under one regime of 225.7018."""
    family = matter.family
    if family is None:
        return _unknown(matter)
    if matter.make.heavy_if_dense:
        return incomplete(
            "252.225-7052(a)",
            "90 % tungsten or more in another metal: a heavy alloy from 16.5 g/cm3 on, and the density is"
            " not stated",
            matter.material_fact(),
            missing=("density_g_cm3",),
        )
    if family not in regime.paragraphs:
        return not_applicable(
            "225.7018-2",
            f"{matter.make.name} is not among the materials of the clause",
            matter.material_fact(),
        )
    outside = [test(matter) for test in regime.outside]
    for ruling in outside:
        if ruling.code is Code.EXEMPT:
            return not_applicable(ruling.paragraph, ruling.reason, *ruling.facts)
    by_stage = _by_stage(regime, family, matter)
    days = days_of(matter, regime.first, regime.last)
    claims = [*outside, *(test(matter) for test in regime.exceptions)]
    claims += [paper(matter, days) for paper in regime.papers]
    if matter.part.inferred:
        return by_stage
    return with_exceptions(by_stage, tuple(claims))


def _unknown(matter: Matter) -> Ruling:
    text = f"what it is made of is not known: {matter.make.name}"
    return incomplete("225.7018-2", text, *matter.place_facts(), missing=("material",))


def _by_stage(regime: Regime, family: str, matter: Matter) -> Ruling:
    paragraph = regime.paragraphs[family]
    known = matter.named(_caught(regime, family, matter))
    bad = tuple(p for p in known if not matter.sets.covered.isdisjoint(p.countries))
    facts = (matter.material_fact(), *matter.place_facts())
    missing = _missing(regime, family, matter)
    if matter.part.inferred or family == UNKNOWN_MAGNET:
        return _not_named(paragraph, family, bad, facts, missing)
    if regime.mines and (
        named := _constituents(family, matter, named=True, of=matter.sets.covered)
    ):
        return Ruling(Code.FAIL, paragraph, f"{named}: a covered country", facts, missing)
    if bad:
        others = tuple(p for p in known if p not in bad)
        cure = f"; that it was {said(others)} does not cure it" if others else ""
        reason = f"{said(bad)}: {covered_there(bad, matter.sets.covered)}{cure}"
        return Ruling(Code.FAIL, paragraph, reason, facts, missing)
    place = matter.places.get("manufactured")
    if place and not matter.sets.covered.isdisjoint(place.countries):
        ruling = _made_there(paragraph, matter, place, facts, missing)
        if ruling:
            return ruling
    doubt = _doubt(regime, family, matter, known)
    if doubt:
        return review(paragraph, doubt, *facts, missing=missing)
    if missing:
        return incomplete(paragraph, _lacking(matter, missing), *facts, missing=missing)
    reason = f"no step in a covered country: {said(known)}{_unsaid(regime, family, matter)}"
    return Ruling(Code.PASS, paragraph, reason, facts)


def _caught(regime: Regime, family: str, matter: Matter) -> tuple[str, ...]:
    """The caught stages; a bare magnet's country of manufacture stands for its last step."""
    caught = regime.caught[family]
    if matter.part.item == "magnet" and matter.make.magnet:
        return (*caught, "manufactured")
    return caught


def _not_named(
    paragraph: str,
    family: str,
    bad: tuple[Place, ...],
    facts: tuple[str, ...],
    missing: tuple[str, ...],
) -> Ruling:
    """A magnet of unknown material, or one that only the type of part suggests: never more than open."""
    if family == UNKNOWN_MAGNET:
        first = "material of the magnet"
        why = "the magnet's material is not stated: SmCo and NdFeB are covered, ferrite and AlNiCo are not"
    else:
        first = "whether the part holds it"
        why = (
            f"inferred: the type of part suggests {NAMES[family]}; nothing states that it holds it"
            " or where it was made"
        )
    if bad:
        why += f"; {said(bad)} would fail it"
    return incomplete(paragraph, why, *facts, missing=(first, *missing))


def _made_there(
    paragraph: str, matter: Matter, place: Place, facts: tuple[str, ...], missing: tuple[str, ...]
) -> Ruling | None:
    """An end item manufactured in a covered country; of another part the key says less."""
    if matter.part.item in ("end-item", None):
        there = covered_there((place,), matter.sets.covered)
        reason = f"end item with covered material in it, {place}: {there}"
        return Ruling(Code.FAIL, paragraph, reason, facts, missing)
    if missing:
        return None
    reason = (
        f"{place}: prohibited if it is the end item; a component is judged by its covered material"
    )
    return review(paragraph, reason, *facts)


def _doubt(regime: Regime, family: str, matter: Matter, known: tuple[Place, ...]) -> str | None:
    """What only a person can decide: Hong Kong and Macau, unnamed constituents, contradictions."""
    made = matter.named(("manufactured",)) if matter.part.item in ("end-item", None) else ()
    asked = dict.fromkeys((*known, *made))
    unclear = tuple(p for p in asked if not matter.sets.review.isdisjoint(p.countries))
    if unclear:
        return f"{said(unclear)}: neither statute nor clause names Hong Kong or Macau"
    if regime.mines and (apart := _constituents(family, matter, named=True, of=matter.sets.review)):
        return f"{apart}: neither statute nor clause names Hong Kong or Macau"
    stock = matter.places.get("feedstock")
    if regime.mines and family == "ndfeb" and stock and matter.sets.covered & {*stock.countries}:
        return f"{stock}: the text on neodymium-iron-boron has no words on recycled material"
    if regime.mines and matter.contract.strict_constituents:
        either = matter.sets.covered | matter.sets.review
        found = _constituents(family, matter, named=False, of=either)
        if found:
            return (
                f"{found}: the text names {', '.join(NAMED_ELEMENTS.get(family, ()))} only; strict"
                " reading of the constituents asks a person"
            )
    return None


def _constituents(family: str, matter: Matter, *, named: bool, of: frozenset[str]) -> str:
    """Constituents from one of the countries, in words; those that the text names, or the others."""
    known = NAMED_ELEMENTS.get(family, ())
    found = [
        f"{element} {place}"
        for element, places in sorted(matter.constituents.items())
        if (element in known) is named
        for place in places.values()
        if not of.isdisjoint(place.countries)
    ]
    return "; ".join(found)


def _missing(regime: Regime, family: str, matter: Matter) -> tuple[str, ...]:
    """Demanded stages without a country, and caught stages with a country for some of the share only."""
    lacking = []
    places = matter.places
    stands = matter.part.item == "magnet" and LAST_STEP not in places
    for group in regime.demanded[family]:
        if "mined" in group and _recycled_ore(family, matter):
            continue
        stages = (*group, "manufactured") if stands and LAST_STEP in group else group
        known = [stage for stage in stages if stage in places and places[stage].countries]
        if not known:
            lacking.append(" or ".join(words(group)))
    for stage in _caught(regime, family, matter):
        place = places.get(stage)
        if place and not place.whole:
            label = words((stage,))[0]
            if label not in lacking:
                lacking.append(label)
    return tuple(dict.fromkeys(lacking))


def _recycled_ore(family: str, matter: Matter) -> bool:
    """Whether recycled feedstock stands for the mine: the text begins at "ore or feedstock" there."""
    return matter.part.recycled and family != "ndfeb" and "feedstock" in matter.places


def _lacking(matter: Matter, missing: tuple[str, ...]) -> str:
    reason = f"no country stated for: {', '.join(missing)}"
    unread = [f"{p.stage} {p.cell!r}" for p in matter.places.values() if p.unreadable]
    partly = [f"{p.stage} {p.cell!r}" for p in matter.places.values() if p.remainder]
    if unread:
        reason += f"; cannot be read: {', '.join(unread)}"
    if partly:
        reason += f"; a part of the share has no country: {', '.join(partly)}"
    return reason


def _unsaid(regime: Regime, family: str, matter: Matter) -> str:
    """A step that the regime judges when it is stated, and that nobody stated."""
    if regime.mines and family in MAGNETS and "reduced" not in matter.places:
        return "; the country of reduction to metal is not stated"
    return ""


def covered_here(matter: Matter) -> bool:
    """Whether the part is of a covered family, or a magnet that may be."""
    return matter.family in (*COVERED, UNKNOWN_MAGNET)
