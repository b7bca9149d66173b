"""The HTML report: one self-contained file that opens offline, from an attachment, under a strict policy.

Nothing is loaded from anywhere: styles and scripts stand in the page and are allowed by their hashes, the
lines are packed data. No clock, no randomness: the same assessment gives the same bytes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bomrisk.assessment import Assessment
from bomrisk.report import assets, figures
from bomrisk.report.appendix import appendix_of
from bomrisk.report.cards import anchors_of, cards_of
from bomrisk.report.columns import base64_of
from bomrisk.report.judgements import findings_of
from bomrisk.report.linetable import STATIC_ROWS, shown_lines, standing_of, static_lines
from bomrisk.report.matrix import matrix_of
from bomrisk.report.payload import payload_of
from bomrisk.report.remainder import excluded_of, not_understood
from bomrisk.report.rollups import rollups_of
from bomrisk.report.sources import SourceIndex
from bomrisk.report.summary import summary_of
from bomrisk.report.timeline import timeline_of
from bomrisk.report.wording import BANDS, CODES, GRADES

if TYPE_CHECKING:
    from jinja2 import Environment


def render(assessment: Assessment) -> str:
    """The whole report as one HTML text, UTF-8, ending in a newline.

    Up to 100,000 lines are in the page; above that the worst 5,000, and the page says so.
    """
    sources = SourceIndex(assessment.sources)
    cards = cards_of(assessment, sources)
    standing = standing_of(assessment)
    lines = shown_lines(assessment, standing)
    payload = payload_of(assessment, standing, lines, anchors_of(cards))
    style, script, table_script = (
        assets.style(assessment.meta.marking),
        assets.script(),
        assets.table_script(),
    )
    return (
        _environment()
        .get_template(assets.ENTRY)
        .render(
            meta=assessment.meta,
            policy=policy(style, table_script, script),
            style=style,
            script=script,
            table_script=table_script,
            summary=summary_of(assessment),
            matrix=matrix_of(assessment),
            rules=findings_of(assessment),
            rollups=rollups_of(assessment),
            standing=standing,
            static_lines=static_lines(assessment, standing),
            static_limit=STATIC_ROWS,
            lines_shown=lines.height,
            left_out=payload.left_out,
            data=base64_of(payload.text),
            cards=cards,
            anchors=anchors_of(cards),
            unread=not_understood(assessment),
            excluded=excluded_of(assessment),
            timeline=timeline_of(assessment, sources),
            appendix=appendix_of(assessment, sources),
            bands=BANDS,
            codes=CODES,
            grades=GRADES,
        )
    )


def policy(style: str, *scripts: str) -> str:
    """The Content-Security-Policy of the page: nothing from anywhere, styles and scripts by hash."""
    hashes = " ".join(assets.hash_source(script) for script in scripts)
    return "; ".join(
        (
            "default-src 'none'",
            f"script-src {hashes}",
            f"style-src {assets.hash_source(style)}",
            "img-src data:",
            "base-uri 'none'",
            "form-action 'none'",
        )
    )


def _environment() -> Environment:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    environment = Environment(
        loader=FileSystemLoader(assets.folder()),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters.update(
        percent=figures.percent,
        count=figures.count,
        counted=figures.counted,
    )
    return environment
