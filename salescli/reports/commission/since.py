"""What a draft changes beside the one before it: people, the facts behind, and the lines of plans."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from salescli.core.commission.input_changes import InputChange
from salescli.core.table import Block, Table, Value
from salescli.core.title import Language, Title
from salescli.reports.commission.columns import key_column, money, sum_of, text, words

REASONS = {
    "credit-came": Title("新增业绩", "credit came"),
    "credit-gone": Title("业绩撤销", "credit gone"),
    "credit-changed": Title("业绩更正", "credit changed"),
    "share": Title("分成份额", "share"),
    "rate": Title("汇率", "exchange rate"),
    "date": Title("计入日期", "crediting date"),
    "quota": Title("目标", "quota"),
    "grade": Title("绩效等级", "grade"),
    "term": Title("个人约定", "own terms"),
    "reading": Title("指标", "metric read"),
    "deduction": Title("扣款", "deduction"),
    "adjustment": Title("手工调整", "adjustment"),
    "opening": Title("期初", "opening"),
    "months": Title("已关账月份", "closed month"),
    "stay": Title("在方案内的日期", "days on the plan"),
    "contract-date": Title("合同日期", "date of a contract"),
    "received": Title("合同回款", "received of a contract"),
    "group": Title("团队合计", "the group's figure"),
    "plan": Title("方案文件(见下)", "the plan's text (below)"),
    "metrics": Title("指标定义", "definitions of metrics"),
    "restated": Title("已关账月份重述", "a closed month was restated"),
    "working": Title("工作日历", "working days"),
    "calculation": Title("计算版本", "another calculation version"),
    "program": Title("程序版本", "another version of the program"),
    "other": Title("其他(日历、他人的数字)", "other (calendar, other people's figures)"),
}


@dataclass(frozen=True, slots=True)
class ChangedPerson:
    """One person under one plan in two drafts; None: not in that draft."""

    number: str
    name: str
    plan: Title
    currency: str
    earned: tuple[Decimal | None, Decimal | None]
    payable: tuple[Decimal | None, Decimal | None]
    reasons: tuple[InputChange, ...]
    titles: dict[str, Title]  # of components


@dataclass(frozen=True, slots=True)
class PlanLine:
    """A line of a plan that is another: where it stands, what it said, what it says."""

    place: str
    before: str
    after: str


def build_changes(
    run: int, people: Sequence[ChangedPerson], lines: Sequence[PlanLine], explained: int, language: Language
) -> list[Block]:
    """Build the tables of what changed since run number `run`; facts are told of `explained` people at most."""
    blocks: list[Block] = []
    currencies = sorted({one.currency for one in people})
    for currency in currencies:
        mine = [one for one in people if one.currency == currency]
        blocks.append(_people(run, mine, currency, language, len(currencies) > 1))
    if any(one.reasons for one in people):
        blocks.append(_reasons(people, explained, language))
    if lines:
        columns = (text("place", "位置", "Place"), text("before", "原文", "Was"), text("after", "现文", "Is now"))
        rows = tuple((one.place, one.before, one.after) for one in lines)
        blocks.append(Table("plan-lines", columns, rows, Title("方案文件的改动", "Lines of plans that changed")))
    return blocks


def _people(
    run: int, people: Sequence[ChangedPerson], currency: str, language: Language, is_one_of_several: bool
) -> Table:
    columns = (
        key_column(),
        text("person", "姓名", "Person"),
        text("plan", "方案", "Plan"),
        money("earned_before", "原应计", "Earned before", currency),
        money("earned", "现应计", "Earned now", currency),
        money("payable_before", "原应发", "Payable before", currency),
        money("payable", "现应发", "Payable now", currency),
        money("change", "应发变动", "Change of payable", currency),
    )
    rows: list[tuple[Value, ...]] = [
        (one.number, one.name, one.plan.text(language), *one.earned, *one.payable, _change(one.payable))
        for one in people
    ]
    sums = tuple(sum_of(row[place] for row in rows) for place in range(3, 8))
    tail = (f" · {currency}", f" · {currency}") if is_one_of_several else ("", "")
    title = Title(f"较运行 #{run} 的变化{tail[0]}", f"Changed since run #{run}{tail[1]}")
    name = f"changed-{currency.lower()}" if is_one_of_several else "changed"
    return Table(name, columns, tuple(rows), title, (None, None, None, *sums))


def _change(amounts: tuple[Decimal | None, Decimal | None]) -> Decimal:
    return sum_of((amounts[1], -amounts[0] if amounts[0] is not None else None))


def _reasons(people: Sequence[ChangedPerson], explained: int, language: Language) -> Table:
    columns = (
        key_column(),
        text("person", "姓名", "Person"),
        text("component", "组件", "Component"),
        words("reason", "原因", "Reason"),
        text("what", "对象", "What"),
        text("before", "原来", "Was"),
        text("after", "现在", "Is now"),
        money("credit", "业绩变动", "Credit change"),
        text("source", "来源", "Source"),
    )
    rows: list[tuple[Value, ...]] = []
    for one in people:
        for each in one.reasons:
            title = one.titles.get(each.component)
            component = title.text(language) if title is not None else each.component
            what = f"{each.day} {each.customer}".strip() if "|" in each.what and each.day else each.what
            reason = REASONS[each.cause].text(language)
            row = (one.number, one.name, component, reason, what, each.before, each.after, each.credit, each.source)
            rows.append(row)
    kept = [
        place for place, column in enumerate(columns) if column.key not in MAY_GO or any(row[place] for row in rows)
    ]
    return Table(
        "reasons",
        tuple(columns[at] for at in kept),
        tuple(tuple(row[at] for at in kept) for row in rows),
        WHY
        if len(people) <= explained
        else Title(f"{WHY.zh}(变化最大的 {explained} 人)", f"{WHY.en}, of the {explained} who moved most"),
    )


WHY = Title("变化的原因", "Why")
MAY_GO = ("key", "component", "credit")
