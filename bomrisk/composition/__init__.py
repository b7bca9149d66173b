"""Materials to element masses, low, likely and high, rolled up through the assembly."""

from __future__ import annotations

from bomrisk.composition.declared import DeclarationsInside, MaterialDeclarations, read_materials
from bomrisk.composition.masses import Composition, compose
from bomrisk.composition.review import matches_to_review

__all__ = [
    "Composition",
    "DeclarationsInside",
    "MaterialDeclarations",
    "compose",
    "matches_to_review",
    "read_materials",
]
