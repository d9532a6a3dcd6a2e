"""The report of `check`: each policy file and how it stands."""

from __future__ import annotations

from collections.abc import Sequence

from salescli.core.table import Column, Report, Table
from salescli.core.title import Title

Row = tuple[str, str, int, int]


def build_checked(rows: Sequence[Row]) -> Report:
    """Build the list of checked files: (file, kind, errors, warnings)."""
    columns = (
        Column("file", Title("文件", "File"), "id"),
        Column("kind", Title("类别", "Kind"), "id"),
        Column("errors", Title("错误", "Errors"), "count"),
        Column("warnings", Title("警告", "Warnings"), "count"),
    )
    count = len(rows)
    wrong = sum(1 for _, _, errors, _ in rows if errors)
    zh, en = f"检查了 {count} 个文件", f"{count} {'file' if count == 1 else 'files'} checked"
    title = (
        Title(f"{zh},{wrong} 个有错误", f"{en}, {wrong} with errors")
        if wrong
        else Title(f"{zh},没有错误", f"{en}, no errors")
    )
    return Report("check", title, (Table("files", columns, tuple(rows)),))
