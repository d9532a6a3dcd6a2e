"""The rows of an imported sheet, accounted for: what was taken, and what was left out, by kind."""

from __future__ import annotations

from dataclasses import dataclass

from salescli.core.title import Title


@dataclass(frozen=True, slots=True)
class Counted:
    """Rows below a header = taken + rejected + blank + totals + repeated + footnotes; titles stand above it.

    Hidden rows are read like others, and only counted.
    """

    rows: int = 0
    taken: int = 0
    rejected: int = 0
    blank: int = 0
    totals: int = 0
    repeated: int = 0
    footnotes: int = 0
    title_rows: int = 0
    hidden: int = 0

    @property
    def skipped(self) -> int:
        """Rows that are no records."""
        return self.blank + self.totals + self.repeated + self.footnotes


_KINDS = (
    ("totals", Title("合计", "totals")),
    ("blank", Title("空行", "blank")),
    ("repeated", Title("重复", "repeated")),
    ("footnotes", Title("附注", "footnotes")),
)


def skipped_title(counts: Counted) -> Title | None:
    """Say what was left out by kind, and how many rows are hidden; None where nothing is to be said."""
    said = [
        Title(f"{title.zh} {count}", f"{count} {title.en}")
        for name, title in _KINDS
        if (count := getattr(counts, name))
    ]
    zh = f"跳过{'、'.join(one.zh for one in said)}" if said else ""
    en = f"skipped {', '.join(one.en for one in said)}" if said else ""
    if counts.hidden:
        zh = f"{zh}{',' if zh else ''}其中隐藏 {counts.hidden:,} 行(照常读取)"
        en = f"{en}{'; ' if en else ''}{counts.hidden:,} hidden (read like the others)"
    return Title(zh, en) if zh else None
