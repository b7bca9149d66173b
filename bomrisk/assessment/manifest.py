"""The manifest of a run: what it was made with and from, gathered from the rooms of the road."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING

from bomrisk import __version__
from bomrisk.assessment.meta import CompanionFile, InputFile, KnowledgeUsed, Meta, TableRead

if TYPE_CHECKING:
    from bomrisk.bom import Bom
    from bomrisk.compliance import ContractFacts
    from bomrisk.knowledge import Knowledge


def manifest(
    read: Bom,
    knowledge: Knowledge,
    contract: ContractFacts,
    *,
    as_of: date,
    countries: frozenset[str],
    set_name: str,
    companions: tuple[CompanionFile, ...],
    settings: Mapping[str, str],
    marking: str | None,
) -> Meta:
    """Everything that is needed to make the same assessment again."""
    return Meta(
        version=__version__,
        as_of=as_of,
        delivery=contract.delivery,
        country_set=tuple(sorted(countries)),
        country_set_name=set_name,
        input=_input(read),
        knowledge=KnowledgeUsed(
            edition=knowledge.edition,
            digest=knowledge.digest,
            overlays=tuple(
                f"{o.file} (sha256 {o.sha256}; {o.added} added, {o.replaced} replaced)"
                for o in knowledge.overlays
            ),
        ),
        companions=companions,
        contract=contract.as_text(),
        settings=dict(settings),
        marking=marking,
    )


def _input(read: Bom) -> InputFile:
    return InputFile(
        name=read.source.name,
        sha256=read.source.sha256,
        size_bytes=read.source.size_bytes,
        format=read.source.format,
        rows_read=read.rows_read,
        lines=read.lines.height,
        excluded=read.excluded.height,
        tables=tuple(
            TableRead(
                sheet=table.sheet,
                header_row=table.header_row,
                columns={
                    field: f"{column.span}: {column.header}"
                    for field, column in sorted(table.columns.items())
                },
            )
            for table in read.tables
        ),
    )
