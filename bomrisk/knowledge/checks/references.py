"""Names that resolve: ids, sources, grades, materials, elements, countries."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from typing import Any

from bomrisk.errors import InputError
from bomrisk.knowledge.checks.shelf import Shelf, in_record, in_table
from bomrisk.knowledge.countries import BLOCS, SPECIAL, is_iso3
from bomrisk.knowledge.model import Evidence

WITHOUT_SOURCE = frozenset({"sources", "commodities", "families", "stages"})
"""Tables that hold no figure: the register of sources itself, and the words of this project."""

OPTIONAL_SOURCES = frozenset({"earlier_source_ids"})

GRADES = frozenset(grade.value for grade in Evidence)

UNIQUE = {
    "sources": ("id",),
    "commodities": ("commodity",),
    "families": ("family",),
    "bands": ("name",),
    "controls": ("id",),
    "rules": ("rule",),
    "trade_factor": ("kind",),
    "country_sets": ("set", "country"),
    "wgi": ("country_iso3", "year"),
    "import_reliance_groups": ("element",),
    "recycling_substitution": ("symbol",),
    "facilities": ("name", "company"),
}
"""What may not stand twice in a table."""

COUNTRY_COLUMNS = frozenset(
    {"country", "country_iso3", "countries", "from_country", "to_country", "state", "buyers"}
)

COUNTRY_WORDS = {
    "wgi": {"country"},
    "rules": {"countries"},
}
"""Columns that hold words, although their name is that of a country column."""


def ids_are_unique(shelf: Shelf) -> Iterator[InputError]:
    """An id stands once: a second record of the same name would hide the first."""
    for table, columns in UNIQUE.items():
        seen: dict[tuple[str, ...], int] = {}
        for _, row, values in shelf.rows(table):
            key = tuple(values[column] for column in columns)
            if key in seen:
                what = f"{' '.join(key)!r} stands twice, first in row {seen[key]}"
                yield in_table(table, row, what, "remove one of them", columns[0])
            seen.setdefault(key, row)
    records = [
        *((file, record["id"], "material") for file, record in shelf.materials),
        *(("part_rules.json", record["id"], "part rule") for record in shelf.part_rules),
        *(("platforms.json", record["id"], "platform") for record in shelf.platforms),
    ]
    first: dict[tuple[str, str], str] = {}
    for file, identity, kind in records:
        if (kind, identity) in first:
            what = f"the {kind} stands twice, first in {first[kind, identity]}"
            yield in_record(file, identity, what, "rename or remove one of them")
        first.setdefault((kind, identity), file)


def sources_resolve(shelf: Shelf) -> Iterator[InputError]:
    """Nothing stands without a source, and every source is in the register."""
    known = shelf.column("sources", "id")
    for table, row, values in shelf.rows():
        if table in WITHOUT_SOURCE:
            continue
        if "source_ids" not in values:
            yield in_table(table, row, "the table has no column of sources", "add source_ids")
        for column in (name for name in values if name.endswith("source_ids")):
            ids = [part for part in values[column].split(";") if part]
            if not ids and column not in OPTIONAL_SOURCES:
                yield in_table(table, row, "the row has no source", "name its source", column)
            for what in _missing(ids, known, "source"):
                yield in_table(table, row, what, "add it to sources.csv", column)
    for file, identity, record in _records(shelf):
        ids = record.get("sources") or []
        if not ids:
            yield in_record(file, identity, "the record has no source", "name its source")
        for what in _missing(ids, known, "source"):
            yield in_record(file, identity, what, "add it to sources.csv")


def sources_say_what_was_seen(shelf: Shelf) -> Iterator[InputError]:
    """A source says what it is, what of it was seen, and whether it is a document at all."""
    for _, row, values in shelf.rows("sources"):
        if not (values["title"] and values["seen"]):
            what = "the source does not say what it is and what of it was seen"
            yield in_table("sources", row, what, "fill title and seen", "title")
        if values["kind"] not in ("document", "recalled"):
            what = f"{values['kind']!r} is no kind of source"
            yield in_table("sources", row, what, "say document or recalled", "kind")


def _missing(names: Iterable[str], known: Collection[str], kind: str) -> Iterator[str]:
    for name in names:
        if name not in known:
            yield f"there is no {kind} {name!r}"


def _records(shelf: Shelf) -> Iterator[tuple[str, str, dict[str, Any]]]:
    for file, record in shelf.materials:
        yield file, record["id"], record
    for record in shelf.part_rules:
        yield "part_rules.json", record["id"], record
    for platform in shelf.platforms:
        for key in ("claims", "subsystems"):
            for at, record in enumerate(platform[key]):
                yield "platforms.json", f"{platform['id']}.{key}[{at}]", record


def grades_are_words(shelf: Shelf) -> Iterator[InputError]:
    """A grade of evidence is verified, derived or recalled; it may be empty only beside an empty figure."""
    mend = "say verified, derived or recalled"
    for table, row, values in shelf.rows():
        for column, value in values.items():
            if not column.startswith(("evidence", "earlier_evidence")):
                continue
            if value not in GRADES and not (value == "" and column != "evidence"):
                yield in_table(table, row, f"{value!r} is no grade of evidence", mend, column)
    for file, identity, record in _records(shelf):
        if record.get("evidence") not in GRADES:
            what = f"{record.get('evidence')!r} is no grade of evidence"
            yield in_record(file, identity, what, mend)


def names_resolve(shelf: Shelf) -> Iterator[InputError]:
    """Materials, families, commodities and elements that one table names exist in their own."""
    yield from _materials_resolve(shelf)
    families = shelf.column("families", "family")
    for file, record in shelf.materials:
        for what in _missing([record["family"]], families, "family"):
            yield in_record(file, record["id"], what, "add it to families.csv")
    commodities = shelf.column("commodities", "commodity")
    for table in ("shares", "published_shares", "derived_shares"):
        for _, row, values in shelf.rows(table):
            for what in _missing([values["commodity"]], commodities, "commodity"):
                yield in_table(table, row, what, "add it to commodities.csv", "commodity")
    for _, row, values in shelf.rows("events"):
        named = filter(None, values["elements"].split(";"))
        for what in _missing(named, commodities, "element or group"):
            yield in_table("events", row, what, "use a symbol or REE", "elements")


def _materials_resolve(shelf: Shelf) -> Iterator[InputError]:
    known = frozenset(record["id"] for _, record in shelf.materials)
    named = [
        *(
            ("part_rules.json", rule["id"], [implied["material"] for implied in rule["implies"]])
            for rule in shelf.part_rules
        ),
        *(
            ("platforms.json", platform["id"], part["materials"])
            for platform in shelf.platforms
            for part in platform["subsystems"]
        ),
    ]
    for file, identity, names in named:
        for what in _missing(names, known, "material"):
            yield in_record(file, identity, what, "use an id that exists")
    for table in ("grades", "contradictions"):
        for _, row, values in shelf.rows(table):
            names = filter(None, values["material_id"].split(";"))
            for what in _missing(names, known, "material"):
                yield in_table(table, row, what, "use an id that exists", "material_id")


def countries_are_iso(shelf: Shelf) -> Iterator[InputError]:
    """Country codes are ISO 3166 alpha-3, or one of the few others that have a reason."""
    mend = f"use ISO 3166 alpha-3, or one of {', '.join(sorted(SPECIAL))}"
    for table, row, values in shelf.rows():
        for column in COUNTRY_COLUMNS & values.keys() - COUNTRY_WORDS.get(table, set()):
            for code in filter(None, values[column].split(";")):
                if not (is_iso3(code) or code in SPECIAL):
                    yield in_table(table, row, f"{code!r} is no country code", mend, column)
    for table in ("shares", "derived_shares"):
        for _, row, values in shelf.rows(table):
            if values["country"] in BLOCS:
                what = f"{values['country']!r} is several countries"
                yield in_table(table, row, what, "give each country, or OTH", "country")
    for _, row, values in shelf.rows("import_reliance"):
        for pair in filter(None, values["import_sources"].split(";")):
            code = pair.partition(":")[0]
            if not (is_iso3(code) or code in SPECIAL):
                what = f"{code!r} is no country code"
                yield in_table("import_reliance", row, what, mend, "import_sources")
