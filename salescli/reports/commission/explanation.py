"""Explanations: how one person's figure came about, what became of one transaction, and why nothing was paid."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal

from salescli.core.commission.explain import Place, build_payee_trace
from salescli.core.commission.explain_data import explain_data
from salescli.core.commission.explain_told import Origins
from salescli.core.commission.inputs import PayeeInputs
from salescli.core.commission.plan import Plan
from salescli.core.commission.result import PayeeResult
from salescli.core.table import Block, Column, Prose, Report, Table, Trace
from salescli.core.title import Language, Title
from salescli.reports.commission.columns import CAUSES, CreditChange, RunHead, key_column, money, sum_of, text, words


@dataclass(frozen=True, slots=True)
class ExplainedPayee:
    """One plan of the person: the engine's answer with what went in, and what changed in earlier periods."""

    name: str
    plan: Plan
    result: PayeeResult
    inputs: PayeeInputs
    place: Place
    changes: Mapping[tuple[str, date], tuple[CreditChange, ...]]
    origins: Origins = field(default_factory=dict)


def build_explanation(
    head: RunHead,
    payees: Sequence[ExplainedPayee],
    component: str,
    names: Mapping[str, Title],
    reasons: Sequence[tuple[str, str]],
    language: Language,
    following: tuple[str, ...] = (),
) -> Report:
    """Build the explanation of one person: a trace per component, the payout, late transactions, why nothing.

    Args:
        head: of the run.
        payees: the person under each plan.
        component: only this one, where it is named.
        names: titles of metrics and scorecards.
        reasons: (sentence, place) of why nothing is paid, where that was asked.
        language: of texts inside cells.
        following: commands to type next.
    """
    blocks: list[Block] = []
    if reasons:
        blocks.append(Prose("why-zero", tuple(reasons), Title("为什么没有", "Why nothing")))
    for one in payees:
        only = [component] if component else []
        traces = build_payee_trace(one.plan, one.result, one.inputs, one.place, one.name, only, names, one.origins)
        blocks += [_in_currency(head, trace, one.result.currency) for trace in traces]
        late = _late(one, component, language)
        if late is not None:
            blocks.append(late)
    name = payees[0].name if payees else ""
    title = Title(f"{name} · 提成 {head.title.zh}", f"{name} · commission {head.title.en}")
    exact = [explain_data(one.plan, one.result, one.inputs, one.place, component) for one in payees]
    return Report("commission-explain", title, tuple(blocks), (head.footer,), next=following, data={"exact": exact})


def _in_currency(head: RunHead, trace: Trace, currency: str) -> Trace:
    """Say at the head of a trace in which currency it is: its lines say amounts alone."""
    return replace(trace, title=head.in_currency(trace.title, currency)) if trace.title is not None else trace


def _late(one: ExplainedPayee, component: str, language: Language) -> Table | None:
    """The transactions behind the differences of earlier periods."""
    rows = [
        (
            f"{period:%Y-%m}",
            change.key,
            (change.said or CAUSES[change.cause]).text(language),
            change.date,
            change.customer,
            change.change,
            change.source,
        )
        for (name, period), changes in sorted(one.changes.items())
        if not component or name == component
        for change in changes
    ]
    if not rows:
        return None
    columns = (
        text("period", "期间", "Period"),
        Column("transaction", Title("单据", "Transaction"), "id"),
        words("cause", "原因", "Cause"),
        Column("date", Title("日期", "Date"), "date"),
        text("customer", "客户", "Customer"),
        money("change", "业绩变动", "Credit change", one.result.currency),
        text("source", "来源", "Source"),
    )
    return Table("late", columns, tuple(rows), Title("以前期间差异的来由", "Behind the differences of earlier periods"))


@dataclass(frozen=True, slots=True)
class CreditRow:
    """What one person has of one transaction under one component."""

    key: str
    name: str
    component: Title
    date: date
    amount: Decimal
    share: Decimal
    credit: Decimal
    commission: Decimal | None
    source: str
    currency: str


@dataclass(frozen=True, slots=True)
class EarlierRow:
    """What of the difference of an earlier month one transaction has, for one person under one component."""

    key: str
    name: str
    component: Title
    period: str
    amount: Decimal
    currency: str


def _earlier(rows: Sequence[EarlierRow], currency: str, language: Language) -> Table:
    columns = (
        key_column(),
        text("person", "姓名", "Person"),
        text("component", "组件", "Component"),
        text("period", "期间", "Period"),
        money("difference", "差异", "Difference", currency),
    )
    cells = tuple((one.key, one.name, one.component.text(language), one.period, one.amount) for one in rows)
    title = Title("它带来的以前期间差异", "Differences of earlier months by it")
    return Table("earlier", columns, cells, title, (*[None] * 4, sum_of(one.amount for one in rows)))


def build_transaction(
    head: RunHead,
    transaction: str,
    credits: Sequence[CreditRow],
    reasons: Sequence[tuple[str, str]],
    language: Language,
    traces: Sequence[Trace] = (),
    missed: Sequence[tuple[str, str]] = (),
    earlier: Sequence[EarlierRow] = (),
) -> Report:
    """Build what became of one transaction in one run: who is credited, with what and how, and what did not match.

    `traces` are of the credits, one each. Each currency has a table and a total of its own.
    """
    codes = sorted({one.currency for one in credits}) or [""]
    blocks: list[Block] = [
        _credits([one for one in credits if one.currency == code], code, language, is_one=len(codes) == 1)
        for code in codes
    ]
    if earlier:
        currencies = sorted({one.currency for one in earlier})
        blocks += [_earlier([one for one in earlier if one.currency == code], code, language) for code in currencies]
    if reasons:
        blocks.append(Prose("why", tuple(reasons), Title("说明", "Why")))
    blocks += [_in_currency(head, trace, one.currency) for trace, one in zip(traces, credits, strict=True)]
    if missed:
        blocks.append(Prose("not-matched", tuple(missed), Title("未命中", "Not matched")))
    title = Title(f"{transaction} · 提成 {head.title.zh}", f"{transaction} · commission {head.title.en}")
    return Report("commission-transaction", title, tuple(blocks), (head.footer,))


def _credits(credits: Sequence[CreditRow], currency: str, language: Language, *, is_one: bool) -> Table:
    columns = (
        key_column(),
        text("person", "姓名", "Person"),
        text("component", "组件", "Component"),
        Column("date", Title("计入日期", "Credited on"), "date"),
        money("amount", "金额", "Amount", currency),
        Column("share", Title("份额", "Share"), "rate"),
        money("credit", "计入业绩", "Credit", currency),
        money("commission", "本期提成", "Commission", currency),
        text("source", "来源", "Source"),
    )
    rows = tuple(
        (
            one.key,
            one.name,
            one.component.text(language),
            one.date,
            one.amount,
            one.share,
            one.credit,
            one.commission,
            one.source,
        )
        for one in credits
    )
    total = (*[None] * 7, sum_of(one.commission for one in credits), None) if rows else None
    name, title = ("credits", None) if is_one else (f"credits-{currency.lower()}", Title(currency, currency))
    return Table(name, columns, rows, title, total, Title("没有人计入", "nobody is credited"))
