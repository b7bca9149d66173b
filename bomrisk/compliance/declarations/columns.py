"""The answer sheet: every column with its key, header, choices and meaning.

The one table drives the workbook, the CSV form, the reader and the manual.
"""

from __future__ import annotations

from dataclasses import dataclass

CELL_LIMIT = 255
"""Characters of a cell that old programs keep."""

UNKNOWN = "unknown"
NOT_APPLICABLE = "not applicable"
NOT_DECLARING = "not declaring"

STAGES = (
    "mined",
    "separated",
    "reduced",
    "melted",
    "atomized",
    "powdered",
    "consolidated",
    "sintered",
    "magnetized",
)
"""Stages that are asked; the rules' own views are derived from them."""

STAGE_WORDS = {
    "mined": "mined",
    "separated": "separated / refined to oxide",
    "reduced": "reduced to metal",
    "melted": "alloy melted or strip cast",
    "atomized": "atomized",
    "powdered": "milled to powder",
    "consolidated": "consolidated",
    "sintered": "sintered or bonded",
    "magnetized": "magnetized",
}

_MAGNET = ("mined", "separated", "reduced", "melted", "powdered", "sintered", "magnetized")
ASKED = {
    "ndfeb": _MAGNET,
    "smco": _MAGNET,
    "unknown-magnet": _MAGNET,
    "tantalum": ("mined", "separated", "reduced", "melted", "powdered"),
    "tungsten-powder": ("mined", "separated", "reduced", "atomized", "powdered"),
    "tungsten-heavy-alloy": ("mined", "separated", "reduced", "atomized", "consolidated"),
    "molybdenum": ("mined", "separated", "reduced", "melted"),
    "specialty": ("melted",),
}
"""Stages asked of each kind of material; magnets get seven, tungsten and tantalum their own."""

REQUIRED = {
    "ndfeb": ("mined", "separated", "melted", "sintered", "magnetized"),
    "smco": ("mined", "separated", "melted", "sintered", "magnetized"),
    "unknown-magnet": ("mined", "separated", "melted", "sintered", "magnetized"),
    "tantalum": ("mined", "separated"),
    "tungsten-powder": ("mined", "separated"),
    "tungsten-heavy-alloy": ("mined", "separated", "consolidated"),
    "molybdenum": (),
    "specialty": ("melted",),
}
"""Stages without which an answer leaves something owed under the rules in force or from 2027."""

FIRST_METAL = {
    "tantalum": ("reduced", "melted"),
    "tungsten-powder": ("reduced", "atomized"),
    "tungsten-heavy-alloy": ("reduced", "atomized"),
    "molybdenum": ("reduced", "melted"),
}
"""Of these one stage must have a country: the first to metal."""

CONTAINS = {
    "none": "contains none",
    "smco": "SmCo magnet",
    "ndfeb": "NdFeB magnet",
    "tungsten-powder": "tungsten powder",
    "tungsten-heavy-alloy": "tungsten heavy alloy",
    "tantalum": "tantalum",
    "molybdenum": "molybdenum",
    "specialty": "other specialty metal",
    "unknown": UNKNOWN,
}
SCOPES = ("lot", "part", "company")
KNOWN_BY = (
    "own process",
    "own supplier's signed statement",
    "third-party audit",
    "inferred",
)
EVIDENCE = (
    "mill test report",
    "melt certificate",
    "certificate of conformance",
    "magnet maker's letter",
    "customs entry",
    "determination",
)
EXCEPTIONS = (
    "none",
    "COTS",
    "electronic device",
    "qualifying country",
    "electronic component",
    "2 % or less",
    "certified fastener",
    "recycled in the US",
    "nonavailability",
)
MASS_KNOWN = ("weighed", "drawing", "estimate")
ANSWERED = ("100 %", "more than 90 %", "more than 75 %", "more than 50 %", "50 % or less", "none")
"""Bands of the share of one's own suppliers who answered, as the CMRT of the RMI asks for them."""
YES_NO = ("Yes", "No", "Unknown", "Not declaring")
ROLES = ("maker", "processor", "distributor", "integrator")

CHOICES: dict[str, tuple[str, ...]] = {
    "contains": tuple(CONTAINS.values()),
    "scope": SCOPES,
    "known_by": KNOWN_BY,
    "evidence": EVIDENCE,
    "exceptions": EXCEPTIONS,
    "mass_known": MASS_KNOWN,
    "answered": ANSWERED,
    "yes_no": YES_NO,
    "roles": ROLES,
}


@dataclass(frozen=True, slots=True)
class SheetColumn:
    """One column of the answer sheet; `given` columns are filled by the requester and only read back."""

    key: str
    header: str
    group: str
    hint: str
    choices: str | None = None
    given: bool = False
    width: int = 16


def _country(stage: str) -> SheetColumn:
    word = STAGE_WORDS[stage]
    return SheetColumn(
        f"{stage}_country",
        f"country where {word}",
        "where",
        "code or name, or unknown",
        "countries",
        width=18,
    )


def _of_stage(stage: str) -> tuple[SheetColumn, ...]:
    word = STAGE_WORDS[stage]
    return (
        SheetColumn(f"{stage}_facility", f"facility, city ({word})", word, "who did it, where"),
        SheetColumn(
            f"{stage}_maker", f"CAGE or smelter id ({word})", word, "of who did it", width=14
        ),
        SheetColumn(
            f"{stage}_lot", f"date or lot ({word})", word, "yyyy-mm-dd, or heat or lot", width=14
        ),
        SheetColumn(
            f"{stage}_evidence", f"evidence file ({word})", word, "name of the file sent along"
        ),
    )


COLUMNS = (
    SheetColumn("row_id", "row id (do not change)", "id", "joins the answer", given=True, width=18),
    SheetColumn(
        "part_number", "your customer's part number", "item", "as in his BOM", given=True, width=18
    ),
    SheetColumn("material", "material asked about", "item", "as recognized", given=True, width=24),
    SheetColumn("description", "description", "item", "as in the BOM", given=True, width=32),
    SheetColumn("revision", "revision", "item", "as in the BOM", given=True, width=10),
    SheetColumn(
        "why", "why it is asked", "item", "named, or by the type of part", given=True, width=18
    ),
    SheetColumn("respondent_part", "your part number", "needed", "your own number", width=20),
    SheetColumn("contains", "does it contain it?", "needed", "what it holds", "contains", width=20),
    SheetColumn("scope", "this answer holds for", "needed", "lot, part or company", "scope"),
    SheetColumn(
        "lot", "lot / heat / serials / date codes", "needed", "needed if it holds for a lot"
    ),
    SheetColumn("known_by", "how known", "needed", "choose from the list", "known_by", width=24),
    *(_country(stage) for stage in STAGES),
    SheetColumn("evidence_kind", "kind of evidence", "evidence", "", "evidence", width=20),
    SheetColumn("evidence_file", "evidence file", "evidence", "name of the file sent along"),
    SheetColumn("exception", "exception claimed", "exception", "or none", "exceptions"),
    SheetColumn("basis", "basis of the exception", "exception", "a claim needs one", width=30),
    SheetColumn("statement", "remarks", "reach", "plain and unqualified", width=34),
    SheetColumn("grade", "grade", "content", "such as N42SH, 2:17 30 MGOe"),
    SheetColumn("mass_g", "mass per piece, g", "content", "a number", width=12),
    SheetColumn("mass_known", "how the mass is known", "content", "", "mass_known", width=14),
    SheetColumn("weight_pct", "share of the item, % by weight", "content", "a number", width=12),
    SheetColumn("maker", "maker and his part number", "item", "if you did not make it", width=22),
    SheetColumn("maker_cage", "maker's CAGE", "item", "five characters", width=12),
    SheetColumn("quantity", "quantity covered", "item", "a number", width=12),
    SheetColumn("unit", "unit", "item", "pieces, kg, m", width=10),
    *(column for stage in STAGES for column in _of_stage(stage)),
    SheetColumn("recycled", "recycled material?", "recycled", "Yes, No, Unknown", "yes_no"),
    SheetColumn("recycled_pct", "recycled share, %", "recycled", "a number", width=12),
    SheetColumn("feedstock_country", "country of recycled feedstock", "recycled", "", "countries"),
    SheetColumn("evidence_issuer", "issuer of the evidence", "evidence", "who wrote it", width=20),
    SheetColumn("evidence_number", "number of the evidence", "evidence", "as printed on it"),
    SheetColumn("evidence_date", "date of the evidence", "evidence", "yyyy-mm-dd", width=14),
    SheetColumn("evidence_page", "page", "evidence", "where it says so", width=10),
    SheetColumn("tier", "tier reached", "reach", "1 is you, 2 your supplier, …", width=12),
    SheetColumn(
        "answered", "share of your suppliers who answered", "reach", "", "answered", width=18
    ),
)
"""Identity and what is needed first, then what may be told besides; the order binds no reader."""

BY_KEY = {column.key: column for column in COLUMNS}

SIGNATURE = (
    ("company", "company", True),
    ("cage", "CAGE", False),
    ("uei", "UEI", False),
    ("address", "address", False),
    ("role", "role (maker, processor, distributor, integrator)", False),
    ("name", "name, typed", True),
    ("title", "title", True),
    ("email", "e-mail", True),
    ("signature", "signature (typed name or method)", True),
    ("signed", "date signed (yyyy-mm-dd)", True),
    ("effective", "effective from (yyyy-mm-dd)", True),
    ("expires", "expires on (yyyy-mm-dd)", True),
    ("proprietary", "proprietary mark, if any", False),
    ("reuse", "may be reused for other customers (Yes / No)", False),
    ("refusal", "we do not declare, because", False),
)
"""Fields of the signature block: key, label, and whether a signed answer needs it."""

SIGNATURE_CHOICES = {"role": "roles", "reuse": "yes_no"}
"""Fields of the signature that are chosen from a list."""

DECIDING = frozenset(
    (
        *(column.key for column in COLUMNS if column.given),
        *(f"{stage}_{told}" for stage in STAGES for told in ("country", "facility", "evidence")),
        *("respondent_part", "scope", "lot", "contains", "exception", "basis", "known_by"),
        *("feedstock_country", "evidence_file"),
    )
)
"""Columns that are kept under a name of their own; every other cell is kept among the details."""
