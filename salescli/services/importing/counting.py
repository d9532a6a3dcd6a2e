"""The rows of a sheet that was read, accounted for."""

from __future__ import annotations

from salescli.importers.result import SheetReport
from salescli.reports.import_rows import Counted


def count_rows(report: SheetReport, rejected: int | None = None) -> Counted:
    """Count the rows of a sheet; `rejected` where the store has rejected more of them."""
    bad = len(report.rejected) if rejected is None else rejected
    return Counted(
        rows=report.rows_below_header,
        taken=report.rows_below_header - report.skipped - bad,
        rejected=bad,
        blank=report.blank_rows,
        totals=report.totals_rows,
        repeated=report.repeated_rows,
        footnotes=report.footnote_rows,
        title_rows=report.title_rows,
        hidden=report.hidden_rows,
    )
