"""What to ask of whom: one request per supplier, one row per part and material of his lines."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bomrisk.compliance.classification import FAMILIES, make_of
from bomrisk.compliance.contract import ContractFacts
from bomrisk.compliance.declarations.columns import ASKED
from bomrisk.compliance.declarations.supplier import Supplier, merged_suppliers
from bomrisk.compliance.part import PartFacts
from bomrisk.errors import InputError

if TYPE_CHECKING:
    import polars as pl

    from bomrisk.knowledge import Knowledge

FLOW_DOWN = (
    "The Contractor shall insert the substance of this clause, including this paragraph (d), in"
    " subcontracts and other contractual instruments that are for items containing a covered material,"
    " including subcontracts and other contractual instruments for commercial products, unless an"
    " exception in paragraph (c) of this clause applies. The Contractor shall not alter this clause other"
    " than to identify the appropriate parties."
)
"""Clause 252.225-7052, paragraph (d), to be printed in every request."""

STATEMENT = (
    "The answers in this file are true for the parts and lots that they name. Unknown is a permitted"
    " answer. We tell of a change of source at once."
)
STATEMENT_VERSION = "1"

SUPPOSED = "the type of part suggests it"
"""Why a row is asked whose material no text of the BOM names."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One row: a part of the supplier and a material of it, with what the BOM already says."""

    row_id: str
    part_number: str
    revision: str
    description: str
    family: str
    material: str
    why: str
    maker: str
    known: Mapping[str, str]
    """Stage to country cell that the BOM already has."""

    @property
    def supposed(self) -> bool:
        """Whether nothing but the type of part says that it holds the material."""
        return self.why == SUPPOSED


@dataclass(frozen=True, slots=True)
class Request:
    """All that is asked of one supplier."""

    id: str
    requester: str
    supplier: Supplier
    contract: str
    clauses: Mapping[str, str]
    due: date | None
    rows: tuple[Asked, ...]


def requests(
    lines: pl.DataFrame,
    materials: pl.DataFrame,
    knowledge: Knowledge,
    *,
    contract: ContractFacts,
    due: date | None = None,
    requester: str = "",
    contacts: Mapping[str, str] | None = None,
) -> tuple[Request, ...]:
    """A request for each supplier whose lines hold a material that a rule asks about.

    Covered families are asked always; specialty metals where the contract states the platform. A part
    number that stands on several lines is asked once. Row ids follow from supplier, part number and
    material, so that the same BOM gives the same ids.
    """
    import polars as pl

    kinds = _kinds(materials, knowledge, contract)
    asked = (
        materials.select("line", "material_id", "inferred")
        .with_columns(
            family=pl.col("material_id").replace_strict(kinds, default=None, return_dtype=pl.String)
        )
        .filter(pl.col("family").is_not_null())
        .join(lines, on="line", how="left", maintain_order="left")
        .sort("line", "material_id")
    )
    rows = list(asked.iter_rows(named=True))
    suppliers = merged_suppliers(
        {(row["supplier"] or row["manufacturer"], row["cage"]) for row in rows}, contacts
    )
    grouped: dict[Supplier, dict[str, Asked]] = {}
    for row in rows:
        supplier = suppliers[row["supplier"] or row["manufacturer"], row["cage"]]
        one = _asked(row, supplier, knowledge)
        grouped.setdefault(supplier, {}).setdefault(one.row_id, one)
    return tuple(
        Request(
            _digest("request", supplier.name, supplier.cage or "", contract.id or ""),
            requester,
            supplier,
            contract.id or "",
            dict(contract.clauses),
            due,
            tuple(found.values()),
        )
        for supplier, found in sorted(grouped.items(), key=lambda item: item[0].name.casefold())
    )


def _kinds(
    materials: pl.DataFrame, knowledge: Knowledge, contract: ContractFacts
) -> dict[str, str]:
    """Material id to the kind of row that asks about it."""
    kinds = {}
    for material_id in materials["material_id"].unique().sort().to_list():
        make = make_of(PartFacts(material=material_id), knowledge)
        if make.family in FAMILIES and make.family in ASKED:
            kinds[material_id] = str(make.family)
        elif contract.platform is not None and make.specialty.is_one is not False:
            kinds[material_id] = "specialty"
    return kinds


def _asked(row: Mapping[str, Any], supplier: Supplier, knowledge: Knowledge) -> Asked:
    part = str(row["part_number"] or row["mpn"] or "")
    text = " ".join(str(row[f]) for f in ("name", "description") if row[f])
    key = part or text
    known = {
        stage: str(row[f"origin_{stage}"])
        for stage in ASKED[row["family"]]
        if row.get(f"origin_{stage}")
    }
    material = knowledge.materials[row["material_id"]].name
    why = SUPPOSED if row["inferred"] else "named in the BOM"
    maker = " ".join(str(row[f]) for f in ("manufacturer", "mpn") if row[f])
    row_id = "R-" + _digest(supplier.cage or supplier.name, key, row["material_id"])
    revision = str(row["revision"] or "")
    return Asked(row_id, part, revision, text, row["family"], material, why, maker, known)


def _digest(*parts: str) -> str:
    return hashlib.blake2b("\x1f".join(parts).encode(), digest_size=6).hexdigest()


def write_manifest(path: Path, asked: tuple[Request, ...]) -> None:
    """Write what was asked of whom, so that answers can be held against it."""
    document = {"requests": [_plain(request) for request in asked]}
    text = json.dumps(document, indent=1, ensure_ascii=False, sort_keys=True)
    path.write_text(text + "\n", encoding="utf-8")


def _plain(request: Request) -> dict[str, Any]:
    document = asdict(request)
    document["due"] = request.due.isoformat() if request.due else None
    return document


def read_manifest(path: Path) -> tuple[Request, ...]:
    """Read what was asked. Raises `InputError` for a file that is no manifest."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
        return tuple(_request(one) for one in found["requests"])
    except OSError as error:
        raise InputError(
            "cannot be read",
            mend="give the requests.json that 'declare request' wrote",
            file=path.name,
        ) from error
    except (ValueError, KeyError, TypeError) as error:
        raise InputError(
            "is no manifest of requests",
            mend="give the requests.json that 'declare request' wrote",
            file=path.name,
        ) from error


def _request(one: Mapping[str, Any]) -> Request:
    supplier = one["supplier"]
    return Request(
        one["id"],
        one["requester"],
        Supplier(
            supplier["name"], supplier["cage"], tuple(supplier["written"]), supplier["contact"]
        ),
        one["contract"],
        one["clauses"],
        date.fromisoformat(one["due"]) if one["due"] else None,
        tuple(Asked(**row) for row in one["rows"]),
    )
