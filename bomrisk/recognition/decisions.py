"""What a person has decided: this text, or this part number, is that material; replayed on every run.

`matches.csv` has the columns text, part_number, material, who, when, why, and role if it matters. A row
names a text, a part number, or both (then both must fit). `material` is an id, several with ';' between,
or `none`. A decision outranks everything the tool would say, is shown as a person's, and is reported
when it no longer fits any line.
"""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from bomrisk.errors import InputError, InputErrors

if TYPE_CHECKING:
    import polars as pl

    from bomrisk.knowledge import Knowledge

COLUMNS = ("text", "part_number", "material", "who", "when", "why")
ROLES = ("unknown", "bulk", "coating", "inside")
NONE = "none"
_TEXT_FIELDS = ("material", "specification", "name", "description", "notes")
_NUMBER_FIELDS = ("part_number", "mpn")


@dataclass(frozen=True, slots=True)
class Decision:
    """One row of `matches.csv`: the text or part number, the materials (none = empty), who, when and why."""

    text: str
    part_number: str
    materials: tuple[str, ...]
    who: str
    when: str
    why: str
    role: str
    file: str
    row: int

    @property
    def rule(self) -> str:
        """The decision in words, as it stands in the result."""
        return f"human: {self.who}, {self.when}: {self.why}"


def read_matches(path: Path, knowledge: Knowledge) -> tuple[Decision, ...]:
    """The decisions of a file, in order. Raises `InputErrors` with all rows that cannot be used."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as handle:
            reader = csv.DictReader(handle)
            missing = [name for name in COLUMNS if name not in (reader.fieldnames or ())]
            if missing:
                raise InputError(
                    f"has no column {', '.join(missing)}",
                    mend=f"give it the columns {', '.join(COLUMNS)}",
                    file=path.name,
                    row=1,
                )
            rows = list(enumerate(reader, start=2))
    except OSError as error:
        raise InputError(
            f"cannot be read: {error.strerror}", mend="name a CSV file of matches", file=path.name
        ) from error
    except UnicodeDecodeError as error:
        raise InputError("is not UTF-8 text", mend="save it as UTF-8", file=path.name) from error
    decisions: list[Decision] = []
    faults: list[InputError] = []
    for row, cells in rows:
        try:
            decisions.append(_decision(cells, path.name, row, knowledge))
        except InputError as error:
            faults.append(error)
    if faults:
        raise InputErrors(faults)
    return tuple(decisions)


def _decision(cells: dict[str, str], file: str, row: int, knowledge: Knowledge) -> Decision:
    said = {name: _said(cells.get(name)) for name in (*COLUMNS, "role")}
    if not (said["text"] or said["part_number"]):
        raise InputError(
            "names neither a text nor a part number", mend="fill one of them", file=file, row=row
        )
    for name in ("material", "who", "when", "why"):
        if not said[name]:
            raise InputError(f"{name} is empty", mend="fill it", file=file, row=row)
    materials = tuple(part.strip() for part in said["material"].split(";") if part.strip())
    if materials == (NONE,):
        materials = ()
    for one in materials:
        if one not in knowledge.materials:
            raise InputError(
                f"{one!r} is no material of the knowledge",
                mend=f"use an id such as {_nearest(one, knowledge)}, or '{NONE}'",
                file=file,
                row=row,
            )
    role = said["role"] or "unknown"
    if role not in ROLES:
        raise InputError(
            f"role {role!r} is not known", mend=f"use one of {', '.join(ROLES)}", file=file, row=row
        )
    return Decision(
        said["text"],
        said["part_number"],
        materials,
        said["who"],
        said["when"],
        said["why"],
        role,
        file,
        row,
    )


def _said(cell: str | None) -> str:
    """The cell in one line, without the apostrophe that keeps a spreadsheet from running it."""
    text = " ".join((cell or "").split())
    return text[1:] if text[:1] == "'" and text[1:2] in ("=", "+", "-", "@") else text


def _nearest(wrong: str, knowledge: Knowledge) -> str:
    from rapidfuzz import process

    found = process.extractOne(wrong, sorted(knowledge.materials))
    return str(found[0])


@dataclass(frozen=True, slots=True)
class Idle:
    """A decision that settles no line: none fits it, or `later` settles every one that does."""

    decision: Decision
    later: Decision | None = None

    @property
    def reason(self) -> str:
        """Why it is not used, in words."""
        one, later = self.decision, self.later
        keys = [f"the text {one.text!r}"] if one.text else []
        keys += [f"the part number {one.part_number!r}"] if one.part_number else []
        key = " and ".join(keys)
        if later is None:
            return f"no line has {key}: the decision is not used"
        return (
            f"{one.who} decided {', '.join(one.materials) or NONE} for {key} on {one.when}, but row"
            f" {later.row} of {later.who}, {later.when}, decides otherwise and is taken"
        )


def decide(
    lines: pl.DataFrame, decisions: Sequence[Decision]
) -> tuple[pl.DataFrame, tuple[Idle, ...]]:
    """Which line each decision settles (`line`, `decision` = its place, `field`), and those that settle none.

    The last decision on a line wins, as later rows of the file are later thoughts.
    """
    import polars as pl

    level = lines.select(
        "line",
        *(
            pl.col(name).str.to_uppercase().str.replace_all(r"\s+", " ").str.strip_chars()
            for name in (*_TEXT_FIELDS, *_NUMBER_FIELDS)
        ),
    )
    keys = pl.DataFrame(
        [
            (place, (one.text or one.part_number).upper(), bool(one.text), one.part_number.upper())
            for place, one in enumerate(decisions)
        ],
        schema={
            "decision": pl.UInt32,
            "key": pl.String,
            "by_text": pl.Boolean,
            "number": pl.String,
        },
        orient="row",
    )
    hits = [
        level.join(
            keys.filter(pl.col("by_text") == (field in _TEXT_FIELDS)),
            left_on=field,
            right_on="key",
            how="inner",
        )
        .filter(
            (pl.col("number") == "")
            | pl.any_horizontal(
                (pl.col(name) == pl.col("number")).fill_null(value=False)
                for name in _NUMBER_FIELDS
                if name in level.columns and name != field
            )
            | pl.lit(field in _NUMBER_FIELDS)
        )
        .select("line", "decision", field=pl.lit(field))
        for field in (*_TEXT_FIELDS, *_NUMBER_FIELDS)
    ]
    found = pl.concat(hits)
    settled = found.sort("line", "decision", maintain_order=True).unique(
        "line", keep="last", maintain_order=True
    )
    return settled, tuple(_idle(found, settled, decisions))


def _idle(
    found: pl.DataFrame, settled: pl.DataFrame, decisions: Sequence[Decision]
) -> Iterator[Idle]:
    """The decisions without a line; one that a later row repeats is no matter to speak of."""
    taken = set(settled["decision"].unique())
    over = found.join(settled.select("line", later="decision"), on="line").unique("decision")
    later = dict(over.select("decision", "later").iter_rows())
    for place, one in enumerate(decisions):
        if place in taken:
            continue
        winner = decisions[later[place]] if place in later else None
        if winner is None or set(winner.materials) != set(one.materials):
            yield Idle(one, winner)
