"""A manager's pack: the figures of their people to confirm, pots to share out, and what came back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from salescli.core.money import total
from salescli.core.table import Adding, Block, Column, Facts, Prose, Report, Table, Value
from salescli.core.title import Language, Title
from salescli.reports.commission.columns import key_column, money, sum_of, text

SAID = Column("said", Title("确认", "Confirmed"))
QUESTION = Column("question", Title("疑问", "Question"))
REMARK = Column("remark", Title("说明", "Remark"))
GIVEN = Column("given", Title("分配金额", "Amount given"), "money")
ANSWERS = {"yes": Title("是", "yes"), "no": Title("否", "no")}
FIGURES = ("own", "differences", "earned", "other", "payable")


@dataclass(frozen=True, slots=True)
class PackRow:
    """One person under one plan, as a manager sees it; `other` is what stands between earned and payable."""

    key: str
    name: str
    plan: str
    plan_title: Title
    currency: str
    own: Decimal
    differences: Decimal
    earned: Decimal
    other: Decimal
    payable: Decimal


@dataclass(frozen=True, slots=True)
class PotShown:
    """The members' part of a pot, and who may have some of it: number and name."""

    pool: str
    title: Title
    window: str
    currency: str
    amount: Decimal
    members: tuple[tuple[str, str], ...]


def summary_columns() -> tuple[Column, ...]:
    """Return the columns of the sheet to confirm."""
    return (
        key_column(),
        text("person", "姓名", "Person"),
        text("plan", "方案", "Plan"),
        text("currency", "币种", "Currency"),
        money("own", "本期", "This period"),
        money("differences", "以前期间差异", "Earlier periods"),
        money("earned", "应计", "Earned"),
        money("other", "留存、预支、扣款等", "Holdback, draw, others"),
        money("payable", "应发", "Payable"),
        SAID,
        QUESTION,
        REMARK,
    )


def pot_columns() -> tuple[Column, ...]:
    """Return the columns of a sheet that shares a pot."""
    return (
        key_column(),
        text("person", "姓名", "Person"),
        text("pool", "奖金包", "Pool"),
        text("period", "分配期间", "Period"),
        GIVEN,
    )


def build_summary(title: Title, footer: Title, rows: Sequence[PackRow], language: Language) -> Report:
    """Build the sheet that a manager fills in: a line per person and plan."""
    cells: list[tuple[Value, ...]] = [
        (row.key, row.name, row.plan_title.text(language), row.currency,
         *(getattr(row, name) for name in FIGURES), None, None, None)
        for row in rows
    ]  # fmt: skip
    is_one = len({row.currency for row in rows}) == 1
    sums = tuple(total(getattr(row, name) for row in rows) for name in FIGURES)
    whole = (None, None, None, rows[0].currency, *sums, None, None, None) if is_one else None
    table = Table("people", summary_columns(), tuple(cells), Title("本人团队", "Your people"), whole)
    how = [
        Title("“确认”填 是 或 否;留空表示还没有答复。", "Confirmed: yes or no; blank says nothing yet."),
        Title("“疑问”写给算薪人员的问题,会登记为提成疑问。", "Question: for whoever pays; it becomes a dispute."),
        Title("不要改动数字、增删人员:改动过的工作簿会被退回。", "A pack with other figures or people is refused."),
    ]
    prose = Prose("how", tuple((one.text(language), "") for one in how), Title("填写说明", "How to fill it in"))
    return Report("commission-pack", title, (table, prose), (footer,))


def build_pot(title: Title, footer: Title, pot: PotShown, language: Language) -> Report:
    """Build the sheet that shares one pot: the members, an amount for each, and what is left."""
    name = pot.title.text(language)
    rows = tuple((key, person, name, pot.window, None) for key, person in pot.members)
    table = Table("shares", pot_columns(), rows, None, (None, None, None, None, Decimal(0)))
    items: tuple[tuple[Column, Value], ...] = (
        (money("pot", "成员部分", "The members' part", pot.currency), pot.amount),
        (money("left", "还剩", "Left", pot.currency), pot.amount),
        (money("spent", "已分配", "Given", pot.currency), Decimal(0)),
    )
    adding = Adding(first="spent", of="given", result="left", less=("spent",))
    left = Facts("left", items, Title("剩余", "What is left"), adding)
    how = Title("分配到“还剩”为 0.00 为止,一分不差。", "Give until what is left is 0.00, to the cent.")
    prose = Prose("how", ((how.text(language), ""),))
    heading = Title(f"{title.zh} · {pot.title.zh} {pot.window}", f"{title.en} · {pot.title.en} {pot.window}")
    return Report("commission-pot", heading, (table, left, prose), (footer,))


def build_mark(mark: dict[str, str]) -> Report:
    """Build the hidden sheet by which a pack is known again."""
    items = tuple((Column(name, Title(name, name), "id"), value) for name, value in mark.items())
    return Report("commission-pack-mark", Title("salescli", "salescli"), (Facts("mark", items),))


@dataclass(frozen=True, slots=True)
class PackWritten:
    """A pack that was written: whose, for how many, with how many pots, and where."""

    manager: str
    people: int
    pots: int
    file: str


def build_written(period: str, packs: Sequence[PackWritten], left: Sequence[str], footer: Title) -> Report:
    """Build what was written, and who is in nobody's pack."""
    columns = (
        text("manager", "经理", "Manager"),
        Column("people", Title("人数", "People"), "count"),
        Column("pots", Title("待分配奖金包", "Pots to share"), "count", give_way="empty"),
        text("file", "文件", "File"),
    )
    rows = tuple((one.manager, one.people, one.pots, one.file) for one in packs)
    blocks: list[Block] = [Table("packs", columns, rows, None, None, Title("没有经理", "no manager"))]
    if left:
        said = Title("没有上级,不在任何经理的工作簿里", "has no manager and is in nobody's pack")
        blocks.append(Prose("left", tuple((name, "") for name in left), said))
    title = Title(f"经理确认工作簿 {period}", f"Managers' packs {period}")
    return Report("commission-packs", title, tuple(blocks), (footer,))


@dataclass(frozen=True, slots=True)
class PackTaken:
    """What one pack said."""

    manager: str
    people: int
    yes: int
    no: int
    questions: int
    given: Mapping[str, Decimal]  # by currency
    file: str


def build_taken(period: str, packs: Sequence[PackTaken], batch: int | None, *, is_dry: bool) -> Report:
    """Build what came back; what was shared out stands in a column for each currency."""
    codes = sorted({code for one in packs for code in one.given}) or [""]
    columns = (
        text("manager", "经理", "Manager"),
        Column("people", Title("人数", "People"), "count"),
        Column("yes", Title("确认", "Confirmed"), "count"),
        Column("no", Title("不确认", "Not confirmed"), "count"),
        Column("silent", Title("未答复", "No answer"), "count"),
        Column("questions", Title("疑问", "Questions"), "count"),
        *(
            money(f"given-{code.lower()}" if len(codes) > 1 else "given", "二次分配", "Shared out", code)
            for code in codes
        ),
        text("file", "文件", "File"),
    )
    rows: list[tuple[Value, ...]] = []
    for one in packs:
        given = (one.given.get(code, Decimal("0.00")) for code in codes)
        silent = one.people - one.yes - one.no
        rows.append((one.manager, one.people, one.yes, one.no, silent, one.questions, *given, one.file))
    counts = (sum(int(str(row[place])) for row in rows) for place in range(1, 6))
    sums = (sum_of(row[place] for row in rows) for place in range(6, 6 + len(codes)))
    total_row = (None, *counts, *sums, None)
    title = Title(f"经理确认 {period}", f"Managers' answers {period}")
    said = Title("没有变化", "nothing changed")
    if is_dry:
        said = Title("只看,没有写入", "only looked at: nothing was written")
    elif batch is not None:
        said = Title(f"批次 {batch} · 撤销:salescli undo {batch}", f"batch {batch} · undo: salescli undo {batch}")
    return Report("commission-answers", title, (Table("answers", columns, tuple(rows), None, total_row),), (said,))
