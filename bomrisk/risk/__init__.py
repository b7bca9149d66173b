"""Indicators of supply risk with the names of their papers, bands with their reasons, uncertainty."""

from bomrisk.risk.bands import BANDS, Thresholds
from bomrisk.risk.score import score_lines

__all__ = ["BANDS", "Thresholds", "score_lines"]
