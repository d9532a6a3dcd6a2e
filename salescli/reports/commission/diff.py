"""Two plans over the same months as a Report: what each pays, who wins and loses, and which rules make it."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from salescli.core.commission.diff.compared import Compared, RulePart
from salescli.core.commission.diff.paid import Paid
from salescli.core.commission.wording import one_of
from salescli.core.money import CONTEXT, total
from salescli.core.table import Block, Column, Facts, Report, Table, Value
from salescli.core.title import Language, Title
from salescli.reports.commission.columns import key_column, money, text, words
from salescli.reports.commission.diff_head import Cliff, DiffHead, Side, data_of, footer_of
from salescli.reports.commission.diff_words import block_title, component_title, rule_title, said_by

ZERO = Decimal(0)


def build_no_diff(one: Side, other: Side) -> Report:
    """Build the answer for two plans that say the same."""
    title = Title(
        f"{one.label.zh} 与 {other.label.zh}:条款相同,任何人的提成都不变",
        f"{one.label.en} and {other.label.en} say the same: nobody's pay differs",
    )
    return Report("commission-diff", title, (), data={"parts": [], "lines": []})


def build_diff(
    head: DiffHead, compared: Compared, cliffs: tuple[Sequence[Cliff], Sequence[Cliff]], rows: bool, language: Language
) -> Report:
    """Build the comparison: the sums, the rules with their parts, everybody who differs, the cliffs of both."""
    moved = compared.moved()
    lines = compared.lines()
    blocks: list[Block] = [_summary(head, compared), _components(head, compared)]
    blocks.append(_rules(head, compared.parts))
    if moved:
        blocks.append(_people(head, compared, language))
    if rows:
        blocks.append(_lines(head, compared))
    if cliffs[0] or cliffs[1]:
        blocks.append(_cliffs(cliffs, head.currency))
    title = Title(f"方案对比 · {head.window}", f"Two plans compared · {head.window}")
    following = () if rows or not lines else (f"{head.command} --rows",)
    footer = tuple(footer_of(head, len(lines), rows))
    return Report("commission-diff", title, tuple(blocks), footer, next=following, data=data_of(head, compared))


def _summary(head: DiffHead, compared: Compared) -> Facts:
    whole = compared.whole()
    changes = [CONTEXT.subtract(pair[1], pair[0]) for pair in whole.values()]
    won, lost = [one for one in changes if one > 0], [one for one in changes if one < 0]
    cost = total(pair[0] for pair in whole.values()), total(pair[1] for pair in whole.values())

    def amount(key: str, zh: str, en: str, value: Decimal) -> tuple[Column, Value]:
        return money(key, zh, en, head.currency), value

    def count(key: str, zh: str, en: str, value: int) -> tuple[Column, Value]:
        return Column(key, Title(zh, en), "count"), value

    items: tuple[tuple[Column, Value], ...] = (
        (text("a", "A", "A"), head.one.label),
        (text("b", "B", "B"), head.other.label),
        amount("cost_a", "A 合计", "A pays", cost[0]),
        amount("cost_b", "B 合计", "B pays", cost[1]),
        amount("difference", "差额 B−A", "B − A", CONTEXT.subtract(cost[1], cost[0])),
        count("winners", "增加(人)", "More for (people)", len(won)),
        amount("won", "增加合计", "More in all", total(won)),
        count("losers", "减少(人)", "Less for (people)", len(lost)),
        amount("lost", "减少合计", "Less in all", total(lost)),
        count("same", "不变(人)", "The same for (people)", len(changes) - len(won) - len(lost)),
    )
    return Facts("summary", items)


def _pair(head: DiffHead) -> tuple[Column, Column, Column]:
    return (
        money("a", "A", "A", head.currency),
        money("b", "B", "B", head.currency),
        money("difference", "差额 B−A", "B − A", head.currency),
    )


def _whole(paid: Paid) -> Decimal:
    return total(paid.figures().values())


def _components(head: DiffHead, compared: Compared) -> Table:
    rows: list[tuple[Value, ...]] = []
    for name in compared.components():
        one = total(paid.figures().get(name, ZERO) for paid in compared.one.values())
        other = total(paid.figures().get(name, ZERO) for paid in compared.other.values())
        rows.append((component_title(name, head.plans), one, other, CONTEXT.subtract(other, one)))
    one, other = (total(_whole(paid) for paid in side.values()) for side in (compared.one, compared.other))
    sums = (one, other, CONTEXT.subtract(other, one))
    columns = (text("component", "组件", "Component"), *_pair(head))
    return Table("components", columns, tuple(rows), Title("按组件", "By component"), (None, *sums))


def _rules(head: DiffHead, parts: Sequence[RulePart]) -> Table:
    """One row for each rule; rules switched together share the first one's amount."""
    held = any(part.kept for part in parts)
    columns: tuple[Column, ...] = (
        words("rule", "条款", "Rule"),
        text("a", "A", "A says"),
        text("b", "B", "B says"),
        Column("line_a", Title("A 行", "A line"), "id"),
        Column("line_b", Title("B 行", "B line"), "id"),
        Column("people", Title("涉及(人)", "People"), "count"),
        money("difference", "差额 B−A", "B − A", head.currency),
    )
    if held:
        columns += (money("holdback", "留存变化", "Holdback", head.currency),)
    rows: list[tuple[Value, ...]] = []
    for part in parts:
        for index, path in enumerate(part.paths):
            place, said = said_by(head.trees, path)
            figures: tuple[Value, ...] = (part.people, part.amount, part.kept) if not index else (None, None, None)
            title = rule_title(path, head.plans, place)
            rows.append(
                (
                    Title(f"  与上条一起:{title.zh}", f"  with the above: {title.en}") if index else title,
                    *said,
                    *(side.place(place).rpartition(":")[2] for side in (head.one, head.other)),
                    *(figures if held else figures[:2]),
                )
            )
    sums = (
        (None,) * 6 + (total(part.amount for part in parts),) + ((total(part.kept for part in parts),) if held else ())
    )
    empty = Title("移到同一年后,条款相同", "moved to the same year, both say the same")
    title = Title(
        "差异来自哪些条款(按文件顺序逐条由 A 换成 B)",
        "Which rules make it (switched from A to B in the order of the file)",
    )
    return Table("rules", columns, tuple(rows), title, sums if rows else None, empty)


def _block(head: DiffHead, part: RulePart) -> Title:
    path = part.paths[0]
    return block_title(path, said_by(head.trees, path)[0])


def _people(head: DiffHead, compared: Compared, language: Language) -> Table:
    rows: list[tuple[Value, ...]] = []
    moved = compared.moved()
    for one in moved:
        key = (one.person, one.component)
        why = [
            f"{_block(head, part).text(language)} {part.amounts[key]:+,}"
            for part in compared.parts
            if key in part.amounts
        ]
        number = "" if one.person == one.name else one.person
        figures = (one.one, one.other, one.difference)
        rows.append((number, one.name, component_title(one.component, head.plans), *figures, " · ".join(why)))
    columns = (
        key_column(),
        text("person", "姓名", "Person"),
        text("component", "组件", "Component"),
        *_pair(head),
        words("why", "原因", "Why"),
    )
    sums = (total(one.one for one in moved), total(one.other for one in moved), total(one.difference for one in moved))
    title = Title("有变化的人", "Whose pay differs")
    return Table("people", columns, tuple(rows), title, (None, None, None, *sums, None))


def _lines(head: DiffHead, compared: Compared) -> Table:
    lines = compared.lines()
    rest = Title("(不属于单笔)", "(of no single one)")
    rows: list[tuple[Value, ...]] = [
        (
            one.name,
            component_title(one.component, head.plans),
            one.key or rest,
            one.contract,
            one.date,
            one.one,
            one.other,
            one.difference,
        )
        for one in lines
    ]
    columns = (
        text("person", "姓名", "Person"),
        text("component", "组件", "Component"),
        Column("transaction", Title("单据", "Transaction"), "id"),
        Column("contract", Title("合同", "Contract"), "id"),
        Column("date", Title("日期", "Date"), "date"),
        *_pair(head),
    )
    sums = (total(one.one for one in lines), total(one.other for one in lines), total(one.difference for one in lines))
    title = Title("提成有变化的单据", "Transactions whose pay differs")
    empty = Title("没有单据的提成有变化", "no transaction's pay differs")
    return Table("transactions", columns, tuple(rows), title, (None,) * 5 + sums if rows else None, empty)


def _cliffs(cliffs: tuple[Sequence[Cliff], Sequence[Cliff]], currency: str) -> Table:
    columns = (
        text("plan", "方案", "Plan"),
        text("place", "位置", "Place"),
        words("rule", "条款", "Rule"),
        Column("position", Title("业绩到", "At"), "id"),
        Column("before", Title("之前", "Pays before"), "id"),
        Column("after", Title("之后", "Pays there"), "id"),
        Column("jump", Title("一次变化", "At once"), "id"),
    )
    rows: list[tuple[Value, ...]] = []
    for label, found in zip(("A", "B"), cliffs, strict=True):
        for one in found:
            said = one.finding.values
            sign = "-" if one.finding.name.endswith("down") else "+"
            figures = (str(said["position"]), str(said["before"]), str(said["after"]), f"{sign}{said['amount']}")
            rows.append((label, one.place, str(said["key"]), *figures))
    more = one_of(currency)
    title = Title(f"跳档(再多一{more.zh},提成一次变化)", f"Cliffs (one more {more.en} moves so much)")
    return Table("cliffs", columns, tuple(rows), title)
