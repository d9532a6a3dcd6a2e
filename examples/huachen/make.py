"""Make the input files of the example 华辰科技: `python examples/huachen/make.py [FOLDER]`.

Fixed seeds, the standard library and openpyxl; run again, it writes the same bytes. Only workbooks are written: the
policies beside them are typed by hand.
"""

from __future__ import annotations

import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

from generator import first_hour, ledgers, masters, payroll, worst
from generator.chance import Chance
from generator.facts import Receipt, Trade
from generator.funnel import build_deals
from generator.market import LAST_DAY, build_customers
from generator.paysheet import Paysheet
from generator.trade import build_trade
from generator.workbook import write_csv, write_xlsx

CUSTOMERS, TRADE, DEALS, FIRST_HOUR = 20260405, 20260443, 20260407, 20260408  # seeds
LEAVER, SUCCESSOR = "0076", "0118"


def main(folder: Path) -> None:
    """Write every file of the example below a folder."""
    customers = build_customers(Chance(CUSTOMERS))
    trade = build_trade(Chance(TRADE), customers)
    deals = build_deals(Chance(DEALS), trade, customers)
    late = _late_receipt(trade)
    inbox = folder / "inbox"
    write_xlsx(inbox / "团队.xlsx", [masters.teams_table()])
    write_xlsx(inbox / "花名册.xlsx", [masters.people_table()])
    write_xlsx(inbox / "任职.xlsx", [masters.assignments_table()])
    write_xlsx(inbox / "客户.xlsx", [masters.customers_table(customers)])
    write_xlsx(inbox / "产品价目.xlsx", [masters.products_table()])
    write_xlsx(inbox / "工作日历.xlsx", [masters.calendar_table()])
    write_xlsx(inbox / "绩效.xlsx", [masters.ratings_table()])
    write_xlsx(inbox / "商机.xlsx", [ledgers.deals_table(deals)])
    write_xlsx(inbox / "商机阶段.xlsx", [ledgers.stages_table(deals)])
    _write_trade(inbox, trade)
    _write_late(folder / "late", trade, late)
    paysheet = Paysheet(trade)
    for month in ("2026-02", "2026-03"):
        write_xlsx(folder / "paysheets" / f"提成表-{month}.xlsx", [paysheet.table(month)])
    write_xlsx(folder / "payroll" / "实发-2026-01.xlsx", [payroll.table()])
    rows = first_hour.draw_rows(Chance(FIRST_HOUR), customers)
    write_xlsx(folder / "first-hour" / "三月回款.xlsx", [first_hour.receipts_table(rows)])
    write_csv(folder / "first-hour" / "三月回款.csv", first_hour.receipts_table(rows, as_text=True))
    write_xlsx(folder / "first-hour" / "三月提成.xlsx", [first_hour.commission_table(rows)])
    write_csv(folder / "worst" / "华南回款.csv", worst.receipts_table())
    write_xlsx(folder / "worst" / "corrected" / "华南回款.rejects.xlsx", [worst.corrected_table()])


def _write_trade(inbox: Path, trade: Trade) -> None:
    write_xlsx(inbox / "合同台账.xlsx", [ledgers.contracts_table(trade.contracts)])
    write_xlsx(inbox / "收款计划.xlsx", [ledgers.plans_table(trade.contracts)])
    known = [each for each in trade.receipts if each.day <= LAST_DAY]
    old = [each for each in known if each.day.year == 2025]
    write_xlsx(inbox / "回款-2025.xlsx", [ledgers.receipts_table(old, "华辰科技 2025 年回款明细")])
    # each month's clerk writes dates in another way
    for month, layout in ((1, ledgers.iso_text), (2, ledgers.chinese_text), (3, ledgers.date_cell)):
        rows = [each for each in known if (each.day.year, each.day.month) == (2026, month)]
        table = ledgers.receipts_table(rows, f"华辰科技 2026 年 {month} 月回款明细", layout)
        write_xlsx(inbox / f"回款-2026-{month:02d}.xlsx", [table])
    write_xlsx(inbox / "核销.xlsx", [ledgers.allocations_table(known)])
    write_xlsx(inbox / "退款.xlsx", [ledgers.refunds_table(trade.refunds)])
    write_csv(inbox / "退款.csv", ledgers.refunds_table(trade.refunds))
    write_xlsx(inbox / "业绩分成.xlsx", [ledgers.splits_table(trade)])


def _write_late(folder: Path, trade: Trade, late: Receipt) -> None:
    """What arrives in April: a receipt of March, the first of April, and the contracts with new owners."""
    write_xlsx(folder / "回款-2026-03-补.xlsx", [ledgers.receipts_table([late], "华辰科技 2026 年 3 月回款明细(补)")])
    april = [each for each in trade.receipts if each.day > LAST_DAY]
    write_xlsx(folder / "回款-2026-04.xlsx", [ledgers.receipts_table(april, "华辰科技 2026 年 4 月回款明细")])
    owners = {each.number: SUCCESSOR for each in trade.contracts if each.owner == LEAVER}
    handed = [each.number for each in trade.contracts if each.owner == "0031" and each.number >= "HC-2025-01"][-4:]
    owners |= dict.fromkeys(handed, "0085")
    write_xlsx(folder / "合同台账-新负责人.xlsx", [ledgers.contracts_table(trade.contracts, owners)])


def _late_receipt(trade: Trade) -> Receipt:
    """A payment of 27 March for 王芳, found in April: her largest unpaid instalment below 300,000 due by May."""
    paid = {(each.contract, each.instalment) for each in trade.receipts}
    open_parts = [
        (part, contract)
        for contract in trade.contracts
        if contract.owner == "0023" and contract.number not in trade.splits and contract.product.line != "硬件"
        for part in contract.instalments
        if date(2026, 2, 1) <= part.due <= date(2026, 5, 31) and (part.contract, part.number) not in paid
        if not contract.purchase and part.amount < 300_000_00
    ]
    part, contract = max(open_parts, key=lambda each: (each[0].amount, each[0].contract))
    march = [each for each in trade.receipts if each.number.startswith("R2603")]
    return replace(
        march[0],
        number=f"R2603-{len(march) + 1:04d}",
        day=date(2026, 3, 27),
        payer=contract.customer.name,
        contract=contract.number,
        instalment=part.number,
        amount=part.amount,
        tax=contract.product.tax,
        purchase=0,
        method="银行转账",
        matures=None,
        note="3 月 27 日到账,4 月补录",
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).resolve().parent)
