"""What an assessment was made from: enough to make it again to the byte."""

from __future__ import annotations

from datetime import date

from pydantic import BaseModel, ConfigDict, Field

SCHEMA_VERSION = 1
"""Version of the JSON shape; it grows by one when a reader of the old shape would break."""


class _Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class TableRead(_Frozen):
    """One BOM table found in the input, and how its columns were understood."""

    sheet: str
    header_row: int | None = Field(description="row of the header, from 1; null without a header")
    columns: dict[str, str] = Field(description="field name to 'letter: header text'")


class InputFile(_Frozen):
    """One input file: identity by hash, and the count of its rows."""

    name: str
    sha256: str
    size_bytes: int
    format: str
    rows_read: int = Field(description="rows looked at; equals lines + excluded")
    lines: int
    excluded: int
    tables: tuple[TableRead, ...]


class KnowledgeUsed(_Frozen):
    """The knowledge behind the figures: edition, digest, and every overlay by name and hash."""

    edition: date
    digest: str
    overlays: tuple[str, ...] = Field(description="each as 'file (sha256 …; n added, n replaced)'")


class CompanionFile(_Frozen):
    """A file beside the BOM that people wrote and that decides something in the result."""

    kind: str = Field(
        description="contract, mapping, items, matches, requests, declarations, materials or dispositions"
    )
    name: str
    sha256: str


class Meta(_Frozen):
    """What the assessment was made with and from."""

    schema_version: int = SCHEMA_VERSION
    tool: str = "bomrisk"
    version: str
    as_of: date = Field(description="the day whose knowledge and law are used")
    delivery: date | None = Field(description="day of delivery; null: both regimes are judged")
    country_set: tuple[str, ...] = Field(description="countries whose touch is traced, ISO alpha-3")
    country_set_name: str
    input: InputFile
    knowledge: KnowledgeUsed
    companions: tuple[CompanionFile, ...] = Field(
        default=(), description="files beside the BOM that decide something in the result"
    )
    contract: dict[str, str] = Field(description="contract facts in force, each as text")
    settings: dict[str, str] = Field(description="merged settings of the run, each as text")
    marking: str | None = Field(default=None, description="distribution marking the user asked for")
