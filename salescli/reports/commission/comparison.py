"""Our figures beside another sheet's, and why they differ."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from salescli.core.commission.likely import Cause
from salescli.core.commission.line_differences import Parted
from salescli.core.commission.wording import percent
from salescli.core.money import CONTEXT
from salescli.core.table import Column, Report, Table, Value
from salescli.core.title import Language, Title
from salescli.reports.commission.columns import RunHead, key_column, money, sum_of, text, words
from salescli.reports.commission.compared_lines import Person, build_parted


@dataclass(frozen=True, slots=True)
class ComparedPerson:
    """One person: the sheet's credit and figure, ours, the likely cause, and where the figure stands."""

    key: str
    name: str
    their_credit: Decimal | None
    our_credit: Decimal | None
    theirs: Decimal | None
    ours: Decimal | None
    cause: Cause | None
    where: str
    currency: str = ""

    @property
    def difference(self) -> Decimal:
        """Theirs less ours."""
        return CONTEXT.subtract(self.theirs or Decimal(0), self.ours or Decimal(0))

    @property
    def differs(self) -> bool:
        """Whether the two figures are not the same."""
        return bool(self.difference)


@dataclass(frozen=True, slots=True)
class Comparison:
    """Which file and column, which of our figures, every person, and the file's own total."""

    file: str
    column: str
    figure: str
    people: Sequence[ComparedPerson]
    stated: Decimal | None = None


FIGURES = {"earned": Title("应计", "earned"), "payable": Title("应发", "payable")}
WORDS: dict[str, tuple[str, str]] = {
    "component-left-out": ("表里没有 {components}", "the sheet lacks {components}"),
    "after-holdback": ("表里已扣留存 {amount}", "the holdback of {amount} is already off in the sheet"),
    "differences-left-out": (
        "表里没有以前期间差异 {amount}",
        "the sheet lacks the differences of earlier periods, {amount}",
    ),
    "gross": ("表里按含税金额算,没有扣税和外采", "the sheet takes amounts with tax and costs"),
    "share-ignored": ("表里没有按分成比例:{keys} 全额计入", "the sheet ignores the split: {keys} counted whole"),
    "taken-over-left-out": (
        "表里没有承接 {people} 离开方案后的业绩",
        "the sheet lacks what came in for {people} after the last day",
    ),
    "grade-not-applied": ("表里没有乘绩效 {grade} 的系数", "the sheet does not apply the grade {grade}"),
    "gate-ignored": ("表里没有看门槛(回款率等)", "the sheet does not look at the gate"),
    "refund-ignored": ("表里没有扣退款 {keys}", "the sheet does not take off the refund {keys}"),
    "missing-there": ("表里漏了 {keys}", "the sheet lacks {keys}"),
    "missing-here": ("表里多算 {keys}({whose})", "the sheet counts {keys} ({whose}) as well"),
    "another-rate": ("表里按 {rate} 统一计算,本系统合 {ours}", "the sheet pays a flat {rate}, ours comes to {ours}"),
    "not-in-sheet": ("表里没有此人", "the sheet does not have them"),
    "currency-not-in-sheet": ("表里没有此人该币种的金额", "the sheet has no figure of theirs in this currency"),
    "not-in-plan": ("此人不在任何方案内", "under no plan with us"),
}
"""The words of every cause; a test holds it complete."""


def build_comparison(
    head: RunHead, said: Comparison, language: Language, parted: Mapping[Person, Parted] | None = None
) -> Report:
    """Build the comparison, everyone in the order of the sheet, with totals of both sides; `parted`: by line.

    Each currency has a table and totals of its own.
    """
    parted = parted or {}
    codes = sorted({one.currency for one in said.people})
    blocks: list[Table] = []
    for code in codes or [""]:
        mine = [one for one in said.people if one.currency == code]
        blocks.append(_named(_people(said, mine, code, parted, language), code, codes))
    for code in codes:
        lines = {person: one for person, one in parted.items() if person[2] == code}
        blocks += [_named(table, code, codes) for table in build_parted(lines, code, language)] if lines else []
    different = [one for one in said.people if one.differs]
    following = tuple(
        f"salescli commission explain {head.period} --person {one.key or one.name}" for one in different[:1]
    )
    title = Title(
        f"对账 · {said.file} · 提成 {head.title.zh}", f"Comparison · {said.file} · commission {head.title.en}"
    )
    return Report("commission-compare", title, tuple(blocks), tuple(_footer(head, said, parted)), next=following)


def _named(table: Table, code: str, codes: Sequence[str]) -> Table:
    """Name a table by its currency where there are several."""
    if len(codes) < 2:
        return table
    title = Title(f"{table.title.zh} · {code}", f"{table.title.en} · {code}") if table.title else Title(code, code)
    return replace(table, name=f"{table.name}-{code.lower()}", title=title)


def _people(
    said: Comparison, people: Sequence[ComparedPerson], code: str, parted: Mapping[Person, Parted], language: Language
) -> Table:
    figure = FIGURES[said.figure]
    columns = (
        key_column(),
        text("person", "姓名", "Person"),
        money("their_credit", "表中业绩", "Their credit", code),
        money("our_credit", "计入业绩", "Our credit", code),
        money("theirs", f"表中{said.column or '金额'}", f"Sheet: {said.column}", code),
        money("ours", figure.zh, f"Ours, {figure.en}", code),
        money("difference", "差异(表−我方)", "Sheet − ours", code),
        words("cause", "可能原因", "Likely cause"),
        text("cell", "单元格", "Cell"),
    )
    rows: list[tuple[Value, ...]] = []
    for one in people:
        why = _cause(one, language, by_line=(one.key, one.name, code) in parted) if one.differs else ""
        cell = one.where.rpartition("!")[2] if one.differs else ""
        figures = (one.their_credit, one.our_credit, one.theirs, one.ours, one.difference)
        rows.append((one.key, one.name, *figures, why, cell))
    return _cut(columns, rows, any(one.their_credit is not None for one in people))


def _footer(head: RunHead, said: Comparison, parted: Mapping[Person, Parted]) -> list[Title]:
    """Say how many agree, what the sheet's own total is of, and what is known."""
    different = [one for one in said.people if one.differs]
    by_line = {person for person, one in parted.items() if not one.rest}
    explained = sum(1 for one in different if one.cause is not None or (one.key, one.name, one.currency) in by_line)
    same = len(said.people) - len(different)
    footer = [
        Title(
            f"{same} 人一致,{len(different)} 人不一致(其中 {explained} 人找到原因)",
            f"{same} agree, {len(different)} differ ({explained} of them explained)",
        )
    ]
    codes = sorted({one.currency for one in said.people if one.theirs})
    sums = {code: sum_of(one.theirs for one in said.people if one.currency == code) for code in codes}
    if said.stated is not None and len(codes) > 1:
        zh, en = (
            "、".join(f"{sums[code]:,} {code}" for code in codes),
            ", ".join(f"{sums[code]:,} {code}" for code in codes),
        )
        footer.append(
            Title(
                f"表中合计 {said.stated:,} 把不同币种加在一起;各行之和:{zh}",
                f"the sheet's own total, {said.stated:,}, is of several currencies; its lines add up to {en}",
            )
        )
    elif said.stated is not None and said.stated != (lines := sum_of(sums.values())):
        footer.append(
            Title(
                f"表中合计 {said.stated:,} 与各行之和 {lines:,} 不符",
                f"the sheet's own total is {said.stated:,}, its lines add up to {lines:,}",
            )
        )
    return [*footer, head.footer]


def _cut(columns: tuple[Column, ...], rows: Sequence[tuple[Value, ...]], has_credit: bool) -> Table:
    kept = [index for index, column in enumerate(columns) if has_credit or column.key != "their_credit"]
    if not any(row[0] for row in rows):
        kept.remove(0)
    shown = tuple(columns[index] for index in kept)
    total = tuple(sum_of(row[index] for row in rows) if columns[index].kind == "money" else None for index in kept)
    return Table("people", shown, tuple(tuple(row[index] for index in kept) for row in rows), None, total)


def _cause(one: ComparedPerson, language: Language, *, by_line: bool) -> str:
    if one.cause is None and by_line:
        return Title("见下方单据", "see the transactions below").text(language)
    if one.cause is None:
        return Title("未找到单一原因", "no single cause found").text(language)
    return cause_words(one.cause).text(language)


def cause_words(cause: Cause) -> Title:
    """Return the words of a cause."""
    zh, en = WORDS[cause.name]
    zh_values = {name: _shown(name, value, "zh") for name, value in cause.values}
    en_values = {name: _shown(name, value, "en") for name, value in cause.values}
    return Title(zh.format_map(zh_values), en.format_map(en_values))


def _shown(name: str, value: object, language: Language) -> str:
    if isinstance(value, Title):
        return value.text(language)
    if isinstance(value, tuple):
        return ("、" if language == "zh" else ", ").join(_shown(name, one, language) for one in value)
    if isinstance(value, Decimal):
        return percent(value) if name in ("rate", "ours") else f"{value:,}"
    if name == "whose" and not value:
        return "未认领" if language == "zh" else "nobody's"
    return str(value)
