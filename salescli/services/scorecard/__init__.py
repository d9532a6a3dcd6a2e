"""Scorecards as use cases: measure, run, close, show, explain; and the grades that commission reads."""
