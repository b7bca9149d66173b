"""One declared part as element masses of a piece, checked against the mass of the piece."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from bomrisk.composition.declared.model import Amount, DeclaredPart, DeclaredSubstance
from bomrisk.composition.declared.substances import elements_of

SLACK = 1.01
"""Declared substances may weigh this many times the part before they contradict it: amounts are rounded."""
FULL = 0.95
"""A declaration is full from this share of the part's mass on; what is left is impurities and rounding."""


@dataclass(slots=True)
class Balanced:
    """What a piece of a part holds: amounts by element, with the substances that say so.

    Amounts are grams per piece or, where nobody says what the piece weighs, shares of the part. `open`
    are elements of substances whose amount is not known; `rest` is the mass or share of substances
    that are not known, and `fault` says why the declaration cannot be used at all.
    """

    share: bool
    elements: dict[str, Amount] = field(default_factory=dict)
    said_by: dict[str, list[str]] = field(default_factory=dict)
    open: set[str] = field(default_factory=set)
    unknown: list[str] = field(default_factory=list)
    rest: float = 0.0
    total: float = 0.0
    full: bool = False
    fault: str = ""
    kinds: set[str] = field(default_factory=set)


def balanced(part: DeclaredPart, piece_g: float | None) -> Balanced:
    """The elements of a declared part of which a piece weighs `piece_g` (the BOM's mass, else null)."""
    piece = piece_g if piece_g is not None else part.mass_g
    amounts = [one.amount for one in part.substances if one.amount is not None]
    in_grams = any(not amount.share for amount in amounts)
    if piece is None and in_grams and any(amount.share for amount in amounts):
        return Balanced(
            False, fault="it gives masses and shares, and nobody says what the part weighs"
        )
    out = Balanced(share=piece is None and not in_grams)
    for one in part.substances:
        shares = elements_of(one.name, one.cas)
        amount = one.amount
        if amount is not None and amount.share and piece is not None:
            amount = amount.times(piece, share=False)
        if shares is None:
            out.unknown.append(one.words)
        for symbol, share in (shares or {}).items():
            out.said_by.setdefault(symbol, []).append(one.words)
            if amount is None:
                out.open.add(symbol)
                continue
            before = out.elements.get(symbol)
            out.elements[symbol] = _sum(before, amount.times(share))
        if amount is not None:
            likely = _middle(amount)
            out.total += likely
            out.rest += likely if shares is None else 0.0
    out.kinds = magnet_kinds(part.substances)
    whole = 1.0 if out.share else piece
    if whole is not None:
        low = out.total
        if low > SLACK * whole:
            out.fault = (
                f"its substances add up to {low * 100:.4g} % of the part"
                if out.share
                else f"its substances weigh {low:.6g} g, more than the part with {whole:.6g} g"
            )
        elif low > whole:
            _scale(out, whole / low)
        out.full = not out.open and out.total >= FULL * whole
    return out


def _middle(amount: Amount) -> float:
    return amount.likely if amount.likely is not None else amount.low


def _sum(one: Amount | None, two: Amount) -> Amount:
    if one is None:
        return two
    likely = None if one.likely is None or two.likely is None else one.likely + two.likely
    return Amount(one.low + two.low, likely, one.high + two.high, two.share)


def _scale(out: Balanced, factor: float) -> None:
    out.elements = {symbol: amount.times(factor) for symbol, amount in out.elements.items()}
    out.total *= factor
    out.rest *= factor


def magnet_kinds(substances: Iterable[DeclaredSubstance]) -> set[str]:
    """Families of rare-earth magnets that the substances of one material make up.

    Neodymium or praseodymium with iron and boron is NdFeB; samarium with cobalt is SmCo. Substances
    that name no material count as one, as in a declaration of the whole part.
    """
    held: dict[str, set[str]] = {}
    for one in substances:
        held.setdefault(one.material, set()).update(elements_of(one.name, one.cas) or ())
    kinds = set()
    for symbols in held.values():
        if symbols & {"Nd", "Pr"} and {"Fe", "B"} <= symbols:
            kinds.add("permanent_magnet_ndfeb")
        if {"Sm", "Co"} <= symbols:
            kinds.add("permanent_magnet_smco")
    return kinds
