"""Tables that sum the lines up: assemblies, suppliers, regimes, and what evidence to ask for next."""

from __future__ import annotations

from bomrisk.tables.shape import Table, columns

ASSEMBLIES = Table(
    "assemblies",
    "line with everything below it in the assembly",
    columns(
        ("line", "row", "the line"),
        ("band", "text", "worst band of the line and of everything below it"),
        ("own_band", "text", "band of the line by itself"),
        ("critical", "int", "lines in band Critical, this one included"),
        ("high", "int", "lines in band High"),
        ("moderate", "int", "lines in band Moderate"),
        ("unknown", "int", "lines in band Unknown"),
        ("low", "int", "lines in band Low"),
    ),
)

STANDINGS = Table(
    "standings",
    "result of a rule in an assembly, at a supplier or in the program",
    columns(
        ("scope", "text", "assembly, supplier or program"),
        ("group", "text", "line id of the assembly or of the root; the name of the supplier"),
        ("rule", "text", "rule id"),
        ("code", "text", "result"),
        ("lines", "int", "lines whose worst result under the rule it is"),
        ("worst", "text", "worst result of the group under the rule"),
    ),
)

REGIMES = Table(
    "regimes",
    "line under the two regimes of DFARS 252.225-7052",
    columns(
        ("line", "row", "the line"),
        ("until_2026", "text", "worst result for a delivery until 2026-12-31; null if not judged"),
        ("from_2027", "text", "worst result for a delivery from 2027-01-01; null if not judged"),
        ("said", "text", "what follows for delivery, in words"),
    ),
)

OVERLAPS = Table(
    "overlaps",
    "pair of results that 252.225-7052 and 252.225-7009 give the same materials",
    columns(
        ("rule", "text", "the regime of 252.225-7052"),
        ("code", "text", "result under it"),
        ("code_7009", "text", "result under 252.225-7009"),
        ("count", "int", "materials of lines with this pair"),
        ("line", "row", "the first of their lines"),
        ("reason", "text", "reason under 252.225-7052 there"),
        ("reason_7009", "text", "reason under 252.225-7009 there"),
    ),
)

CLAUSES = Table(
    "clauses",
    "clause that a line rests on: the register that an auditor samples",
    columns(
        ("line", "row", "the line"),
        ("rule", "text", "rule id"),
        ("code", "text", "worst result of the line under it"),
        ("contract", "text", "contract; null if it is not stated"),
        ("award", "text", "day of award, yyyy-mm-dd; null if it is not stated"),
        ("clause", "text", "number of the clause"),
        ("edition", "text", "edition of the clause; null if it is not known"),
        ("stated", "text", "contract or assumed: where the edition comes from"),
        ("exception", "text", "paragraph of the exception relied on; null if none is"),
        ("basis", "text", "facts that the exception rests on; null if none is"),
    ),
)

NEXT_EVIDENCE = Table(
    "next_evidence",
    "declaration to ask a supplier for, the most telling first",
    columns(
        ("supplier", "text", "the supplier; empty if the BOM states none"),
        ("stage", "text", "the stage whose country is asked for"),
        ("lines", "int", "lines concerned"),
        ("bands_moved", "int", "lines that would leave their band if it proves outside the set"),
        ("width", "float", "summed movement of their best estimates, each 0 to 1"),
    ),
)

MASS_AT_RISK = Table(
    "mass_at_risk",
    "element in the program: how much of it there is, and how much touched the country set",
    columns(
        ("element", "text", "chemical symbol"),
        ("lines", "int", "lines that hold it"),
        ("lines_unknown", "int", "of these, lines whose mass is not known: they add nothing here"),
        ("mass_low_g", "float", "least mass, g; null if no mass is known"),
        ("mass_likely_g", "float", "mean of the drawn masses, g"),
        ("mass_high_g", "float", "greatest mass, g"),
        ("touched_p05_g", "float", "mass that touched the set, g: 5 % of the draws lie below"),
        ("touched_mean_g", "float", "mean of the drawn mass that touched the set, g"),
        ("touched_p95_g", "float", "95 % of the draws lie below"),
    ),
)

SUMMED = (ASSEMBLIES, STANDINGS, REGIMES, OVERLAPS, CLAUSES, NEXT_EVIDENCE, MASS_AT_RISK)
