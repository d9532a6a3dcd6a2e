"""The reports there are, for the command line; names and sentences only."""

from __future__ import annotations

from salescli.reports.registry import REPORTS, Entry, find_report

__all__ = ["REPORTS", "Entry", "find_report"]
