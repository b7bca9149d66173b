"""The ledger of what suppliers declared: append-only, chained by hashes, replayed as of a day."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

from bomrisk.compliance.declarations.answer import Answer
from bomrisk.errors import InputError

START = "0" * 16


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the ledger: an answer, the day it was received, and what it supersedes."""

    id: str
    received: date
    supersedes: str | None
    answer: Answer

    @property
    def key(self) -> tuple[str, str, str, str]:
        """What an entry speaks of: a later sound one of the same key supersedes it."""
        answer = self.answer
        return (answer.row_id, answer.supplier.casefold(), answer.scope, answer.lot)


class Ledger:
    """Entries in the order of receipt; nothing is changed or removed, only superseded."""

    def __init__(self, entries: Iterable[Entry] = ()) -> None:
        self.entries = tuple(entries)

    def as_of(self, day: date) -> tuple[Entry, ...]:
        """What was known on a day: received by then and not superseded by then, expired ones included."""
        known = [entry for entry in self.entries if entry.received <= day]
        gone = {entry.supersedes for entry in known if entry.supersedes}
        return tuple(entry for entry in known if entry.id not in gone)

    def with_answers(self, answers: Iterable[Answer], received: date) -> Ledger:
        """The ledger with answers appended; an answer that is there already is not entered twice."""
        entries = list(self.entries)
        there = {entry.id for entry in entries}
        for answer in answers:
            entry_id = _id(answer)
            if entry_id in there:
                continue
            probe = Entry(entry_id, received, None, answer)
            older = [e for e in entries if e.key == probe.key and _gives_way(e.answer, answer)]
            gone = {e.supersedes for e in entries}
            last = next((e.id for e in reversed(older) if e.id not in gone), None)
            entries.append(Entry(entry_id, received, last, answer))
            there.add(entry_id)
        return Ledger(entries)


def _gives_way(old: Answer, new: Answer) -> bool:
    """Whether a later answer of the same key takes the place of an older one.

    One that is not sound does not undo one that is, and a refusal undoes nothing but a refusal: both stand,
    and the difference is seen.
    """
    if old.sha256 == new.sha256:
        return False
    if new.refusal:
        return bool(old.refusal)
    return new.clears or not old.clears


def _id(answer: Answer) -> str:
    text = f"{answer.sha256}\x1f{answer.sheet}\x1f{answer.row}\x1f{answer.row_id}"
    return hashlib.blake2b(text.encode(), digest_size=8).hexdigest()


def _plain(entry: Entry) -> dict[str, Any]:
    document: dict[str, Any] = {
        "id": entry.id,
        "received": entry.received.isoformat(),
        "supersedes": entry.supersedes,
        **asdict(entry.answer),
    }
    for key in ("signed", "effective", "expires"):
        document[key] = document[key].isoformat() if document[key] else None
    return document


def _chained(entries: Iterable[Entry]) -> list[str]:
    """The lines of the file: each holds the hash of the line before it."""
    lines = []
    before = START
    for entry in entries:
        document = {"before": before, **_plain(entry)}
        line = json.dumps(document, ensure_ascii=False, sort_keys=True)
        before = hashlib.sha256(line.encode()).hexdigest()[:16]
        lines.append(line)
    return lines


def read_ledger(path: Path) -> Ledger:
    """Read a ledger and check its chain; a file that does not exist is an empty ledger.

    Raises `InputError` where a line was changed, removed or put in between, with its row.
    """
    if not path.exists():
        return Ledger()
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise InputError("cannot be read", mend="name the right ledger", file=path.name) from error
    entries = []
    before = START
    for row, line in enumerate(lines, start=1):
        try:
            document = json.loads(line)
            entry = _entry(document)
            chained = document["before"]
        except (ValueError, KeyError, TypeError) as error:
            raise InputError(
                "is no line of a ledger",
                mend="restore the ledger from a copy",
                file=path.name,
                row=row,
            ) from error
        if chained != before:
            raise InputError(
                "the chain is broken: a line before this one was changed or removed",
                mend="restore the ledger from a copy",
                file=path.name,
                row=row,
            )
        before = hashlib.sha256(line.encode()).hexdigest()[:16]
        entries.append(entry)
    return Ledger(entries)


def _entry(document: dict[str, Any]) -> Entry:
    fields = {name: document[name] for name in Answer.__slots__ if name != "details"}
    for key in ("signed", "effective", "expires"):
        fields[key] = date.fromisoformat(fields[key]) if fields[key] else None
    fields["why_not"] = tuple(fields["why_not"])
    received = date.fromisoformat(document["received"])
    return Entry(
        document["id"],
        received,
        document["supersedes"],
        Answer(**fields, details=document.get("details", {})),
    )


def append(path: Path, before: Ledger, after: Ledger) -> int:
    """Append the new entries to the file and say how many; what is there stays as it is, to the byte."""
    new = len(after.entries) - len(before.entries)
    if new <= 0:
        return 0
    lines = _chained(after.entries)[-new:]
    try:
        with path.open("a", encoding="utf-8", newline="\n") as file:
            file.writelines(f"{line}\n" for line in lines)
            file.flush()
    except OSError as error:
        raise InputError(
            "cannot be written", mend="name a ledger that is writable", file=path.name
        ) from error
    return new
