"""What an answer tells beside where the stages were done: amounts, papers, reach, and who signed.

Kept in the ledger as written. A figure, day or code that cannot be one is told; it decides nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date

from bomrisk.compliance.declarations.columns import BY_KEY, DECIDING, STAGES

CAGE = re.compile(r"[0-9A-HJ-NP-Z]{5}")
"""Five letters and digits, without I and O."""

SIGNATORY = ("title", "email", "role", "cage", "uei", "address", "proprietary")
"""Fields of the signature that are kept with each answer."""

HIGHEST = {"weight_pct": 100.0, "recycled_pct": 100.0}
FIGURES = ("quantity", "mass_g", *HIGHEST, "tier")


def day_of(text: str) -> date | None:
    """The day that a cell says, as yyyy-mm-dd; None if it says none."""
    try:
        return date.fromisoformat(text[:10])
    except ValueError:
        return None


def details_of(cells: Mapping[str, str], signature: Mapping[str, str]) -> dict[str, str]:
    """The cells of a row that have no name of their own in an answer, and who signed."""
    told = {key: value for key, value in cells.items() if key in BY_KEY and key not in DECIDING}
    return told | {f"signer_{key}": signature[key] for key in SIGNATORY if signature.get(key)}


def odd_details(cells: Mapping[str, str]) -> Iterable[tuple[str, str]]:
    """What cannot be meant among them, and the mend."""
    for key in FIGURES:
        if cells.get(key) and not _is_figure(cells[key], HIGHEST.get(key)):
            top = f" up to {HIGHEST[key]:g}" if key in HIGHEST else ""
            yield f"{BY_KEY[key].header} is {cells[key]!r}", f"ask for a number above 0{top}"
    day = cells.get("evidence_date", "")
    if day and day_of(day) is None:
        yield f"{BY_KEY['evidence_date'].header} {day!r} is no day", "ask for yyyy-mm-dd"
    code = cells.get("maker_cage", "")
    if code and not CAGE.fullmatch(code.upper()):
        yield f"{BY_KEY['maker_cage'].header} {code!r} is none", "ask for its five characters"
    for stage in STAGES:
        told = [f"{stage}_{what}" for what in ("facility", "maker", "lot", "evidence")]
        if not cells.get(f"{stage}_country") and any(cells.get(key) for key in told):
            yield (
                f"{BY_KEY[f'{stage}_country'].header} is empty, though more is told of it",
                "it is unknown; ask for the country",
            )


def _is_figure(text: str, most: float | None) -> bool:
    try:
        number = float(text.replace(",", ".", 1).removesuffix("%").strip())
    except ValueError:
        return False
    return 0.0 < number <= (most if most is not None else 1e12)
