"""US duties as a stack of layers, by HTS number, country of origin and day of entry."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bomrisk.compliance.classification import MAGNETS
from bomrisk.compliance.matter import Matter
from bomrisk.compliance.origins import Place
from bomrisk.compliance.rule import Clock, Ruling, incomplete, not_applicable, review, span, watch

CHINA = "CHN"

COLUMN_1_PCT = {
    "2805.30.00": 5.0,
    "2846.10.00": 5.5,
    "2846.90.20": 0.0,
    "2846.90.40": 0.0,
    "2846.90.80": 3.7,
    "8505.11.00": 2.1,
    "7202.99.80": 5.0,
    "8101.10": 7.0,
    "8101.94": 6.6,
    "8101.99.10": 6.5,
    "8101.99.80": 3.7,
    "8103.20": 2.5,
}
"""General rate (column 1) in percent, HTS 2026 revision 10."""

MAGNET_301_FROM = date(2026, 1, 1)
MAGNET_301 = ("8505.11.00", "2504.10.10", "2504.10.50", "2504.90", "8507.60")
METAL_301 = {
    "8101.10": date(2024, 9, 27),
    "8103.20": date(2024, 9, 27),
    "8101.94": date(2025, 1, 1),
    "8101.99.10": date(2025, 1, 1),
    "8101.99.80": date(2025, 1, 1),
}
FENTANYL = ((date(2025, 2, 4), 10.0), (date(2025, 3, 4), 20.0), (date(2025, 11, 10), 10.0))
RECIPROCAL = (
    (date(2025, 4, 5), 10.0),
    (date(2025, 4, 9), 84.0),
    (date(2025, 4, 10), 125.0),
    (date(2025, 5, 14), 10.0),
)
IEEPA_LAST = date(2026, 2, 23)
"""Last day of collection: the Supreme Court found no tariff power on 2026-02-20."""
ANNEX_II = ("2805.30", "2846")
MAGNETS_IN_ANNEX_II = date(2025, 9, 8)
S122_DAYS = (date(2026, 2, 24), date(2026, 7, 23))
SINTERED_NDFEB = "8505.11.00.70"
FORCED_LABOUR_FROM = date(2026, 7, 24)
FORCED_LABOUR_PCT = 12.5
PROPOSED_ANNEX_A = ("2805.30.00", "2846.10.00", "2846.90.20", "2846.90.40")
"""Curated from the proposal of June 2026; the final annex was not seen."""

ORIGIN_STEPS = ("manufactured", "sintered", "consolidated", "powdered", "melted", "reduced")
"""Customs look at the last substantial transformation; magnetizing is left out (a judgement)."""


@dataclass(frozen=True, slots=True)
class Layer:
    """One layer of the stack: its rate in percent of value; None where that is not known."""

    rule: str
    rate_pct: float | None
    note: str


def dotted(hts: str) -> str:
    """An HTS number with its dots: 8505.11.00.70."""
    digits = hts.replace(".", "")
    cuts = [digits[:4], *(digits[at : at + 2] for at in range(4, len(digits), 2))]
    return ".".join(cuts)


def under(hts: str, *headings: str) -> bool:
    """Whether a number stands under one of the headings."""
    number = dotted(hts).replace(".", "")
    return any(number.startswith(heading.replace(".", "")) for heading in headings)


def stack(hts: str, origin: str, day: date) -> tuple[Layer, ...]:
    """The layers of duty on goods of an HTS number and origin, entered on a day; general rate first."""
    layers = [_general(hts)]
    tests = (section_301, fentanyl, reciprocal, section_122, forced_labour)
    layers += [layer for test in tests for layer in [test(hts, origin, day)] if layer]
    return tuple(layers)


def total_pct(layers: tuple[Layer, ...]) -> float | None:
    """The sum of the layers in percent of value; None where one of them is not known."""
    rates = [layer.rate_pct for layer in layers]
    return None if None in rates else sum(rate for rate in rates if rate is not None)


def _general(hts: str) -> Layer:
    for heading, rate in COLUMN_1_PCT.items():
        if under(hts, heading):
            return Layer("HTS column 1", rate, f"general rate of {heading}")
    return Layer("HTS column 1", None, "general rate not in the knowledge")


def section_301(hts: str, origin: str, day: date) -> Layer | None:
    """Section 301, four-year review: 25 % on Chinese magnets, graphite, batteries, tungsten, tantalum."""
    if origin != CHINA:
        return None
    if under(hts, *MAGNET_301) and day >= MAGNET_301_FROM:
        note = " (non-electric-vehicle batteries)" if under(hts, "8507.60") else ""
        return Layer("US-301-MAG", 25.0, f"9903.91.06{note}")
    for heading, first in METAL_301.items():
        if under(hts, heading) and day >= first:
            early = first == date(2024, 9, 27)
            return Layer("US-301-W", 25.0, "9903.91.01" if early else "9903.91.11")
    return None


def _step(path: tuple[tuple[date, float], ...], day: date) -> float | None:
    if day > IEEPA_LAST:
        return None
    return next((rate for first, rate in reversed(path) if day >= first), None)


def fentanyl(hts: str, origin: str, day: date) -> Layer | None:  # noqa: ARG001 - every good
    """IEEPA fentanyl duty on Chinese goods: 10, 20, 10 %, until 2026-02-23."""
    rate = _step(FENTANYL, day) if origin == CHINA else None
    return None if rate is None else Layer("US-IEEPA-FENT", rate, "all goods of China")


def reciprocal(hts: str, origin: str, day: date) -> Layer | None:
    """IEEPA reciprocal duty on Chinese goods: 10, 84, 125, 10 %, until 2026-02-23; Annex II is free."""
    rate = _step(RECIPROCAL, day) if origin == CHINA else None
    free = under(hts, *ANNEX_II) or (under(hts, "8505.11") and day >= MAGNETS_IN_ANNEX_II)
    return None if rate is None or free else Layer("US-IEEPA-RECIP", rate, "not in Annex II")


def section_122(hts: str, origin: str, day: date) -> Layer | None:
    """Section 122 surcharge: 10 % on goods of any country, 2026-02-24 to 2026-07-23; Annex II is free."""
    first, last = S122_DAYS
    if origin == "USA" or not first <= day <= last or under(hts, *ANNEX_II, SINTERED_NDFEB):
        return None
    if under(hts, "8505.11"):
        note = "only sintered NdFeB (8505.11.00.70) is clearly exempt among the magnets"
        return Layer("US-S122", None, note)
    return Layer("US-S122", 10.0, "not known to be in Annex II")


def forced_labour(hts: str, origin: str, day: date) -> Layer | None:
    """Section 301 on forced labour: 12.5 % on Chinese goods from 2026-07-24; the exemptions are not seen."""
    if origin != CHINA or day < FORCED_LABOUR_FROM:
        return None
    if under(hts, *PROPOSED_ANNEX_A):
        return Layer(
            "US-301-FL", None, "exempt in the proposed Annex A; the final one was not seen"
        )
    note = "not in the curated proposal of Annex A; the final one was not seen"
    return Layer("US-301-FL", None, f"{FORCED_LABOUR_PCT:g} % unless exempt: {note}")


def hts_of(matter: Matter) -> str | None:
    """The HTS number: as stated, else by material and form where these tell it; None otherwise."""
    part = matter.part
    if part.hts:
        return dotted(part.hts)
    if part.item == "magnet" and matter.family in MAGNETS:
        sintered = "bonded" not in matter.make.name.casefold()
        if not sintered:
            return "8505.11.00.90"
        return SINTERED_NDFEB if matter.family == "ndfeb" else "8505.11.00.50"
    if matter.family == "tungsten-powder":
        return "8101.10.00"
    if matter.family == "tantalum" and part.item in ("powder", "raw-material"):
        return "8103.20.00"
    return None


def customs_origin(matter: Matter) -> Place | None:
    """The country of origin for customs: the last stated step that transforms the goods."""
    return next((matter.places[s] for s in ORIGIN_STEPS if s in matter.places), None)


def _magnet_goods(matter: Matter) -> bool:
    kinds = ("magnet-other", "graphite", "lithium-battery")
    return matter.family is None or matter.make.magnet or matter.make.goods in kinds


def _metal_goods(matter: Matter) -> bool:
    family = matter.family or "tungsten"
    return family == "tantalum" or family.startswith("tungsten")


_KINDS = {"US-301-MAG": _magnet_goods, "US-301-W": _metal_goods}
"""Duties that name goods, and whether a part whose HTS number is not stated may be of them."""


def duty_ruling(matter: Matter, rule: str, paragraph: str) -> Ruling:
    """One layer of the stack as a ruling: WATCH with its rate, REVIEW where the rate is not known."""
    hts, origin = hts_of(matter), customs_origin(matter)
    outside = _outside(matter, rule, hts, origin)
    if outside:
        return not_applicable(paragraph, outside, *matter.place_facts())
    facts = [*matter.place_facts()]
    if hts:
        facts.append(
            f"HTS {hts} ({matter.part.source('hts') if matter.part.hts else 'by material'})"
        )
    lacking = _lacking(matter, hts, origin)
    if lacking or origin is None or hts is None:
        text = f"not stated: {', '.join(lacking)}"
        return incomplete(paragraph, text, *facts, missing=lacking)
    day = span(matter, Clock.ENTRY)[0]
    facts.append(f"entry {day} ({'contract' if matter.contract.entry_date else 'by the delivery'})")
    for country in origin.countries:
        layers = stack(hts, country, day)
        layer = next((one for one in layers if one.rule == rule), None)
        if layer is None:
            continue
        if layer.rate_pct is None:
            return review(paragraph, f"{hts} of {country}: {layer.note}", *facts)
        text = f"{layer.rate_pct:g} % on {hts} of {country} ({layer.note}); {_sum(layers, day)}"
        return watch(paragraph, text, *facts)
    text = f"no such duty on {hts} of {'/'.join(origin.countries)} entered on {day}"
    return not_applicable(paragraph, text, *facts)


def _outside(matter: Matter, rule: str, hts: str | None, origin: Place | None) -> str | None:
    """Why a duty does not reach the goods, as far as destination, origin and kind tell."""
    destination = matter.contract.ship_to
    if destination not in ("USA", None):
        return f"shipped to {destination}, not to the US"
    named = set(origin.countries) if origin else set()
    if named == {"USA"}:
        return "of US origin"
    if named and rule != "US-S122" and CHINA not in named:
        return f"{origin}: a duty on goods of China"
    if hts is None and rule in _KINDS and not _KINDS[rule](matter):
        return "not of the goods that it names"
    return None


def _lacking(matter: Matter, hts: str | None, origin: Place | None) -> tuple[str, ...]:
    known = {
        "country of origin": origin is not None and bool(origin.countries),
        "hts": hts is not None,
        "entry_date": matter.contract.duty_day() is not None,
    }
    return tuple(fact for fact, stated in known.items() if not stated)


def _sum(layers: tuple[Layer, ...], day: date) -> str:
    said = " + ".join(
        f"{'?' if one.rate_pct is None else format(one.rate_pct, 'g')} % ({one.rule})"
        for one in layers
    )
    total = total_pct(layers)
    return f"the stack on {day} is {said}" + ("" if total is None else f" = {total:g} %")
