"""The formats of an assessment: one module each, and each renders an `Assessment` and nothing else."""
