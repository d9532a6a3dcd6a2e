"""The rows of an imported sheet, accounted for: what was taken, and what was left out, by kind."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import astuple, dataclass

from salescli.core.title import Title


@dataclass(frozen=True, slots=True)
class Counted:
    """Rows below a header = taken + rejected + blank + totals + repeated + footnotes + ended; titles stand above it.

    Hidden rows are read like others, and only counted. Of a sheet with a column per month what is counted is figures.
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
    ended: int = 0  # figures in whose place a word says that their record ends
    zero: int = 0  # of the figures taken, those that are 0
    figures: int = 0  # of these rows, those of sheets with a column per month, where every figure is counted

    @property
    def skipped(self) -> int:
        """Rows that are no records."""
        return self.blank + self.totals + self.repeated + self.footnotes + self.ended


def add_counts(parts: Iterable[Counted]) -> Counted:
    """Return the counts of several sheets together."""
    rows = [astuple(part) for part in parts]
    return Counted(*map(sum, zip(*rows, strict=True))) if rows else Counted()


_KINDS = (
    ("title_rows", "标题", "title row"),
    ("totals", "合计", "totals row"),
    ("blank", "空", "blank row"),
    ("repeated", "重复", "repeated row"),
    ("footnotes", "附注", "row of notes"),
)


def skipped_title(counts: Counted) -> Title | None:
    """Say what was left out by kind, and how many rows are hidden; None where nothing is to be said."""
    if counts.figures and counts.figures == counts.rows:
        return _figures_title(counts)
    found = [(zh, en, count) for name, zh, en in _KINDS if (count := getattr(counts, name))]
    zh, en = "", ""
    if found:
        zh = "跳过" + "、".join(f"{word} {count:,} 行" for word, _, count in found)
        en = "skipped " + ", ".join(_counted(count, word) for _, word, count in found)
    if counts.hidden:
        zh += f"{',' if zh else ''}有 {counts.hidden:,} 行是隐藏的(照常读取)"
        en += f"{'; ' if en else ''}{_counted(counts.hidden, 'row')} hidden (read like the others)"
    return Title(zh, en) if zh else None


def _figures_title(counts: Counted) -> Title | None:
    """Say of a sheet with a column per month which cells gave nothing: not stated, ended, or in a row of totals."""
    zh, en = [], []
    rest = counts.totals + counts.repeated + counts.footnotes
    if counts.blank:
        zh.append(f"{counts.blank:,} 格空白(未说明,保持不变)")
        en.append(f"{counts.blank:,} blank (not stated, left as they are)")
    if counts.zero:
        zh.append(f"{counts.zero:,} 格为 0(目标为零)")
        en.append(f"{counts.zero:,} zero (a target of nothing)")
    if counts.ended:
        zh.append(f"{counts.ended:,} 格写明终止")
        en.append(f"{counts.ended:,} said to end")
    if rest:
        zh.append(f"{rest:,} 格在合计、重复或附注行")
        en.append(f"{rest:,} in rows of totals, repeats or notes")
    if not zh:
        return None
    return Title(
        f"按月展开,共 {counts.rows:,} 格:" + "、".join(zh),
        f"a column per month, {counts.rows:,} figures: " + ", ".join(en),
    )


def _counted(count: int, word: str) -> str:
    if count == 1:
        return f"1 {word}"
    return f"{count:,} {word.replace('row', 'rows', 1)}"
