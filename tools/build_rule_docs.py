"""Write docs/rules/: a page per rule family, made from the docstrings of the rules.

usage: python tools/build_rule_docs.py [--check]

With --check nothing is written; the exit code is 1 where a page is not what the rules say.
"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bomrisk.compliance import Rule, all_rules

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "rules"

FAMILIES = {
    "7018": "Magnets, tantalum, tungsten: DFARS 225.7018 and clause 252.225-7052",
    "4872": "The statute ahead of the clause: 10 USC 4872, and what is pending",
    "7003": "Specialty metals: DFARS 225.7003 and clauses 252.225-7008 and -7009",
    "readiness": "Disclosures, readiness and the clause register",
    "1211": "Chinese military companies: sec. 1211",
    "4865": "Advanced batteries: 10 USC 4865",
    "china": "Chinese export controls",
    "duties": "US duties",
    "eu": "EU Critical Raw Materials Act",
    "lists": "Reference lists",
}

ADVICE = (
    "Decision support, not legal advice. Each page says which texts were read and which are only known at"
    " second hand or by recall; what is only recalled decides nothing alone."
)


def page(family: str, title: str, rules: list[Rule]) -> str:
    """The page of a family: its rules in the order of judgement, each with dates, status and text."""
    parts = [f"# {title}", ADVICE]
    for rule in rules:
        summary, _, body = rule.page.partition("\n\n")
        days = "not known" if rule.effective_from is None else rule.effective_from.isoformat()
        end = rule.effective_to.isoformat() if rule.effective_to else "open"
        parts += [
            f"## {rule.id}",
            f"*{summary.strip()}*",
            "\n".join(
                (
                    "| | |",
                    "|---|---|",
                    f"| citation | {rule.citation} |",
                    f"| from, to | {days}, {end} |",
                    f"| decided by the day of | {rule.clock.value} |",
                    f"| kind | {rule.kind.value} |",
                    f"| status | {rule.status} |",
                )
            ),
            body.strip(),
        ]
    parts.append(
        f"Made from bomrisk/compliance/rules by tools/build_rule_docs.py (family {family})."
    )
    return "\n\n".join(parts) + "\n"


def index(families: dict[str, list[Rule]]) -> str:
    """The list of families and rules."""
    parts = ["# Rules", ADVICE]
    parts.append(
        "Results: PASS, FAIL, EXEMPT (an exception holds), NOT_APPLICABLE, REVIEW (a person must decide),"
        " INCOMPLETE (a demanded fact lacks; unknown never passes), WATCH (nothing to decide now)."
    )
    for family, title in FAMILIES.items():
        parts.append(f"## [{title}]({family}.md)")
        parts.append("\n".join(f"- {rule.id}: {rule.title}" for rule in families[family]))
    return "\n\n".join(parts) + "\n"


def pages() -> dict[str, str]:
    """Every page by its file name."""
    families: dict[str, list[Rule]] = {family: [] for family in FAMILIES}
    for rule in all_rules().values():
        families[rule.family].append(rule)
    made = {f"{family}.md": page(family, FAMILIES[family], families[family]) for family in FAMILIES}
    return {"README.md": index(families), **made}


def main() -> int:
    """Write the pages, or compare them."""
    made = pages()
    if "--check" in sys.argv[1:]:
        stale = [
            name
            for name, text in made.items()
            if not (FOLDER / name).is_file() or (FOLDER / name).read_text(encoding="utf-8") != text
        ]
        for name in stale:
            print(f"{FOLDER / name}: not what the rules say; run python tools/build_rule_docs.py")
        return int(bool(stale))
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, text in made.items():
        (FOLDER / name).write_text(text, encoding="utf-8")
    print(f"{len(made)} pages in {FOLDER}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
