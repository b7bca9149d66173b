"""Dispositions: what a reviewer decided about findings, in a reviewed file; they label and hide nothing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from bomrisk.compliance.facts_file import validated
from bomrisk.errors import InputError, InputErrors

if TYPE_CHECKING:
    import polars as pl

LIMIT_BYTES = 20_000_000

State = Literal["accepted", "waived", "mitigated", "false positive"]

SETTLED = ("accepted", "waived", "false positive")
"""States that take a finding out of a gate; a mitigation under way does not."""


class Scope(BaseModel):
    """Which findings are meant, where no fingerprint is given; every field that stands must match.

    `part_number` and `supplier` are compared without regard to case, `path` as the beginning of the path.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    rule: str | None = None
    material: str | None = None
    part_number: str | None = None
    supplier: str | None = None
    path: str | None = None
    code: str | None = None

    @model_validator(mode="after")
    def _not_all(self) -> Scope:
        if self.part_number is None and self.supplier is None and self.path is None:
            raise ValueError(
                "a scope names a part_number, a supplier or a path: it never means all"
            )
        return self


class Disposition(BaseModel):
    """One decision: on a fingerprint or a scope, by whom, why, on which ground, and until when.

    A waiver cites its paper; a decision without an end is refused, for nobody would look at it again.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")

    fingerprint: str | None = Field(default=None, pattern="^[0-9a-f]{16}$")
    scope: Scope | None = None
    state: State
    owner: str = Field(min_length=1)
    reason: str = Field(min_length=1)
    citation: str | None = None
    until: date

    @model_validator(mode="after")
    def _one_target(self) -> Disposition:
        if (self.fingerprint is None) == (self.scope is None):
            raise ValueError("give either a fingerprint or a scope")
        if self.state == "waived" and not self.citation:
            raise ValueError("a waiver needs its citation")
        return self

    def __str__(self) -> str:
        target = self.fingerprint or ", ".join(
            f"{name} {value}" for name, value in self.scope or () if value is not None
        )
        return f"{self.state} ({target}; {self.owner}, until {self.until})"


@dataclass(frozen=True, slots=True)
class Labelled:
    """Findings with their `disposition`, and `notes` on dispositions that expired or met nothing."""

    findings: pl.DataFrame
    notes: pl.DataFrame


def _told(value: object) -> object:
    """What a file says without the keys that say nothing; every value stays the text that was written.

    So 00471 stays a part number, and a fingerprint of digits alone is no number.
    """
    if isinstance(value, dict):
        return {key: _told(one) for key, one in value.items() if one not in ("", "~", "null")}
    if isinstance(value, list):
        return [_told(one) for one in value]
    return None if value == "" else value


def read_dispositions(path: Path) -> tuple[Disposition, ...]:
    """Read a dispositions file: a list of decisions. Raises `InputErrors`, one line for each fault."""
    import yaml

    name = path.name
    try:
        if path.stat().st_size > LIMIT_BYTES:
            raise InputError("too large for dispositions", mend="name the right file", file=name)
        text = path.read_text(encoding="utf-8-sig")
        found = _told(yaml.load(text, Loader=yaml.BaseLoader))  # noqa: S506 - it makes texts only
    except OSError as error:
        raise InputError(
            f"cannot be read ({error.strerror})", mend="name an existing file", file=name
        ) from error
    except (yaml.YAMLError, UnicodeDecodeError, RecursionError, ValueError) as error:
        raise InputError("not readable as YAML", mend="correct it", file=name) from error
    entries = found.get("dispositions") if isinstance(found, dict) else found
    if entries is None and found is None:
        entries = []
    if not isinstance(entries, list):
        raise InputError(
            "holds no list of dispositions",
            mend="write '- {fingerprint: …, state: accepted, owner: …, reason: …, until: 2027-06-30}'",
            file=name,
        )
    decisions: list[Disposition] = []
    errors: list[InputError] = []
    for at, entry in enumerate(entries):
        try:
            decisions.append(validated(Disposition, entry, name, f"[{at}]"))
        except InputErrors as error:
            errors += error.errors
    errors += _twice(decisions, name)
    if errors:
        raise InputErrors(errors)
    return tuple(decisions)


def _twice(decisions: Sequence[Disposition], name: str) -> list[InputError]:
    seen: set[str] = set()
    errors = []
    for decision in decisions:
        if decision.fingerprint in seen:
            text = f"the fingerprint {decision.fingerprint} is decided twice"
            errors.append(InputError(text, mend="keep one of the two", file=name))
        if decision.fingerprint:
            seen.add(decision.fingerprint)
    return errors


def label(
    findings: pl.DataFrame,
    lines: pl.DataFrame,
    decisions: Sequence[Disposition],
    *,
    as_of: date,
    file: str,
) -> Labelled:
    """Label findings by the decisions that hold on the day; a fingerprint goes before a scope.

    A decision labels through the day of `until`. One that expired, or met no finding, is a note; so is a
    scope whose findings were all decided by their fingerprints. Findings are never removed.
    """
    import polars as pl

    from bomrisk.tables import FINDINGS, NOTES

    if not decisions:
        return Labelled(findings, pl.DataFrame(schema=NOTES.schema()))
    keyed = findings.join(
        lines.select("line", "part_number", "supplier", "path"),
        on="line",
        how="left",
        maintain_order="left",
    ).with_columns(disposition=pl.lit(None, pl.String))
    notes: list[tuple[str, str]] = []
    for decision in sorted(decisions, key=lambda d: d.fingerprint is None):
        met = _matches(decision)
        hit = keyed.select(hit=met)["hit"].fill_null(value=False)
        if not hit.any():
            notes.append(("unmatched", f"{decision}: no finding of that kind"))
        elif decision.until < as_of:
            count = int(hit.sum())
            notes.append(
                ("expired", f"{decision}: ended before {as_of}; {count} findings stand open")
            )
        else:
            free = pl.col("disposition").is_null()
            if not keyed.filter(hit & keyed["disposition"].is_null()).height:
                notes.append(("unused", f"{decision}: its findings are decided one by one"))
            label_now = pl.when(hit & free).then(pl.lit(decision.state))
            keyed = keyed.with_columns(disposition=label_now.otherwise(pl.col("disposition")))
    rows = [
        {"file": file, "kind": "disposition", "text": f"{kind}: {text}"} for kind, text in notes
    ]
    full = [{name: row.get(name) for name in NOTES.names} for row in rows]
    return Labelled(
        keyed.select(FINDINGS.names),
        pl.DataFrame(full, schema=NOTES.schema(), orient="row"),
    )


def _matches(decision: Disposition) -> pl.Expr:
    import polars as pl

    if decision.fingerprint:
        return pl.col("fingerprint") == decision.fingerprint
    scope = decision.scope
    tests: list[pl.Expr] = []
    exact: Mapping[str, str | None] = {
        "rule": scope.rule if scope else None,
        "material_id": scope.material if scope else None,
        "code": scope.code if scope else None,
    }
    tests += [pl.col(column) == value for column, value in exact.items() if value is not None]
    for column in ("part_number", "supplier"):
        value = getattr(scope, column)
        if value is not None:
            words = pl.col(column).str.strip_chars().str.to_lowercase()
            tests.append(words == value.strip().lower())
    if scope and scope.path is not None:
        tests.append(pl.col("path").str.starts_with(scope.path))
    return pl.all_horizontal(tests)


def open_findings(findings: pl.DataFrame) -> pl.DataFrame:
    """The findings that a gate counts: those without a decision, or only mitigated."""
    import polars as pl

    settled = pl.col("disposition").is_in(SETTLED).fill_null(value=False)
    return findings.filter(~settled)
