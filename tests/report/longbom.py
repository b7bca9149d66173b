"""A long BOM as an assessment, built in columns: every part number its own, few texts and supply cases."""

from __future__ import annotations

import random
from dataclasses import replace
from typing import Any

import polars as pl

from bomrisk.assessment import Assessment
from bomrisk.tables import FINDINGS, LINES, MATERIALS, SCORES, Table
from tests.report.builders import COVERED, RULE_A, RULE_B, assessment_of, ndfeb_steps, smco_steps

NOUNS = ("MAGNET", "BRACKET", "MOTOR", "ROTOR", "SENSOR", "HOUSING", "SCREW", "CONNECTOR", "PUMP")
LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ0123456789"


def long_bom(height: int, *, texts: int = 6000, seed: int = 7) -> Assessment:
    """An assessment of `height` lines: two fifths hold a material, of which one in fifty fails."""
    pick = random.Random(seed)
    words = [
        f"{pick.choice(NOUNS)}, {pick.choice(('AFT', 'LEFT', 'N42SH', 'SM2CO17'))} {n:04d}"
        for n in range(texts)
    ]
    chosen = [pick.randrange(texts) for _ in range(height)]
    numbers = ["".join(pick.choices(LETTERS, k=10)) for _ in range(height)]
    known = [n for n, text in enumerate(chosen) if text % 5 < 2]
    cases = [
        {
            "case": case,
            "material_id": "sm2co17" if case % 2 else "ndfeb_sintered_sh",
            "declared": "" if case < 2 else f"melted={('CHN', 'DEU', 'USA', 'JPN')[case % 4]}",
            "touch_low": 0.95,
            "touch_point": 0.99,
            "touch_high": 1.0,
        }
        for case in range(200)
    ]
    steps: list[Any] = []
    for case in range(200):
        steps += smco_steps(case) if case % 2 else ndfeb_steps(case)
    base = assessment_of(
        lines=[{"line": 0}],
        materials=[{"line": 0, "material_id": i} for i in ("sm2co17", "ndfeb_sintered_sh")],
        cases=cases,
        step_rows=steps,
        name="long.xlsx",
    )
    case_of = [chosen[n] % 200 for n in known]
    masses = [round(pick.uniform(1, 900), 1) for _ in known]
    lines = _filled(
        LINES,
        line=range(height),
        line_id=[f"5eed00:{n + 6}" for n in range(height)],
        file="long.xlsx",
        sheet="BOM",
        row=range(6, height + 6),
        level=[n % 5 for n in range(height)],
        path=[f"ASSY-{n // 50}" for n in range(height)],
        part_number=numbers,
        name=[words[text] for text in chosen],
        supplier=[f"Supplier {text % 400}" for text in chosen],
        quantity=[float(1 + text % 7) for text in chosen],
        rolled_up=[float((1 + text % 7) * (1 + n % 3)) for n, text in enumerate(chosen)],
        mass_g=[round(pick.uniform(1, 900), 1) for _ in range(height)],
        unit_cost=[round(pick.uniform(1, 5000), 2) for _ in range(height)],
    )
    materials = _filled(
        MATERIALS,
        line=known,
        material_id=["sm2co17" if case % 2 else "ndfeb_sintered_sh" for case in case_of],
        case=case_of,
        field="name",
        span_start=0,
        span_end=6,
        matched=[words[chosen[n]][:6] for n in known],
        rule="name",
        confidence=0.9,
        inferred=[text % 3 == 0 for text in case_of],
        fraction_low=1.0,
        fraction_likely=1.0,
        fraction_high=1.0,
        mass_low_g=masses,
        mass_likely_g=[round(mass * 1.1, 1) for mass in masses],
        mass_high_g=[round(mass * 1.2, 1) for mass in masses],
    )
    findings = pl.concat(
        _filled(
            FINDINGS,
            line=known,
            material_id=materials["material_id"].to_list(),
            code=["FAIL" if n % 50 == 0 else "INCOMPLETE" for n in range(len(known))],
            paragraph="252.225-7052(b)(1)(i)",
            reason=[
                "melted in China" if n % 50 == 0 else "not declared" for n in range(len(known))
            ],
            facts="",
            missing=["" if n % 50 == 0 else "melted;sintered" for n in range(len(known))],
            inferred=materials["inferred"].to_list(),
            fingerprint=[f"{pick.getrandbits(64):016x}" for _ in known],
            **rule,
        )
        for rule in (RULE_A, RULE_B)
    )
    bands = ("Critical", "High", "Moderate", "Low")
    held = set(known)
    scores = _filled(
        SCORES,
        line=range(height),
        indicator="overall",
        band=[bands[chosen[n] % 4] if n in held else "Unknown" for n in range(height)],
        reasons=[
            f"Sm: at least {chosen[n] % 100} % touch" if n in held else "no material"
            for n in range(height)
        ],
    )
    from bomrisk.assessment import answer_of

    meta = base.meta.model_copy(
        update={
            "country_set": COVERED,
            "input": base.meta.input.model_copy(update={"rows_read": height, "lines": height}),
        }
    )
    frames = {"lines": lines, "materials": materials, "findings": findings, "scores": scores}
    return Assessment(
        meta=meta,
        answer=answer_of(excluded=0, rows_read=height, delivery=None, **frames),
        excluded=base.excluded,
        contents=base.contents,
        cases=base.cases,
        steps=base.steps,
        exposures=base.exposures,
        notes=base.notes,
        cards=base.cards,
        compositions=base.compositions,
        events=base.events,
        sources=base.sources,
        review=base.review,
        sums=replace(base.sums, lines=lines, materials=materials, findings=findings, scores=scores),
        **frames,
    )


def _filled(table: Table, **columns: Any) -> pl.DataFrame:
    """A table from columns; a single value fills its column, what is not named is null."""
    schema = table.schema()
    height = next(len(v) for v in columns.values() if not isinstance(v, str | float | int))
    return pl.DataFrame(
        {
            name: pl.Series(name, list(given), dtype=schema[name], strict=False)
            if (given := columns.get(name)) is not None and not isinstance(given, str | float | int)
            else pl.Series(name, [given] * height, dtype=schema[name], strict=False)
            for name in table.names
        }
    )
