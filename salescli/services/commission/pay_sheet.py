"""`commission pay PERIOD --from 实发.xlsx`: what was really paid, read from the payroll's own sheet and recorded.

Each line becomes a record that knows its cell; the batch can be undone like an import. What was payable stays as it
is: a difference is listed, here and in every later list before closing, until somebody settles it by hand.
"""

from __future__ import annotations

import contextlib
import hashlib
from dataclasses import dataclass, field, replace
from decimal import Decimal
from pathlib import Path
from typing import Any

from salescli.core.money import to_e4, total
from salescli.core.periods import Period
from salescli.core.records.staged import Source, Staged
from salescli.core.table import Report
from salescli.core.title import Title
from salescli.errors import Problem, ProblemsFound, Where, problem
from salescli.importers.amounts.currency_names import currency_code
from salescli.importers.figures import FigureRow, FiguresRead, Wanted, read_figures
from salescli.reports.commission.paid import PaidLine, build_paid
from salescli.services.batches import DryRun
from salescli.services.commission.paid import PaidBeside, Payee, paid_beside, state_of_run, sum_payable
from salescli.services.commission.pay_rows import finer_amount
from salescli.services.commission.payees import person_keys
from salescli.services.commission.payroll import closed_run
from salescli.services.commission.sheet_people import NAME, NUMBER, SheetPeople
from salescli.services.commission.stored import head_of, knowing, load_payees
from salescli.services.context import Context
from salescli.services.knowledge import known_batch
from salescli.store.batches import begin_batch, summarise_batch
from salescli.store.entities import fetch_keys, labels
from salescli.store.merge import MergeOptions, merge_staged
from salescli.store.runs import Run, add_event

RECORD = "payment-made"
FEED = "commission-pay"
PAID_EVENT = "paid"
CURRENCY = Wanted("currency", ("币种", "货币", "currency"), "text")
AMOUNT = (
    "实发", "实发金额", "实发提成", "实发合计", "实付", "实付金额", "发放金额", "paid", "amount paid", "net paid",
    "金额", "amount",
)  # fmt: skip


@dataclass
class Paid:
    """What was recorded, beside what was payable."""

    report: Report
    run: Run
    batch: int | None
    said: Title
    problems: list[Problem] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class _Line:
    """One line of the sheet that means somebody."""

    person: int
    currency: str
    amount: Decimal
    row: int


def record_payments(context: Context, period: Period, file: Path, column: str = "") -> Paid:
    """Record what a sheet says was paid for a closed month.

    Args:
        context: the open workspace.
        period: the month.
        file: the sheet; a line per person, by number or by name.
        column: the header of its amounts, where it is not a usual one.

    Raises:
        Refused: the month is not closed.
        ProblemsFound: everything that is wrong with the sheet, together; nothing is recorded.
    """
    amount = Wanted("amount", (column,) if column else AMOUNT)
    required = [("number", "name"), ("amount",)]
    name = context.workspace.relative(file) if file.is_absolute() else file.as_posix()
    read = read_figures(file, [NUMBER, NAME, CURRENCY, amount], required, name=name)
    batch: int | None = None
    with context.store.transaction(f"commission pay {period}"):
        run = closed_run(context, period)  # asked for while the store is held: nobody reopens it meanwhile
        lines, problems = _lines(context, run, read)
        problems = [*read.problems, *problems]
        if any(each.severity == "error" for each in problems):
            raise ProblemsFound(*problems)
        if not lines:
            raise ProblemsFound(problem("nobody-paid", Where(read.file, sheet=read.sheet)))
        with contextlib.suppress(DryRun):
            batch = _record(context, run, file, read, lines)
    beside = paid_beside(context, run)
    return Paid(paid_report(context, run, beside), run, batch, _said(run, batch), [*problems, *_elsewhere(run, beside)])


def show_paid(context: Context, period: Period) -> Report | None:
    """Return what is recorded as paid for a closed month beside payable; None where nothing is."""
    run = closed_run(context, period)
    beside = paid_beside(context, run)
    return paid_report(context, run, beside) if beside else None


def paid_report(context: Context, run: Run, beside: list[PaidBeside]) -> Report:
    """Build the list of payments beside payable."""
    with knowing(context, run):
        head = head_of(context, run)
    head = replace(head, state=state_of_run(context, run))
    people = {one.person for one in beside}
    names = labels(context.store, context.store.registry["person"], people)
    keys = person_keys(context.store, people)
    shown = [
        PaidLine(
            keys.get(one.person, ""), names.get(one.person, ""), one.currency, one.payable, one.paid, one.difference,
            one.source,
        )
        for one in beside
    ]  # fmt: skip
    lines = sorted(shown, key=lambda one: (one.number, one.name))
    return build_paid(head, lines, known_batch(context), context.language)


def _lines(context: Context, run: Run, read: FiguresRead) -> tuple[list[_Line], list[Problem]]:
    """Return the lines that mean somebody and say an amount; who is unknown, ambiguous or there twice is a problem."""
    people = SheetPeople(context, read)
    currencies = sorted({currency for _, currency in sum_payable(load_payees(context, run))})
    found: dict[Payee, _Line] = {}
    problems: list[Problem] = []
    if len(currencies) > 1 and "currency" not in read.headers and read.rows:
        problems.append(
            problem(
                "paid-currency-unknown", Where(read.file, sheet=read.sheet), period=run.period, currencies=currencies
            )
        )
    only = currencies[0] if currencies else context.currency
    for row in read.rows:
        person = people.find(row)
        if isinstance(person, Problem):
            problems.append(person)
        elif person is not None:
            said = row.text("currency")
            currency = currency_code(said) or said.upper() or only
            if currency not in (*currencies, only):
                where = read.where(row, "currency")
                wrong = problem("paid-other-currency", where, text=said, period=run.period, currencies=currencies)
                problems.append(wrong)
                continue
            _take(found, problems, read, row, person, currency)
    return list(found.values()), problems


def _take(
    found: dict[Payee, _Line], problems: list[Problem], read: FiguresRead, row: FigureRow, person: int, currency: str
) -> None:
    amount = row.cells.get("amount")
    held = found.get((person, currency))
    if held is not None:
        name = "number" if row.text("number") else "name"
        problems.append(problem("person-twice", read.where(row, name), text=row.text(name), row=held.row))
    elif amount is not None and (finer := finer_amount(read, row, amount, currency)):
        problems.append(finer)
    elif amount is not None:
        found[person, currency] = _Line(person, currency, amount, row.row)


def _record(context: Context, run: Run, file: Path, read: FiguresRead, lines: list[_Line]) -> int:
    """Merge the lines as one batch.

    Raises:
        DryRun: the sheet says nothing new, and nothing is recorded.
    """
    store, kind = context.store, context.store.registry[RECORD]
    keys = fetch_keys(store, store.registry["person"], {one.person for one in lines})
    named = next(name for name in ("number", "name") if name in read.letters)
    told = {"amount": "amount", "person": named, "currency": "currency"}
    letters = {name: read.letters[column] for name, column in told.items() if column in read.letters}
    source = Source(read.file, hashlib.sha256(file.read_bytes()).hexdigest(), read.sheet, FEED, letters)
    columns: dict[str, list[Any]] = {
        "period": [run.period] * len(lines),
        "person": [keys[one.person] for one in lines],
        "amount": [to_e4(one.amount) for one in lines],
        "currency": [one.currency for one in lines],
    }
    staged = Staged(kind, source, [one.row for one in lines], columns)
    with store.transaction():
        batch = begin_batch(store, "import", f"{Path(read.file).name} · {run.period}")
        result = merge_staged(store, batch, staged, MergeOptions(prefer_file=True))
        if rejected := [each for found in result.rejected.values() for each in found]:
            raise ProblemsFound(*rejected)
        if not result.new and not result.changed:
            raise DryRun
        counts = {"new": result.new, "changed": result.changed, "unchanged": result.unchanged, "rejected": 0}
        summarise_batch(store, batch, {"types": {RECORD: counts}, "files": [read.file], "introduced": {}})
        add_event(store, run.id, PAID_EVENT, f"{read.file} (batch {batch})")
    return batch


def _said(run: Run, batch: int | None) -> Title:
    if batch is None:
        return Title("与已记录的实发相同,无变化", "the same as what is recorded: nothing changed")
    return Title(
        f"{run.period} 已发放(运行 #{run.id},批次 {batch})· 撤销:salescli undo {batch}",
        f"{run.period} is paid (run #{run.id}, batch {batch}); undo: salescli undo {batch}",
    )


def _elsewhere(run: Run, beside: list[PaidBeside]) -> list[Problem]:
    """Say that paid is not payable, in each currency."""
    found = []
    for currency in sorted({one.currency for one in beside if one.difference}):
        apart = [one.difference for one in beside if one.currency == currency and one.difference]
        values = {"count": len(apart), "amount": f"{total(apart):+,}", "currency": currency}
        found.append(problem("paid-elsewhere", severity="warning", period=run.period, **values))
    return found
