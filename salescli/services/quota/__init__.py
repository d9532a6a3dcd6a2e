"""Targets and quotas over the store: split, accept, show, attainment."""
