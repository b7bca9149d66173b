"""What is known: materials, part rules, shares, plants, law and events, each figure with its source.

`Knowledge` loads the tables of `data/` lazily; `check` proves them; `overlay` merges a user's own file.
"""

from __future__ import annotations

from bomrisk.knowledge.store import Knowledge

__all__ = ["Knowledge"]
