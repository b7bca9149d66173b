"""Proofs of the knowledge: each module is a row of plain functions that return problems with the mend."""
