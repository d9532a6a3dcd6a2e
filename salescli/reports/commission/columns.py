"""Columns and words that the reports of commission share."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING

from salescli.core.commission.result import ComponentResult, Difference, PayeeResult
from salescli.core.money import total
from salescli.core.table import Column, Table, Value
from salescli.core.title import Title

if TYPE_CHECKING:
    from salescli.reports.commission.adjusted import Dispute

STATES = {"draft": Title("草稿", "draft"), "closed": Title("已关账", "closed"), "paid": Title("已发放", "paid")}
CAUSES = {
    "late-receipt": Title("迟到的回款", "a late receipt"),
    "late-refund": Title("后来的退款", "a later refund"),
    "late": Title("迟到的业绩", "late credits"),
    "changed": Title("业绩更正", "corrected credits"),
    "gone": Title("业绩撤销", "credits taken back"),
    "share": Title("业绩分成变动", "another share (credit split)"),
    "owner": Title("归属变动(负责人或团队)", "credited otherwise (owner or team changed)"),
    "amount": Title("金额更正", "a corrected amount"),
    "date": Title("日期更正", "another date"),
    "contract": Title("改挂合同", "another contract"),
    "rate": Title("汇率变动", "another exchange rate"),
    "grade": Title("考核等级", "a grade"),
    "credits": Title("业绩变动", "its credits changed"),
    "unposted": Title("以前未发放", "nothing was posted for it before"),
    "position": Title("此前业绩变动,档位随之变化", "earlier credits moved the position"),
    "special-rate": Title("特批费率变动", "a special rate changed"),
    "own-terms": Title("个人条款变动", "own terms changed"),
    "group": Title("团队合计变动", "the group's figure changed"),
    "other-facts": Title("目标、绩效、指标或个人条款变动", "a quota, grade, reading or special term changed"),
    "restated": Title("按今天的方案与口径重述", "restated by today's plan and metrics"),
    "calculation": Title("计算版本变动", "another calculation version"),
}


ON_PURPOSE = ("restated", "calculation")
"""Causes that somebody decided on: they are named beside what came late."""


@dataclass(frozen=True, slots=True)
class RunHead:
    """What a report says of the run that it shows; `run` 0 is a computation that was never stored."""

    period: str
    run: int
    state: str
    known: int
    footer: Title
    currency: str = ""  # of the workspace

    @property
    def title(self) -> Title:
        """The period, the run's number and whether it is closed."""
        if not self.run:
            return Title(f"{self.period} · 未保存", f"{self.period} · not stored")
        state = STATES[self.state]
        return Title(f"{self.period} · 运行 #{self.run} {state.zh}", f"{self.period} · run #{self.run}, {state.en}")

    def in_currency(self, title: Title, currency: str) -> Title:
        """Name the currency of a plan beside a title: always, but where a company of yuan pays yuan."""
        if not currency or currency == "CNY" == (self.currency or "CNY"):
            return title
        return Title(f"{title.zh} · {currency}", f"{title.en} · {currency}")


def balance_figures(result: PayeeResult) -> list[tuple[str, Title, Decimal]]:
    """Return what stands between earned and payable where a plan has a draw or deductions: key, title, amount."""
    balance = result.balance
    if balance is None:
        return []
    return [
        ("topped_up", Title("预支补足", "Topped up"), balance.topped_up),
        ("recovered", Title("扣回预支", "Draw recovered"), -balance.recovered),
        ("advanced", Title("减已预付", "Advance"), -balance.advanced),
        ("deducted", Title("扣款", "Deductions"), -balance.deducted),
        ("earlier", Title("以前期间的预支与扣款", "Draw, deductions of earlier periods"), balance.earlier),
    ]


@dataclass(frozen=True, slots=True)
class CreditChange:
    """One transaction whose credit is another than a closed run knew: how, and by how much."""

    key: str
    cause: str  # a name of `CAUSES`
    change: Decimal
    date: date
    customer: str = ""
    source: str = ""
    said: Title | None = None  # the whole of it in words, where it is no transaction

    @property
    def called(self) -> str:
        """Its number, or day and customer where the key was made of several columns."""
        return f"{self.date} {self.customer}".strip() if "|" in self.key else self.key


@dataclass(frozen=True, slots=True)
class PaidPerson:
    """One person under one plan in one run, as reports show them."""

    name: str
    plan_title: Title
    result: PayeeResult
    changes: dict[tuple[str, date], tuple[CreditChange, ...]]  # by component and period
    disputes: tuple[Dispute, ...] = ()  # what the person asked about the month, as it stands now
    terms: tuple[tuple[Title, str], ...] = ()  # special terms that entered the figures, and where they were read

    @property
    def number(self) -> str:
        """The person's number, "" where there is only a name."""
        return "" if self.result.person == self.name else self.result.person

    @property
    def is_blank(self) -> bool:
        """Whether nothing at all is to be said of them."""
        one = self.result
        figures = (one.earned, one.kept_change, one.payable, one.carried_in, one.carried_out)
        left = one.balance is not None and any((one.balance.owed, one.balance.waiting))
        said = any(figures) or one.adjustments or one.transfers or left
        return not said and not any(each.credit or each.held for each in one.components)

    def quiet_changes(self, component: ComponentResult) -> list[tuple[date, Title, Decimal]]:
        """Return earlier months whose credits are others now and that pay no more or less for it: why, and by how much.

        They still count: the tier of what comes after is reached by them.
        """
        differ = {each.period for each in component.differences}
        found = []
        for (name, period), changes in sorted(self.changes.items()):
            moved = total(each.change for each in changes)
            if name == component.component and period not in differ and any(each.change for each in changes):
                found.append((period, _named(changes, [each.cause for each in changes]), moved))
        return found

    def causes(self, component: str, difference: Difference) -> Title:
        """Return why an earlier period differs: by its transactions where they are known."""
        is_apart = difference.cause == "restated" and difference.credit_change is None
        changes = () if is_apart else self.changes.get((component, difference.period), ())
        is_first = difference.cause == "credits" and difference.credit_change is None  # no run has posted this month
        names = list(dict.fromkeys(change.cause for change in changes))
        names = names or ["unposted" if is_first else difference.cause]
        if difference.cause in ON_PURPOSE and difference.cause not in names:
            names = [difference.cause, *names]
        return _named(changes, names)


def money(key: str, zh: str, en: str, currency: str = "") -> Column:
    """Return a column of amounts."""
    return Column(key, Title(zh, en), "money", currency)


def text(key: str, zh: str, en: str) -> Column:
    """Return a column of texts."""
    return Column(key, Title(zh, en))


def words(key: str, zh: str, en: str) -> Column:
    """Return a column of sentences: they go on below where a screen is too narrow, for half of one says nothing."""
    return Column(key, Title(zh, en), wraps=True)


def key_column() -> Column:
    """Return the column of a person's number."""
    return Column("key", Title("工号", "Number"), "id")


def sum_of(amounts: Iterable[Value]) -> Decimal:
    """Add the amounts of a column."""
    return total(amount for amount in amounts if isinstance(amount, Decimal))


def differences_of(component: ComponentResult) -> Decimal:
    """Return what a component posts for earlier periods."""
    return total(each.amount for each in component.differences)


def totals_by_currency(table: Table) -> Table:
    """Return the sums of a table's amounts for each currency that its column `currency` names."""
    code = next(place for place, column in enumerate(table.columns) if column.key == "currency")
    figures = [place for place, column in enumerate(table.columns) if column.kind == "money"]
    rows: list[tuple[Value, ...]] = []
    for each in sorted({str(row[code]) for row in table.rows}):
        mine = [row for row in table.rows if row[code] == each]
        rows.append((each, *(sum_of(row[place] for row in mine) for place in figures)))
    columns = (replace(table.columns[code], give_way=""), *(table.columns[place] for place in figures))
    return Table(f"{table.name}-totals", columns, tuple(rows), Title("各币种合计", "Totals by currency"))


def one_currency(results: Iterable[PayeeResult]) -> str:
    """Return the currency of results, or "" where there are several."""
    found = {one.currency for one in results}
    return found.pop() if len(found) == 1 else ""


def _named(changes: Sequence[CreditChange], causes: Iterable[str]) -> Title:
    """Return causes in words, each once, and the first transactions behind them."""
    told = [change.said for change in changes if change.said is not None]
    changes = [change for change in changes if change.said is None]
    names = [name for name in dict.fromkeys(causes) if name != "grade"]
    keys = [change.called for change in changes][:3]
    more = len(changes) - len(keys)
    zh = "、".join(CAUSES[name].zh for name in names) + "".join(f" {key}" for key in keys)
    en = ", ".join(CAUSES[name].en for name in names) + "".join(f" {key}" for key in keys)
    zh, en = (f"{zh} 等 {more + len(keys)} 笔" if more else zh, f"{en} and {more} more" if more else en)
    told.append(Title(zh, en))
    return Title(";".join(filter(None, (one.zh for one in told))), "; ".join(filter(None, (one.en for one in told))))
