"""The commission sheet (提成表) that the finance department kept until now, and the mistakes in it.

It follows the account managers' plan in `config/plans/account-manager-2026.yaml` by its own small arithmetic, so that
every difference found by a comparison is one of the mistakes listed here.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from generator.facts import Contract, Receipt, Trade
from generator.masters import GRADES
from generator.people import ACCOUNT_MANAGER, ASSIGNMENTS, PERSON
from generator.workbook import Table, yuan

TIERS = ((0, Fraction(1, 100)), (1_000_000, Fraction(3, 200)), (3_000_000, Fraction(1, 40)))
FACTORS = {"S": Fraction(3, 2), "A": Fraction(6, 5), "B": Fraction(1), "C": Fraction(7, 10), "D": Fraction(0)}
GATE = Fraction(70, 100)
AWARD, AWARD_FROM = 800, 20_000
YEAR_START, QUARTER_END = date(2026, 1, 1), date(2026, 3, 31)
MONTH_ENDS = (date(2026, 1, 31), date(2026, 2, 28), date(2026, 3, 31))

# What the spreadsheet gets wrong, per month.
MISTAKES = {
    "2026-02": {"0034": "gross", "0047": "forgets-last-receipt"},
    "2026-03": {"0023": "ignores-split", "0039": "gross", "0085": "forgets-refund", "0064": "no-grade"},
}


@dataclass(frozen=True)
class Line:
    """One person's part of a receipt (or, negative, of a refund of it), in yuan."""

    day: date  # the day that counts for the position
    known: date  # the day it happened
    net: Fraction


class Paysheet:
    """The arithmetic of the sheet over the whole trade."""

    def __init__(self, trade: Trade) -> None:
        self._trade = trade
        self._contracts = {each.number: each for each in trade.contracts}
        self._receipts = {each.number: each for each in trade.receipts}

    def table(self, month: str) -> Table:
        """Build the sheet of a month, mistakes included."""
        place = int(month[-2:]) - 1
        sellers = [each for each in ASSIGNMENTS if each.role == ACCOUNT_MANAGER]
        people = sorted({each.person for each in sellers if _works(each.start, each.last, place)})
        rows, net_sum, pay_sum = [], 0, 0
        for person in people:
            mistake = MISTAKES.get(month, {}).get(person, "")
            net = self._net_in(person, place, mistake)
            pay = _cents(self.earned(person, place, mistake)) - _cents(self._earned_before(person, place))
            pay += _cents(AWARD * self.new_customers(person, place))
            net_sum += _cents(net)
            pay_sum += pay
            rows.append([person, PERSON[person].name, yuan(_cents(net)), yuan(pay)])
        titles = [f"{month[:4]}年{int(month[-2:])}月客户经理提成表", "单位:元 · 财务部 · 未扣质保金留存"]
        sums = {"回款净额": net_sum, "提成": pay_sum}
        return Table("提成", titles, ["工号", "姓名", "回款净额", "提成"], rows, ("回款净额", "提成"), sums=sums)

    def earned(self, person: str, place: int, mistake: str = "") -> Fraction:
        """Compute what the year has earned by the end of a month: slices, gate, grade."""
        lines = self._lines(person, place, mistake)
        position = sum((each.net for each in lines), Fraction(0))
        if not self.gate_is_open(person, place):
            return self._earned_before(person, place)
        factor = Fraction(1)
        if place == 2 and mistake != "no-grade":
            grade = GRADES["2026-Q1"].get(person)
            factor = FACTORS[grade[0]] if grade else factor
        return factor * slices(position)

    def _earned_before(self, person: str, place: int) -> Fraction:
        return self.earned(person, place - 1) if place else Fraction(0)

    def _net_in(self, person: str, place: int, mistake: str) -> Fraction:
        start = YEAR_START if place == 0 else MONTH_ENDS[place - 1]
        lines = self._lines(person, place, mistake)
        return sum((each.net for each in lines if each.known > start or place == 0), Fraction(0))

    def _lines(self, person: str, place: int, mistake: str) -> list[Line]:
        """Collect the person's software and cloud receipts of the year so far, and what was refunded of them."""
        last = MONTH_ENDS[place]
        lines = []
        for receipt in self._trade.receipts:
            if not (receipt.contract and YEAR_START <= receipt.day <= last):
                continue
            share = self.share(person, self._contracts[receipt.contract], mistake)
            if share:
                lines.append(Line(receipt.day, receipt.day, share * _net(receipt, mistake)))
        if mistake == "forgets-last-receipt":
            lines.pop()
        for refund in self._trade.refunds if mistake != "forgets-refund" else ():
            receipt = self._receipts[refund.receipt]
            if receipt.day >= YEAR_START and refund.day <= last:
                share = self.share(person, self._contracts[refund.contract], mistake)
                net = Fraction(refund.amount, 100) / (1 + Fraction(refund.tax, 100))
                lines += [Line(receipt.day, refund.day, -share * net)] if share else []
        return lines

    def share(self, person: str, contract: Contract, mistake: str = "") -> Fraction:
        """Return the person's share of what the plan pays on: cloud services and software."""
        if contract.product.line not in {"云服务", "软件"}:
            return Fraction(0)
        shares = self._trade.splits.get(contract.number)
        if shares is None or (mistake == "ignores-split" and contract.owner == person):
            return Fraction(contract.owner == person)
        return sum((Fraction(percent, 100) for number, percent in shares if number == person), Fraction(0))

    def gate_is_open(self, person: str, place: int) -> bool:
        """Tell whether 70 % of what fell due in the quarter so far has come in by the month's end."""
        last = MONTH_ENDS[place]
        due = received = Fraction(0)
        paid: dict[tuple[str, int], int] = {}
        for receipt in self._trade.receipts:
            if receipt.contract and receipt.day <= last:
                key = (receipt.contract, receipt.instalment)
                paid[key] = paid.get(key, 0) + receipt.amount
        for contract in self._contracts.values():
            share = self._whole_share(person, contract)
            for part in contract.instalments if share else ():
                if YEAR_START <= part.due <= last:
                    due += share * part.amount
                    received += share * paid.get((part.contract, part.number), 0)
        return not due or received >= GATE * due

    def _whole_share(self, person: str, contract: Contract) -> Fraction:
        shares = dict(self._trade.splits.get(contract.number, ((contract.owner, 100),)))
        return Fraction(shares.get(person, 0), 100)

    def new_customers(self, person: str, place: int) -> Fraction:
        """Count customers whose first receipt of 20,000 or more came in the month, none in the 12 months before."""
        first, last = date(2026, place + 1, 1), MONTH_ENDS[place]
        count = Fraction(0)
        by_customer: dict[str, list[Receipt]] = {}
        for receipt in self._trade.receipts:
            if receipt.contract:
                by_customer.setdefault(self._contracts[receipt.contract].customer.number, []).append(receipt)
        for receipts in by_customer.values():
            for receipt in receipts:
                since = date(receipt.day.year - 1, receipt.day.month, min(receipt.day.day, 28))
                earlier = [each for each in receipts if since <= each.day and each.number < receipt.number]
                if first <= receipt.day <= last and receipt.amount >= AWARD_FROM * 100 and not earlier:
                    count += self._whole_share(person, self._contracts[receipt.contract])
        return count


def slices(position: Fraction) -> Fraction:
    """Pay each slice of a position at its tier's rate; below zero at the first."""
    if position < 0:
        return position * TIERS[0][1]
    total = Fraction(0)
    for (start, rate), (end, _) in zip(TIERS, [*TIERS[1:], (None, None)], strict=True):
        upto = position if end is None else min(position, Fraction(end))
        total += max(upto - start, Fraction(0)) * rate
    return total


def _net(receipt: Receipt, mistake: str) -> Fraction:
    amount = Fraction(receipt.amount, 100)
    return amount if mistake == "gross" else amount / (1 + Fraction(receipt.tax, 100)) - Fraction(receipt.purchase, 100)


def _cents(amount: Fraction) -> int:
    """Round half away from zero."""
    whole = int(abs(amount) * 100 + Fraction(1, 2))
    return whole if amount >= 0 else -whole


def _works(start: date, last: date | None, place: int) -> bool:
    first = date(2026, place + 1, 1)
    return start <= MONTH_ENDS[place] and (last is None or last >= first)
