# ruff: noqa: T201
"""Run published cases through the public functions of `risk` and `supply`.

usage: python tests/reference_cases.py CASES.csv

CASES.csv has the columns id, method, inputs_json, expected, tolerance, source_url, evidence. A case of
grade `recalled` is run and listed, and counts in neither number; one whose expected value is a published
fact and no computation is listed as skipped. Prints each miss and, last, 'N passed, N failed'.
"""

from __future__ import annotations

import csv
import json
import math
import re
import sys
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
if str(ROOT) not in sys.path:
    sys.path.insert(0, str(ROOT))

from bomrisk import risk, supply  # noqa: E402
from bomrisk.risk import Indicator  # noqa: E402
from bomrisk.supply import Interval  # noqa: E402

Inputs = Mapping[str, Any]
Answer = float | Sequence[float]

GAULTOIS = ROOT / "tests" / "data" / "hhi_production_gaultois_2013.csv"
SKIPPED = re.compile(r"share_|top\d|mean_top|DOE_\d+_final_list|USGS_2025_|USGS_SR_published")


class NoMethodError(Exception):
    """The file names a method that nobody here knows."""


def value(indicator: Indicator) -> float:
    if indicator.value is None:
        raise ValueError(f"unknown: missing {', '.join(indicator.missing)}")
    return indicator.value


# indicators -----------------------------------------------------------------------------------
def eu_sr(given: Inputs) -> float:
    return value(
        risk.eu_supply_risk(
            hhi_global=given.get("HHI_WGIt_GS"),
            hhi_region=given.get("HHI_WGIt_EU"),
            import_reliance=given.get("IR"),
            recycling_input_rate=given.get("EoL_RIR"),
            substitution_index=given.get("SI_SR"),
            supply_used=_used(given),
        )
    )


def eu_sr_from_shares(given: Inputs) -> float:
    return value(
        risk.eu_supply_risk_from_shares(
            world=given.get("GS"),
            region=given.get("EU"),
            governance=given["WGI_scaled"],
            trade=given.get("t"),
            import_reliance=given.get("IR"),
            recycling_input_rate=given.get("EoL_RIR"),
            substitution_index=given.get("SI_SR"),
            supply_used=_used(given),
        )
    )


def _used(given: Inputs) -> str:
    if given.get("supply_used"):
        return str(given["supply_used"])
    world = given.get("HHI_WGIt_GS", given.get("GS"))
    region = given.get("HHI_WGIt_EU", given.get("EU"))
    if world is None or region is None or given.get("IR") is None:
        return "GS" if world is not None else "EU"
    return "GS+EU"


def hhi(given: Inputs) -> float:
    if "shares" in given:
        shares = given["shares"]
        return risk.hhi(shares.values() if isinstance(shares, Mapping) else shares)
    return risk.hhi_from_production(_production(given))


def hhi_t(given: Inputs) -> float:
    factors = {country: given["t"].get(country, 1.0) for country in given["shares"]}
    return value(risk.weighted_hhi(given["shares"], trade=factors))


def _production(given: Inputs) -> Mapping[str, float]:
    found = given.get("production_t") or given["production"]
    if isinstance(found, Mapping):
        return dict(found)
    return {str(at): amount for at, amount in enumerate(found)}


def _column(given: Inputs, word: str, default: int) -> list[Any]:
    names = given.get("trade_columns") or []
    at = next((i for i, name in enumerate(names) if word in name), default)
    return [row[at] for row in given["trade"]]


def gpr_numerator(given: Inputs) -> float:
    if "numerator" in given:
        return float(given["numerator"])
    quantities, governance = _column(given, "qty", 1), _column(given, "wgi", 3)
    return value(risk.weighted_imports(quantities, governance, missing_governance=0.5))


def gpr_price(given: Inputs) -> float:
    if "price" in given:
        return float(given["price"])
    return value(risk.import_price(_column(given, "value", 2), _column(given, "qty", 1)))


def gpr_import_risk(given: Inputs) -> float:
    imports = given.get("total_trade_t")
    if imports is None:
        imports = sum(_column(given, "qty", 1))
    return value(
        risk.import_risk(
            weighted=gpr_numerator(given), imports=imports, domestic=given.get("domestic_t", 0.0)
        )
    )


def gpr_score(given: Inputs) -> float:
    index = given["HHI"] if "HHI" in given else risk.hhi_from_production(_production(given))
    return value(risk.geopolrisk(hhi=index, import_risk=gpr_import_risk(given)))


def gpr_cf(given: Inputs) -> float:
    score = given["score"] if "score" in given else gpr_score(given)
    reference = given.get("CF_Cu", risk.COPPER_REFERENCE)
    return value(
        risk.characterization_factor(score=score, price=gpr_price(given), reference=reference)
    )


def usgs_dp(given: Inputs) -> float:
    return value(
        risk.disruption_potential(
            given["PS"], given["ASI"], given["WSI"], importer=given.get("importer", "USA")
        )
    )


def usgs_te(given: Inputs) -> float:
    names = {
        "primary": "PP",
        "secondary": "SP",
        "imports": "I",
        "exports": "E",
        "stock_change": "dS",
    }
    return value(risk.trade_exposure(**{key: given.get(name, 0.0) for key, name in names.items()}))


def usgs_sr(given: Inputs) -> float:
    return value(
        risk.usgs_supply_risk(
            disruption=given["DP"], exposure=given["TE"], vulnerability=given["EV"]
        )
    )


def hhi_p(given: Inputs) -> float:
    import periodictable  # the road needs no formulas; this case does

    table = given.get("table")
    if not isinstance(table, Mapping):
        with GAULTOIS.open(encoding="utf-8", newline="") as file:
            table = {row["element"]: float(row["hhi_p"]) for row in csv.DictReader(file)}
    fractions = periodictable.formula(given["formula"]).mass_fraction
    return value(risk.mass_weighted({str(e): float(w) for e, w in fractions.items()}, table))


def doe(given: Inputs) -> float:
    weights = given["weights"]
    scores = given.get("scores")
    if scores is None:
        scores = {key: v for key, v in given.items() if isinstance(v, int | float)}
    if isinstance(scores, Mapping):
        if isinstance(weights, Mapping):
            weights = [weights[name] for name in scores]
        scores = list(scores.values())
    return risk.weighted_score(scores, weights)


def survival(given: Inputs) -> risk.Survival:
    return risk.survival(
        inventory_units=given["inventory_units"],
        demand_per_day=given["demand_per_day"],
        surviving_supply_per_day=given["surviving_supply_per_day"],
        time_to_recover_days=given.get("TTR_days", math.inf),
    )


# tracing --------------------------------------------------------------------------------------
def _steps(given: Inputs) -> tuple[list[float], float | None]:
    """Shares of the steps in the set, without the declared one; and the declared country's share."""
    if "mine_share" in given:
        inside = _inside(given)
        return [
            sum(s for s, member in zip(given[name], members, strict=True) if member)
            for name, members in zip(("mine_share", "refine_share"), inside, strict=True)
        ], None
    if "pi" in given:
        start, matrices, inside = _markov(given)
        shares, found = list(start), []
        for at, members in enumerate(inside):
            shares = list(supply.next_shares(shares, matrices[at - 1])) if at else shares
            found.append(sum(s for s, member in zip(shares, members, strict=True) if member))
        return found, None
    shares = list(given["p"] if "p" in given else given["stage_share_in_X"])
    if "declared_stage" in given:
        del shares[int(given["declared_stage"])]
        return shares, float(given["declared_country_share"])
    return shares, None


def _inside(given: Inputs) -> list[list[bool]]:
    """Which countries count: those of X where it is given, else the first that each step names."""
    lists = [given[name] for name in ("mine", "sep", "refine") if name in given]
    members = given.get("X")
    if members is None:
        return [[at == 0 for at in range(len(names))] for names in lists]
    members = {members} if isinstance(members, str) else set(members)
    return [[name in members for name in names] for names in lists]


def _markov(given: Inputs) -> tuple[list[float], list[Any], list[list[bool]]]:
    matrix = given["P"]
    matrices = matrix if isinstance(matrix[0][0], list) else [matrix]
    return list(given["pi"]), matrices, _inside(given)


def _touch(given: Inputs) -> Interval:
    shares, declared = _steps(given)
    others = [Interval(s, s) for s in shares]
    if declared is None:
        return supply.any_step(others)
    return supply.any_step_declared(others, [Interval(declared, declared)])


def trace_independent(given: Inputs) -> float:
    if "Sm_stage" in given:
        return trace_any_independent(given)
    return supply.independent(_steps(given)[0])


def trace_all_steps(given: Inputs) -> Answer:
    if "T" in given:
        return supply.all_lots(given["T"], given["N"])
    found = supply.all_steps([Interval(s, s) for s in _steps(given)[0]])
    return [found.low, found.high]


def trace_mixed(given: Inputs) -> float:
    everything = supply.independent(given["stage_share_in_X"])
    return supply.reliable(trace_independent(given), everything, given["reliability"])


def trace_first_touch(given: Inputs) -> list[float]:
    start, matrices, inside = _markov(given)
    return list(supply.first_touch(start, matrices, inside))


def trace_marginal(given: Inputs) -> list[float]:
    start, matrices, _ = _markov(given)
    for matrix in matrices:
        start = list(supply.next_shares(start, matrix))
    return start


def trace_frechet(given: Inputs) -> list[float]:
    found = _touch(given)
    return [found.low, found.high]


def _fitted(given: Inputs, uniform: bool = False) -> supply.Fit:
    prior = [[1.0 for _ in row] for row in given["prior"]] if uniform else given["prior"]
    return supply.fit(prior, given["mine_share"], given["refine_share"])


def _fitted_touch(given: Inputs, fitted: supply.Fit) -> float:
    first, second = _inside(given)
    return sum(
        flow
        for row, here in zip(fitted.flow, first, strict=True)
        for flow, there in zip(row, second, strict=True)
        if here or there
    )


def trace_conditional(given: Inputs, method: str) -> float:
    match = re.fullmatch(r"trace_P_refined_(\w+?)_given_mined_(\w+)", method)
    if match is None:
        raise NoMethodError(method)
    row, column = given["mine"].index(match.group(2)), given["refine"].index(match.group(1))
    share = float(given["mine_share"][row])
    return float(_fitted(given).flow[row][column] / share)


def _elements(given: Inputs) -> dict[str, list[float]]:
    return {
        key.removesuffix("_stage"): shares
        for key, shares in given.items()
        if key.endswith("_stage")
    }


def trace_of_element(given: Inputs, element: str) -> float:
    return supply.independent(_elements(given)[element])


def trace_any_independent(given: Inputs) -> float:
    return supply.independent([supply.independent(shares) for shares in _elements(given).values()])


def trace_any(given: Inputs) -> Interval:
    steps = [Interval(s, s) for shares in _elements(given).values() for s in shares]
    return supply.any_step(steps)


def trace_mass(given: Inputs) -> float:
    touch = {e: supply.independent(shares) for e, shares in _elements(given).items()}
    return supply.touched_mass(touch, given["mass_fraction"])


def _spread(given: Inputs) -> risk.Spread:
    return risk.touch_spread(_steps(given)[0], given["alpha0"])


METHODS: dict[str, Callable[[Inputs], Answer]] = {
    "EU_SR": eu_sr,
    "EU_SR_from_shares": eu_sr_from_shares,
    "HHI_0_1": hhi,
    "HHI_0_1_from_shares": hhi,
    "HHI_t_from_shares": hhi_t,
    "GPR_numerator": gpr_numerator,
    "GPR_price_kusd_per_t": gpr_price,
    "GPR_import_risk": gpr_import_risk,
    "GPR_score": gpr_score,
    "GPR_CF_kgCuEq_per_kg": gpr_cf,
    "USGS_DP": usgs_dp,
    "USGS_TE": usgs_te,
    "USGS_SR_geometric_mean": usgs_sr,
    "HHI_p_mass_weighted": hhi_p,
    "Graedel_GSC": lambda given: risk.global_supply_concentration(given["HHI"]),
    "DOE_SR_weighted": doe,
    "dirichlet_sd": lambda given: risk.dirichlet_sd(given["share"], given["alpha0"]),
    "time_to_survive_days": lambda given: survival(given).time_to_survive_days,
    "lost_units": lambda given: survival(given).lost_units,
    "pedigree_gsd2_95": lambda given: risk.pedigree_gsd2_95(given["U"], given["U_basic"]),
    "trace_independent": trace_independent,
    "trace_lower": lambda given: _touch(given).low,
    "trace_upper": lambda given: _touch(given).high,
    "trace_all_stages": trace_all_steps,
    "trace_all": trace_all_steps,
    "trace_mixed_reliability": trace_mixed,
    "trace_exact": lambda given: sum(trace_first_touch(given)),
    "trace_first_touch_by_stage": trace_first_touch,
    "trace_separation_marginal": trace_marginal,
    "trace_independent_same_marginals": trace_independent,
    "trace_frechet_same_marginals": trace_frechet,
    "trace_ipf": lambda given: _fitted_touch(given, _fitted(given)),
    "trace_uniform_prior": lambda given: _fitted_touch(given, _fitted(given, uniform=True)),
    "trace_any_independent": trace_any_independent,
    "trace_any_lower": lambda given: trace_any(given).low,
    "trace_any_upper": lambda given: trace_any(given).high,
    "trace_mass_weighted_expected": trace_mass,
    "trace_any": lambda given: supply.any_lot(given["T"], given["N"]),
    "trace_expected_fraction": lambda given: given["T"],
    "trace_mean": lambda given: _spread(given).mean,
    "trace_sd_closed": lambda given: _spread(given).sd,
    "trace_p05": lambda given: _spread(given).p05,
    "trace_p95": lambda given: _spread(given).p95,
}


def answer(method: str, given: Inputs) -> Answer:
    """What bomrisk says to a case."""
    for end, at in (("_low", 0), ("_lower", 0), ("_high", 1), ("_upper", 1)):
        base = method.removesuffix(end)
        if method not in METHODS and method.endswith(end) and base in METHODS:
            found = METHODS[base](given)
            if not isinstance(found, float | int):
                return found[at]
    part = re.fullmatch(r"(trace_\w+?)_(\d+)", method)
    if method not in METHODS and part and part.group(1) in METHODS:
        found = METHODS[part.group(1)](given)
        if not isinstance(found, float | int):
            return found[int(part.group(2))]
    if method in METHODS:
        return METHODS[method](given)
    element = method.removeprefix("trace_T_")
    if element in _elements(given):
        return trace_of_element(given, element)
    return trace_conditional(given, method)


def agrees(found: Answer, expected: Answer, tolerance: float) -> bool:
    """Whether the numbers agree; of lists every entry."""
    ours = [found] if isinstance(found, float | int) else list(found)
    theirs = [expected] if isinstance(expected, float | int) else list(expected)
    return len(ours) == len(theirs) and all(
        abs(a - b) <= tolerance + 1e-12 or a == b for a, b in zip(ours, theirs, strict=True)
    )


def run(path: Path) -> tuple[int, int]:
    """Run a file of cases and print what it says; the numbers of passed and failed cases."""
    passed = failed = 0
    with path.open(encoding="utf-8", newline="") as file:
        for case in csv.DictReader(file):
            name, method = case["id"], case["method"]
            if SKIPPED.match(method):
                print(f"skipped   {name}: {method} is a published fact, no computation")
                continue
            try:
                found = answer(method, json.loads(case["inputs_json"] or "{}"))
                expected = json.loads(case["expected"])
                good = agrees(found, expected, float(case["tolerance"] or 0.0))
                said = f"got {found}, expected {case['expected']} ± {case['tolerance']}"
            except Exception as error:
                good, said = False, f"{type(error).__name__}: {error}"
            if case["evidence"] == "recalled":
                print(f"recalled  {name}: {'agrees' if good else said}")
                continue
            passed, failed = passed + good, failed + (not good)
            if not good:
                print(f"FAILED    {name} ({method}): {said}")
    return passed, failed


def main() -> int:
    if len(sys.argv) != 2:
        print(__doc__)
        return 2
    passed, failed = run(Path(sys.argv[1]))
    print(f"{passed} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
