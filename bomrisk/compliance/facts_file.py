"""Files of parts for `bomrisk judge`: one part, or a list of parts with their contracts, as YAML or JSON."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from bomrisk.compliance.contract import ContractFacts
from bomrisk.compliance.part import PartFacts
from bomrisk.errors import InputError, InputErrors

LIMIT_BYTES = 20_000_000
"""A file of parts; the facts of a whole BOM go through `assess`."""

Model = TypeVar("Model", bound=BaseModel)

_MENDS = {
    "missing": "add it",
    "dict_type": 'write it as names and values, such as clauses: {252.225-7052: "MAY 2024"}',
    "list_type": "write it as a list, such as [A, B]",
    "date_from_datetime_parsing": "write a day as yyyy-mm-dd",
    "date_parsing": "write a day as yyyy-mm-dd",
    "float_parsing": "write a number",
    "bool_parsing": "write true or false",
    "bool_type": "write true or false",
}
"""What mends a fault, by the kind that pydantic calls it."""


@dataclass(frozen=True, slots=True)
class JudgedCase:
    """One part to judge, with its contract and the id under which the answer is given."""

    id: str
    part: PartFacts
    contract: ContractFacts


def read_cases(
    text: str, *, file: str, contract: ContractFacts | None = None
) -> tuple[JudgedCase, ...]:
    """Read parts: a list of {id, part, contract}, one such mapping, or the facts of one part alone.

    `contract` serves the parts that bring none. Raises `InputErrors`, one line each, with the place
    in the file and the mend.
    """
    import yaml

    if len(text) > LIMIT_BYTES:
        raise InputError(
            "too large for a file of parts", mend="use 'bomrisk assess' for a BOM", file=file
        )
    try:
        found = yaml.load(text, Loader=_loader())  # noqa: S506 - a safe loader
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        place = getattr(error, "problem_mark", None)
        raise InputError(
            "not readable as YAML or JSON",
            mend="correct it; 'part: {material: smco, origins: {melted: JPN}}' is a line of such a file",
            file=file,
            row=place.line + 1 if place else None,
        ) from error
    entries = found if isinstance(found, list) else [found]
    if not entries or not all(isinstance(entry, dict) for entry in entries):
        raise InputError(
            "holds no facts of a part",
            mend="write 'part: {material: smco, origins: {melted: JPN}}', or a list of such entries",
            file=file,
        )
    cases: list[JudgedCase] = []
    errors: list[InputError] = []
    for at, entry in enumerate(entries):
        try:
            cases.append(_case(entry, at, file, contract, alone=not isinstance(found, list)))
        except InputErrors as error:
            errors += error.errors
    errors += _twice(cases, file)
    if errors:
        raise InputErrors(errors)
    return tuple(cases)


def _loader() -> Any:
    import yaml

    return getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def _case(
    entry: dict[str, Any], at: int, file: str, contract: ContractFacts | None, *, alone: bool
) -> JudgedCase:
    bare = alone and not {"part", "contract", "id"} & entry.keys()
    place = "" if alone else f"{entry.get('id', f'[{at}]')}."
    known = {"id", "part", "contract", "expect", "because", "basis"}
    errors = [
        InputError(
            "no fact of that name",
            mend="known keys are id, part, contract",
            file=file,
            path=f"{place}{key}",
        )
        for key in sorted(map(str, entry.keys() - known if not bare else ()))
    ]
    told = None if bare else entry.get("contract")
    part, terms = PartFacts(), contract or ContractFacts()
    try:
        part = validated(PartFacts, entry if bare else entry.get("part"), file, f"{place}part")
    except InputErrors as error:
        errors += error.errors
    try:
        if told is not None or contract is None:
            terms = validated(ContractFacts, told or {}, file, f"{place}contract")
    except InputErrors as error:
        errors += error.errors
    if errors:
        raise InputErrors(errors)
    return JudgedCase("1" if bare else str(entry.get("id", at + 1)), part, terms)


def _twice(cases: Iterable[JudgedCase], file: str) -> list[InputError]:
    seen: set[str] = set()
    errors = []
    for case in cases:
        if case.id in seen:
            errors.append(
                InputError(
                    f"the id {case.id} stands twice", mend="give each part its own id", file=file
                )
            )
        seen.add(case.id)
    return errors


def validated(model: type[Model], found: object, file: str, path: str) -> Model:
    """The facts of a mapping, or `InputErrors` with a line for each fault."""
    if not isinstance(found, dict):
        raise InputErrors(
            [
                InputError(
                    "holds no facts", mend=f"write {_some(model)}", file=file, path=path or None
                )
            ]
        )
    try:
        return model.model_validate(found)
    except ValidationError as error:
        raise InputErrors(faults(error, model, file, path)) from error


def faults(
    error: ValidationError, model: type[BaseModel], file: str, path: str = ""
) -> list[InputError]:
    """The faults of a validation, each one line with its place and the mend."""
    found = []
    for fault in error.errors():
        place = ".".join(str(part) for part in (path, *fault["loc"]) if part != "")
        if fault["type"] == "extra_forbidden":
            what, mend = "no fact of that name", f"known facts are {', '.join(model.model_fields)}"
            if len(fault["loc"]) > 1:
                mend = "remove it"
        else:
            what = fault["msg"].removeprefix("Value error, ")
            what, mend = what[:1].lower() + what[1:], _MENDS.get(fault["type"], "correct the value")
        found.append(InputError(what, mend=mend, file=file, path=place or None))
    return found


def _some(model: type[BaseModel]) -> str:
    return f"facts such as {', '.join(list(model.model_fields)[:4])}"
