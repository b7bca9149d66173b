"""Checking returned answers: countries, stages, signature, expiry, ids, shares, exceptions, evidence.

A fault never throws an answer away: what can be read is kept, what cannot is unknown, and an answer that
is not sound clears nothing.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path

from bomrisk.compliance.declarations.answer import Answer, Fault
from bomrisk.compliance.declarations.columns import (
    CONTAINS,
    EXCEPTIONS,
    KNOWN_BY,
    NOT_APPLICABLE,
    NOT_DECLARING,
    SCOPES,
    SIGNATURE,
    STAGES,
    UNKNOWN,
)
from bomrisk.compliance.declarations.details import day_of, details_of, odd_details
from bomrisk.compliance.declarations.reading import FORMULA, Returned, Row
from bomrisk.compliance.declarations.request import Asked, Request
from bomrisk.compliance.declarations.supplier import UNNAMED, plain_name
from bomrisk.supply.origin import read_origin

QUALIFIED = re.compile(
    r"(?i)(to the best of (our|my)|best of (our|my) (knowledge|belief)|we believe|i believe"
    r"|as far as (we|i) (know|are aware)|to our knowledge|is believed|should be|presumably"
    r"|not aware of|nach bestem wissen|à notre connaissance)"
)
"""Wording that clears nothing: a statement is plain and unqualified."""

BLANKET = re.compile(
    r"(?i)\bdfars\s+(compliant|certified|conform)|\ball (our )?(products|parts|items)\b"
)
"""A statement about everything says nothing about one part."""

EVIDENCE_BYTES = 256 * 1024 * 1024


def checked(
    returned: Returned,
    requests: Iterable[Request],
    *,
    evidence: Path | None = None,
    as_of: date | None = None,
) -> tuple[tuple[Answer, ...], tuple[Fault, ...]]:
    """The answers of a file, and its faults.

    `evidence` is the folder of the files that came along. On the day `as_of` an answer that has expired,
    or is not yet in effect, is a fault.
    """
    requests = tuple(requests)
    by_id = {asked.row_id: (asked, request) for request in requests for asked in request.rows}
    faults = [
        Fault(returned.file, "", None, remark, "no mend is needed") for remark in returned.remarks
    ]
    signature, signed = _signature(returned, faults)
    if returned.request and requests and returned.request not in {r.id for r in requests}:
        text = f"answers another request ({returned.request}); rows are matched by part number"
        faults.append(Fault(returned.file, "", None, text, "check that it is meant for you"))
    if as_of is not None:
        faults += _out_of_time(returned, signature, as_of)
    faults += _signed_by_another(returned, signature, requests)
    answers = []
    seen: set[tuple[str, str, str]] = set()
    for row in returned.rows:
        asked = _asked(row, by_id, requests, returned, faults, reuse=signature.get("reuse", ""))
        if asked is None:
            continue
        answer = _answer(row, asked, returned, signature, signed, faults, evidence)
        key = (answer.row_id, answer.scope, answer.lot)
        if key in seen and not _split(row):
            _add(faults, returned, row, "the same row, scope and lot stands twice", "keep one")
        seen.add(key)
        answers.append(answer)
    return tuple(answers), tuple(faults)


def _signed_by_another(
    returned: Returned, signature: Mapping[str, str], requests: tuple[Request, ...]
) -> Iterable[Fault]:
    """A file that another company signed than the one that was asked; it counts, and is told."""
    company = signature.get("company", "")
    for request in requests:
        if request.id != returned.request or not company or request.supplier.name == UNNAMED:
            continue
        written = (one.partition(" (CAGE ")[0] for one in request.supplier.written)
        if plain_name(company) not in map(plain_name, (request.supplier.name, *written)):
            text = f"is signed for {company!r}, and the request went to {request.supplier.name!r}"
            yield Fault(returned.file, "", None, text, "check that it may answer for the parts")


def _out_of_time(returned: Returned, signature: Mapping[str, str], as_of: date) -> Iterable[Fault]:
    expires, begins = day_of(signature.get("expires", "")), day_of(signature.get("effective", ""))
    if expires is not None and expires < as_of:
        yield Fault(returned.file, "", None, f"expired on {expires}", "ask for a new answer")
    if begins is not None and as_of < begins:
        text = f"is in effect from {begins} only"
        yield Fault(returned.file, "", None, text, "it counts from that day on")


def _add(faults: list[Fault], returned: Returned, row: Row, what: str, mend: str) -> None:
    faults.append(Fault(returned.file, row.sheet, row.number, what, mend))


def _split(row: Row) -> bool:
    return any("%" in value for key, value in row.cells.items() if key.endswith("_country"))


def _signature(returned: Returned, faults: list[Fault]) -> tuple[dict[str, str], list[str]]:
    """The signature's fields, and what lacks of it in words."""
    found = {key: value for key, value in returned.signature.items() if value != FORMULA}
    if found.get("refusal"):
        return found, []
    lacking = [label for key, label, needed in SIGNATURE if needed and not found.get(key)]
    for key in ("signed", "effective", "expires"):
        if found.get(key) and day_of(found[key]) is None:
            text = f"{key} {found[key]!r} is no day"
            faults.append(Fault(returned.file, "", None, text, "write yyyy-mm-dd"))
            lacking.append(key)
    if lacking:
        text = f"is not signed whole: {', '.join(dict.fromkeys(lacking))}"
        faults.append(Fault(returned.file, "", None, text, "ask for the signature"))
    signed, expires = day_of(found.get("signed", "")), day_of(found.get("expires", ""))
    if signed and expires and expires < signed:
        faults.append(Fault(returned.file, "", None, "expires before it was signed", "ask again"))
        lacking.append("expires")
    return found, lacking


def _asked(
    row: Row,
    by_id: Mapping[str, tuple[Asked, Request]],
    requests: tuple[Request, ...],
    returned: Returned,
    faults: list[Fault],
    *,
    reuse: str,
) -> Asked | None:
    """The row of a request that an answer belongs to: by its id, else by part number and material."""
    row_id = row.cells.get("row_id", "")
    if row_id in by_id:
        asked, _ = by_id[row_id]
        told = row.cells.get("part_number", "")
        if told and asked.part_number and told != asked.part_number:
            text = f"row id {row_id} is of part {asked.part_number}, the row says {told}"
            _add(faults, returned, row, text, "the id counts; ask which part is meant")
        return asked
    part, own = row.cells.get("part_number", ""), row.cells.get("respondent_part", "")
    matches = [
        asked
        for request in requests
        for asked in request.rows
        if (part and asked.part_number == part)
        or (own and own in (asked.part_number, asked.maker.rpartition(" ")[2]))
    ]
    material = row.cells.get("material", "")
    same = [asked for asked in matches if asked.material == material] or matches
    if len({asked.row_id for asked in same}) == 1:
        if returned.request not in {r.id for r in requests} and reuse.casefold() != "yes":
            text = "was made for another customer, and its maker does not say that it may be reused"
            _add(faults, returned, row, text, "ask the supplier")
            return None
        return same[0]
    what = "has an id that was never asked" if row_id else "has no id"
    _add(faults, returned, row, what, "the row is left out; ask for it in the file as sent")
    return None


def _answer(
    row: Row,
    asked: Asked,
    returned: Returned,
    signature: Mapping[str, str],
    lacking: list[str],
    faults: list[Fault],
    evidence: Path | None,
) -> Answer:
    cells = dict(row.cells)
    for key in [key for key, value in cells.items() if value == FORMULA]:
        _add(faults, returned, row, f"{key} holds a formula", "ask for the value; it is unknown")
        del cells[key]
    for what, mend in odd_details(cells):
        _add(faults, returned, row, what, mend)
    origins = _origins(cells, asked, row, returned, faults)
    contains = _contains(cells, row, returned, faults)
    scope = _choice(cells, "scope", SCOPES, row, returned, faults)
    known_by = _choice(cells, "known_by", KNOWN_BY, row, returned, faults)
    exception = _choice(cells, "exception", EXCEPTIONS, row, returned, faults) or "none"
    if exception != "none" and not cells.get("basis"):
        text = f"claims the exception {exception!r} without a basis"
        _add(faults, returned, row, text, "ask for the basis; the claim counts for nothing")
        exception = "none"
    refusal = signature.get("refusal", "")
    if contains == "none":
        origins = {s: cell for s, cell in origins.items() if asked.known.get(s) != cell}
    why_not = list(_grade(cells, signature, scope, known_by, lacking))
    if not refusal and (other := _other_material(contains, asked)):
        _add(faults, returned, row, other, "ask which of the two it is")
        why_not.append(other)
    if contains == "none" and origins and not refusal:
        both = "says that it contains none, and where it was " + ", ".join(origins)
        _add(faults, returned, row, both, "ask which of the two is true")
        why_not.append(both)
    return Answer(
        asked.row_id,
        signature.get("company", ""),
        asked.part_number,
        cells.get("respondent_part", ""),
        asked.material,
        contains,
        scope,
        cells.get("lot", ""),
        {} if refusal else origins,
        {s: cells[f"{s}_facility"] for s in STAGES if cells.get(f"{s}_facility")},
        exception,
        cells.get("basis", ""),
        _evidence(cells, row, returned, faults, evidence),
        known_by,
        signature.get("name", ""),
        day_of(signature.get("signed", "")),
        day_of(signature.get("effective", "")),
        day_of(signature.get("expires", "")),
        signature.get("reuse", "").casefold() == "yes",
        refusal,
        not why_not,
        tuple(why_not),
        returned.file,
        returned.sha256,
        row.sheet,
        row.number,
        details_of(cells, signature),
    )


def _origins(
    cells: Mapping[str, str], asked: Asked, row: Row, returned: Returned, faults: list[Fault]
) -> dict[str, str]:
    from bomrisk.compliance.declarations.columns import ASKED

    origins = {}
    silent = (UNKNOWN, NOT_DECLARING, NOT_APPLICABLE)
    for stage in (*STAGES, "feedstock"):
        cell = cells.get(f"{stage}_country", "")
        if not cell or cell.casefold() in silent:
            continue
        if stage != "feedstock" and stage not in ASKED[asked.family]:
            text = f"{stage} is no stage of {asked.material}"
            _add(faults, returned, row, text, "it is left out; ask what is meant")
            continue
        read = read_origin(cell)
        if read.unreadable:
            text = f"the country where it was {stage} cannot be read: {read.unreadable}"
            _add(faults, returned, row, text, "it is unknown; ask for an ISO country")
            continue
        shares = [o.share for o in read.origins if o.share is not None]
        if shares and sum(shares) < 0.995:
            text = f"the shares of {stage} add up to {sum(shares):.0%}"
            _add(faults, returned, row, text, "the rest is unknown; ask for it")
        if read.origins:
            origins[stage] = cell
    return origins


def _contains(cells: Mapping[str, str], row: Row, returned: Returned, faults: list[Fault]) -> str:
    told = cells.get("contains", "")
    for key, word in CONTAINS.items():
        if told.casefold() in (key, word.casefold()):
            return key
    if told:
        text = f"{told!r} is no answer to what it contains"
        _add(faults, returned, row, text, "it is unknown; ask for one of the list")
    return "unknown"


def _choice(
    cells: Mapping[str, str],
    key: str,
    choices: tuple[str, ...],
    row: Row,
    returned: Returned,
    faults: list[Fault],
) -> str:
    told = cells.get(key, "")
    for choice in choices:
        if told.casefold() == choice.casefold():
            return choice
    if told:
        text = f"{told!r} is none of the choices of {key.replace('_', ' ')}"
        _add(faults, returned, row, text, f"it is unknown; use {', '.join(choices)}")
    return ""


def _other_material(contains: str, asked: Asked) -> str:
    """A contradiction between the material that was asked about and the one that is answered."""
    if contains in ("none", "unknown", "specialty", asked.family):
        return ""
    if asked.family == "unknown-magnet" and contains in ("smco", "ndfeb"):
        return ""
    return f"says that it contains {CONTAINS[contains]}, and was asked about {asked.material}"


def _grade(
    cells: Mapping[str, str],
    signature: Mapping[str, str],
    scope: str,
    known_by: str,
    lacking: list[str],
) -> Iterable[str]:
    """Why an answer never clears a line; nothing for one that may."""
    statement = " ".join(
        (
            *(cells.get(key, "") for key in ("statement", "basis")),
            *(signature.get(key, "") for key in ("statement", "signature", "title")),
        )
    )
    if signature.get("refusal"):
        yield f"refused: {signature['refusal']}"
        return
    if lacking:
        yield f"not signed whole ({', '.join(dict.fromkeys(lacking))})"
    if not cells.get("contains"):
        yield "what it contains is not stated"
    if not cells.get("respondent_part"):
        yield "the respondent's own part number is not stated"
    if scope == "company":
        yield "a company-wide statement says nothing about a part"
    elif not scope:
        yield "its scope (lot or part) is not stated"
    elif scope == "lot" and not cells.get("lot"):
        yield "scope lot without a lot"
    if found := QUALIFIED.search(statement):
        yield f"qualified wording ({found.group(0)!r})"
    if found := BLANKET.search(statement):
        yield f"a blanket statement ({found.group(0)!r})"
    if known_by in ("inferred", ""):
        yield "inferred, not known" if known_by else "how it is known is not stated"


def _evidence(
    cells: Mapping[str, str],
    row: Row,
    returned: Returned,
    faults: list[Fault],
    folder: Path | None,
) -> dict[str, str]:
    """Evidence files that the row names, with their hash; a name never leaves its folder."""
    keys = ("evidence_file", *(f"{stage}_evidence" for stage in STAGES))
    found: dict[str, str] = {}
    for name in dict.fromkeys(cells[key] for key in keys if cells.get(key)):
        plain = Path(name.replace("\\", "/")).name
        path = folder / plain if folder else None
        if path is None or not path.is_file() or path.is_symlink():
            _add(
                faults, returned, row, f"evidence {plain!r} did not come along", "ask for the file"
            )
            found[plain] = ""
        elif path.stat().st_size > EVIDENCE_BYTES:
            _add(
                faults, returned, row, f"evidence {plain!r} is too large", "ask for a smaller scan"
            )
            found[plain] = ""
        else:
            found[plain] = hashlib.sha256(path.read_bytes()).hexdigest()
    return found
