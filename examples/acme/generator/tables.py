"""Write tables as a CRM exports them: CSV, CRLF, MM/DD/YYYY, amounts with a point."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Any


def write_csv(path: Path, header: Sequence[str], rows: Iterable[Sequence[Any]], *, bom: bool = False) -> None:
    """Write one file; None is an empty cell, a date is written as Americans write it."""
    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(header)
    writer.writerows([_cell(each) for each in row] for row in rows)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text.getvalue().encode("utf-8-sig" if bom else "utf-8"))


def us_day(day: date) -> str:
    """Write a date as MM/DD/YYYY."""
    return f"{day.month:02d}/{day.day:02d}/{day.year}"


def plain(cents: int) -> str:
    """Write an amount as 45000.00."""
    return f"{cents // 100}.{cents % 100:02d}"


def grouped(cents: int) -> str:
    """Write an amount as 45,000.00."""
    return f"{cents // 100:,}.{cents % 100:02d}"


def _cell(value: Any) -> str:
    if value is None:
        return ""
    return us_day(value) if isinstance(value, date) else str(value)
