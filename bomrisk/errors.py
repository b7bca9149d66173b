"""The kinds of trouble, each said as what, where, and the mend.

Three kinds exist. Bad input is an `InputError`: collected, printed one line each, exit 2.
Incomplete knowledge is no error at all: it is data, and stands as unknown in the result. Everything
else is a bug, and ends in a traceback with exit 70.
"""

from __future__ import annotations

from collections.abc import Iterable


class BomriskError(Exception):
    """Base of everything that bomrisk raises on purpose; its text is one line for a person."""

    exit_code = 2


class InputError(BomriskError):
    """Input that cannot be used: what is wrong, where it stands, and what would mend it.

    `file` is the name as the user gave it; `sheet` and `row` are as the spreadsheet counts, from 1;
    `path` is the place inside a structured file, such as ``shares[2].country``.
    """

    def __init__(
        self,
        what: str,
        *,
        mend: str,
        file: str | None = None,
        sheet: str | None = None,
        row: int | None = None,
        path: str | None = None,
    ) -> None:
        self.what = what
        self.mend = mend
        self.file = file
        self.sheet = sheet
        self.row = row
        self.path = path
        super().__init__(str(self))

    def __str__(self) -> str:
        place = [
            self.file,
            f"sheet {self.sheet!r}" if self.sheet else None,
            f"row {self.row}" if self.row is not None else None,
            self.path,
        ]
        where = ", ".join(part for part in place if part)
        line = f"{where}: {self.what}; {self.mend}" if where else f"{self.what}; {self.mend}"
        return " ".join(line.split())


class InputErrors(BomriskError):  # noqa: N818 - it is several of them
    """Several input errors found in one pass, so that the user mends them all at once."""

    def __init__(self, errors: Iterable[InputError]) -> None:
        self.errors = tuple(errors)
        super().__init__("\n".join(str(error) for error in self.errors))


class KnowledgeTooOldError(BomriskError):
    """Under ``--strict-knowledge``: the knowledge is older than allowed, or not verified."""

    exit_code = 4
