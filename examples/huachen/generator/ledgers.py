"""The registers of trade: contracts, instalments, receipts, refunds, splits, deals."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from generator.facts import Contract, Receipt, Refund, Trade
from generator.funnel import PROBABILITY, Deal
from generator.market import FIRST_DAY, TODAY
from generator.people import PERSON, label
from generator.workbook import Table, typed, yuan

_UNIT = "单位:元"


def contracts_table(contracts: Sequence[Contract], owners: dict[str, str] | None = None) -> Table:
    """合同台账: two title rows, a row 合计; `owners` names the new owner of a contract."""
    owners = owners or {}
    rows = [
        [
            each.number,
            f"{each.customer.name[:4]}{each.product.name}{each.kind}合同",
            each.customer.name,
            label(owners.get(each.number, each.owner)),
            each.product.name,
            each.deal or None,
            each.signed,
            each.kind,
            yuan(each.amount),
            f"{each.product.tax}%",
            yuan(each.purchase) if each.purchase else None,
            each.accepted,
            each.warranty_end,
            each.channel,
            each.customer.region,
            _state_of(each),
            "2024 年到期部分已结清" if each.is_carried_over else None,
        ]
        for each in contracts
    ]
    header = [
        "合同编号", "合同名称", "客户名称", "签单人", "产品名称", "商机编号", "签订日期", "合同类型", "合同金额",
        "税率", "外采成本", "验收日期", "质保到期日", "渠道", "区域", "合同状态", "备注",
    ]  # fmt: skip
    sums = {"合同金额": sum(each.amount for each in contracts), "外采成本": sum(each.purchase for each in contracts)}
    titles = ["华辰科技合同台账", f"{_UNIT} · 含税 · 商务部"]
    return Table("合同台账", titles, header, rows, tuple(sums), {"合同名称": 34, "客户名称": 30}, sums)


def _state_of(contract: Contract) -> str:
    if contract.instalments[-1].due < date(2026, 2, 1):
        return "已完结"
    return "执行中"


def plans_table(contracts: Sequence[Contract]) -> Table:
    """收款计划: what falls due from 2025 on."""
    parts = [each for contract in contracts for each in contract.instalments if each.due >= FIRST_DAY]
    rows = [[each.contract, str(each.number), each.due, yuan(each.amount)] for each in parts]
    sums = {"应收金额": sum(each.amount for each in parts)}
    header = ["合同编号", "期次", "应收日期", "应收金额"]
    return Table("收款计划", ["收款计划", _UNIT], header, rows, tuple(sums), sums=sums)


def iso_text(day: date) -> str:
    """2026-01-05."""
    return day.isoformat()


def chinese_text(day: date) -> str:
    """2026年2月3日."""
    return f"{day.year}年{day.month}月{day.day}日"


def date_cell(day: date) -> date:
    """A real date cell."""
    return day


def receipts_table(
    receipts: Sequence[Receipt], title: str, write_day: Callable[[date], date | str] = date_cell
) -> Table:
    """回款: a title, the unit, a row 合计; every nineteenth amount was typed with ￥ and separators."""
    rows = [
        [
            each.number,
            write_day(each.day),
            each.payer,
            each.contract or None,
            typed(each.amount) if place % 19 == 7 else yuan(each.amount),
            f"{each.tax}%",
            yuan(each.purchase) if each.purchase else None,
            each.method,
            write_day(each.matures) if each.matures else None,
            each.note or None,
        ]
        for place, each in enumerate(receipts)
    ]
    header = [
        "回款编号", "回款日期", "付款单位", "合同编号", "回款金额", "税率", "外采成本", "回款方式", "承兑到期日",
        "备注",
    ]  # fmt: skip
    sums = {"回款金额": sum(each.amount for each in receipts), "外采成本": sum(each.purchase for each in receipts)}
    return Table("回款", [title, _UNIT], header, rows, tuple(sums), {"付款单位": 30, "回款金额": 18}, sums)


def allocations_table(receipts: Sequence[Receipt]) -> Table:
    """核销: which instalment each receipt settles."""
    claimed = [each for each in receipts if each.contract]
    rows = [[each.number, each.contract, str(each.instalment), yuan(each.amount)] for each in claimed]
    sums = {"核销金额": sum(each.amount for each in claimed)}
    header = ["回款编号", "合同编号", "期次", "核销金额"]
    return Table("核销", ["回款核销", _UNIT], header, rows, tuple(sums), sums=sums)


def refunds_table(refunds: Sequence[Refund]) -> Table:
    """退款, with the receipt that each undoes."""
    rows = [
        [each.number, iso_text(each.day), each.receipt, each.contract, yuan(each.amount), f"{each.tax}%", each.reason]
        for each in refunds
    ]
    header = ["退款编号", "退款日期", "原回款编号", "合同编号", "退款金额", "税率", "退款原因"]
    sums = {"退款金额": sum(each.amount for each in refunds)}
    return Table("退款", ["退款明细", _UNIT], header, rows, ("退款金额",), sums=sums)


def splits_table(trade: Trade) -> Table:
    """业绩分成: shares as text with a percent sign."""
    rows = [
        [contract, number, f"{percent}%", PERSON[number].name]
        for contract, shares in sorted(trade.splits.items())
        for number, percent in shares
    ]
    return Table("业绩分成", ["业绩分成表"], ["合同编号", "工号", "分成比例", "备注"], rows)


def deals_table(deals: Sequence[Deal]) -> Table:
    """商机 with the stage of today."""
    rows = [
        [
            each.number, each.name, each.customer.name, label(each.owner), each.product, each.stage, yuan(each.amount),
            PROBABILITY[each.stage], each.created, each.expected, each.closed, each.source, each.rival or None,
            each.lost_reason or None,
        ]
        for each in deals
    ]  # fmt: skip
    header = [
        "商机编号", "商机名称", "客户名称", "负责人", "产品名称", "阶段", "预计金额", "赢率", "创建日期",
        "预计成交日期", "成交日期", "来源", "竞争对手", "输单原因",
    ]  # fmt: skip
    titles = ["商机清单", f"{_UNIT} · 导出日期 {TODAY.isoformat()}"]
    return Table("商机", titles, header, rows, widths={"商机名称": 30, "客户名称": 30})


def stages_table(deals: Sequence[Deal]) -> Table:
    """商机阶段: every stage that a deal entered."""
    rows = [[each.number, stage, moment, label(each.owner)] for each in deals for stage, moment in each.entered]
    return Table("阶段变更", [], ["商机编号", "新阶段", "进入时间", "操作人"], rows, widths={"进入时间": 18})
