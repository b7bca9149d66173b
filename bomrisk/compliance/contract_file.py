"""contract.yaml: the facts of a contract in a file, checked at the door."""

from __future__ import annotations

from pathlib import Path

from bomrisk.compliance.contract import ContractFacts
from bomrisk.compliance.facts_file import validated
from bomrisk.errors import InputError

LIMIT_BYTES = 1_000_000
"""A contract file is a page of text; what is larger is something else."""


def read_contract(path: Path) -> ContractFacts:
    """Read a contract file. Raises `InputError`s with the file, the place in it and the mend."""
    import yaml

    name = path.name
    try:
        if path.stat().st_size > LIMIT_BYTES:
            raise InputError("too large for a contract file", mend="name the right file", file=name)
        found = yaml.safe_load(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise InputError(
            f"cannot be read ({error.strerror})", mend="name an existing file", file=name
        ) from error
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        place = getattr(error, "problem_mark", None)
        raise InputError(
            "not readable as YAML",
            mend="correct it; 'delivery: 2027-02-01' is a line of such a file",
            file=name,
            row=place.line + 1 if place else None,
        ) from error
    if not isinstance(found, dict):
        raise InputError(
            "holds no facts of a contract",
            mend="write lines such as 'delivery: 2027-02-01'",
            file=name,
        )
    return validated(ContractFacts, found, name, "")
