"""Report of what was submitted bottom-up beside the targets: target, submitted, gap and share, and who lacks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Literal

from salescli.core.money import decimal_places, smallest_amount
from salescli.core.quotas.submissions import Compared
from salescli.core.table import Column, ColumnKind, Ratio, Report, Table, Value
from salescli.core.title import Title

NOT_SUBMITTED = Title("未上报", "not submitted")
NO_TARGET = Title("无目标", "no target")
_KINDS = {"company": Title("公司", "Company"), "team": Title("团队", "Team"), "person": Title("人员", "Person")}
_SHOWN = 12  # people without a submission who are named under the table


@dataclass(frozen=True, slots=True)
class SubmissionRow:
    """One line: the company, a team, or a person with the number."""

    holder: Literal["company", "team", "person"]
    name: str
    key: str
    compared: Compared


def build_submissions_report(rows: Sequence[SubmissionRow], metric: Title, period: str, currency: str) -> Report:
    """Build the report of a period: company, teams and people, each against its own target."""
    table = build_submissions_table(rows, currency)
    title = Title(f"上报与目标 · {metric.zh} · {period}", f"Submissions and targets · {metric.en} · {period}")
    footer = [
        Title(
            "缺口 = 上报 − 同月目标;团队未自报时为其人员上报之和,缺人时不算缺口",
            "gap = submitted − target of the same months; a team that submitted nothing is the sum of its people, "
            "without a gap while one of them lacks",
        )
    ]
    lacking = [row for row in rows if row.holder == "person" and row.compared.submitted is None]
    if lacking:
        names = [f"{row.name} {row.key}" if row.key != row.name else row.name for row in lacking]
        more = f" … ({len(names)})" if len(names) > _SHOWN else ""
        shown = names[:_SHOWN]
        footer.append(
            Title(f"未上报 {len(names)} 人:{'、'.join(shown)}{more}", f"{len(names)} lack: {', '.join(shown)}{more}")
        )
    return Report("submissions", title, (table,), tuple(footer))


def build_submissions_table(rows: Sequence[SubmissionRow], currency: str) -> Table:
    """Build the table of top-down beside bottom-up."""
    kind: ColumnKind = "money" if currency else "quantity"
    places = decimal_places(smallest_amount(currency)) if currency else None
    columns = (
        Column("holder", Title("层级", "Holder")),
        Column("name", Title("名称", "Name")),
        Column("key", Title("编号", "Key"), "id", give_way="narrow"),
        Column("target", Title("全期目标", "Target"), kind, currency, places, blank=NO_TARGET),
        Column("months", Title("上报月数", "Months submitted"), "count", give_way="empty"),
        Column("beside", Title("同月目标", "Target of these"), kind, currency, places, give_way="empty"),
        Column("submitted", Title("上报", "Submitted"), kind, currency, places, blank=NOT_SUBMITTED),
        Column("gap", Title("缺口", "Gap"), kind, currency, places),
        Column("share", Title("上报/目标", "Submitted / target"), "ratio", thresholds=(Fraction(1),)),
        Column("lacking", Title("缺", "Lack"), "count", give_way="empty"),
    )
    title = Title("自下而上:上报", "Bottom-up: submitted")
    return Table("submissions", columns, tuple(_line(row) for row in rows), title)


def _line(row: SubmissionRow) -> tuple[Value, ...]:
    one = row.compared
    gap = one.gap
    share = Ratio(one.submitted, one.target) if gap is not None and one.submitted is not None and one.target else None
    return (
        _KINDS[row.holder],
        row.name or _KINDS["company"],
        row.key,
        one.whole_target,
        len(one.months) or None,
        one.target,
        one.submitted,
        gap,
        share,
        len(one.lacking) or None,
    )
