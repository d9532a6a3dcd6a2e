"""Whether a day is worked: 调休 is announced for one year at a time."""

from __future__ import annotations

from salescli.core.records import kinds
from salescli.core.records.fields import day, field, text
from salescli.core.records.model import RecordType
from salescli.core.title import Title

RECORD = RecordType(
    name="calendar-day",
    titles=Title("工作日历", "Calendar day"),
    aliases=("calendar", "calendar days", "holidays", "日历", "节假日", "放假安排"),
    key=("date",),
    fields=(
        day("date", "日期", "Date", required=True),
        field(kinds.FLAG, "working", "是否工作日", "Working", "工作日", "上班", "workday", required=True),
        text("name", "名称", "Name", "节日", "holiday"),
    ),
    date="date",
)
