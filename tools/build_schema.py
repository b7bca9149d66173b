"""Write the JSON Schema of an assessment beside the code that renders it."""

from __future__ import annotations

import json
from pathlib import Path

from bomrisk.report.json import schema

TARGET = Path(__file__).parent.parent / "bomrisk" / "report" / "assessment.schema.json"

if __name__ == "__main__":
    TARGET.write_text(json.dumps(schema(), indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    print(TARGET)
