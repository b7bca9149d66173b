"""bomrisk: from a bill of materials to the countries that make its magnets, alloys and compounds.

The public API is loaded on first use, so that `import bomrisk` costs next to nothing:

>>> import bomrisk
>>> assessment = bomrisk.assess("bom.xlsx")                     # doctest: +SKIP
>>> assessment.answer.verdict                                   # doctest: +SKIP
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

__version__ = "0.1.0"

_HOMES = {
    "assess": "bomrisk.pipeline",
    "Assessment": "bomrisk.assessment",
    "BomriskError": "bomrisk.errors",
    "Contract": "bomrisk.compliance",
    "Knowledge": "bomrisk.notebook",
    "Options": "bomrisk.pipeline",
}

__all__ = ["Assessment", "BomriskError", "Contract", "Knowledge", "Options", "assess"]

if TYPE_CHECKING:
    from bomrisk.assessment import Assessment
    from bomrisk.compliance import ContractFacts as Contract
    from bomrisk.errors import BomriskError
    from bomrisk.notebook import Knowledge
    from bomrisk.pipeline import Options, assess


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'bomrisk' has no attribute {name!r}")
    module = import_module(_HOMES[name])
    return getattr(module, "ContractFacts" if name == "Contract" else name)
