"""Write the generated parts of docs/data-sources.md from the shipped knowledge.

python -m tools.build_data_docs            # write
python -m tools.build_data_docs --check    # exit 1 if the page is not up to date
"""

from __future__ import annotations

import argparse
import re
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path

from bomrisk.knowledge import Knowledge
from bomrisk.knowledge.check import CHECKS
from bomrisk.knowledge.countries import country_name
from bomrisk.knowledge.model import Evidence, ShareSet
from bomrisk.knowledge.status import status_of

PAGE = Path(__file__).resolve().parent.parent / "docs" / "data-sources.md"

MEANINGS = {
    "materials": "alloys, magnets, compounds and component materials with composition and names",
    "part_rules": "types of part that hold materials they do not name",
    "platforms": "public claims about platforms and their subsystems; none is a bill of materials",
    "bands": "limits of the bands, weights of evidence, priors: judgements, changeable by an overlay",
    "commodities": "elements, products, minerals and groups; the stages an element passes",
    "contradictions": "compositions on which sources disagree with the one used here",
    "controls": "export controls with the days on which they bind and their suspensions",
    "country_sets": "named sets of countries with the citation that defines them",
    "derived_shares": "element mining by country: tonnes times deposit assays, with low and high",
    "disagreements": "where the sources of supply figures and of the law disagree, in words",
    "elasticities": "price elasticities and price multiples of past events",
    "events": "the timeline",
    "facilities": "mines and plants with their latest status and the one before",
    "families": "classes of material, their file, and the product whose shares speak of them",
    "grades": "magnet grades of vendors",
    "import_reliance": "US net import reliance 2021-25 and import sources 2021-24",
    "import_reliance_groups": "which row of import reliance speaks of which element",
    "lead_times": "months to build, qualify or restart",
    "prices": "prices by year with their basis",
    "published_shares": "every share found, the sets behind the recommended ones",
    "recycling_substitution": "end-of-life recycling, substitution, EU supply risk by study year",
    "routes": "documented flows between stages: shown, never a constraint",
    "routes_constraints": "the few routes that may constrain a flow, by date",
    "rules": "register of rules and policies",
    "shares": "the recommended share set of each commodity and stage",
    "sources": "the register of sources",
    "stages": "stage words of the data and of the law",
    "stockpile": "US stockpile: holdings, plans, funding",
    "trade_factor": "the trade factor of the EU formula by kind of control",
    "wgi": "World Bank governance, six dimensions, 2021-2023",
}


def page(text: str, knowledge: Knowledge) -> str:
    """The page with its generated parts written anew."""
    for name, lines in (
        ("tables", _tables(knowledge)),
        ("shares", _share_sets(knowledge)),
        ("unknown", _unknown(knowledge)),
        ("disagreements", _disagreements(knowledge)),
        ("checks", (f"- {name}" for name, _ in CHECKS)),
    ):
        block = "\n".join(lines)
        text = re.sub(
            rf"(<!-- begin {name} -->\n).*?(<!-- end {name} -->)",
            lambda found, block=block: f"{found[1]}{block}\n{found[2]}",  # type: ignore[misc]
            text,
            flags=re.DOTALL,
        )
    return text


def _table(headings: Sequence[str], rows: Iterable[Sequence[object]]) -> Iterable[str]:
    yield "| " + " | ".join(headings) + " |"
    yield "|" + "---|" * len(headings)
    for row in rows:
        yield "| " + " | ".join(str(cell) for cell in row) + " |"


def _tables(knowledge: Knowledge) -> Iterable[str]:
    status = status_of(knowledge)
    rows = [
        (
            f"`{one.name}`",
            one.rows,
            *(count or "" for count in (one.verified, one.derived, one.recalled)),
            f"{one.oldest[:4]}-{one.newest[:4]}" if one.oldest and one.newest else "",
            MEANINGS[one.name],
        )
        for one in status.tables
    ]
    headings = ("table", "rows", "verified", "derived", "recalled", "figures of", "what it holds")
    return _table(headings, rows)


def _share_sets(knowledge: Knowledge) -> Iterable[str]:
    rows = []
    for one in knowledge.share_sets():
        first = max(one.shares, key=lambda s: (s.country != "OTH", s.share))
        grade = Evidence.weakest([share.evidence for share in one.shares])
        rows.append(
            (
                one.commodity,
                one.stage,
                one.year,
                f"{country_name(first.country)} {first.share:.3f}",
                _china(one),
                grade.value if grade else "",
                ", ".join(sorted({s for share in one.shares for s in share.source_ids})),
            )
        )
    headings = ("commodity", "stage", "year", "greatest", "China", "weakest grade", "sources")
    return _table(headings, rows)


def _china(one: ShareSet) -> str:
    low, point, high = one.share_of(frozenset({"CHN"}))
    return f"{point:.3f}" if high - low < 0.0005 else f"{point:.3f} ({low:.3f}-{high:.3f})"


def _unknown(knowledge: Knowledge) -> Iterable[str]:
    steps = [
        f"{row['commodity']} {stage}"
        for row in knowledge.table("commodities")
        for stage in knowledge.chain(row["commodity"])
        if row["kind"] == "element" and knowledge.shares(row["commodity"], stage) is None
    ]
    yield ", ".join(steps) + "."


def _disagreements(knowledge: Knowledge) -> Iterable[str]:
    for row in knowledge.table("disagreements"):
        where = " ".join(part for part in (row["commodity"], row["stage"]) if part)
        yield f"- **{where}**: {row['text']} ({row['source_ids'].replace(';', ', ')})"


def main() -> None:
    """Write the page, or check it."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--check", action="store_true", help="only say whether it is up to date")
    arguments = parser.parse_args()
    old = PAGE.read_text(encoding="utf-8")
    new = page(old, Knowledge())
    if arguments.check:
        sys.exit(f"{PAGE.name} is not up to date" if old != new else 0)
    PAGE.write_text(new, encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
