"""Suppliers of a BOM, merged by CAGE, then by name; what was merged is shown."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from bomrisk.errors import InputError

UNNAMED = "supplier not stated"

_FORMS = re.compile(
    r"\b(incorporated|inc|corporation|corp|company|co|limited|ltd|llc|llp|lp|plc|gmbh|ag|kg|sa|sas|srl"
    r"|spa|bv|nv|ab|oy|as|pty|kk|kabushiki kaisha)\b"
)


@dataclass(frozen=True, slots=True)
class Supplier:
    """One supplier: the name that stands first, his CAGE, and every way in which the BOM writes him."""

    name: str
    cage: str | None
    written: tuple[str, ...]
    contact: str | None = None

    @property
    def merged(self) -> str | None:
        """How many ways of writing were taken for one, in words; None where there was one only."""
        if len(self.written) < 2:
            return None
        return f"{self.name}: taken for one: {'; '.join(self.written)}"


def plain_name(name: str) -> str:
    """A name without case, punctuation and legal form: 'Example Magnets, Inc.' is 'example magnets'."""
    words = re.sub(r"[^\w\s]", " ", name.casefold())
    return " ".join(_FORMS.sub(" ", words).split()) or " ".join(words.split())


def merged_suppliers(
    pairs: Iterable[tuple[str | None, str | None]], contacts: Mapping[str, str] | None = None
) -> dict[tuple[str | None, str | None], Supplier]:
    """Give each (name, CAGE) of the BOM its supplier: equal CAGEs are one, then equal plain names.

    Two suppliers of one name with two CAGEs stay two: a CAGE is an address.
    """
    rows = sorted(set(pairs), key=lambda row: (row[1] or "~", row[0] or "~"))
    groups: dict[str, list[tuple[str | None, str | None]]] = {}
    cages_of: dict[str, set[str]] = {}
    for name, cage in rows:
        if name and cage:
            cages_of.setdefault(plain_name(name), set()).add(cage.strip().upper())
    for name, cage in rows:
        key = _key(name, cage, cages_of)
        groups.setdefault(key, []).append((name, cage))
    found = {}
    for members in groups.values():
        cage = next((c.strip().upper() for _, c in members if c and c.strip()), None)
        names = sorted({n.strip() for n, _ in members if n and n.strip()})
        name = names[0] if names else (f"CAGE {cage}" if cage else UNNAMED)
        written = tuple(sorted({_written(n, c) for n, c in members}))
        contact = _contact(contacts or {}, cage, names)
        supplier = Supplier(name, cage, written, contact)
        found.update(dict.fromkeys(members, supplier))
    return found


def _key(name: str | None, cage: str | None, cages_of: Mapping[str, set[str]]) -> str:
    if cage and cage.strip():
        return f"cage {cage.strip().upper()}"
    if not name or not name.strip():
        return "unnamed"
    cages = cages_of.get(plain_name(name), set())
    return f"cage {next(iter(cages))}" if len(cages) == 1 else f"name {plain_name(name)}"


def _written(name: str | None, cage: str | None) -> str:
    text = (name or "").strip() or UNNAMED
    return f"{text} (CAGE {cage.strip().upper()})" if cage and cage.strip() else text


def _contact(contacts: Mapping[str, str], cage: str | None, names: Iterable[str]) -> str | None:
    for key in (cage, *names, *map(plain_name, names)):
        if key and key.casefold() in contacts:
            return contacts[key.casefold()]
    return None


def read_contacts(path: Path) -> dict[str, str]:
    """A contacts file: CSV with a column `contact` and `cage` or `supplier`. Raises `InputError`."""
    import csv

    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.DictReader(file))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise InputError("cannot be read", mend="save it as UTF-8 CSV", file=path.name) from error
    if rows and ("contact" not in rows[0] or not {"cage", "supplier"} & rows[0].keys()):
        raise InputError(
            "lacks its columns", mend="use the columns supplier, cage, contact", file=path.name
        )
    return {
        key.strip().casefold(): (row.get("contact") or "").strip()
        for row in rows
        for key in (row.get("cage"), row.get("supplier"))
        if key and key.strip() and (row.get("contact") or "").strip()
    }
