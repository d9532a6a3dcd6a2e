"""What was really paid for a month beside what was payable, person by person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from salescli.core.table import Block, Report, Table, Value
from salescli.core.title import Language, Title
from salescli.reports.commission.columns import RunHead, key_column, money, sum_of, text, words

NOT_PAID = Title("实发表中没有", "not on the pay sheet")
NOT_IN_RUN = Title("该月应发中没有", "nothing payable in the run")
BELOW = Title("少发", "paid less")
ABOVE = Title("多发", "paid more")


@dataclass(frozen=True, slots=True)
class PaidLine:
    """One person: payable by the run, paid by the sheet, and the difference; None: not on that side."""

    number: str
    name: str
    currency: str
    payable: Decimal | None
    paid: Decimal | None
    difference: Decimal
    source: str

    @property
    def finding(self) -> Title | None:
        """What is to be said of the difference; None where there is none."""
        if self.paid is None:
            return NOT_PAID
        if self.payable is None and self.difference:
            return NOT_IN_RUN
        return None if not self.difference else BELOW if self.difference < 0 else ABOVE


def build_paid(head: RunHead, lines: Sequence[PaidLine], known: int, language: Language) -> Report:
    """Build the list of everybody; `known` is the batch whose payments it shows."""
    blocks: list[Block] = []
    currencies = sorted({one.currency for one in lines})
    for currency in currencies:
        mine = [one for one in lines if one.currency == currency]
        blocks.append(_table(mine, currency, language, len(currencies) > 1))
    apart = sum(1 for one in lines if one.difference)
    said = Title(f"{apart} 人实发与应发不符", f"{apart} paid otherwise than payable")
    rule = Title(
        "差异 = 实发 − 应发;只列出,不结转:如需结清请手工调整",
        "difference = paid − payable; it is listed and carried nowhere: to settle it, write an adjustment by hand",
    )
    title = Title(f"实发 · {head.title.zh}", f"Paid · {head.title.en}")
    data: dict[str, object] = {"run": head.run, "state": head.state, "period": head.period}
    through = Title(f"实发截至批次 {known}", f"payments as of batch {known}")
    return Report("commission-paid", title, tuple(blocks), (head.footer, through, said, rule), data=data)


def _table(lines: Sequence[PaidLine], currency: str, language: Language, is_one_of_several: bool) -> Table:
    columns = (
        key_column(),
        text("person", "姓名", "Person"),
        money("payable", "应发", "Payable", currency),
        money("paid", "实发", "Paid", currency),
        money("difference", "差异", "Difference", currency),
        words("finding", "说明", "Finding"),
        text("source", "来源", "Source"),
    )
    rows: list[tuple[Value, ...]] = [
        (one.number, one.name, one.payable, one.paid, one.difference, _words(one, language), one.source)
        for one in lines
    ]
    total: tuple[Value, ...] = (None, None, *(sum_of(row[at] for row in rows) for at in (2, 3, 4)), None, None)
    title = Title(currency, currency) if is_one_of_several else None
    return Table(f"paid-{currency.lower()}" if is_one_of_several else "paid", columns, tuple(rows), title, total)


def _words(one: PaidLine, language: Language) -> str:
    return one.finding.text(language) if one.finding is not None else ""
