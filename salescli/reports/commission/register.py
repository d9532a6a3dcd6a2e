"""The register of a run: everyone that it pays, each component, what earlier periods post, and what is to be known."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from salescli.core.commission.note_words import note_words
from salescli.core.table import Block, Column, Prose, Report, Table, Value
from salescli.core.title import Language, Title
from salescli.reports.commission.adjusted import adjustments_of_all
from salescli.reports.commission.columns import (
    PaidPerson,
    RunHead,
    differences_of,
    key_column,
    money,
    sum_of,
    text,
    words,
)


def build_register(
    head: RunHead,
    people: Sequence[PaidPerson],
    counted: frozenset[tuple[str, str]],
    notes: Sequence[Title],
    language: Language,
    following: tuple[str, ...] = (),
    *,
    on_plan: bool = True,
) -> Report:
    """Build the register.

    Args:
        head: of the run.
        people: everyone in it.
        counted: (plan, component) of those that pay on things counted; their credit is no money.
        notes: sentences about the run as a whole.
        language: of texts inside cells.
        following: commands to type next.
        on_plan: whether anybody is on a plan, also where nobody is shown.
    """
    apart = by_currency(people)
    empty = NOTHING if on_plan else NOBODY
    blocks: list[Block] = [
        _named(replace(_people(paid, currency, language), empty=empty), currency, apart) for currency, paid in apart
    ]
    blocks += [_named(_components(paid, counted, currency, language), currency, apart) for currency, paid in apart]
    for currency, paid in apart:
        if any(each.differences for one in paid for each in one.result.components):
            blocks.append(_named(_differences(paid, currency, language), currency, apart))
    for currency, paid in apart:
        if any(one.result.adjustments for one in paid):
            blocks.append(_named(adjustments_of_all(paid, currency, language), currency, apart))
    said = [*((note.text(language), "") for note in notes), *_notes(people, language)]
    if said:
        blocks.append(Prose("notes", tuple(said), Title("须知", "To be known")))
    return Report(
        "commission-register",
        Title(f"提成 · {head.title.zh}", f"Commission · {head.title.en}"),
        tuple(blocks),
        (head.footer, _definition(people)),
        next=following,
        data={"run": head.run, "state": head.state, "period": head.period, "known": head.known},
    )


def by_currency(people: Sequence[PaidPerson]) -> list[tuple[str, list[PaidPerson]]]:
    """Return people by what they are paid in: amounts of two currencies stand in no column together."""
    found: dict[str, list[PaidPerson]] = {}
    for one in people:
        found.setdefault(one.result.currency, []).append(one)
    return sorted(found.items()) or [("", [])]


def _named(table: Table, currency: str, apart: Sequence[object]) -> Table:
    """Say the currency in a table's name and title where there are several."""
    if len(apart) == 1:
        return table
    title = Title(f"{table.title.zh} · {currency}", f"{table.title.en} · {currency}") if table.title else None
    return replace(table, name=f"{table.name}-{currency.lower()}", title=title or Title(currency, currency))


DEFINITION = Title(
    "应计 = 本期 + 以前期间差异;应发 = 应计 − 留存 + 上期结转,不低于 0",
    "earned = this period + differences of earlier ones; "
    "payable = earned − holdback + balance carried in, never below 0",
)
WITH_DRAW = Title(
    "应计 = 本期 + 以前期间差异;应发 = 应计 − 留存 + 上期结转 + 预支与扣款,不低于 0",
    "earned = this period + differences of earlier ones; "
    "payable = earned − holdback + balance carried in + draw and deductions, never below 0",
)


def _definition(people: Sequence[PaidPerson]) -> Title:
    said = WITH_DRAW if any(one.result.balance for one in people) else DEFINITION
    if any(one.result.moved for one in people):
        said = Title(
            said.zh.replace(",不低于 0", " + 方案间转移,不低于 0"), said.en.replace(", never", " + moved, never")
        )
    if not any(one.result.adjustments for one in people):
        return said
    return Title(
        said.zh.replace("应发 = 应计", "应发 = 应计 + 手工调整"),
        said.en.replace("payable = earned", "payable = earned + adjusted by hand"),
    )


def _people(people: Sequence[PaidPerson], currency: str, language: Language) -> Table:
    columns = (
        key_column(),
        text("person", "姓名", "Person"),
        text("plan", "方案", "Plan"),
        money("own", "本期", "This period", currency),
        money("differences", "以前期间差异", "Earlier periods", currency),
        money("earned", "应计", "Earned", currency),
        money("adjusted", "手工调整", "Adjusted", currency),
        money("holdback", "留存", "Holdback", currency),
        money("carried_in", "上期结转", "Carried in", currency),
        money("draw", "预支与扣款", "Draw, deductions", currency),
        money("moved", "方案间转移", "Between plans", currency),
        money("payable", "应发", "Payable", currency),
        money("carried_out", "结转下期", "Carried out", currency),
        money("listed", "列出待处理", "Listed", currency),
        money("owed", "预支余额", "Owed", currency),
    )
    rows = []
    for one in people:
        result = one.result
        earlier = sum_of(differences_of(each) for each in result.components)
        own = sum_of(each.own for each in result.components)
        balance = result.balance
        draw = balance.adjusted if balance is not None else Decimal(0)
        paid = (result.kept_change, result.carried_in, draw, result.moved, result.payable)
        figures = (own, earlier, result.earned, result.by_hand, *paid)
        owed = balance.owed if balance is not None else Decimal(0)
        rows.append(
            (one.number, one.name, one.plan_title.text(language), *figures, result.carried_out, result.listed, owed)
        )
    may_go = (
        "key", "differences", "adjusted", "holdback", "carried_in", "draw", "moved", "carried_out", "listed", "owed",
    )  # fmt: skip
    return _cut_empty("people", columns, rows, may_go)


def _components(
    people: Sequence[PaidPerson], counted: frozenset[tuple[str, str]], currency: str, language: Language
) -> Table:
    columns = (
        key_column(),
        text("person", "姓名", "Person"),
        text("plan", "方案", "Plan"),
        text("component", "组件", "Component"),
        money("credit", "计入业绩", "Credit", currency),
        Column("units", Title("数量", "Units"), "quantity"),
        money("own", "本期", "This period", currency),
        money("differences", "以前期间差异", "Earlier periods", currency),
        money("earned", "应计", "Earned", currency),
        money("held", "暂存未付", "Held", currency),
        money("holdback", "留存", "Holdback", currency),
    )
    rows: list[tuple[Value, ...]] = []
    has_several = _has_several_plans(people)
    for one in people:
        plan = one.plan_title.text(language) if has_several else ""
        for each in one.result.components:
            if not (each.credit or each.earned or each.held or each.kept):
                continue
            is_counted = (one.result.plan, each.component) in counted
            credit = (None, each.pay_credit) if is_counted else (each.pay_credit, None)
            figures = (each.own, differences_of(each), each.earned, each.held, each.kept)
            rows.append((one.number, one.name, plan, each.title.text(language), *credit, *figures))
    may_go = ("key", "plan", "units", "differences", "held", "holdback")
    table = _cut_empty("components", columns, rows, may_go, skip=("credit", "units"))
    return Table(table.name, table.columns, table.rows, Title("按组件", "By component"), table.total, NOTHING)


NOTHING = Title("没有人有计入的业绩", "nobody has credits that count")
NOBODY = Title("没有人在方案内", "nobody is on a plan")


def _differences(people: Sequence[PaidPerson], currency: str, language: Language) -> Table:
    rows: list[tuple[Value, ...]] = []
    has_several = _has_several_plans(people)
    for one in people:
        plan = one.plan_title.text(language) if has_several else ""
        for each in one.result.components:
            for difference in each.differences:
                period = f"{difference.period:%Y-%m}"
                what = Title(f"{period} 差异", f"{period} difference").text(language)
                cause = one.causes(each.component, difference).text(language)
                rows.append(
                    (one.number, one.name, plan, each.title.text(language), what, difference.amount,
                     difference.credit_change, cause)
                )  # fmt: skip
    columns = (
        key_column(),
        text("person", "姓名", "Person"),
        text("plan", "方案", "Plan"),
        text("component", "组件", "Component"),
        text("period", "期间", "Period"),
        money("amount", "差异", "Difference", currency),
        money("credit_change", "业绩变动", "Credit change", currency),
        words("cause", "原因", "Cause"),
    )
    table = _cut_empty("differences", columns, rows, ("plan",), skip=("credit_change",))
    return replace(table, title=Title("以前期间的差异", "Differences of earlier periods"), empty=None)


def _has_several_plans(people: Sequence[PaidPerson]) -> bool:
    """Whether somebody is paid by two plans, whose components may be called the same."""
    return len({one.result.person for one in people}) < len(people)


def _cut_empty(
    name: str,
    columns: tuple[Column, ...],
    rows: Sequence[tuple[Value, ...]],
    optional: tuple[str, ...],
    skip: tuple[str, ...] = (),
) -> Table:
    """Leave out optional columns that hold nothing; add up the others, but those in `skip`."""
    kept = [
        index for index, column in enumerate(columns) if column.key not in optional or any(row[index] for row in rows)
    ]
    shown = tuple(columns[index] for index in kept)
    cells = tuple(tuple(row[index] for index in kept) for row in rows)
    total = tuple(
        sum_of(row[place] for row in cells) if column.kind == "money" and column.key not in skip else None
        for place, column in enumerate(shown)
    )
    return Table(name, shown, cells, None, total if cells else None, NOBODY)


def _notes(people: Sequence[PaidPerson], language: Language) -> list[tuple[str, str]]:
    """What the engine says of each person: repeated for many, it is said once with their names."""
    told: dict[str, list[str]] = {}
    keys: dict[str, set[str]] = {}
    for one in people:
        keys.setdefault(one.name, set()).add(one.result.person)
    kept: list[tuple[str, Decimal]] = []
    for one in people:
        called = one.name if len(keys[one.name]) == 1 else f"{one.name} {one.result.person}"
        for note in (*one.result.notes, *(note for each in one.result.components for note in each.notes)):
            if note.name == "kept-without-date":
                kept.append((str(note.part("contract")), Decimal(str(note.part("kept")))))
                continue
            names = told.setdefault(note_words(note).text(language), [])
            if called not in names:
                names.append(called)
    comma, colon = ("、", ":") if language == "zh" else (", ", ": ")
    found = [(f"{comma.join(names)}{colon}{said}", "") for said, names in told.items()]
    return [*found, (_kept_words(kept).text(language), "")] if kept else found


def _kept_words(kept: Sequence[tuple[str, Decimal]]) -> Title:
    """One sentence for all contracts whose holdback has no date yet."""
    numbers = list(dict.fromkeys(number for number, _ in kept))
    amount = f"{sum_of(each for _, each in kept):,}"
    first, more = numbers[:3], len(numbers) > 3
    return Title(
        f"{len(numbers)} 份合同没有留存到期日,留存 {amount} 暂不释放:{'、'.join(first)}{' …' if more else ''}",
        f"{len(numbers)} contracts have no date for their holdback, {amount} stays kept: "
        f"{', '.join(first)}{' …' if more else ''}",
    )
