"""The auditor's room: manifest, verification and comparison of assessments.

Every output already carries what a rerun needs (input hashes, knowledge digest, as-of date, settings):
see `bomrisk.assessment.meta`. Signed packs and comparisons are not in this version.
"""
