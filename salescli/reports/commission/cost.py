"""What commission costs as a Report: beside what came in, and what signed contracts will still cost."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction

from salescli.core.commission.cost import Accrued, Cost, CostRow, Group
from salescli.core.commission.wording import percent
from salescli.core.money import CONTEXT, round_half_away, total
from salescli.core.table import Block, Column, Prose, Ratio, Report, Table, Value
from salescli.core.title import Language, Title
from salescli.reports.commission.columns import key_column, money, totals_by_currency

Label = Callable[[str, object], Value]
NONE = Title("(无)", "(none)")
DIMENSIONS = {
    "team": Title("团队", "Team"),
    "person": Title("人员", "Person"),
    "product": Title("产品", "Product"),
    "line": Title("产品线", "Line"),
    "customer": Title("客户", "Customer"),
}
DEFINITIONS: tuple[tuple[str, str], ...] = (
    (
        "提成 = 各月运行的应计(本月加以前期间差异)+ 手工调整。按明细行归到单据的产品与当日所在团队,"
        "差异归到变动的单据;不属于单笔的(手工调整、封顶余数等)归到“(无)”,各行合计等于运行的应计与手工调整之和。"
        "预支、保底、扣款与留存在应计与应发之间,不在其内。",
        "Commission is what the runs of the months earned, with the differences of earlier months and the adjustments "
        "by hand. Statement lines carry it to the product of their transaction and to the team of that day, a "
        "difference to the transactions that moved; what no transaction has (adjustments, what a limit leaves) is of "
        "(none), so the lines add up. Draws, guarantees, deductions and what is held back stand between earned and "
        "payable: they are left out.",
    ),
    (
        "预提 = 期末已签未收 × 本人份额 ×(计提口径 ÷ 含税金额)× 此刻比例。已签未收 = 合同含税金额 − 已收 + 已退。",
        "The accrual is open × share × (what is paid on ÷ the amount with tax) × rate. Open is what the contracts "
        "signed by the end of the period are of, with tax, less what has come in for them.",
    ),
    (
        "此刻比例 = 在期末业绩之上,再多 1.00 计入业绩所得的提成,由提成曲线算出:封顶计入,门槛视为通过,"
        "绩效系数按已知的,不考虑越档;有特批费率的合同按特批费率。",
        "The rate is what the next 1.00 of credit pays on top of what the person has at the end of the period, read "
        "off the pay curve: caps count, gates are taken as passed, factors as known, no further tier is reached. "
        "A contract with a special rate is paid at that.",
    ),
    (
        "按件的奖金、奖金池与排名不预提;按产品定比例的,取其余产品的比例。",
        "Pay for things counted, pools and rankings are not accrued; of rates by product the one of all others holds.",
    ),
)


@dataclass(frozen=True, slots=True)
class CostHead:
    """What was asked: months, groups, the metric beside; the runs (month, number, state), the months without one."""

    period: str
    by: tuple[str, ...]
    metric: Title
    runs: tuple[tuple[str, int, str], ...]
    missing: tuple[str, ...]
    known: Title
    explain: bool

    @property
    def last(self) -> str:
        """The last month that was run."""
        return self.runs[-1][0]


def build_cost(
    head: CostHead, cost: Cost, accrued: Sequence[Accrued], left_out: Sequence[tuple[str, str]], label: Label,
    language: Language,
) -> Report:  # fmt: skip
    """Build the cost of the months and the accrual after the last of them."""
    costs, accruals = _cost(head, cost, label), _accruals(head, accrued, label)
    blocks: list[Block] = [costs]
    if head.by and len(cost.totals()) > 1:
        blocks.append(totals_by_currency(costs))
    blocks.append(accruals)
    if "team" in head.by and accrued:
        blocks.append(_accrual_by_team(accrued, label))
    if len({one.currency for one in accrued}) > 1:
        blocks.append(replace(totals_by_currency(accruals), title=Title("各币种预提", "Accrual by currency")))
    if head.explain:
        blocks.append(_definitions(language))
    title = Title(f"提成成本 · {head.period}", f"Cost of commission · {head.period}")
    following = () if head.explain else (f"salescli commission cost {head.period} --explain",)
    data = {"accrual": [_data(one, label) for one in accrued], "runs": [list(one) for one in head.runs]}
    return Report("commission-cost", title, tuple(blocks), tuple(_footer(head, left_out)), next=following, data=data)


def _cost(head: CostHead, cost: Cost, label: Label) -> Table:
    totals = cost.totals()
    is_one = len(totals) < 2
    currency = next(iter(totals), "") if is_one else ""
    columns = [Column(name, DIMENSIONS[name]) for name in head.by]
    if not is_one:
        columns.append(Column("currency", Title("币种", "Currency")))
    columns += [
        money("commission", "提成", "Commission", currency),
        Column("receipts", head.metric, "money", currency),
        Column("share", Title("提成占比", "Commission %"), "rate"),
    ]
    rows: list[tuple[Value, ...]] = []
    for code, group, row in _ordered(cost):
        names = tuple(label(name, value) or NONE for name, value in zip(head.by, group, strict=True))
        figures = _figures(row, is_told=not group or any(one is not None for one in group))
        rows.append((*names, *(() if is_one else (code,)), *figures))
    sums: tuple[Value, ...] | None = None
    if is_one and totals and head.by:
        sums = (*(None for _ in head.by), *_figures(next(iter(totals.values()))))
    return Table("cost", tuple(columns), tuple(rows), None, sums)


def _ordered(cost: Cost) -> list[tuple[str, Group, CostRow]]:
    """Sort by currency, then the dearest first, of the first group and inside it; what has no group comes last."""
    first: dict[tuple[str, Group], Decimal] = {}
    for (code, group), row in cost.rows.items():
        mark = (code, group[:1])
        first[mark] = CONTEXT.add(first.get(mark, Decimal(0)), row.commission)

    def order(item: tuple[str, Group, CostRow]) -> tuple[object, ...]:
        code, group, row = item
        head, rest = group[:1], group[1:]
        is_blank = (head == (None,), bool(rest) and rest == (None,) * len(rest))
        return (
            code,
            is_blank[0],
            -first[code, head],
            str(head),
            is_blank[1],
            -row.commission,
            -row.receipts,
            str(rest),
        )

    return sorted(((code, group, row) for (code, group), row in cost.rows.items()), key=order)


def _figures(row: CostRow, *, is_told: bool = True) -> tuple[Value, ...]:
    """Return a row's amounts and their ratio; what is of no group on either side is not of one thing."""
    ratio = Ratio(row.commission, row.receipts) if row.receipts and is_told else None
    return row.commission, row.receipts, ratio


def _accruals(head: CostHead, accrued: Sequence[Accrued], label: Label) -> Table:
    found: dict[tuple[str, str, int, tuple[str, str], Fraction], list[Accrued]] = {}
    one_currency = len({one.currency for one in accrued}) == 1
    for one in accrued:
        name = str(label("number", one.person) or label("person", one.person))
        found.setdefault((one.currency, name, one.person, one.component, one.rate), []).append(one)
    columns = (
        key_column(),
        Column("person", DIMENSIONS["person"]),
        Column("team", DIMENSIONS["team"], give_way="narrow"),
        Column("component", Title("组件", "Component")),
        Column("currency", Title("币种", "Currency"), give_way="narrow" if one_currency else ""),
        Column("contracts", Title("合同", "Contracts"), "count", give_way="narrow"),
        Column("open", Title("已签未收", "Open"), "money"),
        Column("credit", Title("将计入", "To be credited"), "money", give_way="narrow"),
        Column("rate", Title("此刻比例", "Rate now")),
        Column("accrual", Title("预提", "Accrual"), "money"),
    )
    rows: list[tuple[Value, ...]] = []
    for (currency, _, person, component, rate), each in sorted(found.items(), key=lambda item: item[0]):
        who = (label("number", person), label("person", person), label("team-of", person))
        figures = (_open(each), total(one.credit for one in each), percent(rate), _sum(each))
        rows.append((*who, label("component", component), currency, len(each), *figures))
    sums = (*(None,) * 9, _sum(accrued)) if one_currency else None
    title = Title(
        f"已签未收的预提 · {head.last} 月末", f"Accrual of what is signed and not received · end of {head.last}"
    )
    return Table(
        "accrual", columns, tuple(rows), title, sums, Title("没有已签未收的合同", "nothing signed is still open")
    )


def _accrual_by_team(accrued: Sequence[Accrued], label: Label) -> Table:
    found: dict[tuple[str, str], list[Accrued]] = {}
    for one in accrued:
        found.setdefault((one.currency, str(label("team-of", one.person) or "")), []).append(one)
    rows = tuple((team or NONE, currency, _sum(each)) for (currency, team), each in sorted(found.items()))
    columns = (
        Column("team", DIMENSIONS["team"]),
        Column("currency", Title("币种", "Currency")),
        Column("accrual", Title("预提", "Accrual"), "money"),
    )
    return Table("accrual-by-team", columns, rows, Title("按团队预提", "Accrual by team"))


def _sum(accrued: Iterable[Accrued]) -> Decimal:
    return total(one.amount for one in accrued)


def _open(accrued: Iterable[Accrued]) -> Decimal:
    return round_half_away(sum((Fraction(one.open) * one.share for one in accrued), Fraction(0)))


def _definitions(language: Language) -> Prose:
    lines = tuple((Title(zh, en).text(language), "") for zh, en in DEFINITIONS)
    return Prose("definitions", lines, Title("口径", "Definitions"), numbered=True)


def _data(one: Accrued, label: Label) -> dict[str, object]:
    return {
        "number": label("number", one.person),
        "person": label("person", one.person),
        "team": label("team-of", one.person),
        "plan": one.component[0],
        "component": one.component[1],
        "contract": one.contract,
        "currency": one.currency,
        "open": str(one.open),
        "share": str(one.share),
        "credit": str(one.credit),
        "rate": str(one.rate),
        "accrual": str(one.amount),
    }


def _footer(head: CostHead, left_out: Sequence[tuple[str, str]]) -> list[Title]:
    drafts = [f"{month} #{number}" for month, number, state in head.runs if state == "draft"]
    found = [
        Title(
            "提成 = 运行的应计与手工调整;预提 = 已签未收 × 份额 × 此刻比例",
            "commission is what runs earned, with adjustments; the accrual is open × share × the rate now",
        )
    ]
    if drafts:
        found.append(Title(f"草稿:{'、'.join(drafts)}", f"drafts: {', '.join(drafts)}"))
    if head.missing:
        found.append(Title(f"未计算的月份:{'、'.join(head.missing)}", f"months never run: {', '.join(head.missing)}"))
    if left_out:
        names = [f"{plan}/{name}" for plan, name in left_out]
        found.append(Title(f"无法预提:{'、'.join(names)}", f"not accrued: {', '.join(names)}"))
    return [*found, head.known]
