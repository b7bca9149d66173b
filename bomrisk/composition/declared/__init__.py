"""Material declarations: what a part is made of as its supplier states it, which outranks recognition."""

from __future__ import annotations

from bomrisk.composition.declared.applying import declare
from bomrisk.composition.declared.model import (
    FIELD,
    Amount,
    DeclaredPart,
    DeclaredSubstance,
    MaterialDeclarations,
)
from bomrisk.composition.declared.reading import read_materials
from bomrisk.composition.declared.workbook import DeclarationsInside

__all__ = [
    "FIELD",
    "Amount",
    "DeclarationsInside",
    "DeclaredPart",
    "DeclaredSubstance",
    "MaterialDeclarations",
    "declare",
    "read_materials",
]
