"""Build bomrisk/knowledge/data from a folder of facts.

    python -m tools.build_knowledge FACTS_DIR

The folder holds materials/, supply/, rules/ and events.csv. The result is the same bytes for the same
facts. Nothing of it is edited by hand: what is hand-written (controls, families, chains, limits of the
bands, the sources behind the events) stands in tools/knowledge/ with its reasons.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

from tools.knowledge import law, materials, sources, supply
from tools.knowledge.disagreements import write_disagreements

EDITION = "2026-11-23"
MODEL = 1
"""Version of the form of these tables; a reader of another version refuses them."""

DATA = Path(__file__).resolve().parent.parent / "bomrisk" / "knowledge" / "data"


def build(facts: Path, data: Path) -> None:
    """Write every table of the knowledge into `data`."""
    data.mkdir(parents=True, exist_ok=True)
    vendor_ids = sources.vendor_source_ids(facts)
    materials.build(facts, data, vendor_ids)
    supply.build(facts, data)
    law.build(facts, data)
    sources.build(facts, data, vendor_ids)
    write_disagreements(data)
    (data / "edition.json").write_bytes(
        (json.dumps({"edition": EDITION, "model": MODEL}, indent=2) + "\n").encode()
    )


def main() -> None:
    """Read the arguments and build."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("facts", type=Path, help="folder of facts")
    parser.add_argument("--data", type=Path, default=DATA, help="folder to write")
    arguments = parser.parse_args()
    build(arguments.facts, arguments.data)
    print(f"built {arguments.data}")


if __name__ == "__main__":
    main()
