"""The cases of `tools/bench.py`, one module per subject."""
