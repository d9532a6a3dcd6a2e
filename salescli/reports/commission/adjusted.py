"""Manual adjustments and disputes as reports show them: what, why, who decided, who approved, where it was read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from salescli.core.commission.adjusting import AdjustmentLine
from salescli.core.table import Column, Table, Value
from salescli.core.title import Language, Title
from salescli.reports.commission.columns import PaidPerson, key_column, money, sum_of, text, words

TITLE = Title("手工调整(不经门槛、系数与上限)", "Manual adjustments (outside gates, factors and limits)")
CHANGES = {
    "late": Title("迟到", "late"),
    "changed": Title("改动", "changed"),
    "removed": Title("撤销", "taken back"),
}
STATES = {
    "open": Title("待答复", "open"),
    "answered": Title("已答复", "answered"),
    "accepted": Title("已采纳", "accepted"),
    "rejected": Title("已驳回", "rejected"),
    "withdrawn": Title("已撤回", "withdrawn"),
}


@dataclass(frozen=True, slots=True)
class Dispute:
    """One question about a month's commission, and where it stands."""

    key: str
    month: str
    about: str  # the transaction or component that it is about
    question: str
    state: str
    raised_on: date | None = None
    raised_by: str = ""
    answer: str = ""
    answered_by: str = ""
    answered_on: date | None = None
    settled_by: tuple[str, ...] = ()  # the adjustments that name it
    person: str = ""
    source: str = ""


def approval_words(line: AdjustmentLine) -> Title:
    """Say who approved an adjustment and when, or that nobody has."""
    if not line.approved_by:
        return Title("未审批", "not approved")
    day = f" {line.approved_on}" if line.approved_on else ""
    return Title(f"{line.approved_by}{day}", f"{line.approved_by}{day}")


def cause_words(line: AdjustmentLine) -> Title:
    """Say why an adjustment of an earlier month is posted now, "" in its own month."""
    return CHANGES.get(line.change, Title("", ""))


def _columns(currency: str) -> tuple[Column, ...]:
    return (
        Column("adjustment", Title("调整", "Adjustment"), "id"),
        Column("month", Title("月份", "Month"), "id"),
        text("component", "组件", "Component"),
        money("adjusted", "金额", "Amount", currency),
        words("reason", "原因", "Reason"),
        text("author", "调整人", "By"),
        text("approval", "审批", "Approval"),
        words("note", "说明", "Note"),
    )


def _cells(person: PaidPerson, line: AdjustmentLine, language: Language) -> tuple[Value, ...]:
    titles = {one.component: one.title.text(language) for one in person.result.components}
    about = Title(f"疑问 {line.dispute}", f"dispute {line.dispute}").text(language) if line.dispute else ""
    note = " · ".join(part for part in (cause_words(line).text(language), about) if part)
    return (
        line.key, f"{line.period:%Y-%m}", titles.get(line.component, line.component), line.amount, line.reason,
        line.author, approval_words(line).text(language), note,
    )  # fmt: skip


def adjustments_of_one(person: PaidPerson, sources: Mapping[str, str], language: Language) -> Table:
    """Build a statement's table of manual adjustments."""
    columns = (*_columns(person.result.currency), text("source", "来源", "Source"))
    rows = [(*_cells(person, line, language), sources.get(line.key, "")) for line in person.result.adjustments]
    return _table(columns, rows, ("component", "author", "note", "source"))


def adjustments_of_all(people: Sequence[PaidPerson], currency: str, language: Language) -> Table:
    """Build a register's table of manual adjustments."""
    columns = (key_column(), text("person", "姓名", "Person"), *_columns(currency))
    rows = [(one.number, one.name, *_cells(one, line, language)) for one in people for line in one.result.adjustments]
    return _table(columns, rows, ("key", "component", "author", "note"))


def _table(columns: Sequence[Column], rows: Sequence[tuple[Value, ...]], optional: Sequence[str]) -> Table:
    """Leave out optional columns that hold nothing, and add the amounts up."""
    kept = [at for at, one in enumerate(columns) if one.key not in optional or any(row[at] for row in rows)]
    shown = tuple(columns[at] for at in kept)
    cells = tuple(tuple(row[at] for at in kept) for row in rows)
    total = tuple(sum_of(row[at] for row in cells) if one.kind == "money" else None for at, one in enumerate(shown))
    return Table("adjustments", shown, cells, TITLE, total)


def disputes_of_one(disputes: Sequence[Dispute], language: Language) -> Table:
    """Build a statement's table of what its person asked about the month, with the answers."""
    columns = (
        Column("dispute", Title("疑问", "Dispute"), "id"),
        text("about", "关于", "About"),
        text("question", "内容", "Question"),
        text("state", "状态", "State"),
        text("answer", "答复", "Answer"),
        text("settled", "调整", "Adjustment"),
    )
    rows = [
        (
            one.key, one.about, dated(one.question, one.raised_on), STATES[one.state].text(language),
            dated(one.answer, one.answered_on, one.answered_by), " ".join(one.settled_by),
        )
        for one in disputes
    ]  # fmt: skip
    kept = [at for at in range(len(columns)) if columns[at].key not in ("about", "settled") or any(r[at] for r in rows)]
    cells = tuple(tuple(row[at] for at in kept) for row in rows)
    return Table("disputes", tuple(columns[at] for at in kept), cells, Title("疑问与答复", "Disputes"))


def dated(words: str, day: date | None, who: str = "") -> str:
    """Return what somebody said, with when and who."""
    beside = " ".join(part for part in (who, str(day) if day else "") if part)
    return f"{words} ({beside})" if words and beside else words
