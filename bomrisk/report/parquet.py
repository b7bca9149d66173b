"""The assessment as a folder of Parquet files, one a table, for programs and for very long BOMs."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from bomrisk.assessment import Assessment
from bomrisk.tables import TABLES


def write(assessment: Assessment, folder: Path, *, leave_out: Sequence[str] = ()) -> None:
    """Write each table, and meta with the answer as `assessment.json`, into a folder.

    `leave_out` names tables that are not written, such as `contents`, which is long and can be
    worked out from `materials` and `compositions`.
    """
    for name in TABLES:
        if name not in leave_out:
            assessment.published(name).write_parquet(folder / f"{name}.parquet", statistics=False)
    head = {
        "meta": assessment.meta.model_dump(mode="json"),
        "answer": assessment.answer.model_dump(mode="json"),
    }
    text = json.dumps(head, ensure_ascii=False, indent=1) + "\n"
    (folder / "assessment.json").write_text(text, encoding="utf-8")
