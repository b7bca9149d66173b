"""What the answers in force say of each row: lot over part over company, contradictions kept visible."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from bomrisk.compliance.declarations.answer import SCOPE_ORDER, Answer
from bomrisk.compliance.declarations.columns import CONTAINS, FIRST_METAL, REQUIRED, STAGE_WORDS
from bomrisk.compliance.declarations.ledger import Entry
from bomrisk.compliance.declarations.request import Asked, Request
from bomrisk.supply.origin import read_origin


@dataclass(frozen=True, slots=True)
class Merged:
    """What is declared of one row of a request.

    `origins` are country cells of answers that may clear a line, `sources` the file and row of each.
    `remarks` tell of contradictions, expired answers, refusals, and statements that clear nothing.
    """

    asked: Asked
    request: Request
    origins: Mapping[str, str]
    sources: Mapping[str, str]
    exception: Answer | None
    remarks: tuple[str, ...]
    owed: tuple[str, ...]
    """What the supplier still owes: stages without a country, in words."""
    doubts: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    """Stage to the country cell, and its source, of answers that clear nothing: no clearance stands
    against a country among them that would fail."""
    content: Answer | None = None
    """The answer that says what it holds, if all agree: the material that was asked about, which of the
    magnets it is, or that the part contains none."""
    refusal: Answer | None = None
    """The refusal in force, where no answer stands beside it."""


def merge(
    requests: Iterable[Request], entries: Iterable[Entry], *, as_of: date
) -> tuple[Merged, ...]:
    """Merge the entries that are known on a day, row by row of the requests."""
    by_row: dict[str, list[Entry]] = {}
    for entry in entries:
        by_row.setdefault(entry.answer.row_id, []).append(entry)
    return tuple(
        _merged(asked, request, by_row.get(asked.row_id, []), as_of)
        for request in requests
        for asked in request.rows
    )


def _merged(asked: Asked, request: Request, entries: list[Entry], as_of: date) -> Merged:
    remarks: list[str] = []
    useful: list[Answer] = []
    unsound: list[Answer] = []
    expired: list[Answer] = []
    refusal: Answer | None = None
    for entry in entries:
        answer = entry.answer
        if not answer.holds(as_of):
            day = f"expired on {answer.expires}" if answer.expires else "is not yet in effect"
            remarks.append(f"{answer.place}: the answer {day}")
            expired.append(answer)
        elif answer.refusal:
            remarks.append(f"{answer.place}: {answer.supplier} does not declare: {answer.refusal}")
            before = [
                one for one in useful if one.supplier.casefold() == answer.supplier.casefold()
            ]
            remarks += [
                f"{one.place}: clears nothing: its supplier refused later" for one in before
            ]
            useful = [one for one in useful if one not in before]
            unsound += before
            refusal = answer
        elif not answer.clears:
            said = _named(answer)
            remarks.append(f"{answer.place}: clears nothing: {'; '.join(answer.why_not)}{said}")
            unsound.append(answer)
        else:
            useful.append(answer)
    origins, sources = _origins(useful, remarks)
    claimed = next((a for a in _ranked(useful) if a.exception != "none"), None)
    content = _content(asked, useful, unsound, remarks)
    doubts = _doubts(useful, unsound, expired)
    owed = _owed(asked, origins, useful, content)
    return Merged(
        asked,
        request,
        origins,
        sources,
        claimed,
        tuple(remarks),
        owed,
        doubts,
        content,
        None if useful else refusal,
    )


def _doubts(
    useful: list[Answer], unsound: list[Answer], expired: list[Answer]
) -> dict[str, tuple[str, str]]:
    """What answers that clear nothing say of each stage, unless a sound one of a stronger scope goes before.

    One that has expired is heard only where no answer in force speaks of the stage.
    """
    found: dict[str, list[Answer]] = {}
    for answer in (*unsound, *expired):
        for stage in answer.origins:
            told = [_rank(one) for one in useful if stage in one.origins]
            if not told or (answer in unsound and _rank(answer) >= max(told)):
                found.setdefault(stage, []).append(answer)
    doubts = {}
    for stage, told_by in found.items():
        countries = sorted({c for one in told_by for c in _countries(one.origins[stage])})
        source = " and ".join(f"{one.source}, which clears nothing" for one in told_by)
        doubts[stage] = ("/".join(countries), source)
    return doubts


def _rank(answer: Answer) -> int:
    """Place of its scope; an answer that does not state it may be of the very lot."""
    return SCOPE_ORDER.index(answer.scope or "lot")


def _content(
    asked: Asked, answers: list[Answer], unsound: list[Answer], remarks: list[str]
) -> Answer | None:
    """The answer to what the part holds; answers that differ are told and decide nothing.

    That it holds none decides nothing either where an unsound answer about it says that it does, or names
    another material.
    """
    kinds = (
        ("none", "smco", "ndfeb") if asked.family == "unknown-magnet" else ("none", asked.family)
    )
    told = [answer for answer in _ranked(answers) if answer.contains in kinds]
    if told and told[0].contains == "none":
        told += [a for a in unsound if a.contains not in ("none", "unknown") and _rank(a)]
    if len({answer.contains for answer in told}) > 1:
        where = "; ".join(f"{a.place}: {CONTAINS[a.contains]}" for a in told)
        of = (
            "the material of the magnet" if asked.family == "unknown-magnet" else "what it contains"
        )
        remarks.append(f"contradiction on {of}: {where}")
        return None
    return told[0] if told else None


def _named(answer: Answer) -> str:
    """What an answer that clears nothing names all the same, so that a bad country is not lost."""
    if not answer.origins:
        return ""
    cells = ", ".join(f"{stage} {cell}" for stage, cell in answer.origins.items())
    return f" (it names {cells})"


def _ranked(answers: Iterable[Answer]) -> list[Answer]:
    """Answers by scope, the strongest first; later ones first among equals."""
    return sorted(
        answers,
        key=lambda a: (SCOPE_ORDER.index(a.scope), a.signed or date.min, a.file, a.row),
        reverse=True,
    )


def _origins(answers: list[Answer], remarks: list[str]) -> tuple[dict[str, str], dict[str, str]]:
    """The cell of each stage: of the strongest scope; answers of one scope that differ are joined."""
    origins: dict[str, str] = {}
    sources: dict[str, str] = {}
    for stage in dict.fromkeys(stage for answer in answers for stage in answer.origins):
        told = [a for a in _ranked(answers) if stage in a.origins]
        best = [a for a in told if a.scope == told[0].scope]
        cells = list(dict.fromkeys(a.origins[stage] for a in best))
        if len({_countries(cell) for cell in cells}) > 1:
            where = "; ".join(f"{a.place}: {a.origins[stage]}" for a in best)
            lots = {a.lot for a in best}
            kind = "several lots" if len(lots) == len(best) and "" not in lots else "contradiction"
            remarks.append(f"{kind} on where it was {STAGE_WORDS.get(stage, stage)}: {where}")
            countries = sorted({c for cell in cells for c in _countries(cell)})
            origins[stage] = "/".join(countries)
        else:
            origins[stage] = cells[0]
        strongest = _countries(origins[stage])
        remarks += [
            f"{told[0].place} ({told[0].scope}) goes before {weaker.place} ({weaker.scope}), which says"
            f" {weaker.origins[stage]} for {stage}"
            for weaker in told
            if weaker.scope != told[0].scope and _countries(weaker.origins[stage]) != strongest
        ]
        sources[stage] = " and ".join(a.source for a in best)
    return origins, sources


def _countries(cell: str) -> frozenset[str]:
    return frozenset(origin.country for origin in read_origin(cell).origins)


def _owed(
    asked: Asked, origins: Mapping[str, str], answers: list[Answer], content: Answer | None
) -> tuple[str, ...]:
    """Stages that still lack a country, and the material of a magnet that no answer settles.

    Nothing where the supplier says that it contains none.
    """
    if content is not None and content.contains == "none":
        return ()
    known = {**asked.known, **origins}
    lacking = [STAGE_WORDS[s] for s in REQUIRED[asked.family] if s not in known]
    first = FIRST_METAL.get(asked.family, ())
    if first and not any(stage in known for stage in first):
        lacking.append(" or ".join(STAGE_WORDS[stage] for stage in first))
    settled = content is not None or any(answer.contains == "specialty" for answer in answers)
    if asked.family == "unknown-magnet" and not settled:
        lacking.insert(0, "material of the magnet")
    elif asked.supposed and content is None:
        lacking.insert(0, "whether the part holds it")
    return tuple(lacking)
