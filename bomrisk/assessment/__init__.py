"""The result of a run: its tables, what it was made from, and the answer read first.

Every format renders an `Assessment` and nothing else.
"""

from bomrisk.assessment.answer import Answer, Blocking, Owed, RegimeAnswer, answer_of
from bomrisk.assessment.assessment import Assessment
from bomrisk.assessment.companions import Companions, read_companions
from bomrisk.assessment.meta import CompanionFile, InputFile, KnowledgeUsed, Meta, TableRead

__all__ = [
    "Answer",
    "Assessment",
    "Blocking",
    "CompanionFile",
    "Companions",
    "InputFile",
    "KnowledgeUsed",
    "Meta",
    "Owed",
    "RegimeAnswer",
    "TableRead",
    "answer_of",
    "read_companions",
]
