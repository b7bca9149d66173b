"""Compositions written out are matched with the knowledge; formulas by their ratios."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bomrisk.recognition.grammar.formula import parse

Named = Callable[[str], set[str]]


@pytest.mark.parametrize(
    ("text", "material"),
    [
        ("52.5Ni - 19Cr - 3.0Mo - 5.1Cb (Nb) - 0.90Ti - 0.50AI - 18Fe", "inconel_718"),
        ("Cobalt alloy 40Co - 22Cr - 22Ni - 14.5W - 0.07La", "haynes_188"),
        ("Ti-10V-2Fe-3Al forging", "ti_10_2_3"),
        ("sheet 6AL – 2Sn – 4Zr – 2M0 titanium", "ti_6242"),
        ("Copper-Beryllium 98Cu – 1.9Be", "cu_c17200"),
        ("aluminum plate 6.2Zn - 2.3Cu - 2.2Mg - 0.12Zr", "al_7050"),
        ("Maraging rings19Ni -3.0Mo -1.4Ti -0.10Al steel", "maraging_t250"),
    ],
)
def test_a_nominal_composition_names_its_alloy(named: Named, text: str, material: str) -> None:
    assert material in named(text)


def test_a_composition_of_nothing_known_names_nothing(named: Named) -> None:
    assert not named("33Ni - 33Cr - 33Mo")
    assert not named("12V 5Al battery clip 2Sn")


@pytest.mark.parametrize(
    ("formula", "shares"),
    [
        ("H2O", {"H": 0.6667, "O": 0.3333}),
        ("Y3Al5O12", {"Y": 0.15, "Al": 0.25, "O": 0.6}),
        ("Pb(N3)2", {"N": 0.8571, "Pb": 0.1429}),
        ("Sm2Co17", {"Co": 0.8947, "Sm": 0.1053}),
    ],
)
def test_formulas_are_counted(formula: str, shares: dict[str, float]) -> None:
    assert dict(parse(formula) or ()) == shares


@pytest.mark.parametrize("text", ["", "Xx2", "Pb(N3", "N3)", "a2", "(", "CONN", "()"])
def test_what_is_no_formula_is_refused(text: str) -> None:
    assert parse(text) is None or text == "CONN"


def test_formulas_in_text(named: Named) -> None:
    assert named("substrate Y3Fe5O12") == {"yig"}
    assert named("LiNbO3 wafer") == {"linbo3"}
    assert not named("N52 C4 H2")
