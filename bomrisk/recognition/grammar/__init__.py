"""The grammar: one small module per family, each a list of plain patterns and what their matches say."""

from __future__ import annotations

from collections.abc import Mapping

from bomrisk.knowledge.model import Material
from bomrisk.recognition.grammar import (
    abbreviated,
    alnico,
    aluminium,
    coating,
    codes,
    component,
    composite,
    formula,
    german,
    inflected,
    magnet,
    magnetic,
    ndfeb,
    nominal,
    nonferrous,
    oxide,
    piping,
    plating,
    smco,
    spaced,
    steel,
    steelname,
    steelnumber,
    superalloy,
    symbol,
    titanium,
    tooling,
    tungsten,
)
from bomrisk.recognition.grammar.pattern import Pattern

__all__ = ["Pattern", "patterns", "replaced"]


def patterns(
    materials: Mapping[str, Material], yields: Mapping[str, frozenset[str]]
) -> tuple[Pattern, ...]:
    """All rules, for one state of the knowledge and its general names."""
    return (
        *ndfeb.PATTERNS,
        *smco.PATTERNS,
        *magnet.PATTERNS,
        *alnico.PATTERNS,
        *steel.PATTERNS,
        *steelnumber.PATTERNS,
        *titanium.PATTERNS,
        *tooling.PATTERNS,
        *tungsten.PATTERNS,
        *coating.PATTERNS,
        *piping.PATTERNS,
        *plating.PATTERNS,
        *superalloy.PATTERNS,
        *abbreviated.PATTERNS,
        *component.PATTERNS,
        *composite.PATTERNS,
        *german.PATTERNS,
        *inflected.PATTERNS,
        *nonferrous.PATTERNS,
        *oxide.PATTERNS,
        *steelname.PATTERNS,
        *spaced.PATTERNS,
        *symbol.PATTERNS,
        *magnetic.PATTERNS,
        *codes.patterns(materials, yields),
        *aluminium.patterns(materials),
        *nominal.patterns(materials, yields),
        *formula.patterns(materials),
    )


def replaced(materials: Mapping[str, Material]) -> frozenset[str]:
    """Records whose own patterns the grammar makes unnecessary."""
    return (
        ndfeb.REPLACES
        | smco.REPLACES
        | alnico.REPLACES
        | steel.REPLACES
        | steelnumber.REPLACES
        | tungsten.REPLACES
        | coating.REPLACES
        | aluminium.replaces(materials)
        | {"ti_6al4v", "ti_cp", "al_unspecified", "cap_al_electrolytic", "cap_tantalum_mno2"}
        | {"al_a356", "al_a357", "al_si10mg", "si_steel_electrical"}
        | {"liion_lfp", "liion_nmc", "bifeo_ito"}
    )
