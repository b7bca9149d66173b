"""Commodities: elements, products, minerals and groups, with the stages an element passes before an alloy."""

from __future__ import annotations

from collections.abc import Iterator, Set

from tools.knowledge.facts import Row

STAGES = ("mined", "separated", "reduced")

_NAMES = (
    "H:hydrogen He:helium Li:lithium Be:beryllium B:boron C:carbon N:nitrogen O:oxygen F:fluorine"
    " Ne:neon Na:sodium Mg:magnesium Al:aluminium Si:silicon P:phosphorus S:sulfur Cl:chlorine"
    " Ar:argon K:potassium Ca:calcium Sc:scandium Ti:titanium V:vanadium Cr:chromium"
    " Mn:manganese Fe:iron Co:cobalt Ni:nickel Cu:copper Zn:zinc Ga:gallium Ge:germanium"
    " As:arsenic Se:selenium Br:bromine Kr:krypton Rb:rubidium Sr:strontium Y:yttrium"
    " Zr:zirconium Nb:niobium Mo:molybdenum Ru:ruthenium Rh:rhodium Pd:palladium Ag:silver"
    " Cd:cadmium In:indium Sn:tin Sb:antimony Te:tellurium I:iodine Xe:xenon Cs:caesium"
    " Ba:barium La:lanthanum Ce:cerium Pr:praseodymium Nd:neodymium Sm:samarium Eu:europium"
    " Gd:gadolinium Tb:terbium Dy:dysprosium Ho:holmium Er:erbium Tm:thulium Yb:ytterbium"
    " Lu:lutetium Hf:hafnium Ta:tantalum W:tungsten Re:rhenium Os:osmium Ir:iridium"
    " Pt:platinum Au:gold Hg:mercury Tl:thallium Pb:lead Bi:bismuth Th:thorium U:uranium"
)

NAMES = dict(pair.split(":") for pair in _NAMES.split())


def _symbols(text: str) -> frozenset[str]:
    return frozenset(text.split())


RARE_EARTHS = _symbols("Sc Y La Ce Pr Nd Sm Eu Gd Tb Dy Ho Er Tm Yb Lu")

REDUCED = _symbols("Ta W Ti Mg Be Hf Zr")
"""Made into metal by reduction, as the stage map says, with or without published shares."""

NOT_MINED = _symbols("H N O Ne Ar Kr Xe")

BY_PRODUCT = _symbols("Ga Ge In Cd Te Se Re Bi As")

REFINED = _symbols("Ag Au Pd Pt Rh Ru Ir Os Mo Ta")
"""Refined between mine and metal, although nobody publishes who does it: unknown, not absent."""

MINED = _symbols("Mg Si")
"""Mined as dolomite, brine or quartz, although nobody publishes who does it."""

MINED_WITH = {"Hf": "Zr", "F": "fluorspar"}
"""An element that is won with, or as, another commodity: that one's mining speaks of it."""

REDUCED_AS = {"Cr": "FeCr", "Mn": "FeMn", "Nb": "FeNb"}
"""An element that enters alloys mostly as its ferro-alloy: those shares speak of its reduction."""

NOTES = {
    "C": "carbon of alloys and ceramics has no step of its own; graphite has share sets of its own",
    "B": "no world total of mining is published",
    "Hf": "by-product of zircon: mined where zirconium is",
    "F": "mined as fluorspar",
    "Fe": "iron is made where the steel is melted: one step, under steel; pure iron has no set",
    "Cr": "reduced to ferrochromium; the metal for superalloys has no set of its own",
    "Mn": "reduced to ferromanganese and silicomanganese; the metal has no set of its own",
    "Nb": "reduced to ferroniobium; the metal has no set of its own",
}

OTHERS = {
    "NdFeB": ("product", "neodymium-iron-boron alloy (melted) and magnet (sintered)"),
    "SmCo": ("product", "samarium-cobalt alloy (melted) and magnet (sintered)"),
    "steel": ("product", "crude steel"),
    "FeSi": ("ferro-alloy", "ferrosilicon"),
    "FeCr": ("ferro-alloy", "ferrochromium"),
    "FeMn": ("ferro-alloy", "ferromanganese and silicomanganese"),
    "FeNb": ("ferro-alloy", "ferroniobium"),
    "Ti pigment": ("product", "titanium dioxide pigment"),
    "fluorspar": ("mineral", "fluorspar"),
    "graphite": ("mineral", "natural graphite (mined) and battery-grade graphite (separated)"),
    "magnesite": ("mineral", "magnesite"),
    "REE": ("group", "all rare earths, in oxide equivalent"),
    "LREE": ("group", "light rare earths, La to Gd"),
    "HREE": ("group", "heavy rare earths, Tb to Lu"),
    "NdPr": ("group", "neodymium and praseodymium"),
    "MREE": ("group", "magnet rare earths: Nd, Pr, Dy, Tb"),
    "Dy+Tb": ("group", "dysprosium and terbium"),
}


COLUMNS = ("commodity", "kind", "name", "chain", "mined_with", "reduced_as", "note")


def chain_rows(known: Set[tuple[str, str]]) -> Iterator[Row]:
    """A row per commodity; `known` are the (commodity, stage) pairs that have a recommended set."""
    for element, name in sorted(NAMES.items()):
        chain, note = _chain(element, known)
        yield {
            "commodity": element,
            "kind": "element",
            "name": name,
            "chain": ";".join(chain),
            "mined_with": MINED_WITH.get(element, ""),
            "reduced_as": REDUCED_AS.get(element, ""),
            "note": NOTES.get(element, note),
        }
    for commodity, (kind, name) in sorted(OTHERS.items()):
        yield {"commodity": commodity, "kind": kind, "name": name}


def _chain(element: str, known: Set[tuple[str, str]]) -> tuple[tuple[str, ...], str]:
    """What is known of an element, and the steps that it passes although nobody publishes them."""
    if element in NOT_MINED:
        return (), "taken from the air or water: no step of its own"
    if element == "C":
        return (), ""
    stages = {stage for stage in STAGES if (element, stage) in known}
    if element in RARE_EARTHS:
        stages = set(STAGES)
    if element in REFINED or element == "B":
        stages |= {"mined", "separated"}
    if element in MINED or element in MINED_WITH:
        stages.add("mined")
    if element in REDUCED or element in REDUCED_AS:
        stages.add("reduced")
    note = "by-product: it has no mine of its own" if element in BY_PRODUCT else ""
    if not stages:
        return ("mined",), "no share set is published: unknown"
    return tuple(stage for stage in STAGES if stage in stages), note
