"""Proofs of what ambiguous columns mean: dates by layout, bare figures of percentage columns."""
